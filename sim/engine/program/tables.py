"""The scenario as flat arrays: the one argument through which compiled code knows it."""

from typing import Any, Final

import numpy as np
from numba.experimental import structref
from numpy.typing import NDArray

from sim.compiling.lent import lender
from sim.compiling.structs import StructType
from sim.engine.program.rule_tables import RULE_FIELDS, RuleTables

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Sites = NDArray[np.uint32]

NO_EXIT, CHURN, COMPLETED = 0, 1, 2
NO_GOAL, CONVERSION, FIRST_VALUE, COMPLETION = 0, 1, 2, 3
SINGLE, MULTI, OMNI = 0, 1, 2
NPS, CSAT, CES = 0, 1, 2
FIRST_COME, BY_VALUE, BY_CHURN_RISK = 0, 1, 2


@structref.register
class TablesType(StructType):
    """Numba's type of `Tables`."""


class Tables(RuleTables, structref.StructRefProxy):
    """Everything that the private lane reads and never writes.

    T touchpoints, C channels, E transitions, S segments, V surveys, D desks. Lists that belong to a touchpoint n stand
    in one array, from `…_first[n]` to `…_first[n + 1]`.
    """

    touchpoint_site: Sites
    """(T,)"""
    touchpoint_exit: Codes
    """(T,) NO_EXIT, CHURN or COMPLETED"""
    touchpoint_lapsed: Flags
    """(T,)"""
    touchpoint_stage: Indices
    """(T,)"""
    touchpoint_desk: Indices
    """(T,) index of the desk, -1 without one"""
    emotion_mean: Floats
    """(T,)"""
    emotion_sd: Floats
    """(T,)"""
    effort: Floats
    """(T,)"""
    effort_reference: Floats
    """(T,) effort in the base scenario"""
    profile_gain: Floats
    """(T,)"""
    goal_kind: Codes
    """(T,) NO_GOAL, CONVERSION, FIRST_VALUE or COMPLETION"""
    goal_row: Indices
    """(T,) distribution of its value, -1 without one"""
    goal_margin: Floats
    """(T,)"""
    goal_repeats: Flags
    """(T,)"""
    channel_first: Indices
    """(T + 1,)"""
    channel_index: Indices
    """channels of the touchpoints"""
    channel_weight: Floats
    """touchpoint share x mix"""
    channel_cost: Floats
    """(C,)"""
    affinity_reference: Floats
    """(S, T) what ln A is compared with (model 2.4): ln R + E; NaN where the covariate is 0"""
    survey_first: Indices
    """(T + 1,)"""
    survey_index: Indices
    """surveys of the touchpoints"""
    survey_site: Sites
    """sites of `survey:ID@TOUCHPOINT`"""
    survey_kind: Codes
    """(V,) NPS, CSAT or CES"""
    survey_rate: Floats
    """(V,)"""
    choice_first: Indices
    """(T + 1,)"""
    choice_target: Indices
    """touchpoint that the transition leads to; a row for each that is enabled, those of a touchpoint together"""
    choice_number: Indices
    """its index among the enabled ones of the file"""
    choice_exit: Flags
    """whether its role is exit"""
    choice_row: Indices
    """distribution of its delay"""
    block_first: Indices
    """(T + 1,) of the blocks that a visit draws, filled up to a multiple of eight"""
    block_site: Sites
    """first those of the channels, where there are several; then the visit's own; then those of the transitions"""
    block_purpose: Sites
    """times 2^24"""
    block_log_share: Floats
    """logarithms of base weights; minus infinity for what is no transition"""
    block_inverse_share: Floats
    """1 / base weight; infinite for what is no transition"""
    block_exit: Flags
    """whether it is that of a transition whose role is exit"""
    block_effects: Floats
    """the 12 coefficients in the order of COVARIATES; of eight blocks the first, of the same the second, and so on"""
    touchpoint_by_shares: Flags
    """(T,) whether the base weights alone decide: all transitions have the same coefficients, and none is an exit"""
    visit_block: Indices
    """(T,) index of the visit's own block among those of the touchpoint; those of the transitions follow"""
    rows: Floats
    """distributions, as `DistributionRows.arrays` gives them"""
    values: Floats
    refer_rate: Floats
    """(T,) friends told at a visit, at neutral sentiment"""
    refer_sentiment: float
    """how strongly the sentiment counts, log scale"""
    refer_row: int
    """distribution of a friend's delay, days; -1 for none"""
    refer_site: int
    desk_service: Indices
    """(D,) distribution of the service time, minutes"""
    desk_patience: Indices
    """(D,) distribution of the patience, minutes; -1 for endless"""
    desk_priority: Codes
    """(D,) FIRST_COME, BY_VALUE or BY_CHURN_RISK"""
    risk_propensity: float
    """default exit coefficient of propensity, for churn risk"""
    risk_sentiment: float
    risk_fatigue: float
    clock: Floats
    """(169,) activity cumulated over the hours of the week, days; empty without an activity clock"""
    weekday: float
    """weekday of day 0, 0 for Monday"""
    mode: int
    """SINGLE, MULTI or OMNI"""
    carryover: float
    stickiness: float
    sentiment_rate: float
    bad_below: float
    lost_emotion: float
    wait_emotion: float
    known: float
    price_index: float
    log_price: float
    """logarithm of the price index"""
    discount: float
    """continuous interest a day"""
    horizon: float
    """days"""


FIELDS = (*Tables.__annotations__, *RULE_FIELDS)
_make = lender(Tables, TablesType, FIELDS)

_NUMBERS: Final = {
    name: kind
    for name, kind in (Tables.__annotations__ | RuleTables.__annotations__).items()
    if kind in (bool, int, float)
}


def make_tables(**fields: Any) -> Tables:
    """Tables from all their fields by name.

    A whole number where any is declared would make another type of them, for which all is compiled once more.
    """
    declared = {name: kind(fields[name]) for name, kind in _NUMBERS.items()}
    given = fields | declared
    return _make(tuple(given[name] for name in FIELDS))
