"""What the brand does, as flat arrays: the part of `Tables` that only orchestration reads (model, part 2)."""

import numpy as np
from numpy.typing import NDArray

from sim.scenario.profile import FACTS

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Sites = NDArray[np.uint32]

DROP, HOLD, DEFER = 0, 1, 2
EQUAL, UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST, AMONG, NOT_AMONG = range(8)
(
    SENTIMENT, FATIGUE, NUDGE, PROFILE, DISCOUNT, VISITS, CONTACTS, HANDOFFS, CONVERSIONS, PURCHASES, REVENUE, MESSAGES,
    RESPONSES, DAYS, IDLE_DAYS, HOUR, SEGMENT, TOUCHPOINT, STAGE, CHANNEL, WEEKDAY, CONSENT, VISITS_OF, ATTRIBUTE,
    OPTED_IN, SCORE, FACT,
) = range(27)  # fmt: skip
"""What a condition, a count or a term of a score looks at, by the names that `sim.scenario.subjects` has for it."""

REVENUE_FACT, IDLE_FACT = (list(FACTS).index(name) for name in ("revenue", "idle_days"))
"""What a condition can know of a profile beside the counts of its facts."""


class RuleTables:
    """A actions, P pairs of an action and a channel, R rules (broadcasts after them), Q caps, K conditions, G scores.

    Lists that belong to one of these stand in one array, from `…_first[n]` to `…_first[n + 1]`.
    """

    orchestrated: bool
    """whether anything is ever sent, shown or personalized"""
    identified: bool
    """whether profiles tell which channels are linked for a customer (model 25)"""
    remembers: bool
    """whether rules or scores look at profiles, so that facts are noted"""
    fact_kept: Flags
    """(kinds of facts,) whether they are noted"""
    keep_days: float
    """days after which facts are forgotten; infinite for never"""
    longest_idle: float
    """days: the most that a profile says of the time since a contact"""
    shares_triggers: bool
    """whether what is seen on one channel sets off messages on others that are not linked to it"""
    holdout: float
    """share of customers"""
    holdout_site: int
    attribute_count: int

    level: int
    """0 without personalization"""
    close: bool
    """whether privacy-averse customers mind"""
    need: float
    dimensions: float
    """sum of the weights of what is personalized"""
    timing: bool
    """whether messages are timed"""
    engagement_lift: float
    engagement_emotion: float
    """gain of an experience at full relevance"""
    conversion_appeal: float
    """ln(1 + conversion lift)"""
    personal_cost: float
    """money for each personalized contact"""

    optimises: bool
    """whether messages go by what each customer opened or responded to, in one of the three ways that follow"""
    optimises_hour: bool
    """whether messages go out when each customer opened most"""
    optimises_channel: bool
    """whether first messages go out on the channel on which each customer opened most"""
    optimises_content: bool
    """whether first messages are those, of a rule's action and its alternatives, to whose like each customer responded
    most"""
    optimise_from: int
    """messages on a channel, or with any content, from which on it is known what a customer opens, or responds to"""
    optimise_prior: float
    """messages that what is usual for a customer counts as"""
    optimise_share: float
    """share of customers"""
    optimise_site: int
    action_content: Indices
    """(A times CONTENT_TRAITS) of each action and trait the value, by a number of its own; -1 without one"""
    action_described: Flags
    """(A,) whether it has any content"""
    subject_liked: Indices
    """(A,) which of `OutreachLane.likings` its subject line is; -1 for none"""
    seen_first: Indices
    """(A + 1,) which of them what is seen of it is once it is opened"""
    seen_liked: Indices
    variant_first: Indices
    """(R + 1,) the actions that a rule may take for their content, its own first"""
    variant_action: Indices
    variant_site: Sites
    """of `rule:ID/action:ID`"""

    delivery_rate: Floats
    """(C,)"""
    hour_effect: Floats
    """(C,) log odds of opening near the preferred hour; NaN where that matters only by personalization"""
    opt_out_rate: Floats
    """(C,)"""
    act_row: Indices
    """(C,) distribution of the time to act, hours"""
    quiet_from: Floats
    """(C,) hour; -1 without quiet hours"""
    quiet_to: Floats
    """(C,)"""
    cap_first: Indices
    """(C + 1,) the caps that a message on a channel counts in"""
    cap_index: Indices
    cap_by_profile: Flags
    """(Q,) whether it is one of each channel and counts in that of the first one linked"""
    cap_max: Indices
    """(Q,) messages"""
    cap_days: Floats
    """(Q,)"""
    cap_calendar: Flags
    """(Q,)"""
    cap_ring: Indices
    """(Q,) where the last times of its messages are kept"""
    ring_size: int
    capped: int
    """DROP, HOLD or DEFER"""
    gap: float
    """days"""

    action_on_site: Flags
    """(A,)"""
    action_transactional: Flags
    """(A,)"""
    action_tires: Floats
    """(A,) fatigue of a delivery"""
    action_cost: Floats
    """(A,)"""
    action_discount: Floats
    """(A,)"""
    action_valid: Floats
    """(A,) days"""
    action_leads: Indices
    """(A,) touchpoint, -1 without one"""
    action_nudge: Floats
    """(A,)"""
    action_support: Floats
    """(A,) days after which the next channel is tried; -1 for never"""
    pair_first: Indices
    """(A + 1,)"""
    pair_channel: Indices
    """(P,)"""
    pair_action: Indices
    """(P,)"""
    pair_site: Sites
    """(P,) sites of `action:ID@CHANNEL`"""
    pair_open: Floats
    """(P,) open rate"""
    pair_response: Floats
    """(P,) response rate"""

    action_weight: Floats
    """(A,) times that its expected gain counts"""
    pair_outlay: Floats
    """(P,) money that it takes to send or show it, and for the fatigue that it adds"""
    gain: Floats
    """(cells,) money expected of it, before that; NaN without a gain. A cell is a segment, a stage and a pair"""
    gain_error: Floats
    """(cells,)"""
    gain_response: Floats
    """(cells,) response rate expected; NaN without one"""
    minimum_confidence: float
    falls_back_on_rule: bool
    """whether the rule's own action is taken where the policy is not confident"""

    policy: int
    """its number among `POLICIES`"""
    chooses: bool
    """whether the policy chooses among candidates, or the first pair that may be used is taken"""
    may_choose_nothing: bool
    learns: bool
    """whether it learns at ticks from what people responded to"""
    waits_for_failures: bool
    every_channel: bool
    """whether it chooses among all channels of an action, or takes the first of each that may be used"""
    candidate_first: Indices
    """(R + 1,)"""
    candidate_pair: Indices
    """pairs that a policy which chooses may take"""
    candidate_site: Sites
    """sites of `rule:ID/action:ID@CHANNEL`"""
    candidate_alignment: Floats
    """1 for the rule's own action, 1/2 for its first alternative, and so on"""
    pair_learned: Flags
    """(P,) whether the policy learns from it: some rule takes it or another"""
    budgeted: bool
    """whether money limits the sends"""
    runs_ahead: bool
    """whether customers may be brought beyond a tick as far as their next decision"""

    rule_waits: Flags
    """(R,) whether its sends hang on what is learned or spent"""
    rule_on: Flags
    """(R,) whether its trigger fires at present"""
    rule_site: Sites
    """(R,) sites of `rule:ID`"""
    rule_planned: Flags
    """(R,) whether its sends are planned for all customers together"""
    channel_down: Flags
    """(C,)"""
    rule_order: Indices
    """rules by priority, higher first, then as in the file"""
    rule_action: Indices
    """(R,)"""
    rule_delay: Floats
    """(R,) days"""
    rule_cooldown: Floats
    """(R,) days"""
    rule_priority: Floats
    """(R,)"""
    rule_after: Floats
    """(R,) days that an `entered` waits; -1 for at once"""
    entered_first: Indices
    """(T + 1,)"""
    entered_rule: Indices
    """rules that entering a touchpoint sets off"""
    without_first: Indices
    """(T + 1,)"""
    without_rule: Indices
    """rules whose wait and sends entering a touchpoint ends"""
    leaving_first: Indices
    """(T + 1,)"""
    leaving_rule: Indices
    """rules that watch for exit intent at a touchpoint, in the order in which they are asked"""
    idle_rule: Indices
    idle_days: Floats
    """(idle rules,)"""
    count_rule: Indices
    count_subject: Indices
    """(count rules,)"""
    count_of: Indices
    count_reaches: Floats
    score_rule: Indices
    score_number: Indices
    """(score rules,)"""
    score_above: Floats
    score_below: Floats
    timed_rule: Indices
    timed_begin: Floats
    """(timed rules,) days"""
    timed_step: Floats
    """(timed rules,) days between times; 0 for once"""

    if_first: Indices
    """(R,) conditions of a rule, from here to `if_last`"""
    if_last: Indices
    stop_first: Indices
    stop_last: Indices
    condition_subject: Indices
    """(K,)"""
    condition_of: Indices
    condition_operator: Codes
    condition_first: Indices
    """(K + 1,) into `condition_value`"""
    condition_value: Floats
    score_first: Indices
    """(G + 1,)"""
    score_is_amount: Flags
    """(G,) the sum itself, not a chance"""
    score_intercept: Floats
    """(G,)"""
    term_subject: Indices
    term_of: Indices
    term_equals: Floats
    """the code that an id must have to count as 1; NaN for numbers"""
    term_weight: Floats


RULE_FIELDS = tuple(RuleTables.__annotations__)
