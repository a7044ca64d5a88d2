"""Values that change, learning, budgets, bought arrivals and friends, worked out by hand.

What happens must come out of both programs; what somebody believes or has in the purse is looked up in the oracle.
"""

import math
import zlib
from datetime import date
from typing import Any

import pytest

from .both import Run, Tables, scenario_of
from .brand import REASONS
from .draws import BOUGHT, FRIEND, POLICY, REFERRAL, THROTTLE, Draws, normal, uniform53
from .learning import Beliefs, Cell, Try
from .poisson import poisson
from .simulate import Event, replicated
from .world import World

CELL = Cell("everyone", "awareness", "mail", "app")


def loop(**changes: Any) -> Tables:
    """One customer who visits the same touchpoint every day; what they feel is what that is said to feel like."""
    return {
        "horizon": 7.5,
        "population": {"size": 1},
        "channels": [{"id": "app", "open_rate": 0}, {"id": "email", "open_rate": 0}],
        "touchpoints": [{"id": "home", "start": True, "channels": ["app"]}, {"id": "gone", "exit": "churn"}],
        "transitions": [
            {"from": "home", "to": "home", "share": 1, "delay": 1},
            {"from": "home", "to": "gone", "share": 0},
        ],
        "orchestration": {"policy": "rules", "gap_hours": 0},
        **changes,
    }


def world_of(tables: Tables) -> World:
    return replicated(scenario_of(tables), scenario_of(tables), 1, 0)


def sends(events: list[Event]) -> list[tuple[int, float, str | None]]:
    """Customer, time, and the channel or what ruled the send out."""
    return [
        (e.customer, e.time, e.channel if e.event == "sent" else REASONS[int(e.value or 0)])
        for e in events
        if e.event in ("sent", "ruled_out")
    ]


# 15


def test_seasons_come_every_year_after_phases_and_before_shocks(run: Run) -> None:
    def feels(mean: float) -> Tables:
        return {"touchpoints.home.emotion.mean": mean}

    tables = loop(
        horizon=400,
        start_date=date(2026, 1, 30),  # day 2 is 1 February, day 30 1 March; the year after, 367 and 395
        phases=[{"id": "usual", "at": 0, "set": feels(0.1)}],
        seasons=[
            {"id": "winter", "months": ["feb", "jan"], "set": feels(0.2)},
            {"id": "spring", "months": ["mar"], "enabled": False, "set": feels(0.9)},
        ],
        shocks=[{"id": "snow", "from": 5, "to": 7, "set": feels(-0.4)}],
    )
    felt = {e.time: e.value for e in run(tables) if e.event == "experience"}
    assert felt[29] == pytest.approx(0.2)
    assert [felt[day] for day in (1, 4, 5, 6, 7)] == pytest.approx([0.2, 0.2, -0.4, -0.4, 0.2])
    assert [felt[day] for day in (30, 31, 335, 336, 394, 395)] == pytest.approx([0.1, 0.1, 0.1, 0.2, 0.2, 0.1])


def test_shocks_go_before_phases_and_the_later_phase_counts(run: Run) -> None:
    def feels(mean: float) -> Tables:
        return {"touchpoints.home.emotion.mean": mean}

    tables = loop(
        phases=[
            {"id": "late", "at": 6, "set": feels(0.6)},
            {"id": "early", "at": date(2026, 1, 2), "set": feels(0.1)},
            {"id": "middle", "at": 2, "set": feels(0.3)},
            {"id": "off", "at": 1, "enabled": False, "set": feels(0.9)},
        ],
        shocks=[
            {"id": "first", "from": 3, "to": 4, "set": feels(-0.4)},
            {"id": "second", "from": 4, "to": 5, "set": feels(-0.5)},
        ],
    )
    felt = [e.value for e in run(tables) if e.event == "experience"]
    assert felt == pytest.approx([0.1, 0.1, 0.3, -0.4, -0.5, 0.3, 0.6, 0.6])


def test_what_began_before_day_0_stands_from_day_0_and_dates_begin_at_midnight(run: Run) -> None:
    phases = [
        {"id": "two", "at": date(2026, 1, 6), "set": {"touchpoints.home.emotion.mean": 0.5}},
        {"id": "one", "at": date(2025, 12, 24), "set": {"touchpoints.home.emotion.mean": 0.25}},
    ]
    felt = [e.value for e in run(loop(horizon=1.5, phases=phases)) if e.event == "experience"]
    assert felt == [0.25, 0.5]


