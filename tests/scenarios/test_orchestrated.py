"""The shipped scenarios about what a brand sends: between them they use everything, and they tell what runs show."""

import io
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from rich.console import Console

import sim
from app.cli.tables import print_differences, print_outcomes
from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS, REASONS
from sim.experiment import Results
from sim.outcomes.intervals import Interval
from sim.scenario import ScenarioFile, open_scenario, override, variants
from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.orchestration import Action, Condition, Operator, Rule, Trigger

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
NAMES = (
    "always-on-travel",
    "cart-recovery",
    "channel-modes",
    "frequency-caps",
    "onboarding-nudges",
    "personalization-ladder",
    "win-back",
)
FIGURE = re.compile(r"[+-]?[\d,.]+(?: \S+)? \[[^\]]+\]")
VERDICT = re.compile(r" (?:better|worse|unclear|same|higher|lower)(?= \[)")


@cache
def shipped(name: str) -> ScenarioFile:
    return open_scenario(FOLDER / f"{name}.toml")


@cache
def as_shipped(name: str) -> Results:
    """The results of a run with the seed and the replications that the file gives."""
    return sim.run(shipped(name))


@cache
def histories(name: str, arm: int | None = None) -> tuple[History, ...]:
    """Two replications with their events, of the scenario as it stands or of one of its arms."""
    base = shipped(name).scenario
    program = compile_program(base if arm is None else variants(shipped(name))[arm].scenario, base)
    return tuple(simulate(program, base.experiment.seed, replication, events=True) for replication in range(2))


def visits(name: str, touchpoint: str, arm: int | None = None) -> int:
    runs = histories(name, arm)
    return int(sum(run.at_touchpoints.visits[:, run.touchpoints.index(touchpoint)].sum() for run in runs))


def rules() -> list[Rule]:
    return [rule for name in NAMES for rule in shipped(name).scenario.rules]


def actions() -> list[Action]:
    return [action for name in NAMES for action in shipped(name).scenario.actions]


def conditions() -> list[Condition]:
    sent = [broadcast for name in NAMES for broadcast in shipped(name).scenario.broadcasts]
    return [asked for rule in (*rules(), *sent) for asked in (*rule.conditions, *getattr(rule, "stop", ()))]


def added(name: str, arm: str, against: str, outcome: str, segment: str = "all") -> Interval:
    """What an arm has more of an outcome than another, pair by pair."""
    return as_shipped(name).compare(arm, against, segment).differences[outcome].interval


def is_more(found: Interval) -> bool:
    return found.lo is not None and found.lo > 0


def is_less(found: Interval) -> bool:
    return found.hi is not None and found.hi < 0


# --- What they use ---


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_and_broadcast_acts(name: str) -> None:
    runs = histories(name)
    sent = {rule: 0 for rule in runs[0].rules}
    for run in runs:
        assert run.events is not None
        acting = run.events.rule[run.events.event == EVENTS.index("sent")]
        for rule, number in zip(*np.unique(acting, return_counts=True), strict=True):
            sent[run.rules[rule]] += int(number)
    assert [rule for rule, number in sent.items() if number == 0] == []
    written = shipped(name).scenario
    assert set(sent) == {rule.id for rule in written.rules} | {broadcast.id for broadcast in written.broadcasts}


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_acted_on(name: str) -> None:
    runs = histories(name)
    responses = sum(run.at_actions.responded.sum(axis=0) for run in runs)
    acted_on = {action for (action, _), number in zip(runs[0].pairs, responses, strict=True) if number}
    assert set(runs[0].actions) - acted_on == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_touchpoint_is_visited(name: str) -> None:
    runs = histories(name)
    visited = sum(run.at_touchpoints.visits.sum(axis=0) for run in runs)
    assert [runs[0].touchpoints[n] for n in np.flatnonzero(visited == 0)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_arm_runs(name: str) -> None:
    results = sim.run(shipped(name), replications=2)
    assert results.arms == tuple(arm.id for arm in shipped(name).scenario.experiment.arms)
    assert all(results.summary(arm)["conversion_rate"].mean > 0 for arm in results.arms)


def test_every_kind_of_trigger_is_used() -> None:
    used = {key for rule in rules() for key in Trigger.model_fields if getattr(rule.when, key) is not None}
    assert used == set(Trigger.model_fields)
    assert any(rule.when.entered and rule.when.after is None for rule in rules())
    assert any(rule.when.score and rule.when.above and rule.when.below for rule in rules())


def test_every_kind_and_form_of_action_is_used() -> None:
    assert {action.kind for action in actions()} == set(ACTION_KINDS)
    assert {action.form for action in actions() if action.form} == {
        form for kind in ACTION_KINDS.values() for form in kind.forms
    }
    assert any(action.support_after is not None for action in actions())
    assert any(action.leads_to for action in actions())
    assert any(action.nudge for action in actions())
    assert any(action.discount for action in actions())


def test_every_kind_of_condition_is_used() -> None:
    assert {operator for _, operator, _ in conditions()} == set(get_args(Operator))
    kinds = {subject.partition(".")[0] for subject, _, _ in conditions()}
    assert kinds >= {"segment", "touchpoint", "stage", "channel", "attributes", "weekday", "hour", "scores"}
    assert kinds >= {"sentiment", "fatigue", "nudge", "profile", "discount", "revenue", "consent", "opted_in"}
    assert kinds >= {"visits", "contacts", "handoffs", "conversions", "purchases", "messages", "responses"}
    assert kinds >= {"days", "idle_days"}


def test_every_kind_of_limit_and_level_is_used() -> None:
    governed = [shipped(name).scenario.orchestration for name in NAMES]
    assert {one.capped for one in governed} == {"drop", "hold", "defer"}
    assert {cap.period for one in governed for cap in one.caps.values()} == {"rolling", "calendar"}
    assert any(one.holdout for one in governed)
    under = [variant.scenario for name in NAMES for variant in variants(shipped(name))]
    assert {one.integration.mode for one in under} == {"single", "multi", "omni"}
    assert {one.personalization.level for one in under} == {"none", "segment", "individual", "realtime"}
    assert {one.orchestration.policy for one in under} == {"none", "rules"}


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("frequency-caps", {"orchestration.caps.total.max"}),
        ("channel-modes", {"integration.mode", "integration.shared_triggers", "integration.carryover"}),
        ("personalization-ladder", {"personalization.level", "personalization.cost_per_contact"}),
    ],
)
def test_arms_differ_in_what_the_scenario_is_about_alone(name: str, changed: set[str]) -> None:
    assert {address for arm in shipped(name).scenario.experiment.arms for address in arm.set} == changed


