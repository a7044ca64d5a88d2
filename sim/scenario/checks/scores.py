"""Scores that weigh what nobody knows (model 10.4)."""

from collections.abc import Iterator

from sim.scenario.checks.conditions import named, unknown_subject, unknown_value
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import Subject, attribute_values, ids_of, subject_of, subjects

_KINDS = ("segment", "touchpoint", "stage", "channel")
"""What a score can weigh by `KIND.ID`, beside numbers and `attributes.NAME.VALUE`."""


def check_scores(scenario: Scenario) -> Iterator[Fault]:
    """Weights of what is unknown, of ids as a whole, or of other scores."""
    for name, score in scenario.scores.items():
        for text in score.weights:
            yield from _weight(("scores", name, "weights", text), text, scenario)


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
