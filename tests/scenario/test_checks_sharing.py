"""What is learned, paid from a budget, bought or referred, and cannot be meant as it is."""

import pytest

from sim.scenario.checks import check
from tests.builders import scenario, small
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.orchestrated import ORCHESTRATED

FORGOTTEN = 'do = "reminder"\ncooldown = 7'
"""What the rule `forgotten` does: a message."""
GOING = 'do = "stay"'
"""What the rule `going` does: it shows a pop-over."""
HOLDOUT = "holdout = 0.1"
BANDIT = ('policy = "rules"', 'policy = "bandit"')
COSTLY = ('id = "push"\n', 'id = "push"\ncost = 0.5\n'), ('kind = "call"', 'kind = "call"\ncost = 2')
"""A call costs 2.5, and a message half of a unit where it goes on the same channel."""

WRONG = {
    # alternatives
    "an unknown alternative": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher", "cal-up"] # here'),
        ("# here", "rules.forgotten.alternatives.2", 'there is no action "cal-up"', 'did you mean "call-up"?'),
    ),
    "a pop-over instead of a message": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["stay"] # here'),
        (
            "# here",
            "rules.forgotten.alternatives.1",
            '"reminder" is sent, but "stay" is shown on the site',
            'list what is sent too, such as voucher, or give "stay" its own rule',
        ),
    ),
    "a message instead of a pop-over": (
        (GOING, f'{GOING}\nalternatives = ["similar", "voucher"] # here'),
        (
            "# here",
            "rules.going.alternatives.2",
            '"stay" is shown on the site, but "voucher" is sent',
            'list what is shown on the site too, such as similar, or give "voucher" its own rule',
        ),
    ),
    # budget
    "a budget of no money": (
        (HOLDOUT, f"{HOLDOUT}\nbudget = {{}}"),
        ("budget = {}", "orchestration.budget", "this budget sets no amount", "give per_day or total, such as"),
    ),
    # acquisition
    "arrivals for nothing": (
        ('id = "app"\n', 'id = "app"\nacquisition = { spend = 5, cost_per_arrival = 0, saturation = 9 }\n'),
        ("spend = 5", "channels.app.acquisition.cost_per_arrival", "expected a number above 0", "give a number above"),
    ),
    "arrivals of nobody": (
        ('id = "app"\n', 'id = "app"\nacquisition = { spend = 5, cost_per_arrival = 1, saturation = 0 }\n'),
        ("spend = 5", "channels.app.acquisition.saturation", "expected a number above 0", "give a number above"),
    ),
    # referrals
    "friends at an unknown touchpoint": (
        ("[personalization]", '[referrals]\nat = ["page", "crat"]\nrate = 0.1\n\n[personalization]'),
        ("crat", "referrals.at.2", 'there is no touchpoint "crat"', 'did you mean "cart"?'),
    ),
}

