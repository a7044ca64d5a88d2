"""Scores that weigh what nobody knows (model 10.4)."""

from collections.abc import Iterator
from typing import Literal

from sim.scenario.checks.conditions import named, unknown_subject, unknown_value
from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.orchestration import Score
from sim.scenario.profile import FACTS
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import Subject, attribute_values, ids_of, subject_of, subjects

_NOTED = tuple(f"profile.{name}" for name in FACTS)
_KINDS = ("segment", "touchpoint", "stage", "channel")
"""What a score can weigh by `KIND.ID`, beside numbers and `attributes.NAME.VALUE`."""


def check_scores(scenario: Scenario) -> Iterator[Fault]:
    """Weights of what is unknown, of ids as a whole, or of other scores; what a score foresees."""
    for name, score in scenario.scores.items():
        for text in score.weights:
            yield from _weight(("scores", name, "weights", text), text, scenario)
        yield from _foreseeing(("scores", name), score)


def _foreseeing(key_path: KeyPath, score: Score) -> Iterator[Fault]:
    """A score that foresees something must be of what the brand has noted, and say within which days."""
    if (score.foresees is None) != (score.within is None):
        given, absent = ("within", "foresees") if score.foresees is None else ("foresees", "within")
        example = 'foresees = "churn"' if absent == "foresees" else "within = 30"
        yield Fault((*key_path, given), f"this has no effect without {absent}", f"add {absent}, such as {example}")
    if score.foresees is None:
        return
    kind: Literal["chance", "amount"] = "amount" if score.foresees == "value" else "chance"
    if score.kind != kind:
        problem = f'what foresees "{score.foresees}" is no {score.kind}'
        yield Fault((*key_path, "foresees"), problem, f'give kind = "{kind}", or leave foresees out')
    for text in score.weights:
        if text not in _NOTED:
            problem = f"{text} is not among what is noted in profiles, by which alone a score that foresees is watched"
            yield Fault((*key_path, "weights", text), problem, did_you_mean(text, _NOTED, "facts of a profile"))


def _weight(key_path: KeyPath, text: str, scenario: Scenario) -> Iterator[Fault]:
    name, dot, of = text.partition(".")
    subject = subject_of(text, scenario)
    kind = named(name, scenario) if dot else None
    attribute, _, value = of.partition(".") if name == "attributes" else ("", "", "")
    if name == "scores":
        problem = "a score cannot be made from another score"
        yield Fault(key_path, problem, "give weights here to what that one is made from")
    elif name == "weekday":
        problem = "a score cannot use the weekday"
        yield Fault(key_path, problem, 'remove it; rules can look at it (if = [["weekday", "==", "mon"]])')
    elif subject is not None and subject.sort == "id":
        yield Fault(key_path, f'"{text}" is no number', _one_of_its_ids(text, subject, scenario))
    elif kind is not None:
        yield from kind.check(key_path, of)
    elif attribute in attribute_values(scenario):
        yield from unknown_value(key_path, attribute, value, scenario)
    elif attribute:
        yield from unknown_subject(key_path, f"attributes.{attribute}", scenario, ())
    elif subject is None:
        yield from unknown_subject(key_path, text, scenario, _weighable(scenario))


def _one_of_its_ids(text: str, subject: Subject, scenario: Scenario) -> str:
    ids = ids_of(subject, scenario)
    return f"weigh one of its IDs, such as {text}.{ids[0]}" if ids else f"there are no {text}s"


def _weighable(scenario: Scenario) -> list[str]:
    """Everything that a score of this scenario may weigh."""
    weighable = []
    for text in subjects(scenario):
        subject = subject_of(text, scenario)
        if subject is None or subject.name in ("scores", "weekday"):
            continue
        weighable += [f"{text}.{each}" for each in ids_of(subject, scenario)] if subject.sort == "id" else [text]
    return weighable
