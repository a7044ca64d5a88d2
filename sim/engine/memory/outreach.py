"""The memory of orchestration: what is under way for each customer, and what was sent in all (model, part 2)."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.draws import sites
from sim.draws.columns import uniforms
from sim.engine.memory.growing import FACT, TOLD
from sim.engine.memory.history import KNOWN, REASONS
from sim.engine.memory.mixed import Profiles, mixed_fields
from sim.engine.program.program import Program
from sim.population import TRAITS, Population
from sim.scenario.journey import COVARIATES
from sim.scenario.profile import KINDS

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
        ("first_sent", "f8"),  # when something that is not transactional was sent or shown first; infinite before
        ("head", "i4"),  # first of what is to come; -1 for nothing
        (
            "chosen",
            "i4",
        ),  # the pending transition, by its index in the arrays `choice_…`; NO_RACE or UNDECIDED without one
        ("last_rule", "i4"),  # of the last message; -1 before the first
        ("last_action", "i4"),
        ("last_channel", "i4"),
        ("sent", "i4"),  # messages sent
        ("messages", "i4"),  # messages delivered
        ("responses", "i4"),
        ("holdout", "i1"),
        ("averse", "i1"),  # whether they mind being known closely
        ("control", "i1"),  # whether nothing is optimised for them
    ],
    align=True,
)
"""One customer."""

NOTED = np.dtype(
    [
        ("revenue", "f8"),  # of the purchases in the profile
        ("last_contact", "f8"),  # of the contacts in it
        ("contacts", "i4"),  # ever noted
        ("oldest", "i4"),  # first and last of `OutreachLane.facts` that will be forgotten; -1 without any
        ("newest", "i4"),
        ("first_told", "i4"),  # first and last of `OutreachLane.told` that are of this customer; -1 without any
        ("last_told", "i4"),
    ],
    align=True,
)
"""What the profile of one customer holds beside its counts."""

UNDER_WAY = np.dtype(
    [
        ("last", "f8"),  # when the rule's last sequence began to send
        ("sequences", "i4"),  # sequences begun
        ("asked", "i4"),  # how often the budget was asked
        ("under_way", "i1"),
        ("without", "i1"),  # whether the touchpoint that it watches for was entered since its last sequence began
        ("put_off", "i1"),  # whether what it sends next was put off to the customer's best hour
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
        ("index", "i4"),  # pair of an action and a channel; of a firing: index among the rules of its kind
        ("cell", "i4"),  # a response: where the policy learns from it; -1 for nowhere
        ("rule", "i2"),
        ("seen_on", "i2"),  # channel on which the firing was seen; -1 for none
        ("kind", "i1"),  # RESPONSE, SEND or a firing
        ("begun", "i1"),  # whether the sequence has sent a message
        ("known", "i1"),  # a response: which of KNOWN its message was; -1 for none
    ],
    align=True,
)
"""Something that is to come."""

PAIR_COUNTS = ("sent", "delivered", "opened", "responded", "opted_out")
# What comes of a send: rows of `pair_counts`.
SENT = PAIR_COUNTS.index("sent")
DELIVERED = PAIR_COUNTS.index("delivered")
OPENED = PAIR_COUNTS.index("opened")
RESPONDED = PAIR_COUNTS.index("responded")
OPTED_OUT = PAIR_COUNTS.index("opted_out")
# What rules a send out (model 10.5, 15 and 17): rows of `ruled_out`.
HOLDOUT = REASONS.index("holdout")
STOPPED = REASONS.index("stopped")
NOT_THERE = REASONS.index("not-there")
NOT_ACCEPTED = REASONS.index("opted-out")
NOT_LINKED = REASONS.index("not-linked")
COOLDOWN = REASONS.index("cooldown")
CONFLICT = REASONS.index("conflict")
CAPPED = REASONS.index("capped")
QUIET = REASONS.index("quiet")
UNAFFORDABLE = REASONS.index("budget")
UNAVAILABLE = REASONS.index("unavailable")
WITHOUT = REASONS.index("without")
NOTHING_CHOSEN = REASONS.index("nothing-chosen")
OTHER_HOUR = REASONS.index("other-hour")
BANDS: Final = 6
"""Of four hours each, in a day."""


class OutreachLane:
    """The part of `Lane` that only orchestration writes. Without it, nobody has a row in any of these."""

    outreach: NDArray[np.void]
    """(customers,) of OUTREACH"""
    rules: NDArray[np.void]
    """(customers, rules) of UNDER_WAY"""
    noted: NDArray[np.bool_]
    """(rules,) those whose triggers fire at this step"""
    usable: NDArray[np.bool_]
    """(candidates,) those of the present choice that may be used"""
    accepts: NDArray[np.int8]
    """(customers, channels) whether they accept messages"""
    attributes: NDArray[np.int16]
    """(customers, attributes) code of the value; -1 without one"""
    offer_end: Floats
    """(customers, actions) time up to which its discount stands"""
    steps: NDArray[np.int8]
    """(customers, actions) how far they came towards it, see STEPS"""
    pair_sent: NDArray[np.int32]
    """(customers, pairs)"""
    cap_sent: NDArray[np.int32]
    """(customers, caps) messages that have counted in each"""
    ring: Floats
    """(customers, ring size) times of the last messages in each cap"""
    kept_covariates: Floats
    """(customers, 12) of the choice at the present visit"""
    noted_of: NDArray[np.void]
    """(customers,) of NOTED; nobody's where nothing looks at profiles"""
    fact_counts: NDArray[np.int32]
    """(customers, kinds of facts) in the profile"""
    heard: NDArray[np.int32]
    """(customers, 12 for each channel) messages in the profile by the band in which they were sent: those not opened
    and those opened, see `profile.cell`; nobody's where nothing is optimised"""
    heard_now: NDArray[np.int32]
    """(12,) the same of the customer and channel in question, with what is noted of others"""
    likings: Floats
    """(customers, contents that anybody likes) log odds"""
    answered: NDArray[np.int32]
    """(customers, 2 for each action) messages in the profile, and responses to them; nobody's where no content is
    optimised"""
    answered_now: NDArray[np.int32]
    """(2 for each action,) the same of the customer in question, with what is noted of others"""
    facts: NDArray[np.void]
    """of FACT, where facts are forgotten; grows"""
    facts_used: int
    free_fact: int
    """first of the facts that are free again; -1 without one"""
    mixed: NDArray[np.int32]
    """(organic customers, channels) the mixed profile in which the record is, -1 for none; nobody's where none is"""
    mate_first: NDArray[np.int32]
    """(mixed profiles + 1,) where in `mate` those who are in each begin"""
    mate: NDArray[np.int32]
    """who has a record in each mixed profile, by number"""
    told: NDArray[np.void]
    """of TOLD, `told_used` of them; grows"""
    told_used: int
    told_until: float
    """the last tick: what was noted of others before it is known (days)"""
    items: NDArray[np.void]
    """of ITEM; grows"""
    items_used: int
    free_item: int
    """first of the items that are free again; -1 without one"""
    tick: float
    """days between the ticks"""
    won: NDArray[np.int32]
    """(ticks, cells) tries that count as successes then; a cell is a segment, a stage and a pair"""
    lost: NDArray[np.int32]
    """(ticks, cells) tries that count as failures then"""
    tried: Counts
    """(cells,) tries that have been learned from"""
    succeeded: Counts
    belief_mean: Floats
    """(cells,) response rate that is believed; under next best action, past performance"""
    belief_sd: Floats
    decide_until: float
    """nothing that depends on what is learned or spent is decided from here on"""
    planning: bool
    """whether sends are being planned for all customers together"""
    throttle: float
    """share of triggered sends that may pass"""
    period_left: float
    """money that may still be spent before the next tick"""
    total_left: float
    """money that may still be spent in the run"""
    demand: float
    """money of the triggered sends that asked for it since the last tick"""
    pair_counts: Counts
    """(5, segments, pairs), see PAIR_COUNTS"""
    pair_cost: Floats
    """(segments, pairs) money for what was sent"""
    by_known: Counts
    """(segments, 3, 3) messages that may be optimised, as in KNOWN: delivered, opened, and responded to"""
    ruled_out: Counts
    """(14, segments, actions), see REASONS"""
    conflicts: Counts
    """(segments,)"""
    duplicates: Counts
    """(segments,): conflicts of an action with itself"""
    brought: Counts
    """(segments, touchpoints) entries that a response led to"""
    daily_message_cost: Floats
    """(days,)"""
    daily_budget_cost: Floats
    """(days,)"""
    daily_discount: Floats
    """(days,) money that discounts took off prices"""
    daily_personal_cost: Floats
    """(days,)"""