def test_the_cap_of_the_last_arm_lets_everything_through() -> None:
    last = histories("frequency-caps", arm=5)
    assert last[0].customers.sent.max() > 300
    for run in last:
        assert run.events is not None
        ruled_out = run.events.value[run.events.event == EVENTS.index("ruled_out")]
        assert REASONS.index("capped") not in np.unique(ruled_out)


# --- Published figures that come out ---


def test_as_many_baskets_are_abandoned_without_reminders_as_published() -> None:
    kept = visits("cart-recovery", "order", arm=0) / visits("cart-recovery", "basket", arm=0)
    assert 1 - kept == pytest.approx(0.70, abs=0.02)


def test_as_many_visits_end_in_an_order_as_published() -> None:
    orders = visits("personalization-ladder", "order", arm=0)
    assert orders / visits("personalization-ladder", "visit", arm=0) == pytest.approx(0.026, abs=0.002)
    assert 1 - orders / visits("personalization-ladder", "basket", arm=0) == pytest.approx(0.70, abs=0.02)


def test_as_many_searches_end_in_a_booking_as_published() -> None:
    share = visits("always-on-travel", "booked", arm=0) / visits("always-on-travel", "search", arm=0)
    assert share == pytest.approx(0.0187, abs=0.002)


# --- What they tell ---

