"""What each action brings is found in a pilot by chance, as exactly as is said, and from its decisions alone."""

from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.experiment.scale import with_customers
from sim.scenario import open_scenario
from sim.scenario.addresses.overriding import override
from sim.scenario.scenario import Scenario
from sim.shipped import shipped_scenarios
from sim.training.actions import can_be_learned, gains_of, train_actions
from sim.training.decisions import Decision, decisions_in
from sim.training.margins import margins
from sim.training.noted import in_order
from tests.builders import scenario
from tests.oracle.scenarios_profiled import asked_of_the_profile

REPEATED = 200
WITHIN = 14.0
MARGIN = 5.0
RESPONSES = {"strong": 0.4, "weak": 0.1, "void": 0.0}
"""shares who respond, each of whom buys at once; nobody else does because of a message"""


def brand(size: int = 100, **changes: Any) -> Scenario:
    """Once a week customers who wait are written to; some buy by themselves, now and then, those who pay more, more."""
    actions = [
        {"id": id_, "channels": ["mail"], "response_rate": rate, "leads_to": "buys"} for id_, rate in RESPONSES.items()
    ]
    tables = {
        "population": {"size": size},
        "horizon": 50,
        "channels": [
            {"id": "mail", "delivery_rate": 1, "open_rate": 1, "opt_out_rate": 0, "time_to_act_hours": 0},
        ],
        "segments": [{"id": "some", "share": 1}, {"id": "others", "share": 1}],
        "touchpoints": [
            {"id": "waits", "stage": "retention", "channels": [], "start": True},
            {
                "id": "buys",
                "stage": "purchase",
                "channels": [],
                "goal": {"kind": "conversion", "value": {"family": "lognormal", "mean": 10, "sd": 5}, "margin": 0.5},
            },
        ],
        "transitions": [
            {"from": "waits", "to": "buys", "share": 1, "delay": {"family": "exponential", "mean": 20}},
            {"from": "buys", "to": "waits", "share": 1, "delay": 0},
        ],
        "orchestration": {"policy": "rules", "gap_hours": 0},
        "actions": actions,
        "rules": [
            {
                "id": "weekly",
                "when": {"every": "tue 10:00"},
                "if": [["touchpoint", "==", "waits"]],
                "do": "strong",
                "alternatives": ["weak", "void"],
            }
        ],
    }
    return scenario(**(tables | changes))


def pilot(of: Scenario, seed: int = 1) -> History:
    by_chance = override(of, {"orchestration.policy": "random"})
    return simulate(compile_program(by_chance, by_chance), seed, 0, events=True)


def quiet(_: str) -> None:
    """Nobody is told."""


@pytest.mark.parametrize("quiet_hours", [[], [9, 12]])
def test_known_gains_are_within_their_intervals_as_often_as_these_say(quiet_hours: list[int]) -> None:
    """95 % of 200 intervals are 190, with a standard deviation of 3; also where sends wait for the end of quiet hours.

    Whoever buys waits anew, and a delay without memory leaves nothing else changed; so what brings nothing gains 0.
    """
    of = brand(size=150)
    if quiet_hours:
        of = override(of, {"channels.mail.quiet_hours": quiet_hours})
    held = dict.fromkeys(RESPONSES, 0)
    for seed in range(REPEATED):
        for found in train_actions(of, WITHIN, seed, quiet):
            if found.everywhere:
                wanted = MARGIN * RESPONSES[found.action]
                held[found.action] += abs(found.gain.value - wanted) <= 1.96 * found.gain.error
    assert {name: count for name, count in held.items() if abs(count - 190) > 12} == {}


def test_gains_are_told_everywhere_and_by_segment_and_stage_with_the_response_rate() -> None:
    found = train_actions(brand(size=4000), WITHIN, 5, quiet)
    assert {(each.action, each.segment, each.stage) for each in found} == {
        (action, *where)
        for action in RESPONSES
        for where in ((None, None), ("some", "retention"), ("others", "retention"))
    }
    for each in found:
        assert each.channel == "mail"
        rate = RESPONSES[each.action]
        assert each.response_rate == pytest.approx(rate, abs=4 * np.sqrt(rate * (1 - rate) / each.chosen))
        assert each.gain.value == pytest.approx(MARGIN * RESPONSES[each.action], abs=4 * each.gain.error)
        assert each.gain.error < 0.3
    whole = [each for each in found if each.everywhere]
    for each in whole:
        parts = [one for one in found if one.action == each.action and not one.everywhere]
        assert each.chosen == sum(one.chosen for one in parts)
        assert each.nothing == sum(one.nothing for one in parts)


def test_without_learned_channels_gains_name_none() -> None:
    of = override(brand(size=1000), {"orchestration.learns": ["actions"]})
    assert {each.channel for each in train_actions(of, WITHIN, 5, quiet)} == {None}