DOUBTFUL = {
    # alternatives
    "the rule's own action as an alternative": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher", "reminder"] # here'),
        ("# here", "rules.forgotten.alternatives.2", '"reminder" is what the rule does already', "remove it"),
    ),
    "an alternative given twice": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher", "call-up", "voucher"] # here'),
        ("# here", "rules.forgotten.alternatives.3", '"voucher" is listed already', "remove it"),
    ),
    "a disabled alternative": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["spare"] # here'),
        ("[[rules]] # forgotten", '[[actions]]\nid = "spare"\nenabled = false\n\n[[rules]] # forgotten'),
        ("# here", "rules.forgotten.alternatives.1", 'the action "spare" is disabled', "enable it, or leave it out"),
    ),
    "alternatives that are not learned": (
        BANDIT,
        (HOLDOUT, f'{HOLDOUT}\nlearns = ["channels"]'),
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher"] # here'),
        (
            "# here",
            "rules.forgotten.alternatives",
            "these are never used: the policy does not learn which action",
            'add "actions" to orchestration.learns, or remove them',
        ),
    ),
    # a policy without a choice
    "nothing to choose between": (
        BANDIT,
        ('channels = ["email", "push"]\nsupport_after = 1', 'channels = ["email"]'),
        (
            'policy = "bandit"',
            "orchestration.policy",
            "nothing to choose between",
            'give a rule alternatives, such as alternatives = ["another-action"], or list further channels',
        ),
    ),
    "only channels to choose between where only actions are learned": (
        BANDIT,
        (HOLDOUT, f'{HOLDOUT}\nlearns = ["actions"]'),
        (
            'policy = "bandit"',
            "orchestration.policy",
            "nothing to choose between",
            'give a rule alternatives, such as alternatives = ["another-action"], or add "channels" to',
        ),
    ),
    "nothing that is learned": (
        BANDIT,
        (HOLDOUT, f"{HOLDOUT}\nlearns = []"),
        (
            'policy = "bandit"',
            "orchestration.policy",
            "nothing to choose between",
            'add "actions" to orchestration.learns, or add "channels" to orchestration.learns',
        ),
    ),
    # budget
    "a budget for what costs nothing": (
        (HOLDOUT, f"{HOLDOUT}\nbudget = {{ per_day = 5 }}"),
        ("budget =", "orchestration.budget", "sending costs nothing", "give actions or channels a cost, or remove"),
    ),
    "a budget for a day below one send": (
        *COSTLY,
        (HOLDOUT, f"{HOLDOUT}\nbudget = {{ per_day = 2 }}"),
        (
            "budget =",
            "orchestration.budget.per_day",
            '"call-up" on "push" costs 2.5, but from one planning interval to the next there is only 2',
            "give at least 2.5, or a longer planning interval",
        ),
    ),
    "a budget for the run below one send": (
        *COSTLY,
        (HOLDOUT, f"{HOLDOUT}\nbudget = {{ total = 2 }}"),
        (
            "budget =",
            "orchestration.budget.total",
            '"call-up" on "push" costs 2.5, but for the whole run there is only 2',
            "give at least 2.5",
        ),
    ),
    # ticks
    "a policy that learns once the run is over": (
        BANDIT,
        (HOLDOUT, f"{HOLDOUT}\ntick = 60"),
        (
            "tick = 60",
            "orchestration.tick",
            "the brand plans only once, at the start, so nothing is learned",
            "give fewer days than the horizon (60), such as 1",
        ),
    ),
    "a throttle that is set once": (
        *COSTLY,
        (HOLDOUT, f"{HOLDOUT}\nbudget = {{ total = 50 }}\ntick = 90"),
        (
            "tick = 90",
            "orchestration.tick",
            "the brand plans only once, at the start, so the budget is shared out only once",
            "give fewer days than the horizon (60), such as 1",
        ),
    ),
    # acquisition and referrals
    "arrivals on a disabled channel": (
        (
            "[[touchpoints]] # page",
            '[[channels]]\nid = "paper"\nenabled = false\n'
            "acquisition = { spend = 5, cost_per_arrival = 1, saturation = 9 }\n\n[[touchpoints]] # page",
        ),
        (
            "spend = 5",
            "channels.paper.acquisition.spend",
            "the channel is disabled, so this brings nobody",
            "enable it (channels.paper.enabled), or set spend = 0",
        ),
    ),
    "friends without end": (
        ("[personalization]", '[referrals]\nat = ["page"]\nrate = 1\n\n[personalization]'),
        ("rate = 1", "referrals.rate", "1 friends for each visit, who bring friends in turn", "give a rate below 1"),
    ),
    "friends at a disabled touchpoint": (
        ("[personalization]", '[referrals]\nat = ["page", "closed"]\nrate = 0.1\n\n[personalization]'),
        (
            '[[transitions]]\nfrom = "page"\nto = "cart"',
            '[[touchpoints]]\nid = "closed"\nenabled = false\n\n[[transitions]]\nfrom = "page"\nto = "cart"',
        ),
        ("at = [", "referrals.at.2", 'the touchpoint "closed" is disabled', "enable it, or leave it out here"),
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


def test_alternatives_wait_for_a_policy_that_learns():
    text = changed((FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher", "call-up"]'), text=ORCHESTRATED)
    assert findings(text) == ()
    assert findings(changed((HOLDOUT, f'{HOLDOUT}\nlearns = ["channels"]'), text=text)) == ()
    assert findings(changed(BANDIT, text=text)) == ()


def learning(orchestration=None, **changes):
    """The problems of the small scenario with a policy that learns, by key path."""
    plans = {"policy": "bandit", **(orchestration or {})}
    return {fault.key_path: fault.problem for fault in check(scenario(**small(orchestration=plans, **changes)))}


def hello(**more):
    return [{"id": "hello", "when": {"entered": "middle"}, "do": "mail", **more}]


MAIL = {"id": "mail", "channels": ["web"]}
POLICY = ("orchestration", "policy")


def test_another_message_or_another_channel_is_a_choice():
    other = {"id": "other", "channels": ["web"]}
    assert list(learning(actions=[MAIL, other], rules=hello())) == [POLICY]
    assert learning(actions=[MAIL, other], rules=hello(alternatives=["other"])) == {}
    assert learning({"learns": ["actions"]}, actions=[MAIL, other], rules=hello(alternatives=["other"])) == {}
    channels = [{"id": "web"}, {"id": "app"}]
    both = MAIL | {"channels": ["web", "app"]}
    assert learning(channels=channels, actions=[both], rules=hello()) == {}
    assert list(learning({"learns": ["actions"]}, channels=channels, actions=[both], rules=hello())) == [POLICY]
    news = [{"id": "news", "at": 3, "do": "mail"}]
    assert learning(channels=channels, actions=[both], broadcasts=news) == {}


def test_a_disabled_channel_or_action_is_no_choice():
    channels = [{"id": "web"}, {"id": "app", "enabled": False}]
    both = MAIL | {"channels": ["web", "app"]}
    assert POLICY in learning(channels=channels, actions=[both], rules=hello())
    other = {"id": "other", "channels": ["web"], "enabled": False}
    assert POLICY in learning(actions=[MAIL, other], rules=hello(alternatives=["other"]))


def test_pop_overs_are_a_choice_where_they_share_a_channel_as_the_visit_has_but_one():
    channels = [{"id": "web"}, {"id": "app"}]
    one, other = ({"id": id_, "kind": "popover", "channels": ["web", "app"]} for id_ in ("mail", "other"))
    assert list(learning(channels=channels, actions=[one], rules=hello())) == [POLICY]
    assert learning(channels=channels, actions=[one, other], rules=hello(alternatives=["other"])) == {}
    apart = [one | {"channels": ["web"]}, other | {"channels": ["app"]}]
    assert list(learning(channels=channels, actions=apart, rules=hello(alternatives=["other"]))) == [POLICY]
    anywhere = [one, {"id": "other", "kind": "popover"}]
    assert learning(channels=channels, actions=anywhere, rules=hello(alternatives=["other"])) == {}


def test_a_misspelt_choice_is_told_once():
    assert list(learning(actions=[MAIL], rules=hello(alternatives=["othr"]))) == [("rules", 0, "alternatives", 0)]
    assert list(learning(actions=[MAIL | {"channels": ["web", "ap"]}], rules=hello())) == [
        ("actions", 0, "channels", 1)
    ]


def budgeted(budget, *, policy="rules", tick=1, **changes):
    """The problems of the small scenario with a budget for its sends, by key path."""
    plans = {"policy": policy, "tick": tick, "budget": budget}
    tables = {"actions": [MAIL | {"cost": 2}], "rules": hello(), **changes}
    return {fault.key_path[1:]: fault.problem for fault in check(scenario(**small(orchestration=plans, **tables)))}


def test_a_budget_is_large_enough_for_one_send_from_tick_to_tick():
    assert list(budgeted({"per_day": 1.9})) == [("budget", "per_day")]
    assert budgeted({"per_day": 2}) == {}
    assert budgeted({"per_day": 0.5}, tick=4) == {}
    assert list(budgeted({"per_day": 1}, tick=0.5)) == [("budget", "per_day")]
    assert list(budgeted({"per_day": 0.1, "total": 1.9}, tick=7)) == [("budget", "per_day"), ("budget", "total")]


def test_a_budget_of_exactly_one_send_is_enough_however_it_adds_up():
    channels, actions = [{"id": "web", "cost": 0.2}], [MAIL | {"cost": 0.1}]  # 0.30000000000000004
    assert budgeted({"per_day": 0.3, "total": 0.3}, channels=channels, actions=actions) == {}


def test_what_is_shown_costs_no_channel():
    channels = [{"id": "web", "cost": 3}]
    assert list(budgeted({"total": 4}, channels=channels)) == [("budget", "total")]
    assert budgeted({"total": 4}, channels=channels, actions=[MAIL | {"kind": "popover", "cost": 2}]) == {}


def test_an_alternative_counts_for_the_budget_once_it_may_be_taken():
    actions = [MAIL | {"cost": 2}, {"id": "call", "kind": "call", "channels": ["web"], "cost": 9}]
    rules = hello(alternatives=["call"])
    assert budgeted({"total": 5}, actions=actions, rules=rules) == {}
    assert list(budgeted({"total": 5}, policy="bandit", actions=actions, rules=rules)) == [("budget", "total")]


def test_a_cost_that_begins_with_a_phase_can_be_limited():
    phases = [{"id": "later", "at": 3, "set": {"channels.web.cost": 1}}]
    assert list(budgeted({"total": 5}, actions=[MAIL])) == [("budget",)]
    assert budgeted({"total": 5}, actions=[MAIL], phases=phases) == {}
    assert list(budgeted({"total": 5}, actions=[MAIL], phases=[phases[0] | {"enabled": False}])) == [("budget",)]


def test_a_budget_waits_for_something_to_send():
    assert budgeted({"total": 5}, actions=[], rules=[]) == {}


def test_a_tick_before_the_end_is_enough():
    other = {"id": "other", "channels": ["web"]}
    tables = {"actions": [MAIL, other], "rules": hello(alternatives=["other"])}
    assert learning({"tick": 29}, **tables) == {}
    assert list(learning({"tick": 30}, **tables)) == [("orchestration", "tick")]
    assert learning({"tick": 30, "policy": "rules"}, **tables) == {}
    short = learning(horizon=1, **(tables | {"rules": hello(alternatives=["other"])}))
    assert short == {("orchestration", "tick"): "the brand plans only once, at the start, so nothing is learned"}


def test_few_friends_or_none_are_no_worry():
    for told, found in (
        ({"at": ["middle"], "rate": 1}, 1),
        ({"at": ["middle"], "rate": 0.9}, 0),
        ({"at": [], "rate": 3}, 0),
    ):
        assert len(check(scenario(**small(referrals=told)))) == found


def test_a_channel_that_is_disabled_may_keep_what_it_would_cost():
    spare = {"id": "spare", "enabled": False}
    bought = {"spend": 0, "cost_per_arrival": 1, "saturation": 5}
    assert check(scenario(**small(channels=[{"id": "web"}, spare | {"acquisition": bought}]))) == ()
    bought["spend"] = 3
    assert len(check(scenario(**small(channels=[{"id": "web"}, spare | {"acquisition": bought}])))) == 1
    assert check(scenario(**small(channels=[{"id": "web", "acquisition": bought}]))) == ()


def test_buying_on_a_channel_that_is_down_is_told() -> None:
    bought = {"id": "web", "acquisition": {"spend": 9, "cost_per_arrival": 1, "saturation": 5}}
    shock = {"id": "strike", "from": 3, "to": 9, "set": {"channels.web.enabled": False}}
    faults = check(scenario(channels=[bought, {"id": "app"}], shocks=[shock]))
    assert [fault.key_path for fault in faults] == [("shocks", 0, "set", "channels.web.enabled")]
    assert [fault.level for fault in faults] == ["warning"]
    assert check(scenario(channels=[{"id": "web"}, {"id": "app"}], shocks=[shock])) == ()


SLOW = [
    ({"family": "fixed", "value": 168}, "7 days or more"),
    ({"family": "lognormal", "median": 240, "sigma": 2}, "10 days or more"),
    ({"family": "exponential", "mean": 300}, "8.66 days or more"),
    ({"family": "empirical", "quantiles": [1, 200, 900]}, "8.33 days or more"),
]


@pytest.mark.parametrize(("hours", "told"), SLOW)
def test_responses_that_come_later_than_the_policy_waits_are_never_learned_from(hours, told):
    channels = [{"id": "web"}, {"id": "app", "time_to_act_hours": hours}]
    both = {"id": "both", "channels": ["web", "app"]}
    key_path = ("channels", 1, "time_to_act_hours")
    found = learning(channels=channels, actions=[both], rules=hello(do="both"))
    assert list(found) == [key_path]
    assert told in found[key_path]
    assert "within 7 days" in found[key_path]
    assert learning({"policy": "rules"}, channels=channels, actions=[both], rules=hello(do="both")) == {}
    alone = [both | {"channels": ["web"]}, {"id": "other", "channels": ["web"]}]
    assert learning(channels=channels, actions=alone, rules=hello(do="both", alternatives=["other"])) == {}


def test_responses_that_mostly_come_in_time_are_learned_from():
    hours = {"family": "exponential", "mean": 168}
    channels = [{"id": "web"}, {"id": "app", "time_to_act_hours": hours}]
    both = {"id": "both", "channels": ["web", "app"]}
    assert learning(channels=channels, actions=[both], rules=hello(do="both")) == {}
