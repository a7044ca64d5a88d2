"""The shipped scenarios about what is learned, limited, bought and referred: they show it, and tell what runs show."""

import re
from math import exp
from typing import Any

import pytest

from sim.engine.memory.history import EVENTS, REASONS
from sim.outcomes.intervals import Interval
from sim.scenario import override
from tests.scenarios.test_orchestrated import (
    FIGURE,
    added,
    as_shipped,
    histories,
    is_less,
    is_more,
    shipped,
    shown,
)

NAMES = ("bandit-vs-rules", "paid-growth")
TRIES: dict[str, dict[str, Any]] = {
    "bandit-vs-rules": {
        "segments.readers.affinity.email": 1,
        "actions.one-tap.discount": 0.1,
        "orchestration.budget.total": 273,
    },
    "paid-growth": {
        "channels.search.acquisition.spend": 6000,
        "channels.social.acquisition.saturation": 10000,
        "referrals.rate": 0.3,
    },
}
LEARNING, LIMITED = 1, 3
"""indices of arms in `bandit-vs-rules`"""


def figure(name: str, arm: str, outcome: str) -> Interval:
    """An outcome of an arm as shipped, with its simulation error."""
    return as_shipped(name).summary(arm)[outcome]


# --- What they propose and tell ---


@pytest.mark.parametrize("name", NAMES)
def test_what_a_scenario_proposes_to_try_can_be_tried(name: str) -> None:
    proposed = re.findall(r"`([^`]+\.[^`]+)`", shipped(name).scenario.about.partition("**Try**")[2])
    assert set(proposed) == set(TRIES[name])
    for address, value in TRIES[name].items():
        assert override(shipped(name).scenario, {address: value}) != shipped(name).scenario


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_a_scenario_tells_is_one_that_its_run_shows(name: str) -> None:
    told = FIGURE.findall(" ".join(shipped(name).scenario.about.split()))
    assert len(told) >= 8
    printed = shown(name, everything=True)
    assert [said for said in told if said not in printed] == []


# --- A guess, or learning (bandit-vs-rules) ---


def acted_on(arm: int, segment: str) -> str:
    """What this segment was sent most often in the last eight weeks: ACTION@CHANNEL."""
    counts: dict[str, int] = {}
    for run in histories("bandit-vs-rules", arm):
        events = run.events
        assert events is not None
        index = run.segments.index(segment)
        late = (events.event == EVENTS.index("sent")) & (events.time > run.horizon - 56)
        late &= run.customers.segment[events.customer] == index
        for action, channel in zip(events.action[late], events.channel[late], strict=True):
            key = f"{run.actions[action]}@{run.channels[channel]}"
            counts[key] = counts.get(key, 0) + 1
    counts = {key: number for key, number in counts.items() if not key.startswith("still-looking")}
    return max(counts, key=counts.__getitem__)


@pytest.mark.parametrize(
    ("segment", "best"),
    [("readers", "story@email"), ("on-the-phone", "one-tap@push"), ("chatters", "ask-us@messenger")],
)
def test_the_bandit_ends_with_what_suits_each_segment(segment: str, best: str) -> None:
    assert acted_on(LEARNING, segment) == best


@pytest.mark.slow
def test_the_bandit_earns_more_than_one_guess_and_hardly_less_than_the_best_known() -> None:
    name = "bandit-vs-rules"
    for outcome in ("profit", "purchase_rate", "conversion_rate", "response_rate"):
        assert is_more(added(name, "learning", "guess", outcome))
    assert is_more(added(name, "learning", "channels-only", "profit"))
    assert is_more(added(name, "channels-only", "guess", "profit"))
    assert is_more(added(name, "best-known", "learning", "profit"))
    learned, possible = (added(name, arm, "guess", "profit").mean for arm in ("learning", "best-known"))
    assert learned is not None
    assert possible is not None
    assert learned > 0.8 * possible


