"""Choosing nothing, by chance or by what a pilot found: what is drawn, what is compared, what it earns (model 29)."""

from collections.abc import Iterator
from math import erfc, sqrt
from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS, REASONS, STEPS
from sim.engine.program.gains import shrunk
from sim.scenario.orchestration import Gain
from sim.scenario.scenario import Scenario
from tests.builders import scenario

COST = 0.2
Z_999 = 3.29
"""Half the width of a 99.9 % interval, in standard errors."""
ALIKE = {"nudge": 0, "discount": 0}
REMINDER = {"id": "reminder", "channels": ["mail"], "nudge": 1.5, "cost": COST}
VOUCHER = {"id": "voucher", "kind": "offer", "channels": ["mail"], "nudge": 0, "discount": 0.1, "cost": COST}


def baskets(policy: str, actions: tuple[dict[str, Any], ...] = (REMINDER, VOUCHER), **changes: Any) -> Scenario:
    """Everybody fills one basket, and a message may bring them to order; vouchers win only those who mind the price."""
    orchestration = {"policy": policy} | changes.pop("orchestration", {})
    tables: dict[str, Any] = {
        "horizon": 30,
        "population": {"size": 4000, "arrivals": {"pattern": "poisson", "over": 20}},
        "segments": [
            {"id": "loyal", "share": 1, "traits": {"price_sensitivity": {"mean": 0}}},
            {"id": "bargain", "share": 1, "traits": {"price_sensitivity": {"mean": 15}}},
        ],
        "channels": [{"id": "mail", "open_rate": 1, "response_rate": 0.8, "opt_out_rate": 0, "time_to_act_hours": 1}],
        "touchpoints": [
            {"id": "basket", "start": True},
            {"id": "order", "exit": "completed", "goal": {"kind": "conversion", "value": 50, "margin": 0.4}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            {"from": "basket", "to": "order", "share": 1, "delay": 2},
            {"from": "basket", "to": "gone", "share": 4, "delay": 2},
        ],
        "orchestration": orchestration,
        "actions": list(actions),
        "rules": [
            {
                "id": "remind",
                "when": {"entered": "basket"},
                "do": "reminder",
                "alternatives": [action["id"] for action in actions if action["id"] != "reminder"],
            }
        ],
    }
    return scenario(**(tables | changes))


def history_of(of: Scenario, replication: int = 0, **kept: Any) -> History:
    return simulate(compile_program(of, of), 5, replication, **kept)


def profit(of: Scenario, replication: int) -> float:
    customers = history_of(of, replication).customers
    return float(customers.margin.sum() - customers.contact_cost.sum() - customers.message_cost.sum())


def decisions(history: History) -> Iterator[tuple[int, str, int]]:
    """Of each: the customer, what was chosen, and among how many things."""
    events = history.events
    assert events is not None
    for k in np.flatnonzero(events.event == EVENTS.index("chosen")).tolist():
        action = events.action[k]
        yield (
            int(events.customer[k]),
            history.actions[action] if action >= 0 else "nothing",
            round(float(events.value[k])),
        )


def found_by_a_pilot(replication: int, **changes: Any) -> list[dict[str, Any]]:
    """Gains by action and segment, from the log of a run under `random`."""
    history = history_of(baskets("random", **changes), replication, events=True)
    customers = history.customers
    margins: dict[tuple[str, int], list[float]] = {}
    for customer, chosen, _ in decisions(history):
        margins.setdefault((chosen, int(customers.segment[customer])), []).append(float(customers.margin[customer]))
    gains = []
    for (chosen, segment), own in margins.items():
        if chosen == "nothing":
            continue
        without = margins["nothing", segment]
        error = sqrt(np.var(own, ddof=1) / len(own) + np.var(without, ddof=1) / len(without))
        gains.append(
            {
                "id": f"{chosen}-{history.segments[segment]}",
                "action": chosen,
                "segment": history.segments[segment],
                "gain": float(np.mean(own) - np.mean(without)),
                "error": float(error),
                "response_rate": 0.8,
            }
        )
    return gains


def interval(differences: list[float]) -> tuple[float, float]:
    """95 % around their mean, by Student's t with 9 or more degrees of freedom, rounded up."""
    half = 2.27 * float(np.std(differences, ddof=1)) / sqrt(len(differences))
    return float(np.mean(differences)) - half, float(np.mean(differences)) + half


def test_chance_takes_each_action_and_nothing_equally_often_and_says_how_likely_it_was() -> None:
    history = history_of(baskets("random"), events=True)
    made = list(decisions(history))
    assert len({customer for customer, *_ in made}) == len(made) == (history.customers.arrival <= 30).sum()
    assert {among for *_, among in made} == {3}
    for each in ("nothing", "reminder", "voucher"):
        share = sum(chosen == each for _, chosen, _ in made) / len(made)
        assert abs(share - 1 / 3) < Z_999 * sqrt(2 / 9 / len(made)), each


def test_who_got_nothing_by_choice_stands_on_that_step_of_every_action() -> None:
    history = history_of(baskets("random"), events=True)
    nothing = [customer for customer, chosen, _ in decisions(history) if chosen == "nothing"]
    assert (history.steps[nothing] == STEPS.index("nothing-chosen")).all()
    assert (history.at_actions.ruled_out[REASONS.index("nothing-chosen")].sum(axis=0) == len(nothing)).all()


def test_decisions_are_the_same_whether_they_are_kept_or_not() -> None:
    of = baskets("random")
    kept, unkept = history_of(of, events=True), history_of(of)
    assert (kept.steps == unkept.steps).all()
    assert (kept.customers.margin == unkept.customers.margin).all()


def watched(**changes: Any) -> dict[str, list[float]]:
    """What the brand weighs of one customer: by action, its expected gain and what the story keeps of it."""
    history = history_of(baskets("next_best_action", **changes), watched=0)
    events = history.events
    assert events is not None
    told = ("considered", "completeness", "model", "alignment", "performance", "confidence")
    found: dict[str, list[float]] = {}
    for k in range(len(events.time)):
        if EVENTS[events.event[k]] in told:
            found.setdefault(history.actions[events.action[k]], []).append(float(events.value[k]))
    return found


def test_the_parts_of_a_confidence_are_those_of_the_law() -> None:
    gains = [
        {"id": "a", "action": "reminder", "gain": 3, "error": 1, "response_rate": 0.8},
        {"id": "b", "action": "voucher", "gain": 2, "error": 0},
    ]
    kept = shrunk(baskets("rules", gains=gains).gains)[0][0] / 3
    worth, error = 3 * kept - COST - 0.5, sqrt(kept)
    found = watched(gains=gains, orchestration={"fatigue_cost": 0.5}, population={"size": 1})
    chance = 0.5 * erfc(-worth / error / sqrt(2))
    # One of four kinds of facts is noted, the visit; nothing was tried yet.
    assert found["reminder"] == pytest.approx([worth, 0.25, chance, 1, 0.5, 0.075 + 0.3 * chance + 0.2 + 0.1])
    assert found["voucher"] == pytest.approx([2 - COST - 0.5, 0.25, 1, 0.5, 0.5, 0.075 + 0.3 + 0.1 + 0.1])


def test_with_no_link_nothing_of_the_profile_counts() -> None:
    gains = [{"id": "a", "action": "reminder", "gain": 3}]
    assert watched(gains=gains)["reminder"][1] == 0.25
    nobody = [{"id": "all", "consent": 0, "share": 1}]
    assert watched(gains=gains, segments=nobody)["reminder"][1] == 0
    assert watched(gains=gains, profile={"facts": []})["reminder"][1] == 0
    assert watched(gains=gains, profile={"facts": ["contacts"]})["reminder"][1] == 1


@pytest.mark.parametrize(
    ("gains", "changes", "sent"),
    [
        ({"reminder": 3}, {}, {"reminder"}),
        ({"reminder": 3, "voucher": 4}, {"minimum_confidence": 0.5}, {"voucher"}),
        ({"reminder": 3, "voucher": 4}, {"minimum_confidence": 0.6}, set()),
        ({"reminder": 3, "voucher": 4}, {"minimum_confidence": 0.6, "fallback": "rule"}, {"reminder"}),
        ({"reminder": COST}, {"minimum_confidence": 0}, set()),
        ({"reminder": COST}, {"minimum_confidence": 0, "fallback": "rule"}, set()),
        ({"reminder": COST + 0.01}, {"minimum_confidence": 0}, {"reminder"}),
        ({}, {}, set()),
        ({}, {"fallback": "rule"}, {"reminder"}),
        ({"reminder": 3}, {"fatigue_cost": 2.9}, set()),
    ],
)
def test_the_best_wins_if_it_is_worth_it_and_sure_enough(
    gains: dict[str, float], changes: dict[str, Any], sent: set[str]
) -> None:
    rows = [{"id": action, "action": action, "gain": gain} for action, gain in gains.items()]
    history = history_of(
        baskets("next_best_action", gains=rows, orchestration=changes, population={"size": 50}), events=True
    )
    chosen = {chosen for _, chosen, _ in decisions(history)}
    assert chosen == (sent or {"nothing"})


def test_a_weight_orders_what_is_worth_it_and_0_excludes() -> None:
    gains = [{"id": action, "action": action, "gain": gain} for action, gain in (("reminder", 3), ("voucher", 4))]
    sure = {"minimum_confidence": 0}
    for weight, chosen in ((1, "voucher"), (2, "reminder"), (0, "voucher")):
        actions = (REMINDER | {"weight": weight}, VOUCHER)
        of = baskets("next_best_action", actions, gains=gains, orchestration=sure, population={"size": 50})
        assert {each for _, each, _ in decisions(history_of(of, events=True))} == {chosen}
    unsure = {"minimum_confidence": 1, "fallback": "rule"}
    of = baskets("next_best_action", (REMINDER | {"weight": 0},), gains=gains[:1], orchestration=unsure)
    assert {each for _, each, _ in decisions(history_of(of, events=True))} == {"nothing"}


def test_the_gain_that_names_most_counts_and_of_as_many_the_first() -> None:
    gains = [
        {"id": "all", "action": "reminder", "gain": -1},
        {"id": "loyal", "action": "reminder", "gain": 5, "segment": "loyal"},
        {"id": "by-mail", "action": "reminder", "gain": -2, "channel": "mail"},
        {"id": "later", "action": "reminder", "gain": 9, "stage": "retention"},
    ]
    history = history_of(
        baskets("next_best_action", (REMINDER,), gains=gains, orchestration={"minimum_confidence": 0}), events=True
    )
    chosen = {(history.segments[history.customers.segment[who]], what) for who, what, _ in decisions(history)}
    assert chosen == {("loyal", "reminder"), ("bargain", "nothing")}


def test_fewer_responses_than_expected_make_it_less_sure_until_it_stops() -> None:
    gains = [{"id": "a", "action": "reminder", "gain": 3, "response_rate": 0.9}]
    responds = {"response_rate": 0.1}
    of = baskets("next_best_action", (REMINDER | responds,), gains=gains, orchestration={"minimum_confidence": 0.6})
    history = history_of(of, events=True)
    assert history.events is not None
    sent = history.events.time[history.events.event == EVENTS.index("sent")]
    assert sent.size > 100
    assert 7 <= sent.max() < 9.01, "a week after the first ones were sent"
    kept = history_of(of.model_copy(update={"actions": baskets("rules").actions}), events=True)
    assert kept.events is not None
    assert kept.events.time[kept.events.event == EVENTS.index("sent")].max() > 15


def test_shrinking_keeps_what_is_certain_and_drops_what_chance_explains() -> None:
    def rows(*pairs: tuple[float, float]) -> tuple[Gain, ...]:
        return tuple(
            Gain.model_validate({"id": f"g{n}", "action": "a", "gain": gain, "error": error})
            for n, (gain, error) in enumerate(pairs)
        )

    assert shrunk(rows((3, 0), (-1, 0))) == [(3, 0), (-1, 0)]
    assert shrunk(rows((1, 1), (-1, 1))) == [(0, 0), (0, 0)]
    (large, _), (unsure, error) = shrunk(rows((30, 1), (8, 20)))
    assert large > 29
    assert 0 < unsure < 4
    assert 0 < error < 20
    assert shrunk(rows((0.5, 0.01), (30, 1)))[1][0] > 29, "what is small and certain leaves what is large alone"
    assert shrunk(rows((2, 0), (0.5, 1)))[0] == (2, 0)
    assert shrunk(()) == []


def test_how_far_gains_are_apart_solves_what_the_law_says() -> None:
    gains = baskets("rules", gains=[{"id": "a", "action": "reminder", "gain": 3, "error": 1.5}]).gains
    [(gain, error)] = shrunk(gains)
    spread = 9 / (1 + 1.64 * sqrt(2)) - 2.25
    part = spread / (spread + 2.25)
    assert (gain, error) == (pytest.approx(3 * part), pytest.approx(1.5 * sqrt(part)))


def test_a_gain_that_is_nothing_but_chance_counts_one_time_in_twenty() -> None:
    random = np.random.default_rng(3)
    counted = sum(
        shrunk(
            tuple(
                Gain.model_validate({"id": f"g{n}", "action": "a", "gain": float(gain), "error": 1.0})
                for n, gain in enumerate(random.normal(0, 1, 6))
            )
        )[0][1]
        > 0
        for _ in range(2000)
    )
    assert 0.03 < counted / 2000 < 0.09


def test_next_best_action_earns_more_than_rules_and_chance_where_the_best_action_differs_by_segment() -> None:
    gains = found_by_a_pilot(0)
    arms = {policy: baskets(policy, gains=gains) for policy in ("none", "rules", "random", "next_best_action")}
    profits = {policy: [profit(of, replication) for replication in range(1, 13)] for policy, of in arms.items()}
    for other in ("none", "rules", "random"):
        pairs = zip(profits["next_best_action"], profits[other], strict=True)
        low, _ = interval([ours - theirs for ours, theirs in pairs])
        assert low > 0, other


def test_next_best_action_is_never_worse_than_nothing_beyond_the_interval_where_no_action_helps() -> None:
    """Gains are then noise alone: each of many pilots finds others, and the best looking ones are to be left alone."""
    idle = (REMINDER | ALIKE, {"id": "other", "channels": ["mail"], "cost": COST} | ALIKE, VOUCHER | ALIKE)
    differences, tempting = [], 0
    for pilot in range(24):
        gains = found_by_a_pilot(pilot, actions=idle)
        tempting += any(gain["gain"] > COST for gain in gains)
        ours = baskets("next_best_action", idle, gains=gains)
        differences.append(profit(ours, 100 + pilot) - profit(baskets("none", idle), 100 + pilot))
    _, high = interval(differences)
    assert tempting >= 12, "whoever took every gain as it is would have sent something"
    assert high >= 0
    assert sum(difference < 0 for difference in differences) <= 3, differences
