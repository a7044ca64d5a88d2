"""Transactional actions that cannot be meant as they are, and what says nothing beside one."""

import pytest

from sim.scenario.checks import check
from tests.builders import scenario, small
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.orchestrated import ORCHESTRATED

FORGOTTEN = 'do = "reminder"\ncooldown = 7'
CALL = ('kind = "call"', 'kind = "call"\ntransactional = true')

WRONG = {
    "an offer": (
        ('kind = "offer"', 'kind = "offer"\ntransactional = true # here'),
        ("# here", "actions.voucher.transactional", "only a message or a call", 'set kind = "message"'),
    ),
    "a pop-over": (
        ('kind = "popover"', 'kind = "popover"\ntransactional = true # here'),
        ("# here", "actions.stay.transactional", "this is of kind popover", "remove it"),
    ),
    "a recommendation": (
        ('kind = "recommendation"', 'kind = "recommendation"\ntransactional = true # here'),
        ("# here", "actions.similar.transactional", "this is of kind recommendation", "remove it"),
    ),
    "a message with a discount": (
        ('kind = "message"', 'kind = "message"\ntransactional = true\ndiscount = 0.2 # here'),
        ("# here", "actions.reminder.discount", "a transactional message carries no discount", "an action of its own"),
    ),
    "a discount from a phase on": (
        ('set = { "channels.web.mix" = 3 }', 'set = { "actions.call-up.discount" = 0.1 } # here'),
        CALL,
        ("# here", 'phases.summer.set."actions.call-up.discount"', "carries no discount", "remove one"),
    ),
    "a discount during a shock": (
        ('set = { "channels.kiosk.mix" = 0.2 }', 'set = { "actions.call-up.discount" = 0.1 } # here'),
        CALL,
        ("# here", 'shocks.second-strike.set."actions.call-up.discount"', "carries no discount", "remove one"),
    ),
}

DOUBTFUL = {
    "alternatives to it": (
        ('do = "call-up"', 'do = "call-up"\nalternatives = ["reminder"] # here'),
        CALL,
        ("# here", "rules.often.alternatives", '"call-up" is transactional: it is sent as it is', "remove them"),
    ),
    "it as an alternative": (
        (FORGOTTEN, f'{FORGOTTEN}\nalternatives = ["voucher", "call-up"] # here'),
        CALL,
        (
            "# here",
            "rules.forgotten.alternatives.2",
            '"call-up" is transactional, so it is never sent as an alternative',
            "its own",
        ),
    ),
    "a cap where nothing else is sent": (
        ("email = { max = 1", "push = { max = 1"),
        ('channels = ["email", "push"]', 'channels = ["email"]'),
        ("support_after = 1\n", ""),
        CALL,
        ("push = { max", "orchestration.caps.push", "but transactional ones, which no cap stops", "remove the cap"),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_transactional_is_told_with_what_would_be_right(wrong):
    *pairs, (at, address, problem, remedy) = WRONG[wrong]
    assert_found(changed(*pairs, text=ORCHESTRATED), at, address, problem, remedy)


@pytest.mark.parametrize("doubtful", DOUBTFUL)
def test_what_says_nothing_beside_a_transactional_action_is_doubtful(doubtful):
    *pairs, (at, address, problem, remedy) = DOUBTFUL[doubtful]
    assert_found(changed(*pairs, text=ORCHESTRATED), at, address, problem, remedy, level="warning")


def test_messages_and_calls_may_be_transactional_and_a_disabled_offer_may_be_anything():
    assert (
        findings(changed(CALL, ('kind = "message"', 'kind = "message"\ntransactional = true'), text=ORCHESTRATED)) == ()
    )
    offer = ('kind = "offer"', 'kind = "offer"\ntransactional = true\nenabled = false')
    addresses = {found.address for found in findings(changed(offer, text=ORCHESTRATED))}
    assert "actions.voucher.transactional" not in addresses


MAIL = {"id": "mail", "channels": ["web"]}
RECEIPT = {"id": "receipt", "channels": ["web"], "transactional": True}
HELLO = [{"id": "hello", "when": {"entered": "start"}, "do": "receipt"}]


def found(**tables):
    return [fault.key_path for fault in check(scenario(**small(**tables)))]


def test_a_policy_that_learns_has_nothing_to_choose_between_for_what_is_transactional():
    channels = [{"id": "web"}, {"id": "app"}]
    both = {**RECEIPT, "channels": ["web", "app"]}
    bandit = {"policy": "bandit"}
    nothing = [("orchestration", "policy")]
    assert found(orchestration=bandit, channels=channels, actions=[both], rules=HELLO) == nothing
    assert found(orchestration=bandit, channels=channels, actions=[{**both, "transactional": False}], rules=HELLO) == []


def test_no_cap_keeps_transactional_messages_from_going_on_for_ever():
    capped = {"caps": {"total": {"max": 3, "days": 7}}}
    again = [{"id": "again", "when": {"entered": "middle"}, "do": "receipt"}]
    leading = {**RECEIPT, "leads_to": "middle"}
    assert found(orchestration=capped, actions=[leading], rules=again) == [("rules", 0, "cooldown")]
    assert found(orchestration=capped, actions=[{**leading, "transactional": False}], rules=again) == []


def test_a_budget_does_not_limit_what_is_transactional():
    budget = {"policy": "rules", "budget": {"total": 5}}
    dear = {**RECEIPT, "cost": 9}
    rules = [*HELLO, {"id": "news", "when": {"entered": "middle"}, "do": "mail"}]
    cheap = {**MAIL, "cost": 1}
    assert found(orchestration=budget, actions=[cheap, dear], rules=rules) == []
    dearer = [cheap, {**dear, "transactional": False}]
    assert found(orchestration=budget, actions=dearer, rules=rules) == [("orchestration", "budget", "total")]
