"""Actions, rules, limits, shocks and phases that cannot be meant as they are: where, what, what would be right."""

import pytest

from sim.scenario.checks import check
from tests.builders import scenario, small
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.orchestrated import ORCHESTRATED

FORGOTTEN = 'when = { entered = "page", without = "cart", after = 0.5 }'
OFTEN = 'when = { count = "visits.page", reaches = 2 }'

WRONG = {
    # actions
    "a message without channels": (
        ('kind = "message"\nchannels = ["email", "push"]\nsupport_after = 1', 'kind = "message"'),
        ("# reminder", "actions.reminder.channels", "a message needs a channel", 'such as channels = ["web"]'),
    ),
    "an offer without channels": (
        ('channels = ["email"]\ndiscount', "discount"),
        ("# voucher", "actions.voucher.channels", "an offer needs a channel", "list at least one"),
    ),
    "a call without channels": (
        ('kind = "call"\nchannels = ["push"]', 'kind = "call"'),
        ("# call-up", "actions.call-up.channels", "a call needs a channel", "list at least one"),
    ),
    "a pop-over with the form of a recommendation": (
        ('form = "exit-intent"', 'form = "best-seller"'),
        (
            'form = "best-seller"',
            "actions.stay.form",
            '"best-seller" is a form of a recommendation, not of a pop-over',
            'set kind = "recommendation", or take one of welcome, cart-recovery',
        ),
    ),
    "a recommendation with the form of a pop-over": (
        ('form = "similar"', 'form = "survey"'),
        (
            'form = "survey"',
            "actions.similar.form",
            '"survey" is a form of a pop-over, not of a recommendation',
            'set kind = "popover", or take one of best-seller, people-like-you',
        ),
    ),
    "a message with a form": (
        ('kind = "message"', 'form = "welcome"\nkind = "message"'),
        ('form = "welcome"', "actions.reminder.form", "a message has no form", 'remove it, or set kind = "popover"'),
    ),
    # rules
    "a rule at an exit": (
        (OFTEN, 'when = { entered = "bought" }'),
        ('entered = "bought"', "rules.often.when.entered", "nothing can be done after an exit", 'such as "cart"'),
    ),
    "a rule on leaving an exit": (
        (OFTEN, 'when = { leaving = "gone" }'),
        ('leaving = "gone"', "rules.often.when.leaving", "nothing can be done after an exit", 'such as "page"'),
    ),
    "a rule before the start": (
        ("at = 2026-01-20", "at = 2025-01-20"),
        (
            "2025-01-20",
            "rules.sale.when.at",
            "2025-01-20 is before the start, which is 2026-01-05",
            "give a later date",
        ),
    ),
    "a broadcast before the start": (
        ("at = 10\n", "at = 2026-01-04\n"),
        ("at = 2026-01-04", "broadcasts.news.at", "2026-01-04 is before the start", "give a later date"),
    ),
    "a wait from nowhere": (
        ("{ idle = 5 }", "{ idle = 5, after = 2 }"),
        ("after = 2", "rules.quiet.when.after", "has no effect without entered", "add entered"),
    ),
    "a score above all scores": (
        ("above = 0.3, below = 0.9", "above = 30"),
        ("above = 30", "rules.keen.when.above", "a score lies between 0 and 1", "such as above = 0.8"),
    ),
    "a score below all scores": (
        ("above = 0.3, below = 0.9", "below = 0"),
        ("below = 0", "rules.keen.when.below", "a score lies between 0 and 1", "such as below = 0.2"),
    ),
    "a score above and below": (
        ("above = 0.3, below = 0.9", "above = 0.9, below = 0.3"),
        ("above = 0.9", "rules.keen.when.above", "no score is above 0.9 and below 0.3", "swap them"),
    ),
    # limits
    "a cap of no message": (
        ("total = { max = 4, days = 7 }", "total = { max = 0, days = 7 }"),
        ("max = 0", "orchestration.caps.total.max", "lets no message through", 'orchestration.policy = "none"'),
    ),
    "a cap of no message on a channel": (
        ("email = { max = 1", "email = { max = 0"),
        ("max = 0", "orchestration.caps.email.max", "lets no message through", "leave the channel out"),
    ),
    "a calendar cap over part of a day": (
        ("days = 2, period", "days = 1.5, period"),
        (
            "days = 1.5",
            "orchestration.caps.email.days",
            "calendar days are whole, and 1.5 is not",
            'period = "rolling"',
        ),
    ),
    "quiet hours around the clock": (
        ("quiet_hours = [21, 8]", "quiet_hours = [0, 24]"),
        ("[0, 24]", "channels.email.quiet_hours", "no message is ever sent", "give hours such as [21, 8]"),
    ),
    # shocks and phases
    "two phases at once": (
        ("at = 50\n", "at = 2026-02-04\n"),
        (
            '"channels.web.mix" = 3',
            'phases.summer.set."channels.web.mix"',
            '"spring" sets this at the same moment',
            "remove it from one of the two, or move one of them",
        ),
    ),
    "a shock that ends before it begins": (
        ("from = 10\nto = 12", "from = 10\nto = 2026-01-10"),
        ("to = 2026-01-10", "shocks.strike.to", "this shock ends before it begins", "after day 10, at which"),
    ),
    "two shocks at once": (
        ("from = 10\nto = 12", "from = 10\nto = 12.5"),
        (
            '"channels.kiosk.mix" = 0.2',
            'shocks.second-strike.set."channels.kiosk.mix"',
            '"strike" sets this at the same time',
            "let one end before the other begins",
        ),
    ),
}