@pytest.mark.slow
def test_the_budget_of_the_bandit_is_kept_within_five_percent() -> None:
    over = figure("bandit-vs-rules", "limited", "budget_overshoot")
    assert over.hi is not None
    assert 0 < over.hi <= 0.05
    assert "budget_overshoot" not in as_shipped("bandit-vs-rules").summary("learning")


def test_the_budget_of_the_bandit_rules_out_planned_and_triggered_sends() -> None:
    ruled_out = set()
    for run in histories("bandit-vs-rules", LIMITED):
        assert run.events is not None
        of_money = (run.events.event == EVENTS.index("ruled_out")) & (run.events.value == REASONS.index("budget"))
        ruled_out |= {run.rules[rule] for rule in run.events.rule[of_money]}
    assert ruled_out == {"to-readers", "to-phones", "to-chatters", "after-a-look"}


# --- Growing by ads and by friends (paid-growth) ---


def test_arms_of_paid_growth_change_what_they_are_named_after() -> None:
    changed = {arm.id: set(arm.set) for arm in shipped("paid-growth").scenario.experiment.arms}
    spend = {"channels.search.acquisition.spend", "channels.social.acquisition.spend"}
    assert changed == {
        "planned": set(),
        "twice": spend,
        "half": spend,
        "no-friends": {"referrals.rate"},
        "new-page": {"phases.new-page.enabled", "money.setup"},
        "site-down": {"shocks.site-down.enabled"},
    }


def test_paid_growth_buys_what_its_curve_says_and_friends_come_on_top() -> None:
    for arm in (0, 1, 2):
        runs = histories("paid-growth", arm)
        for index, channel in enumerate(runs[0].channels):
            came = [int((run.customers.bought == index).sum()) for run in runs]
            bought = next(one.acquisition for one in shipped("paid-growth").scenario.channels if one.id == channel)
            if bought is None:
                assert came == [0, 0]
                continue
            spend = bought.spend * (1, 2, 0.5)[arm]
            expected = bought.saturation * (1 - exp(-spend / (bought.cost_per_arrival * bought.saturation)))
            assert sum(came) == pytest.approx(2 * expected, abs=4 * (2 * expected) ** 0.5)


@pytest.mark.slow
@pytest.mark.slow
def test_paid_growth_knows_the_cost_of_twice_the_spend_only_as_well_as_its_guess() -> None:
    profit = as_shipped("paid-growth").compare("twice").differences["profit"].interval
    assert profit.hi is not None
    assert profit.hi < 0
    assert profit.widest == ("input uncertainty", pytest.approx(-12_000, abs=500), pytest.approx(3_000, abs=500))


@pytest.mark.slow
def test_paid_growth_costs_more_for_each_customer_the_more_is_spent() -> None:
    name = "paid-growth"
    for less, more in (("half", "planned"), ("planned", "twice")):
        assert is_more(added(name, more, less, "cost_per_acquisition"))
        assert is_less(added(name, more, less, "roas"))
        assert is_more(added(name, more, less, "arrivals"))
    assert is_less(added(name, "twice", "planned", "profit"))
    assert is_less(added(name, "half", "planned", "profit"))
    assert is_less(added(name, "twice", "planned", "incremental_roi"))
    planned, twice = (figure(name, arm, "payback_days") for arm in ("planned", "twice"))
    assert planned.hi is not None
    assert twice.lo is not None
    assert planned.hi < twice.lo
    assert all(figure(name, arm, "pays_back_rate").mean == 1 for arm in ("planned", "twice"))


@pytest.mark.slow
def test_friends_and_a_better_page_help_paid_growth_and_a_breakdown_hurts_it() -> None:
    assert is_less(added("paid-growth", "no-friends", "planned", "profit"))
    assert is_more(added("paid-growth", "new-page", "planned", "profit"))
    assert is_more(added("paid-growth", "new-page", "planned", "incremental_roi"))
    assert is_less(added("paid-growth", "site-down", "planned", "profit"))