OUTREACH_FIELDS = tuple(OutreachLane.__annotations__)


OUTREACH_ROWS = (
    "outreach", "rules", "accepts", "attributes", "offer_end", "steps", "pair_sent", "cap_sent", "ring",
    "kept_covariates", "noted_of", "fact_counts", "heard", "likings", "answered",
)  # fmt: skip
"""The fields of `OutreachLane` that have a row for each customer."""


def outreach_rows(program: Program, population: Population) -> dict[str, Any]:
    """The rows of customers whose arrival is pending; none where nobody orchestrates."""
    fields = program.fields
    customers = len(population.segment) if fields["orchestrated"] else 0
    rules, caps, pairs = len(fields["rule_action"]), len(fields["cap_max"]), len(fields["pair_site"])
    remembered = customers if fields["remembers"] else 0
    watched = np.zeros((customers, rules), UNDER_WAY)
    watched["last"] = NEVER
    return {
        "outreach": _nobody_reached(program, population, customers),
        "rules": watched,
        "accepts": population.opt_in().astype(np.int8) if customers else np.zeros((0, 0), np.int8),
        "attributes": _attributes(program, population, customers),
        "offer_end": np.full((customers, len(program.actions)), NEVER),
        "steps": np.zeros((customers, len(program.actions)), np.int8),
        "pair_sent": np.zeros((customers, pairs), np.int32),
        "cap_sent": np.zeros((customers, caps), np.int32),
        "ring": np.zeros((customers, fields["ring_size"])),
        "kept_covariates": np.zeros((customers, len(COVARIATES))),
        "noted_of": _nothing_noted(remembered),
        "fact_counts": np.zeros((remembered, len(KINDS)), np.int32),
        "heard": np.zeros((remembered, 2 * BANDS * len(program.channels) if fields["optimises"] else 0), np.int32),
        "likings": population.likings() if customers else np.zeros((0, 0)),
        "answered": np.zeros((remembered, 2 * len(program.actions) if fields["optimises_content"] else 0), np.int32),
    }