DOUBTFUL = {
    "a rule that leads to itself": (
        ('entered = "page", without = "cart", after = 0.5', 'entered = "cart"'),
        ("cooldown = 7", "# no cooldown"),
        ("total = { max = 4, days = 7 }, ", ""),
        ('stop = [["purchases", ">", 0]]', ""),
        (
            "# forgotten",
            "rules.forgotten.cooldown",
            '"forgotten" would go on for ever: its action leads back to "cart", where it waits',
            "give it a cooldown, such as cooldown = 7",
        ),
    ),
    # actions
    "support by a pop-over": (
        ('form = "exit-intent"', 'form = "exit-intent"\nsupport_after = 2'),
        ("support_after = 2", "actions.stay.support_after", "a pop-over is shown once", "remove it"),
    ),
    "support without a second channel": (
        ('channels = ["email", "push"]', 'channels = ["email"]'),
        ("support_after = 1", "actions.reminder.support_after", '"email" is the only channel', "add a second channel"),
    ),
    "a nudge beside a touchpoint": (
        ("nudge = 1.5", 'nudge = 1.5\nleads_to = "page"'),
        ("nudge = 1.5", "actions.voucher.nudge", 'leads to "page" (leads_to), which counts', "remove one of the two"),
    ),
    "a pop-over where its channel is not": (
        ('form = "exit-intent"\nchannels = ["web"]', 'form = "exit-intent"\nchannels = ["kiosk"] # here'),
        (
            "# here",
            "actions.stay.channels",
            '"page" is not on "kiosk", so this is never shown',
            "list a channel that customers meet there:  web, app",
        ),
    ),
    "a recommendation on a channel where nobody is": (
        ('form = "similar"', 'form = "similar"\nchannels = ["email"] # here'),
        (
            "# here",
            "actions.similar.channels",
            'no touchpoint that its rules watch is on "email", so this is never shown',
            "list a channel that customers meet there:  web, app, kiosk",
        ),
    ),
    "a pop-over where there is no channel": (
        ('leaving = "page"', 'entered = "asleep"'),
        (
            "# stay",
            "actions.stay",
            '"asleep" has no channel, so this is never shown',
            "let its rules watch a touchpoint that has channels",
        ),
    ),
    # rules
    "a rule after the end": (
        ("at = 2026-01-20", "at = 2026-03-07"),
        (
            "2026-03-07",
            "rules.sale.when.at",
            "day 61 never comes: only 60 days are simulated",
            "an earlier date or day",
        ),
    ),
    "a broadcast after the end": (
        ("at = 10\n", "at = 90\n"),
        ("at = 90", "broadcasts.news.at", "day 90 never comes: only 60 days are simulated", "an earlier date or day"),
    ),
    "a wait longer than the run": (
        ("after = 0.5", "after = 60.5"),
        (
            "after = 60.5",
            "rules.forgotten.when.after",
            "60.5 days never pass: only 60 are simulated",
            "give fewer days",
        ),
    ),
    "a rest longer than the run": (
        ("idle = 5", "idle = 70"),
        ("idle = 70", "rules.quiet.when.idle", "70 days never pass: only 60 are simulated", "give fewer days"),
    ),
    "a delay longer than the run": (
        ("delay = 0.25", "delay = 365"),
        ("delay = 365", "rules.quiet.delay", "365 days never pass: only 60 are simulated", "give fewer days"),
    ),
    "a wait that most do not stay for": (
        ("after = 0.5", "after = 4"),
        (
            "after = 4",
            "rules.forgotten.when.after",
            'half of those who leave are gone in 3 days (transition to "gone"), before these 4 days',
            'wait less, or use leaving = "page"',
        ),
    ),
    "a wait for those who leave at once": (
        ('delay = { family = "lognormal", median = 3, sigma = 1 }', "delay = 0"),
        (
            "after = 0.5",
            "rules.forgotten.when.after",
            'those who leave are gone at once (transition to "gone")',
            'wait less, or use leaving = "page"',
        ),
    ),
    "leaving where nobody leaves": (
        (OFTEN, 'when = { leaving = "shelf" }'),
        (
            'leaving = "shelf"',
            "rules.often.when.leaving",
            'no transition from "shelf" has the role exit',
            'role = "exit", or watch another touchpoint',
        ),
    ),
    "a return that begins the wait anew": (
        ('without = "cart"', 'without = "page"'),
        ('without = "page"', "rules.forgotten.when.without", "restarts the wait even without this", "remove it"),
    ),
    # limits
    "a cap where no message goes": (
        ("email = { max = 1", "web = { max = 1"),
        ("web = { max", "orchestration.caps.web", 'no message is sent on "web"', "list the channel in a message"),
    ),
    # shocks and phases
    "a phase after the end": (
        ("at = 50\n", "at = 61\n"),
        ("at = 61", "phases.summer.at", "day 61 never comes: only 60 days are simulated", "an earlier date or day"),
    ),
    "a shock after the end": (
        ("from = 2026-01-17\nto = 20", "from = 61\nto = 70"),
        ("from = 61", "shocks.second-strike.from", "day 61 never comes", "an earlier date or day"),
    ),
    "a shock before the start": (
        ("from = 2026-01-17\nto = 20", "from = 2025-12-01\nto = 2026-01-05"),
        ("to = 2026-01-05", "shocks.second-strike.to", "over before the start, which is 2026-01-05", "a later date"),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_meant_is_told_with_what_would_be_right(wrong):
    *pairs, (at, address, problem, remedy) = WRONG[wrong]
    assert_found(changed(*pairs, text=ORCHESTRATED), at, address, problem, remedy)


@pytest.mark.parametrize("doubtful", DOUBTFUL)
def test_what_only_does_nothing_is_doubtful(doubtful):
    *pairs, (at, address, problem, remedy) = DOUBTFUL[doubtful]
    assert_found(changed(*pairs, text=ORCHESTRATED), at, address, problem, remedy, level="warning")


AT_THE_END = (
    ("at = 2026-01-20", "at = 2026-03-06"),
    ("at = 10\n", "at = 60\n"),
    ("idle = 5", "idle = 60"),
    ("delay = 0.25", "delay = 60"),
    ("at = 50\n", "at = 60\n"),
    ("from = 2026-01-17\nto = 20", "from = 60\nto = 70"),
)


@pytest.mark.parametrize("pair", AT_THE_END)
def test_what_comes_at_exactly_the_horizon_belongs_to_the_run(pair):
    assert findings(changed(pair, text=ORCHESTRATED)) == ()


def faults(**changes):
    """What is found in the small scenario with these tables, by key path."""
    return {fault.key_path: fault.problem for fault in check(scenario(**small(**changes)))}


def rule(id_, entered, do, **more):
    return {"id": id_, "when": {"entered": entered}, "do": do, **more}


TO_MIDDLE = {"id": "to-middle", "channels": ["web"], "leads_to": "middle"}
TO_START = {"id": "to-start", "channels": ["web"], "leads_to": "start"}


def test_what_would_go_round_without_any_time_passing_is_an_error():
    shown = [part | {"kind": "popover"} for part in (TO_MIDDLE, TO_START)]
    rules = [rule("first", "start", "to-middle"), rule("second", "middle", "to-start")]
    for actions, level in ((shown, "error"), ([TO_MIDDLE, shown[1]], "warning")):
        [fault] = check(scenario(**small(actions=actions, rules=rules)))
        assert (fault.key_path, fault.level) == (("rules", 0, "cooldown"), level)


def test_rules_that_set_each_other_off_are_told_once_with_their_way_round():
    rules = [rule("first", "start", "to-middle"), rule("second", "middle", "to-start")]
    found = faults(actions=[TO_MIDDLE, TO_START], rules=rules)
    round_trip = '"first" → "second" → "first"'
    assert found == {("rules", 0, "cooldown"): f"these rules would set each other off for ever: {round_trip}"}


@pytest.mark.parametrize(
    "holding",
    [
        {"cooldown": 1},
        {"if": [["visits.middle", "<", 3]]},
        {"if": [["messages", "<=", 3]]},
        {"stop": [["responses", ">=", 2]]},
        {"enabled": False},
    ],
)
def test_rules_do_not_go_on_for_ever_where_something_holds_one_of_them(holding):
    rules = [rule("first", "start", "to-middle"), rule("second", "middle", "to-start", **holding)]
    assert faults(actions=[TO_MIDDLE, TO_START], rules=rules) == {}


@pytest.mark.parametrize("capped", ["total", "web"])
def test_a_cap_holds_messages_but_not_what_is_shown_on_the_site(capped):
    rules = [rule("again", "middle", "to-middle")]
    limits = {"caps": {capped: {"max": 3, "days": 7}}}
    assert faults(actions=[TO_MIDDLE], rules=rules, orchestration=limits) == {}
    mail = {"id": "mail", "channels": ["web"]}
    shown = faults(actions=[{**TO_MIDDLE, "kind": "popover"}, mail], rules=rules, orchestration=limits)
    assert list(shown) == [("rules", 0, "cooldown")]


def test_a_condition_that_does_not_end_holds_nothing():
    again = rule("again", "middle", "to-middle", **{"if": [["visits.middle", ">", 1]]})
    assert list(faults(actions=[TO_MIDDLE], rules=[again])) == [("rules", 0, "cooldown")]


def test_a_nudge_leads_nowhere_and_a_disabled_touchpoint_neither():
    again = rule("again", "middle", "nudge")
    later = {"id": "later", "enabled": False}
    assert faults(actions=[{"id": "nudge", "channels": ["web"], "nudge": 2}], rules=[again]) == {}
    tables = small()
    touchpoints = [*tables["touchpoints"], later]
    nudging = {"id": "nudge", "channels": ["web"], "nudge": 2, "leads_to": "later"}
    found = faults(actions=[nudging], rules=[again], touchpoints=touchpoints)
    assert list(found) == [("actions", 0, "leads_to")]  # disabled, so that the nudge counts


@pytest.mark.parametrize(
    ("delay", "median"),
    [
        ({"family": "fixed", "value": 2}, 2.0),
        ({"family": "exponential", "mean": 3}, 2.0794),
        ({"family": "lognormal", "median": 2, "sigma": 3}, 2.0),
        ({"family": "lognormal", "mean": 5, "sd": 5}, 3.5355),
        ({"family": "normal", "mean": 4, "sd": 1}, 4.0),
        ({"family": "gamma", "mean": 3, "shape": 0.5}, 1.3648),
        ({"family": "weibull", "scale": 2, "shape": 0.5}, 0.9609),
        ({"family": "uniform", "low": 1, "high": 4}, 2.5),
        ({"family": "beta", "a": 2, "b": 2}, 0.5),
        ({"family": "betaprime", "a": 2, "b": 2}, 1.0),
        ({"family": "empirical", "quantiles": [0, 1, 5]}, 1.0),
        ({"family": "empirical", "quantiles": [0, 1, 5, 9]}, 3.0),
    ],
)
def test_a_wait_is_doubtful_as_soon_as_it_is_longer_than_the_median_time_to_an_exit(delay, median):
    for wait, told in ((0.999 * median, False), (1.001 * median, True)):
        tables = small(actions=[{"id": "mail", "channels": ["web"]}])
        tables["transitions"][2]["delay"] = delay
        tables["rules"] = [{"id": "late", "when": {"entered": "middle", "after": wait}, "do": "mail"}]
        key_paths = [fault.key_path for fault in check(scenario(**tables)) if fault.key_path[0] == "rules"]
        assert key_paths == [("rules", 0, "when", "after")][: int(told)]


def test_the_soonest_transition_out_counts_but_not_one_that_nobody_takes_or_that_leads_no_further_than_asleep():
    tables = small(actions=[{"id": "mail", "channels": ["web"]}])
    tables["rules"] = [{"id": "late", "when": {"entered": "middle", "after": 0.9}, "do": "mail"}]
    tables["touchpoints"].append({"id": "asleep", "lapsed": True})
    tables["transitions"] += [
        {"from": "middle", "to": "asleep", "share": 1, "delay": 0.1},
        {"from": "asleep", "to": "done", "share": 1, "delay": 0.1},
        {"id": "never", "from": "middle", "to": "gone", "share": 0, "delay": 0.1},
    ]
    assert check(scenario(**tables)) == ()
    tables["transitions"].append({"id": "soon", "from": "middle", "to": "gone", "share": 1, "delay": 0.8})
    (fault,) = check(scenario(**tables))
    assert fault.problem.startswith('half of those who leave are gone in 0.8 days (transition to "gone")')


def test_a_desk_keeps_customers_for_a_time_that_is_not_known_beforehand():
    tables = small(
        actions=[{"id": "mail", "channels": ["web"]}],
        rules=[{"id": "late", "when": {"entered": "middle", "after": 2}, "do": "mail"}],
        desks=[{"id": "phone", "agents": 1, "service_minutes": 5}],
    )
    assert len(check(scenario(**tables))) == 1
    tables["touchpoints"][1]["desk"] = "phone"
    assert check(scenario(**tables)) == ()


def test_a_message_with_a_delay_may_find_its_customers_anywhere():
    shown = {"id": "shown", "kind": "popover", "channels": ["kiosk"]}
    tables = small(channels=[{"id": "web"}, {"id": "kiosk"}], actions=[shown])
    tables["touchpoints"][0]["channels"] = ["web"]
    for more, told in (({}, True), ({"delay": 1}, False)):
        tables["rules"] = [rule("look", "start", "shown", **more)]
        assert len(check(scenario(**tables))) == told
    tables["rules"] = []
    tables["broadcasts"] = [{"id": "look", "at": 3, "do": "shown"}]
    assert check(scenario(**tables)) == ()


def test_one_rule_that_shows_it_is_enough():
    shown = {"id": "shown", "kind": "popover", "channels": ["kiosk"]}
    tables = small(channels=[{"id": "web"}, {"id": "kiosk"}], actions=[shown])
    tables["touchpoints"][0]["channels"] = ["web"]
    tables["rules"] = [rule("look", "start", "shown"), rule("look-again", "middle", "shown")]
    assert check(scenario(**tables)) == ()


def test_leaving_anywhere_is_doubtful_where_nobody_ever_leaves():
    tables = small(
        actions=[{"id": "mail", "channels": ["web"]}],
        rules=[{"id": "stay", "when": {"leaving": True}, "do": "mail"}],
    )
    assert check(scenario(**tables)) == ()
    tables["transitions"][2]["role"] = "neutral"
    (fault,) = check(scenario(**tables))
    assert fault.problem == "no transition has the role exit, so nobody is ever about to leave"


def test_an_exit_that_is_called_like_a_count_is_not_taken_for_it():
    tables = small(
        actions=[{"id": "mail", "channels": ["web"]}],
        rules=[{"id": "thanks", "when": {"count": "purchases", "reaches": 2}, "do": "mail"}],
    )
    tables["touchpoints"][2]["id"] = "purchases"
    tables["transitions"][1]["to"] = "purchases"
    assert check(scenario(**tables)) == ()


def test_what_is_disabled_is_not_looked_at():
    text = changed(
        ("after = 0.5", "after = 70"),
        ('id = "forgotten"', 'id = "forgotten"\nenabled = false'),
        ('form = "similar"', 'form = "survey"\nenabled = false'),
        ("at = 10\n", "at = 80\nenabled = false\n"),
        ("from = 2026-01-17\nto = 20", "from = 11\nto = 10\nenabled = false"),
        ("at = 50\n", "at = 30\nenabled = false\n"),
        text=ORCHESTRATED,
    )
    told = {finding.address for finding in findings(text)}
    assert told == {"rules.going-anywhere.do", "rules.each-day.do"}  # the action that they do is disabled


def test_a_cap_on_a_misspelt_channel_of_a_message_is_not_told_twice():
    text = changed(
        ('channels = ["email", "push"]', 'channels = ["emial", "push"]'),
        ('channels = ["email"]\ndiscount', 'channels = ["push"]\ndiscount'),
        text=ORCHESTRATED,
    )
    assert [finding.address for finding in findings(text)] == ["actions.reminder.channels.1"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("channels.web.mix", "channels.web.mix", True),
        ('channels."web".mix', "channels.web.mix", True),
        ("touchpoints.start.emotion", "touchpoints.start.emotion.mean", True),
        ("touchpoints.start.emotion.mean", "touchpoints.start.emotion", True),
        ("channels.web.mix", "channels.web.cost", False),
        ("channels.web.mix", "behaviour.price_index", False),
    ],
)
def test_two_addresses_meet_where_one_is_the_other_or_lies_within_it(first, second, told):
    pair = [{"id": id_, "set": {address: 1}} for id_, address in (("one", first), ("two", second))]
    phases = [{**each, "at": 3} for each in pair]
    assert list(faults(phases=phases)) == [("phases", 1, "set", second)][: int(told)]
    shocks = [{**each, "from": 3, "to": 5} for each in pair]
    assert list(faults(shocks=shocks)) == [("shocks", 1, "set", second)][: int(told)]


def test_a_phase_may_have_begun_before_the_start():
    text = changed(("at = 30", "at = 2025-12-01"), text=ORCHESTRATED)
    assert findings(text) == ()


def test_a_shorter_run_is_doubtful_but_no_mistake():
    text = changed(("horizon = 60", "horizon = 6"), text=ORCHESTRATED)
    found = findings(text)
    assert {finding.level for finding in found} == {"warning"}
    assert {finding.address for finding in found} == {
        "rules.sale.when.at",
        "broadcasts.news.at",
        "shocks.strike.from",
        "shocks.second-strike.from",
        "phases.spring.at",
        "phases.summer.at",
    }


@pytest.mark.parametrize(
    ("limits", "problem"),
    [("above = 30", None), ("below = -2", None), ("above = 90, below = 30", "no score is above 90 and below 30")],
)
def test_an_amount_has_any_limits(limits, problem):
    text = changed(
        ("[scores.warm]", '[scores.warm]\nkind = "amount"'), ("above = 0.3, below = 0.9", limits), text=ORCHESTRATED
    )
    assert [finding.problem for finding in findings(text)] == [problem] * (problem is not None)


@pytest.mark.parametrize(
    ("score", "told"),
    [
        ("foresees = 'churn'\nwithin = 30\nweights = { 'profile.contacts' = 1 }", None),
        ("foresees = 'churn'", ("foresees", "this has no effect without within")),
        ("within = 30", ("within", "this has no effect without foresees")),
        ("foresees = 'value'\nwithin = 30", ("foresees", 'what foresees "value" is no chance')),
        ("kind = 'amount'\nforesees = 'churn'\nwithin = 30", ("foresees", 'what foresees "churn" is no amount')),
        (
            "foresees = 'churn'\nwithin = 30\nweights = { sentiment = 1 }",
            (
                "weights.sentiment",
                "sentiment is not among what is noted in profiles, by which alone a score that foresees is watched",
            ),
        ),
    ],
)
def test_what_a_score_foresees_is_what_the_brand_can_watch(score, told):
    text = f"{ORCHESTRATED}\n[scores.risk]\n{score}\n"
    found = [(finding.address, finding.problem) for finding in findings(text)]
    assert found == ([] if told is None else [(f"scores.risk.{told[0]}", told[1])])
