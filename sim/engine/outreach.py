"""The memory of orchestration: what is under way for each customer, and what was sent in all (model, part 2)."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.draws import sites
from sim.draws.compiled import compiled
from sim.draws.philox import block, uniform32
from sim.engine.program import Program
from sim.population import TRAITS, Population
from sim.scenario.journey import COVARIATES

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

NEVER: Final = -np.inf

OUTREACH = np.dtype(
    [
        ("fatigue", "f8"),  # at `fatigued`
        ("fatigued", "f8"),
        ("nudge", "f8"),  # at `nudged`
        ("nudged", "f8"),
        ("last_sent", "f8"),  # of the last message
        ("arrived", "f8"),
        ("delay", "f8"),  # of the pending transition
        ("hour", "f8"),  # preferred
        ("message_cost", "f8"),  # money for what was sent, with its personalization
        ("personal_cost", "f8"),  # money for personalized visits
        ("discount", "f8"),  # money given as discounts
        ("head", "i4"),  # first of what is to come; -1 for nothing
        ("chosen", "i4"),  # the pending transition, by its place in the arrays `choice_…`; -1 without one
        ("last_rule", "i4"),  # of the last message; -1 before the first
        ("sent", "i4"),  # messages sent
        ("messages", "i4"),  # messages delivered
        ("responses", "i4"),
        ("holdout", "i1"),
        ("averse", "i1"),
    ],
    align=True,
)
"""One customer."""

UNDER_WAY = np.dtype(
    [
        ("last", "f8"),  # when the rule's last sequence began to send
        ("sequences", "i4"),  # sequences begun
        ("under_way", "i1"),
        ("seen", "i1"),  # idle: whether it is watched for; count: whether it was reached; score: whether it was beyond
    ],
    align=True,
)
"""A rule and a customer."""

ITEM = np.dtype(
    [
        ("time", "f8"),
        ("since", "f8"),  # a response: when its message was sent; else when this first fell due
        ("next", "i4"),
        ("sequence", "i4"),
        ("rule", "i2"),
        ("step", "i2"),  # place of the channel in the action
        ("seen_on", "i2"),  # channel on which the occasion was seen; -1 for none
        ("kind", "i1"),  # RESPONSE, SEND or an occasion
        ("begun", "i1"),  # whether the sequence has sent a message
    ],
    align=True,
)
"""Something that is to come."""

PAIR_COUNTS = ("sent", "delivered", "opened", "responded", "opted_out")
SENT, DELIVERED, OPENED, RESPONDED, OPTED_OUT = range(5)
HOLDOUT, STOPPED, NOT_THERE, NOT_ACCEPTED, NOT_LINKED, COOLDOWN, CONFLICT, CAPPED, QUIET = range(9)
"""What rules a send out (model 10.5)."""


class OutreachLane:
    """The part of `Lane` that only orchestration writes. Without it, nobody has a row in any of these."""

    outreach: NDArray[np.void]
    """(customers,) of OUTREACH"""
    rules: NDArray[np.void]
    """(customers, rules) of UNDER_WAY"""
    noted: NDArray[np.bool_]
    """(rules,) those that have an occasion at this step"""
    accepts: NDArray[np.int8]
    """(customers, channels) whether they accept messages"""
    attributes: NDArray[np.int16]
    """(customers, attributes) code of the value; -1 without one"""
    offer_end: Floats
    """(customers, actions) time up to which its discount stands"""
    pair_sent: NDArray[np.int32]
    """(customers, pairs)"""
    slot_sent: NDArray[np.int32]
    """(customers, slots)"""
    ring: Floats
    """(customers, ring size) times of the last messages in each slot"""
    kept_covariates: Floats
    """(customers, 12) of the choice at the present visit"""
    items: NDArray[np.void]
    """of ITEM; grows"""
    items_used: int
    free_item: int
    """first of the items that are free again; -1 without one"""
    pair_counts: Counts
    """(5, segments, pairs): sent, delivered, opened, responded, opted out"""
    ruled_out: Counts
    """(9, segments, rules)"""
    conflicts: Counts
    """(2, segments): conflicts, duplicates"""
    brought: Counts
    """(segments, touchpoints) entries that a response led to"""
    daily_message_cost: Floats
    """(days,)"""
    daily_personal_cost: Floats
    """(days,)"""


OUTREACH_FIELDS = tuple(OutreachLane.__annotations__)


def new_outreach(program: Program, population: Population) -> dict[str, Any]:
    """The fields of `OutreachLane` before anything has happened."""
    fields = program.fields
    customers = len(population.segment) if fields["orchestrated"] else 0
    segments, days = len(program.segments), int(np.ceil(program.horizon))
    rules, slots, pairs = len(fields["rule_action"]), len(fields["slot_max"]), len(fields["pair_site"])
    watched = np.zeros((customers, rules), UNDER_WAY)
    watched["last"] = NEVER
    return {
        "outreach": _nobody_reached(program, population, customers),
        "rules": watched,
        "noted": np.zeros(rules, np.bool_),
        "accepts": population.opt_in().astype(np.int8) if customers else np.zeros((0, 0), np.int8),
        "attributes": _attributes(program, population, customers),
        "offer_end": np.full((customers, len(fields["action_cost"])), NEVER),
        "pair_sent": np.zeros((customers, pairs), np.int32),
        "slot_sent": np.zeros((customers, slots), np.int32),
        "ring": np.zeros((customers, fields["ring_size"])),
        "kept_covariates": np.zeros((customers, len(COVARIATES))),
        "items": np.empty(customers + 1, ITEM),
        "items_used": 0,
        "free_item": -1,
        "pair_counts": np.zeros((len(PAIR_COUNTS), segments, pairs), np.int64),
        "ruled_out": np.zeros((9, segments, rules), np.int64),
        "conflicts": np.zeros((2, segments), np.int64),
        "brought": np.zeros((segments, len(program.touchpoints)), np.int64),
        "daily_message_cost": np.zeros(days),
        "daily_personal_cost": np.zeros(days),
    }


def _nobody_reached(program: Program, population: Population, customers: int) -> NDArray[np.void]:
    made = np.zeros(customers, OUTREACH)
    made["last_sent"] = NEVER
    made["head"] = made["chosen"] = made["last_rule"] = -1
    if customers:
        fields, traits = program.fields, population.traits
        made["hour"] = traits[:, TRAITS.index("preferred_hour")]
        made["averse"] = fields["close"] & (traits[:, TRAITS.index("privacy_concern")] > 0.7)
        made["holdout"] = _held_out(
            customers, fields["holdout_site"], fields["holdout"], population.seed, population.replication
        )
    return made


@compiled
def _held_out(customers: int, at: int, share: float, seed: int, replication: int) -> NDArray[np.bool_]:
    found = np.zeros(customers, np.bool_)
    for i in range(customers):
        w0, _, _, _ = block(i, at, sites.HOLDOUT, 0, seed, replication)
        found[i] = uniform32(w0) < share
    return found


def _attributes(program: Program, population: Population, customers: int) -> NDArray[np.int16]:
    names = program.attributes if customers else {}
    codes = np.full((customers, len(names)), -1, np.int16)
    for place, (name, values) in enumerate(names.items()):
        drawn = population.attribute(name)
        for code, value in enumerate(values):
            codes[drawn == value, place] = code
    return codes