def test_whoever_leaves_a_desk_when_values_change_still_has_the_old_ones(run: Run) -> None:
    tables = loop(
        touchpoints=[
            {"id": "home", "start": True, "desk": "line"},
            {"id": "next", "emotion": {"mean": 0.1, "sd": 0}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "home", "to": "next", "share": 1},
            {"from": "next", "to": "gone", "share": 1, "delay": 9},
        ],
        desks=[{"id": "line", "agents": 1, "service_minutes": 1440}],
        phases=[{"id": "p", "at": 1, "set": {f"touchpoints.{id_}.emotion.mean": 0.5 for id_ in ("home", "next")}}],
    )
    felt = [(e.time, e.touchpoint, e.value) for e in run(tables) if e.event == "experience"]
    assert felt == [(1, "home", 0), (1, "next", 0.5)]


def test_messages_go_round_a_channel_that_is_down_and_the_trigger_of_a_rule_that_is_off_never_fires(run: Run) -> None:
    tables = loop(
        actions=[{"id": "mail", "channels": ["email", "app"]}],
        rules=[{"id": "visit", "when": {"entered": "home"}, "do": "mail"}],
        shocks=[
            {"id": "down", "from": 2, "to": 4, "set": {"channels.email.enabled": False}},
            {"id": "off", "from": 5, "to": 7, "set": {"rules.visit.enabled": False}},
        ],
    )
    assert [line[1:] for line in sends(run(tables))] == [
        *((0, "email"), (1, "email"), (2, "unavailable"), (2, "app"), (3, "unavailable"), (3, "app")),
        *((4, "email"), (7, "email")),
    ]


def test_a_visit_where_all_channels_are_down_has_none_and_keeps_the_last(run: Run) -> None:
    shocks = [{"id": "down", "from": 2, "to": 4, "set": {"channels.app.enabled": False}}]
    entered = [e.channel for e in run(loop(horizon=5.5, shocks=shocks)) if e.event == "enter"]
    assert entered == ["app", "app", None, None, "app", "app"]


def test_an_offer_that_stands_is_worth_what_it_is_worth_today(run: Run) -> None:
    """Sent on day 0 at 20 %, it is 50 % from day 2 on and used then."""
    tables = loop(
        horizon=4,
        channels=[{"id": "app", "open_rate": 0}],
        touchpoints=[
            {"id": "home", "start": True},
            {"id": "buy", "goal": {"kind": "conversion", "value": 100}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "home", "to": "buy", "share": 1, "delay": 3},
            {"from": "buy", "to": "gone", "share": 1, "delay": 9},
        ],
        actions=[{"id": "deal", "kind": "offer", "channels": ["app"], "discount": 0.2, "valid_days": 3.5}],
        rules=[{"id": "r", "when": {"entered": "home"}, "do": "deal"}],
        phases=[{"id": "p", "at": 2, "set": {"actions.deal.discount": 0.5, "actions.deal.valid_days": 1}}],
    )
    assert [e.value for e in run(tables) if e.event == "conversion"] == [50]


# 16


def test_beliefs_are_the_moments_of_the_beta_posterior() -> None:
    beliefs = Beliefs()
    assert beliefs.believed(CELL) == pytest.approx((0.5, math.sqrt(0.25 / 3)))
    for responded in (1.5, None, None):
        beliefs.remember(Try(CELL, 1.0, responded))
    beliefs.learn(8.0)
    assert beliefs.believed(CELL) == pytest.approx((0.4, 0.2))


@pytest.mark.parametrize(
    ("responded", "counted_at", "success"),
    [(1.0, 2, 1), (2.0, 3, 1), (7.5, 8, 1), (7.99, 8, 1), (8.0, 8, 0), (9.0, 8, 0), (None, 8, 0)],
)
def test_a_try_counts_once_at_the_first_tick_that_can_tell(
    responded: float | None, counted_at: int, success: int
) -> None:
    beliefs = Beliefs()
    beliefs.remember(Try(CELL, 1.0, responded))
    counted = []
    for tick in range(20):
        beliefs.learn(float(tick))
        counted.append(beliefs.tries[CELL])
    assert counted.index(1) == counted_at
    assert (counted[-1], beliefs.successes[CELL]) == (1, success)


