"""Small scenarios that together use every rule of the model's third part; for comparison with the engine."""

from . import scenarios_dated, scenarios_grown, scenarios_learned, scenarios_receipts
from .scenarios import Case, new_case
from .scenarios_gains import GAINS, SHOWN, by_chance, by_gain
from .scenarios_learned import BOTH, learns

MESSAGES = "sent delivered opened responded ruled_out"
DESKS = "asked served gave_up"

CASES: tuple[Case, ...] = (
    new_case(
        "every sort of value changes in some phase",
        f"{MESSAGES} opted_out handoff conversion churn",
        scenarios_dated.phases_of_everything(),
        reasons="holdout capped quiet cooldown",
    ),
    new_case("service, patience and queues change", f"{DESKS} churn", scenarios_dated.desks_change()),
    new_case(
        "channels are down and messages go elsewhere",
        f"{MESSAGES} handoff",
        scenarios_dated.channels_down("omni"),
        reasons="unavailable opted-out not-there",
    ),
    new_case(
        "customers of one channel find it down",
        f"{MESSAGES} handoff",
        scenarios_dated.channels_down("single"),
        reasons="unavailable not-linked not-there",
    ),
    new_case(
        "shocks cover phases and each other",
        f"{MESSAGES} conversion churn",
        scenarios_dated.shocks_over_phases(),
        reasons="cooldown",
    ),
    new_case(
        "seasons stand between phases and shocks",
        f"{MESSAGES} conversion churn",
        scenarios_dated.seasons_between(),
        reasons="unavailable cooldown",
    ),
    new_case(
        "transitions are closed for customers who come from a desk",
        f"{DESKS} sent responded churn",
        scenarios_dated.closed_transitions_at_a_desk(),
    ),
    new_case(
        "a response finds closed transitions open again",
        "sent responded conversion churn",
        scenarios_dated.transitions_opened_again(),
    ),
    new_case(
        "a policy learns actions and channels",
        f"{MESSAGES} opted_out",
        scenarios_learned.messages_to_choose(learns(*BOTH)),
        reasons="opted-out stopped cooldown",
    ),
    new_case(
        "a policy learns channels alone",
        MESSAGES,
        scenarios_learned.messages_to_choose(learns("channels", holdout=0.2, gap_hours=4)),
        reasons="opted-out holdout conflict",
    ),
    new_case(
        "a policy learns actions alone",
        MESSAGES,
        scenarios_learned.messages_to_choose(learns("actions", tick=2)),
        reasons="opted-out cooldown",
    ),
    new_case(
        "chance chooses a message, or nothing",
        f"{MESSAGES} chosen",
        scenarios_learned.messages_to_choose(by_chance(holdout=0.2)),
        reasons="opted-out stopped cooldown nothing-chosen holdout",
    ),
    new_case(
        "chance shows something, or nothing",
        f"{MESSAGES} chosen churn",
        scenarios_learned.on_site_and_leaving(by_chance()),
        reasons="not-there cooldown nothing-chosen",
    ),
    new_case(
        "next best action goes by gains, and falls back on the rule",
        f"{MESSAGES} chosen",
        scenarios_learned.messages_to_choose(
            by_gain(minimum_confidence=0.55, fallback="rule"), gains=GAINS, profile={"keep_days": 5}
        ),
        reasons="opted-out nothing-chosen cooldown",
    ),
    new_case(
        "next best action shows something, or nothing",
        f"{MESSAGES} chosen",
        scenarios_learned.on_site_and_leaving(by_gain(fatigue_cost=0.25, tick=0.5), gains=SHOWN),
        reasons="not-there cooldown nothing-chosen",
    ),
    new_case(
        "a policy learns what to show, also to those about to leave",
        f"{MESSAGES} churn",
        scenarios_learned.on_site_and_leaving(),
        reasons="not-there cooldown",
    ),
    new_case(
        "the choice is made anew after quiet hours and caps",
        MESSAGES,
        scenarios_learned.put_off("defer"),
        reasons="quiet capped conflict opted-out",
    ),
    new_case(
        "the choice is made anew, the first due first",
        MESSAGES,
        scenarios_learned.put_off("hold"),
        reasons="quiet capped conflict opted-out",
    ),
    new_case(
        "the action taken is followed on its next channel",
        f"{MESSAGES} opted_out",
        scenarios_learned.supported("omni"),
        reasons="opted-out",
    ),
    new_case(
        "the action taken is followed where it is linked",
        f"{MESSAGES} opted_out",
        scenarios_learned.supported("multi"),
        reasons="opted-out not-linked",
    ),
    new_case(
        "the money of the day pays for some of what is triggered",
        f"{MESSAGES} churn",
        scenarios_learned.limited_by_day(),
        reasons="budget holdout",
    ),
    new_case(
        "the money of the run pays for batches first",
        MESSAGES,
        scenarios_learned.limited_in_total(),
        reasons="budget quiet capped",
    ),
    new_case(
        "a learning policy with little money, and desks",
        f"{MESSAGES} {DESKS}",
        scenarios_learned.limited_learning_at_desks(),
        reasons="budget opted-out",
    ),
    new_case(
        "receipts go out under a policy that learns, with little money",
        f"{MESSAGES} opted_out",
        scenarios_receipts.receipts(policy="bandit", holdout=0.2, budget={"per_day": 0.5}),
        reasons="budget holdout opted-out without cooldown",
    ),
    new_case("arrivals are bought", f"{MESSAGES} handoff", scenarios_grown.bought("omni"), reasons="holdout"),
    new_case(
        "arrivals follow the year, and money its own",
        f"{MESSAGES} handoff",
        scenarios_grown.by_the_year(),
        reasons="holdout",
    ),
    new_case(
        "arrivals are bought for the one channel they keep",
        f"{MESSAGES} handoff",
        scenarios_grown.bought("single"),
        reasons="not-linked",
    ),
    new_case(
        "arrivals are bought on a channel that no touchpoint has",
        "sent responded churn",
        scenarios_grown.bought_where_nobody_meets(),
    ),
    new_case("friends are told at desks", f"{DESKS} turned_away sent churn", scenarios_grown.told_at_desks()),
    new_case(
        "friends are told by those who leave, and tell theirs",
        "responded churn completed",
        scenarios_grown.told_on_leaving(),
        reasons="cooldown",
    ),
    new_case(
        "batches, moves, friends, desks and phases meet at the same instants",
        f"{MESSAGES} {DESKS} churn",
        scenarios_grown.the_same_instants("rules"),
        reasons="budget unavailable quiet capped",
    ),
    new_case(
        "what is learned meets batches, moves and desks at the same instants",
        f"{MESSAGES} {DESKS} churn",
        scenarios_grown.the_same_instants("bandit"),
        reasons="budget unavailable quiet",
    ),
    new_case(
        "everything at once",
        f"{MESSAGES} {DESKS} handoff conversion churn",
        scenarios_dated.everything(),
        reasons="budget unavailable holdout opted-out capped not-there",
    ),
)