def new_outreach(program: Program, customers: int, profiles: Profiles | None) -> dict[str, Any]:
    """The other fields of `OutreachLane` before anything has happened."""
    fields = program.fields
    asked = fields["identified"] and fields["remembers"]
    segments, days = len(program.segments), int(np.ceil(program.horizon))
    rules, pairs = len(fields["rule_action"]), len(fields["pair_site"])
    cells = segments * len(program.stages) * pairs if fields["learns"] else 0
    ticks = int(program.horizon / program.tick) + 2 if fields["learns"] else 0
    return {
        "noted": np.zeros(rules, np.bool_),
        "usable": np.zeros(len(fields["candidate_pair"]), np.bool_),
        "heard_now": np.zeros(2 * BANDS, np.int32),
        "answered_now": np.zeros(2 * len(program.actions), np.int32),
        "facts": np.empty(1, FACT),
        "facts_used": 0,
        "free_fact": -1,
        **mixed_fields(profiles if asked else None, program.population.size),
        "told": np.empty(1, TOLD),
        "told_used": 0,
        "told_until": 0.0,
        "items": np.empty(customers + 1 if fields["orchestrated"] else 1, ITEM),
        "items_used": 0,
        "free_item": -1,
        "tick": program.tick,
        "won": np.zeros((ticks, cells), np.int32),
        "lost": np.zeros((ticks, cells), np.int32),
        "tried": np.zeros(cells, np.int64),
        "succeeded": np.zeros(cells, np.int64),
        "belief_mean": np.full(cells, 0.5),
        "belief_sd": np.full(cells, np.sqrt(0.25 / 3.0)),
        "decide_until": np.inf,
        "planning": False,
        "throttle": 1.0,
        "period_left": np.inf,
        "total_left": np.inf,
        "demand": 0.0,
        "pair_counts": np.zeros((len(PAIR_COUNTS), segments, pairs), np.int64),
        "pair_cost": np.zeros((segments, pairs)),
        "by_known": np.zeros((segments, len(KNOWN), 3), np.int64),
        "ruled_out": np.zeros((len(REASONS), segments, len(program.actions)), np.int64),
        "conflicts": np.zeros(segments, np.int64),
        "duplicates": np.zeros(segments, np.int64),
        "brought": np.zeros((segments, len(program.touchpoints)), np.int64),
        "daily_message_cost": np.zeros(days),
        "daily_budget_cost": np.zeros(days),
        "daily_discount": np.zeros(days),
        "daily_personal_cost": np.zeros(days),
    }


def _nobody_reached(program: Program, population: Population, customers: int) -> NDArray[np.void]:
    made = np.zeros(customers, OUTREACH)
    made["last_sent"] = NEVER
    made["first_sent"] = np.inf
    made["head"] = made["chosen"] = made["last_rule"] = made["last_action"] = made["last_channel"] = -1
    if customers:
        traits = population.traits
        made["hour"] = traits[:, TRAITS.index("preferred_hour")]
        made["averse"] = traits[:, TRAITS.index("privacy_concern")] > 0.7
        made["holdout"] = held_out(program, population.number, population.seed, population.replication)
        made["control"] = _controls(program, population)
    return made


def _nothing_noted(customers: int) -> NDArray[np.void]:
    made = np.zeros(customers, NOTED)
    made["oldest"] = made["newest"] = made["first_told"] = made["last_told"] = -1
    return made


def held_out(program: Program, number: NDArray[np.uint64], seed: int, replication: int) -> NDArray[np.bool_]:
    """Which of the customers with these numbers belong to the holdout, whatever the policy, shape (customers,)."""
    at, share = int(program.fields["holdout_site"]), float(program.fields["holdout"])
    if not share:
        return np.zeros(len(number), np.bool_)
    return uniforms(number, at, sites.HOLDOUT, seed, replication) < share


def _controls(program: Program, population: Population) -> NDArray[np.bool_]:
    """For whom nothing is optimised, shape (customers,)."""
    at, share = int(program.fields["optimise_site"]), float(program.fields["optimise_share"])
    if share == 1.0:
        return np.zeros(len(population.number), np.bool_)
    return uniforms(population.number, at, sites.HOLDOUT, population.seed, population.replication) >= share


def _attributes(program: Program, population: Population, customers: int) -> NDArray[np.int16]:
    names = program.attributes if customers else {}
    codes = np.full((customers, len(names)), -1, np.int16)
    for column, (name, values) in enumerate(names.items()):
        drawn = population.attribute(name)
        for code, value in enumerate(values):
            codes[drawn == value, column] = code
    return codes
