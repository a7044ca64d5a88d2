"""Conditions and scores, from the scenario to arrays (model 10.4)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from sim.engine.program import rule_tables as codes
from sim.engine.program.arrays import floats, indices, starts
from sim.scenario.orchestration import Broadcast, Condition, Rule
from sim.scenario.resolve import conditions_of, enabled_channels, enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import IDS, NO_CHANNEL, NUMBERS, Subject, attribute_values, ids_of, subject_of

_OPERATORS: Final = {"==": 0, "!=": 1, "<": 2, "<=": 3, ">": 4, ">=": 5, "in": 6, "not in": 7}
_CODES: Final = {name: code for code, name in enumerate((*NUMBERS, *IDS, "consent"))}
_CODES_OF: Final = {
    "visits": codes.VISITS_OF,
    "attributes": codes.ATTRIBUTE,
    "opted_in": codes.OPTED_IN,
    "scores": codes.SCORE,
}
UNKNOWN: Final = -2
"""The code of an id that is nowhere, such as one that an arm has disabled."""


def condition_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """The conditions of all rules."""
    rows: list[tuple[int, int, int, list[float]]] = []
    bounds: list[tuple[int, int, int, int]] = []
    for rule in rules:
        begin = len(rows)
        rows += [_row(condition, scenario) for condition in conditions_of(rule)]
        middle = len(rows)
        rows += [_row(condition, scenario) for condition in (rule.stop if isinstance(rule, Rule) else ())]
        bounds.append((begin, middle, middle, len(rows)))
    columns = np.array(bounds, np.int32).reshape(len(bounds), 4).T
    return {
        **dict(
            zip(("if_first", "if_last", "stop_first", "stop_last"), map(np.ascontiguousarray, columns), strict=True)
        ),
        "condition_subject": indices(subject for subject, _, _, _ in rows),
        "condition_of": indices(of for _, of, _, _ in rows),
        "condition_operator": np.array([operator for _, _, operator, _ in rows], np.int8),
        "condition_first": starts(len(values) for *_, values in rows),
        "condition_value": floats(value for *_, values in rows for value in values),
    }


def score_fields(scenario: Scenario) -> dict[str, Any]:
    """All scores."""
    terms = [
        [(*_term(text, scenario), weight) for text, weight in score.weights.items()]
        for score in scenario.scores.values()
    ]
    flat = [term for group in terms for term in group]
    return {
        "score_first": starts(map(len, terms)),
        "score_intercept": floats(score.intercept for score in scenario.scores.values()),
        "term_subject": indices(subject for subject, _, _, _ in flat),
        "term_of": indices(of for _, of, _, _ in flat),
        "term_equals": floats(equals for _, _, equals, _ in flat),
        "term_weight": floats(weight for _, _, _, weight in flat),
    }


def counted(text: str, scenario: Scenario) -> tuple[int, int]:
    """What a `count` trigger watches: the code of the subject, and of what."""
    subject = subject_of(text, scenario)
    assert subject is not None, text
    return _code(subject, scenario)


def _row(condition: Condition, scenario: Scenario) -> tuple[int, int, int, list[float]]:
    text, operator, value = condition
    subject = subject_of(text, scenario)
    assert subject is not None, text
    values = list(value) if isinstance(value, list | tuple) else [value]
    if subject.sort == "id":
        values = [_id_code(subject, str(each), scenario) for each in values]
    return *_code(subject, scenario), _OPERATORS[operator], [float(each) for each in values]


def _id_code(subject: Subject, name: str, scenario: Scenario) -> int:
    if subject.name == "channel" and name == NO_CHANNEL:
        return -1
    if subject.name == "attributes" and name == "":
        return -1
    known = ids_of(subject, scenario)
    return known.index(name) if name in known else UNKNOWN


def _code(subject: Subject, scenario: Scenario) -> tuple[int, int]:
    if subject.of is None:
        return _CODES[subject.name], -1
    places: dict[str, Iterable[str]] = {
        "visits": (touchpoint.id for touchpoint in enabled_touchpoints(scenario)),
        "attributes": attribute_values(scenario),
        "opted_in": (channel.id for channel in enabled_channels(scenario)),
        "scores": scenario.scores,
    }
    return _CODES_OF[subject.name], list(places[subject.name]).index(subject.of)


def _term(text: str, scenario: Scenario) -> tuple[int, int, float]:
    subject = subject_of(text, scenario)
    if subject is not None and subject.sort != "id":
        return *_code(subject, scenario), float("nan")
    kind, _, rest = text.partition(".")
    if kind == "attributes":
        name, _, value = rest.partition(".")
        subject, wanted = Subject("attributes", name, "id"), value
    else:
        subject, wanted = Subject(kind, None, "id"), rest
    return *_code(subject, scenario), float(_id_code(subject, wanted, scenario))
