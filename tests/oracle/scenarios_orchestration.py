"""Small scenarios that together use every rule of the model's second part; for comparison with the engine."""

from . import (
    scenarios_identified,
    scenarios_knowing,
    scenarios_limits,
    scenarios_optimised,
    scenarios_profiled,
    scenarios_receipts,
    scenarios_responses,
    scenarios_rules,
)
from .scenarios import Case, new_case

MESSAGES = "sent delivered opened responded ruled_out"

CASES: tuple[Case, ...] = (
    new_case(
        "rules for those who enter, wait and come often, some of them without effect",
        f"{MESSAGES} opted_out",
        scenarios_rules.steps_of_the_journey(),
        reasons="opted-out cooldown conflict not-there",
    ),
    new_case(
        "rules by the calendar, at ticks and after idle days, and broadcasts",
        f"{MESSAGES} opted_out",
        scenarios_rules.by_the_calendar(),
        reasons="opted-out cooldown conflict not-there",
    ),
    new_case(
        "rules that ask every condition with every operator",
        f"{MESSAGES} opted_out",
        scenarios_rules.every_condition(),
        reasons="opted-out cooldown stopped",
    ),
    new_case(
        "scores set rules off and hold them back",
        f"{MESSAGES} opted_out",
        scenarios_rules.scores_of_all_kinds(),
        reasons="opted-out conflict stopped",
    ),
    new_case(
        "rolling caps drop messages",
        MESSAGES,
        scenarios_limits.rolling_caps_drop(),
        reasons="capped opted-out",
    ),
    new_case(
        "calendar caps hold messages until the next free day",
        MESSAGES,
        scenarios_limits.calendar_caps_hold(),
        reasons="capped opted-out",
    ),
    new_case(
        "rolling caps defer messages, the most important one first",
        MESSAGES,
        scenarios_limits.rolling_caps_defer(),
        reasons="capped opted-out",
    ),
    new_case(
        "caps channel by channel, and nights, noons and evenings of silence",
        MESSAGES,
        scenarios_limits.caps_by_channel_and_quiet_hours(),
        reasons="capped quiet opted-out not-linked",
    ),
    new_case(
        "messages in conflict give way to more important ones",
        MESSAGES,
        scenarios_limits.conflicts("omni"),
        reasons="conflict",
    ),
    new_case(
        "messages in conflict are all sent side by side",
        MESSAGES,
        scenarios_limits.conflicts("multi"),
    ),
    new_case(
        "messages reach customers on their one channel only",
        MESSAGES,
        scenarios_limits.conflicts_of_one_channel(),
        reasons="not-linked",
    ),
    new_case(
        "messages meet those before them in the same profile only",
        f"{MESSAGES} handoff",
        scenarios_identified.conflicts_between_profiles(),
        reasons="conflict not-linked",
    ),
    new_case(
        "caps count profile by profile",
        MESSAGES,
        scenarios_identified.caps_by_profile(),
        reasons="capped not-linked",
    ),
    new_case(
        "who is bought or referred is known like somebody who came alone",
        MESSAGES,
        scenarios_identified.bought_and_referred(),
        reasons="capped not-linked",
    ),
    new_case(
        "the brand goes by what it has noted on linked channels and not yet forgotten",
        f"{MESSAGES} handoff conversion",
        scenarios_profiled.forgotten_profiles(),
        reasons="stopped not-linked",
    ),
    new_case(
        "the brand notes little, on one channel, for good",
        f"{MESSAGES} conversion",
        scenarios_profiled.little_noted(),
    ),
    new_case(
        "messages go out when each customer opened most",
        f"{MESSAGES} opted_out",
        scenarios_optimised.best_hours(),
        reasons="other-hour quiet capped conflict without",
    ),
    new_case(
        "mixed profiles mislead about the hour, and forget",
        f"{MESSAGES} opted_out",
        scenarios_optimised.best_hours_of_few_messages(),
        reasons="other-hour not-linked",
    ),
    new_case(
        "first messages take the channel on which each customer opened most",
        f"{MESSAGES} opted_out",
        scenarios_optimised.best_channels_and_hours(),
        reasons="other-hour quiet opted-out",
    ),
    new_case(
        "first messages have the content to which each customer responded most",
        f"{MESSAGES} opted_out",
        scenarios_optimised.best_contents(),
        reasons="quiet capped conflict opted-out without",
    ),
    new_case(
        "content, channel and hour go by mixed profiles that forget",
        f"{MESSAGES} opted_out",
        scenarios_optimised.best_of_everything(),
        reasons="other-hour not-linked",
    ),
    new_case(
        "supporting channels follow until somebody responds or opts out",
        f"{MESSAGES} opted_out",
        scenarios_responses.supporting_channels(),
        reasons="stopped opted-out conflict quiet",
    ),
    new_case(
        "offers are used or expire",
        f"{MESSAGES} opted_out conversion",
        scenarios_responses.offers_used_and_expired(),
        reasons="opted-out cooldown",
    ),
    new_case(
        "customers about to leave are kept back",
        f"{MESSAGES} churn",
        scenarios_responses.leaving_customers(),
        reasons="not-there cooldown stopped",
    ),
    new_case(
        "responses wait for the desk to let go",
        f"{MESSAGES} asked served gave_up",
        scenarios_responses.at_desks(),
        reasons="opted-out cooldown",
    ),
    new_case(
        "delays pass in office hours, messages do not, and lapsed customers are won back",
        MESSAGES,
        scenarios_responses.office_hours_and_lapsed(),
        reasons="quiet capped opted-out not-there",
    ),
    new_case(
        "everything fits the moment, and some dislike it",
        f"{MESSAGES} opted_out",
        scenarios_knowing.close_personalization(),
        reasons="opted-out conflict",
    ),
    new_case(
        "contacts fit the customer on the channel of the first contact",
        f"{MESSAGES} opted_out",
        scenarios_knowing.personal_on_one_channel(),
        reasons="opted-out not-linked",
    ),
    new_case(
        "a third is held out",
        MESSAGES,
        scenarios_knowing.a_third_held_out(),
        reasons="holdout stopped not-there capped",
    ),
    new_case(
        "visits, messages, responses and desks meet at the same instants",
        f"{MESSAGES} asked served gave_up",
        scenarios_knowing.the_same_instants(),
        reasons="opted-out cooldown conflict capped quiet",
    ),
    new_case(
        "reminders are for those who have not ordered when they are sent",
        f"{MESSAGES} opted_out",
        scenarios_receipts.reminders(),
        reasons="without quiet capped stopped holdout conflict",
    ),
    new_case(
        "reminders of channels that do not talk to each other, the first due first",
        f"{MESSAGES} opted_out",
        scenarios_receipts.reminders(mode="multi", capped="hold"),
        reasons="without quiet capped",
    ),
    new_case(
        "receipts go out whatever is planned",
        f"{MESSAGES} opted_out",
        scenarios_receipts.receipts(policy="rules", holdout=0.4),
        reasons="holdout opted-out without cooldown capped",
    ),
    new_case(
        "receipts go out where nobody orchestrates",
        MESSAGES,
        scenarios_receipts.receipts(policy="none"),
        reasons="opted-out without cooldown",
    ),
)
