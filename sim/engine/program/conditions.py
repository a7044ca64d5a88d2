"""Conditions and scores, from the scenario to arrays (model 10.4)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from sim.engine.program import rule_tables as codes
from sim.engine.program.arrays import floats, indices, starts
from sim.scenario.orchestration import Broadcast, Condition, Rule
from sim.scenario.profile import FACTS
from sim.scenario.resolve import conditions_of, enabled_channels, enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import IDS, NO_CHANNEL, NUMBERS, Subject, attribute_values, ids_of, subject_of

_OPERATORS: Final = {
    "==": codes.EQUAL,
    "!=": codes.UNEQUAL,
    "<": codes.LESS,
    "<=": codes.AT_MOST,
    ">": codes.MORE,
    ">=": codes.AT_LEAST,
    "in": codes.AMONG,
    "not in": codes.NOT_AMONG,
}
_CODES: Final = {name: int(getattr(codes, name.upper())) for name in (*NUMBERS, *IDS, "consent")}
"""By subject, the code that has its name."""
_CODES_OF: Final = {
    "visits": codes.VISITS_OF,
    "attributes": codes.ATTRIBUTE,
    "opted_in": codes.OPTED_IN,
    "scores": codes.SCORE,
    "profile": codes.FACT,
}
UNKNOWN: Final = -2
"""The code of an id that is nowhere, such as one that an arm has disabled."""


class _Looked(NamedTuple):
    """What a condition or a term looks at."""

    subject: int
    """its code"""
    of: int
    """which touchpoint, attribute, channel or score; -1 where the subject alone says it"""


class _Row(NamedTuple):
    """A condition."""

    at: _Looked
    operator: int
    values: list[float]


class _Term(NamedTuple):
    """A term of a score."""

    at: _Looked
    equals: float
    weight: float


def condition_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """The conditions of all rules."""
    rows: list[_Row] = []
    begins, middles, ends = [], [], []
    for rule in rules:
        begins.append(len(rows))
        rows += [_row(condition, scenario) for condition in conditions_of(rule)]
        middles.append(len(rows))
        rows += [_row(condition, scenario) for condition in (rule.stop if isinstance(rule, Rule) else ())]
        ends.append(len(rows))
    return {
        "if_first": indices(begins),
        "if_last": indices(middles),
        "stop_first": indices(middles),
        "stop_last": indices(ends),
        "condition_subject": indices(row.at.subject for row in rows),
        "condition_of": indices(row.at.of for row in rows),
        "condition_operator": np.array([row.operator for row in rows], np.int8),
        "condition_first": starts(len(row.values) for row in rows),
        "condition_value": floats(value for row in rows for value in row.values),
    }


def score_fields(scenario: Scenario) -> dict[str, Any]:
    """All scores."""
    terms = [
        [_term(text, weight, scenario) for text, weight in score.weights.items()] for score in scenario.scores.values()
    ]
    flat = [term for group in terms for term in group]
    return {
        "score_first": starts(map(len, terms)),
        "score_is_amount": np.array([score.kind == "amount" for score in scenario.scores.values()], np.bool_),
        "score_intercept": floats(score.intercept for score in scenario.scores.values()),
        "term_subject": indices(term.at.subject for term in flat),
        "term_of": indices(term.at.of for term in flat),
        "term_equals": floats(term.equals for term in flat),
        "term_weight": floats(term.weight for term in flat),
    }


def counted(text: str, scenario: Scenario) -> _Looked:
    """What a `count` trigger watches."""
    subject = subject_of(text, scenario)
    assert subject is not None, text
    return _code(subject, scenario)


def _row(condition: Condition, scenario: Scenario) -> _Row:
    text, operator, value = condition
    subject = subject_of(text, scenario)
    assert subject is not None, text
    values = list(value) if isinstance(value, list | tuple) else [value]
    if subject.sort == "id":
        values = [_id_code(subject, str(each), scenario) for each in values]
    return _Row(_code(subject, scenario), _OPERATORS[operator], [float(each) for each in values])


def _id_code(subject: Subject, name: str, scenario: Scenario) -> int:
    if subject.name == "channel" and name == NO_CHANNEL:
        return -1
    if subject.name == "attributes" and name == "":
        return -1
    known = ids_of(subject, scenario)
    return known.index(name) if name in known else UNKNOWN


def _code(subject: Subject, scenario: Scenario) -> _Looked:
    if subject.of is None:
        return _Looked(_CODES[subject.name], -1)
    ids: dict[str, Iterable[str]] = {
        "visits": (touchpoint.id for touchpoint in enabled_touchpoints(scenario)),
        "attributes": attribute_values(scenario),
        "opted_in": (channel.id for channel in enabled_channels(scenario)),
        "scores": scenario.scores,
        "profile": FACTS,
    }
    return _Looked(_CODES_OF[subject.name], list(ids[subject.name]).index(subject.of))


def _term(text: str, weight: float, scenario: Scenario) -> _Term:
    subject = subject_of(text, scenario)
    if subject is not None and subject.sort != "id":
        return _Term(_code(subject, scenario), float("nan"), weight)
    kind, _, rest = text.partition(".")
    if kind == "attributes":
        name, _, value = rest.partition(".")
        subject, wanted = Subject("attributes", name, "id"), value
    else:
        subject, wanted = Subject(kind, None, "id"), rest
    return _Term(_code(subject, scenario), float(_id_code(subject, wanted, scenario)), weight)