def test_without_tries_the_candidate_with_the_luckiest_draw_is_taken_and_learned_from_after_a_week() -> None:
    tables = loop(
        horizon=8.5,
        population={"size": 20},
        orchestration={"policy": "bandit", "gap_hours": 0},
        actions=[{"id": "mail", "channels": ["email", "app"]}, {"id": "other", "channels": ["app"]}],
        rules=[{"id": "r", "when": {"at": 0.5}, "do": "mail", "alternatives": ["other"]}],
    )
    world, draws = world_of(tables), Draws(1, 0)
    taken = [(e.customer, f"{e.action}@{e.channel}") for e in world.log.sorted() if e.event == "sent"]

    def luck(customer: int, candidate: str) -> float:
        return normal(draws.words(customer, POLICY, f"rule:r/action:{candidate}", 0))

    candidates = ["mail@email", "mail@app", "other@app"]
    assert taken == [(i, max(candidates, key=lambda candidate: luck(i, candidate))) for i in range(20)]
    assert {name for _, name in taken} == set(candidates)
    assert sum(world.beliefs.tries.values()) == 20
    assert sum(world.beliefs.successes.values()) == 0


# 17


def test_planned_sends_go_to_the_most_promising_then_by_number_until_the_money_is_spent(run: Run) -> None:
    """The later rule promises more, 0.5 x 0.5 against 0.2 x 0.5; five sends of 0.75 leave too little of 4 for more."""
    tables = loop(
        horizon=2,
        population={"size": 5},
        orchestration={"policy": "rules", "gap_hours": 0, "budget": {"per_day": 4}},
        channels=[{"id": "app", "response_rate": 0.5}],
        actions=[{"id": "good", "channels": ["app"], "open_rate": 0.5}, {"id": "bad", "channels": ["app"]}],
        rules=[
            {"id": "b", "when": {"at": 0.5}, "do": "bad"},
            {"id": "g", "when": {"at": 0.5}, "do": "good", "if": [["visits", "<", 9]]},
        ],
    )
    tables["actions"] = [action | {"cost": 0.75} for action in tables["actions"]]
    told = [(e.rule, e.customer) for e in run(tables) if e.event == "sent"]
    assert sorted(told) == [*(("g", i) for i in range(5))]
    refused = [(e.rule, e.customer, e.value) for e in run(tables) if e.event == "ruled_out"]
    assert refused == [("b", i, 9.0) for i in range(5)]


def test_a_triggered_send_passes_when_its_draw_is_below_the_throttle(run: Run) -> None:
    """All of the pilot's 20 are due on the first of four days: S_0 = D_0 = 5, and a day's 2 is 0.4 of it."""
    tables = loop(
        horizon=4,
        population={"size": 20},
        orchestration={"policy": "rules", "gap_hours": 0, "budget": {"per_day": 2}},
        actions=[{"id": "mail", "channels": ["email"], "cost": 1}],
        rules=[{"id": "r", "when": {"count": "visits", "reaches": 1}, "do": "mail", "delay": 0.25}],
    )
    draws = Draws(1, 0)
    passes = [draws.uniform(i, THROTTLE, "rule:r", 0) < 0.4 for i in range(20)]
    assert sends(run(tables)) == [(i, 0.25, "email" if passes[i] else "budget") for i in range(20)]
    assert len(set(passes)) == 2


def test_what_costs_nothing_always_passes_and_does_not_count_as_asked(run: Run) -> None:
    """The pilot's 20 second messages are due on the first of four days, as above; the first ones are not counted."""
    tables = loop(
        horizon=4,
        population={"size": 20},
        orchestration={"policy": "rules", "gap_hours": 0, "budget": {"per_day": 2}},
        channels=[{"id": "app", "open_rate": 0}, {"id": "email", "open_rate": 0, "cost": 1}],
        actions=[{"id": "mail", "channels": ["app", "email"], "support_after": 0.25}],
        rules=[{"id": "r", "when": {"count": "visits", "reaches": 1}, "do": "mail", "delay": 0.25}],
    )
    draws = Draws(1, 0)
    passes = [draws.uniform(i, THROTTLE, "rule:r", 0) < 0.4 for i in range(20)]
    free = [(i, 0.25, "app") for i in range(20)]
    assert sends(run(tables)) == [*free, *((i, 0.5, "email" if passes[i] else "budget") for i in range(20))]