def test_each_decision_counts_by_how_unlikely_its_lot_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in two and one in four: 8 and 2 are earned after the action, 3 and 1 after nothing; two decisions of one."""
    monkeypatch.setattr("sim.training.actions.LEAST", 2)
    history = pilot(brand(size=4))
    action, channel = history.actions.index("strong"), history.channels.index("mail")
    waits = history.touchpoints.index("waits")
    found = gains_of(
        [
            Decision(0, 1.0, waits, 2.0, (action, channel)),
            Decision(1, 1.0, waits, 4.0, (action, channel)),
            Decision(2, 1.0, waits, 2.0, None, [(action, channel)]),
            Decision(0, 9.0, waits, 4.0, None, [(action, channel)]),
        ],
        np.array([8.0, 2.0, 3.0, 1.0]),
        history,
        brand(),
    )
    [whole] = [each for each in found if each.everywhere]
    assert (whole.chosen, whole.nothing, whole.response_rate) == (2, 2, None)
    after, without = (2 * 8 + 4 * 2) / 6, (2 * 3 + 4 * 1) / 6
    assert whole.gain.value == pytest.approx(after - without)
    of_first = (2 * (8 - after) - 4 * (1 - without)) / 6
    others = [4 * (2 - after) / 6, 2 * (3 - without) / 6]
    assert whole.gain.error == pytest.approx(np.sqrt(of_first**2 + others[0] ** 2 + others[1] ** 2))


def test_few_decisions_tell_nothing() -> None:
    assert train_actions(brand(size=10), WITHIN, 5, quiet) == []


def test_only_rules_that_leave_a_choice_of_actions_can_be_learned_from() -> None:
    of = brand()
    assert can_be_learned(of)
    assert not can_be_learned(override(of, {"rules.weekly.alternatives": []}))
    assert not can_be_learned(override(of, {"rules.weekly.enabled": False}))


def test_a_decision_counts_once_however_long_its_send_waits() -> None:
    now, later = brand(size=300), override(brand(size=300), {"channels.mail.quiet_hours": [9, 12]})
    counts = []
    for of in (now, later):
        found = decisions_in(in_order(pilot(of)), frozenset({"quiet"}))
        assert {each.among for each in found} == {4.0}
        assert len({(each.customer, each.time) for each in found}) == len(found)
        assert all(len(each.passed) == (0 if each.taken else 3) for each in found)
        taken = [each for each in found if each.taken]
        assert 0.7 < len(taken) / len(found) < 0.8
        waited = [each.sent - each.time for each in taken if each.sent is not None]
        assert len(waited) > 0.95 * len(taken)
        counts.append((len(found), float(np.mean(waited))))
    assert counts[0][0] == pytest.approx(counts[1][0], rel=0.02)
    assert counts[0][1] == pytest.approx(0, abs=1e-9)
    assert counts[1][1] == pytest.approx(2 / 24, abs=1e-6)


def test_margins_from_the_log_are_those_of_the_run() -> None:
    """With a discount that is used, another that is not, a price and a discount that change at dates."""
    changes: dict[str, Any] = {
        "orchestration.policy": "random",
        "actions.strong.discount": 0.2,
        "actions.strong.leads_to": None,
        "actions.weak.discount": 0.4,
        "actions.weak.valid_days": 3,
    }
    prices = [{"id": "dearer", "at": 20, "set": {"behaviour.price_index": 1.3, "actions.strong.discount": 0.1}}]
    for of in (override(brand(size=500, phases=prices), changes), scenario(**asked_of_the_profile())):
        history = simulate(compile_program(of, of), 2, 0, events=True)
        events = in_order(history)
        earned = np.bincount(events.customer, margins(events, history, of), len(history.customers.number))
        assert history.customers.margin.sum() > 0
        assert earned == pytest.approx(history.customers.margin, abs=1e-9)


@pytest.mark.slow
def test_gains_of_the_next_best_action_are_those_that_it_ships_with() -> None:
    """There they were found in another way: one decision each, and all margin of the run."""
    of = with_customers(open_scenario(shipped_scenarios()["next-best-action"]).scenario, 60_000)
    shipped = {(gain.action, gain.segment): gain for gain in of.gains}
    found = [each for each in train_actions(of, 10.0, of.experiment.seed, quiet) if not each.everywhere]
    assert {(each.action, each.segment) for each in found} == shipped.keys()
    for each in found:
        known = shipped[each.action, each.segment]
        assert each.gain.value == pytest.approx(known.gain, abs=4 * np.hypot(each.gain.error, known.error))
        assert each.response_rate == pytest.approx(known.response_rate, abs=0.03)