TRIES: dict[str, dict[str, Any]] = {
    "always-on-travel": {
        "actions.early-bird.discount": 0,
        "orchestration.caps.total.max": 2,
        "orchestration.capped": "drop",
    },
    "cart-recovery": {
        "actions.last-reminder.discount": 0.2,
        "rules.remind-again.if": [["segment", "==", "bargain"]],
        "rules.remind.when.after": 1,
        "orchestration.caps.total.max": 100,
    },
    "channel-modes": {
        "integration.carryover": 0.5,
        "rules.shop-team.enabled": False,
        "orchestration.gap_hours": 24,
    },
    "frequency-caps": {
        "channels.email.response_rate": 0.2,
        "coefficients.exit.fatigue": 0.02,
        "orchestration.policy": "none",
    },
    "onboarding-nudges": {
        "actions.ask-aim.response_rate": 0.1,
        "actions.last-days.discount": 0,
        "touchpoints.project.effort": 3,
    },
    "personalization-ladder": {
        "personalization.cost_per_contact": 0.002,
        "touchpoints.visit.profile_gain": 0.2,
        "personalization.over": ["content", "channel", "offer"],
    },
    "win-back": {
        "rules.fell-asleep-valuable.if": [["revenue", ">", 300]],
        "transitions.call/between.share": 0.5,
        "actions.come-back.discount": 0.05,
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_scenario_proposes_to_try_can_be_tried(name: str) -> None:
    proposed = re.findall(r"`([^`]+\.[^`]+)`", shipped(name).scenario.about.partition("**Try**")[2])
    assert set(proposed) == set(TRIES[name])
    for address, value in TRIES[name].items():
        assert override(shipped(name).scenario, {address: value}) != shipped(name).scenario


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_a_scenario_tells_is_one_that_its_run_shows(name: str) -> None:
    about = " ".join(shipped(name).scenario.about.split())
    told = FIGURE.findall(about)
    assert len(told) >= 3
    printed = shown(name, everything="journey show" in about)
    assert [figure for figure in told if figure not in printed] == []


def shown(name: str, *, everything: bool) -> str:
    """What `journey run` prints, or `journey show`, without the words that say what is better."""
    document, text = as_shipped(name).document(), io.StringIO()
    console = Console(file=text, width=500, highlight=False, markup=False, emoji=False)
    print_outcomes(console, document, shipped(name).scenario.currency, everything=everything)
    print_differences(console, document, shipped(name).scenario.currency, everything=everything)
    return VERDICT.sub("", text.getvalue())


@pytest.mark.slow
def test_some_messages_a_week_earn_more_than_one_and_more_than_all() -> None:
    for some in ("two", "three", "four"):
        assert is_more(added("frequency-caps", some, "one", "profit"))
        assert is_more(added("frequency-caps", some, "six", "profit"))
        assert is_more(added("frequency-caps", some, "no-cap", "profit"))
    assert is_less(added("frequency-caps", "no-cap", "one", "profit"))


@pytest.mark.slow
def test_more_messages_are_opened_less_and_lose_more_readers() -> None:
    arms = ("one", "two", "three", "four", "six", "no-cap")
    for fewer, more in pairwise(arms):
        assert is_less(added("frequency-caps", more, fewer, "open_rate"))
        assert is_more(added("frequency-caps", more, fewer, "opt_out_rate"))


@pytest.mark.slow
def test_a_discount_wins_more_orders_and_earns_no_more() -> None:
    assert is_more(added("cart-recovery", "discount", "rules", "conversion_rate"))
    assert not is_more(added("cart-recovery", "discount", "rules", "profit"))


@pytest.mark.slow
def test_channels_joined_up_earn_more_with_fewer_messages() -> None:
    assert is_more(added("channel-modes", "omni", "multi", "conversion_rate"))
    assert is_more(added("channel-modes", "omni", "multi", "profit"))
    assert is_less(added("channel-modes", "omni", "multi", "messages_per_customer"))
    assert as_shipped("channel-modes").summary("multi")["context_kept_rate"].mean == 0


def test_what_is_seen_on_one_channel_sets_off_nothing_on_another_where_teams_are_apart() -> None:
    base = shipped("channel-modes").scenario

    def not_linked(mode: str, *, shared: bool) -> int:
        of = override(base, {"integration.mode": mode, "integration.shared_triggers": shared})
        run = simulate(compile_program(of, base), base.experiment.seed, 0)
        return int(run.at_actions.ruled_out[REASONS.index("not-linked")].sum())

    assert not_linked("single", shared=True) > not_linked("multi", shared=False) > 0
    assert not_linked("multi", shared=True) == not_linked("omni", shared=False) == 0


@pytest.mark.slow
def test_personalization_pays_up_to_a_step() -> None:
    ladder = "personalization-ladder"
    assert is_more(added(ladder, "segment", "none", "profit"))
    assert is_more(added(ladder, "individual", "segment", "revenue"))
    assert is_less(added(ladder, "individual", "segment", "profit"))
    assert is_less(added(ladder, "realtime", "individual", "profit"))
    assert is_less(added(ladder, "individual", "segment", "purchase_rate", segment="private"))


@pytest.mark.slow
def test_help_inside_the_product_adds_to_what_mails_do() -> None:
    assert is_more(added("onboarding-nudges", "both", "mails", "profit"))
    assert is_more(added("onboarding-nudges", "both", "mails", "completion_rate"))
    assert is_more(added("onboarding-nudges", "mails", "alone", "time_to_value_days"))


@pytest.mark.slow
def test_calls_keep_customers_and_do_not_pay_for_all() -> None:
    assert is_less(added("win-back", "calls-to-all", "calls", "churn_rate"))
    assert is_less(added("win-back", "calls-to-all", "offers", "profit"))
    assert is_less(added("win-back", "calls-to-all", "calls", "profit"))
    calls = added("win-back", "calls", "offers", "profit")
    assert not is_more(calls)
    assert not is_less(calls)


@pytest.mark.slow
def test_always_on_earns_more_than_letters_and_loses_more_of_those_won() -> None:
    assert is_more(added("always-on-travel", "always-on", "letters", "profit"))
    assert is_less(added("always-on-travel", "letters", "nothing", "profit"))
    assert is_more(added("always-on-travel", "always-on", "nothing", "churn_rate"))