def test_the_pilot_sends_in_batches_too_so_that_its_triggered_sends_are_those_of_the_run(run: Run) -> None:
    """Both rules are due at 0.5; a batch comes before the triggered send, which then conflicts in the pilot too."""
    tables = loop(
        horizon=1,
        population={"size": 20},
        orchestration={"policy": "rules", "gap_hours": 4, "budget": {"per_day": 100}},
        actions=[{"id": "mail", "channels": ["email"], "cost": 1}],
        rules=[
            {"id": "t", "when": {"count": "visits", "reaches": 1}, "do": "mail", "delay": 0.5, "priority": 1},
            {"id": "p", "when": {"at": 0.5}, "do": "mail", "priority": 1},
        ],
    )
    assert sends(run(tables)) == [(i, 0.5, what) for i in range(20) for what in ("email", "conflict")]
    assert world_of(tables).purse.shape == [0.0]


# 18


@pytest.mark.parametrize(
    ("mean", "u", "number"), [(0, 1.0, 0), (1, 0.3, 0), (1, 0.5, 1), (1, 0.75, 2), (2, math.exp(-2), 0), (2, 0.95, 5)]
)
def test_how_many_there_are(mean: float, u: float, number: int) -> None:
    """P(Poisson(1) <= 0, 1, 2) is 0.368, 0.736, 0.920; P(Poisson(2) <= 4, 5) is 0.947, 0.983."""
    assert poisson(mean, u) == number


def test_bought_customers_have_numbers_of_their_channel_and_meet_there_first(run: Run) -> None:
    """50 (1 - exp(-30 / (1 x 50))) = 22.56 arrivals are expected."""
    tables = loop(
        channels=[
            {"id": "app"},
            {"id": "ads", "acquisition": {"spend": 30, "cost_per_arrival": 1, "saturation": 50}},
            {"id": "off", "enabled": False, "acquisition": {"spend": 30, "cost_per_arrival": 1, "saturation": 50}},
        ],
        population={"size": 2, "arrivals": {"pattern": "poisson", "over": 4}},
    )
    u = uniform53(Draws(1, 0).words(0, BOUGHT, "channel:ads"))
    number, below, term = 0, math.exp(-22.559418195), math.exp(-22.559418195)
    while below < u:
        number += 1
        term *= 22.559418195 / number
        below += term
    first = zlib.crc32(b"channel:ads") << 32
    assert {e.customer for e in run(tables)} == {0, 1, *range(first, first + number)}
    for customer in range(first, first + number):
        entered = [e.channel for e in run(tables) if (e.customer, e.event) == (customer, "enter")]
        assert entered[0] == "ads"
        assert set(entered[1:]) <= {"app"}


# 19


def test_friends_have_numbers_drawn_from_the_referrers_and_arrive_after_the_delay(run: Run) -> None:
    tables = loop(
        horizon=3,
        transitions=[{"from": "home", "to": "gone", "share": 1, "delay": 1}],
        referrals={"at": ["gone"], "rate": 2, "delay": 1.5},
    )
    draws = Draws(1, 0)
    told = poisson(2, uniform53(draws.words(0, REFERRAL, "touchpoint:gone", 0)))
    blocks = [draws.words(0, FRIEND, "referrals", j) for j in range(told)]
    numbers = {((words[1] | 2**31) << 32) + words[0] for words in blocks}
    arrivals = {e.customer: e.time for e in run(tables) if e.event == "enter" and e.touchpoint == "home"}
    assert arrivals == {0: 0} | dict.fromkeys(numbers, 2.5)
    assert min(numbers, default=2**63) >= 2**63


def test_happier_customers_tell_more_friends() -> None:
    """An experience of 1 makes the sentiment 0.25: exp(8 x 0.25) = 7.4 times as many at a rate of 1."""
    tables = loop(
        horizon=0.5,
        touchpoints=[{"id": "home", "start": True, "emotion": {"mean": 1, "sd": 0}}, {"id": "gone", "exit": "churn"}],
        referrals={"at": ["home"], "rate": 1, "sentiment": 8, "delay": 0.5},
    )
    u = uniform53(Draws(1, 0).words(0, REFERRAL, "touchpoint:home", 0))
    assert world_of(tables).customers[0].friends == poisson(math.exp(2), u) > 0
