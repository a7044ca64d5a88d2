"""The oracle against known answers, traces worked by hand, and theory."""

import ast
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from sim.scenario.channels_and_desks import Desk
from sim.scenario.distributions import Beta, BetaPrime, Empirical, Gamma

from .both import Run
from .desk import agents_by_time
from .distributions import drawn, from_table, mean
from .draws import Draws, first_in_race, normal, philox, uniform32, uniform53
from .hours import HourlyWeights, scaled_to_mean_1
from .simulate import Event

ONES = 2**32 - 1


def trace(events: list[Event], customer: int) -> list[tuple[float, str]]:
    """Days to six decimals and what happened to one customer, experiences left out."""
    return [(round(e.time, 6), e.event) for e in events if e.customer == customer and e.event != "experience"]


def test_the_oracle_shares_nothing_with_the_engine_but_the_words_of_a_scenario() -> None:
    parts = ("distributions", "journey", "orchestration", "people", "channels_and_desks", "scenario")
    # The last two lay the values of a phase or a shock over the tables of a file.
    words = {f"sim.scenario.{part}" for part in (*parts, "tables", "addresses.overriding")}
    imported = set()
    for file in Path(__file__).parent.glob("*.py"):
        if file.stem not in {"both", "comparing", *(test.stem for test in Path(__file__).parent.glob("test_*.py"))}:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    imported.add(node.module or "")
                elif isinstance(node, ast.Import):
                    imported |= {name.name for name in node.names}
    assert {module for module in imported if module.split(".")[0] in ("sim", "app")} <= words


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_blocks_are_the_known_answers_of_random123(counter: Any, key: Any, answer: Any) -> None:
    assert philox(counter, key) == answer


def test_a_block_is_addressed_by_customer_site_purpose_and_occurrence() -> None:
    # 0xCBF43926 is the published check value of CRC-32; the purpose stands in the top eight bits of the last word.
    words = Draws(7, 3).words(2**32 + 5, 2, "123456789", 2**24 + 9)
    assert words == philox((5, 1, 0xCBF43926, 2 * 2**24 + 9), (7, 3))


def test_uniforms_stay_within_their_limits() -> None:
    assert uniform53((0, 0, 0, 0)) == 2.0**-53
    assert uniform53((0, ONES, ONES, 0)) == 1.0
    assert uniform32(0) == 2.0**-33
    assert uniform32(ONES) < 1


def test_normals_are_standard_normal() -> None:
    draws = Draws(11, 0)
    sample = [normal(draws.words(customer, 10, "touchpoint:x")) for customer in range(2000)]
    assert stats.kstest(sample, "norm").pvalue > 0.001


def test_a_race_is_won_in_proportion_to_weight_and_never_by_weight_0() -> None:
    draws = Draws(12, 0)
    winners = [
        first_in_race([1.0, 0.0, 3.0], [draws.uniform(customer, 9, f"touchpoint:x@{c}") for c in "abc"])
        for customer in range(2000)
    ]
    assert winners.count(1) == 0
    assert stats.binomtest(winners.count(2), 2000, 0.75).pvalue > 0.001
    assert first_in_race([1.0, 2.0], [0.25, 0.0625]) == 0, "equal results go to the first"
    assert first_in_race([0.0, 0.0], [0.5, 0.5]) is None


@pytest.mark.parametrize("z", [-8.4, -3.001, -0.2, 0.0, 0.777, 3.3, 6.01, 8.4])
def test_tabulated_quantiles_are_those_of_the_family_within_1e_4(z: float) -> None:
    gamma = stats.gamma(0.4, scale=5.0)
    beta = stats.beta(2.0, 0.7)
    for family, first, second, exact in (("gamma", 2.0, 0.4, gamma), ("beta", 2.0, 0.7, beta)):
        quantile = exact.ppf(stats.norm.cdf(z)) if z <= 0 else exact.isf(stats.norm.sf(z))
        assert from_table(family, first, second, z) == pytest.approx(quantile, rel=1e-4)
    # The odds of a beta: P(X <= x) of the betaprime is P(B <= x / (1 + x)); the other tail is that of 1 / X.
    odds = from_table("betaprime", 2.0, 0.7, z)
    tail = stats.beta.cdf(odds / (1 + odds), 2.0, 0.7) if z <= 0 else stats.beta.cdf(1 / (1 + odds), 0.7, 2.0)
    assert tail == pytest.approx(stats.norm.cdf(-abs(z)), rel=2e-4)


def test_the_far_lower_tail_of_a_beta_follows_its_power_law() -> None:
    """P(X <= x) is about x^a / (a B(a, b)) for small x; a plain quantile function may fail here."""
    p = float(stats.norm.cdf(-8.25))
    assert from_table("beta", 0.5, 2.0, -8.25) == pytest.approx((p * 0.5 * special.beta(0.5, 2.0)) ** 2, rel=1e-4)


def test_drawn_values_have_the_mean_of_their_family() -> None:
    draws = Draws(13, 0)
    for family in (
        Gamma(family="gamma", mean=3, shape=2),
        Beta(family="beta", a=2, b=3),
        BetaPrime(family="betaprime", a=3, b=6),
        Empirical(family="empirical", quantiles=(1.0, 2.0, 10.0)),
    ):
        sample = [drawn(family, draws.words(customer, 13, "transition:x")) for customer in range(3000)]
        assert abs(np.mean(sample) - mean(family)) < 4 * np.std(sample) / math.sqrt(len(sample))


def test_two_customers_at_one_agent_wait_give_up_and_are_served(run: Run) -> None:
    """One agent, 30 minutes each; patience 45 minutes: 0 is served at once, 1 after 30 minutes, 2 gives up after 45."""
    events = run(
        {
            "horizon": 1,
            "population": {"size": 3},
            "touchpoints": [
                {"id": "call", "start": True, "desk": "line", "goal": {"kind": "completion"}},
                {"id": "end", "exit": "completed"},
            ],
            "transitions": [{"from": "call", "to": "end", "share": 1, "delay": 0.5}],
            "desks": [{"id": "line", "agents": 1, "service_minutes": 30, "patience_minutes": 45}],
        }
    )
    ask = [(0.0, "enter"), (0.0, "asked")]
    half_hour, hour = round(0.5 / 24, 6), round(1 / 24, 6)
    end_0, end_1, end_2 = (round(0.5 + minutes / 1440, 6) for minutes in (30, 60, 45))
    assert trace(events, 0) == [*ask, (0, "served"), (half_hour, "completion"), (end_0, "enter"), (end_0, "completed")]
    assert trace(events, 1) == [
        *ask,
        (half_hour, "served"),
        (hour, "completion"),
        (end_1, "enter"),
        (end_1, "completed"),
    ]
    assert trace(events, 2) == [*ask, (0.03125, "gave_up"), (end_2, "enter"), (end_2, "completed")]
    waits = {e.customer: e.value for e in events if e.event in ("served", "gave_up")}
    assert waits == pytest.approx({0: 0, 1: 30, 2: 45})
    felt = {e.customer: e.value for e in events if e.event == "experience"}
    assert felt == pytest.approx({0: 0, 1: -0.15 * 3, 2: -0.15 * 3}), "three units of ten minutes at most"


def shift_desk(**changes: Any) -> dict[str, Any]:
    """Customer i asks at 6:00 (cohort, a quarter of a day on the way); the desk has one agent from 12:00 to 18:00."""
    desk = {"id": "line", "shifts": [{"from": 12, "to": 18, "agents": 1}], "service_minutes": 180, **changes}
    return {
        "horizon": 2,
        "population": {"size": 2},
        "touchpoints": [
            {"id": "home", "start": True},
            {"id": "call", "desk": "line"},
            {"id": "end", "exit": "churn"},
        ],
        "transitions": [
            {"from": "home", "to": "call", "share": 1, "delay": 0.25},
            {"from": "call", "to": "end", "share": 1},
        ],
        "desks": [desk],
    }


def test_who_asks_at_a_closed_desk_is_turned_away_at_once(run: Run) -> None:
    events = run(shift_desk())
    assert trace(events, 1)[1:4] == [(0.25, "enter"), (0.25, "asked"), (0.25, "turned_away")]
    assert trace(events, 1)[4:] == [(0.25, "enter"), (0.25, "churn")]


def test_patience_that_ends_exactly_when_the_shift_begins_has_ended(run: Run) -> None:
    events = run(shift_desk(closed="wait", patience_minutes=360))
    for customer in (0, 1):
        assert trace(events, customer)[2:4] == [(0.25, "asked"), (0.5, "gave_up")]


def test_those_who_wait_for_the_desk_to_open_are_served_in_order_and_past_its_end(run: Run) -> None:
    events = run(shift_desk(closed="wait", service_minutes=300, patience_minutes=100_000))
    assert trace(events, 0)[3:5] == [(0.5, "served"), (0.708333, "enter")]
    assert trace(events, 1)[3:5] == [(0.708333, "served"), (0.916667, "enter")]
    assert [e.value for e in events if e.event == "served"] == pytest.approx([360, 660])


def test_a_call_back_keeps_its_place_over_night_and_waits_0_minutes(run: Run) -> None:
    events = run(shift_desk(closed="call-back", service_minutes=360, patience_minutes=1))
    assert trace(events, 0)[2:5] == [(0.25, "asked"), (0.25, "called_back"), (0.5, "served")]
    # At 18:00 the contact ends (rank 0) before the shift does (rank 1), so the next one is still taken.
    assert trace(events, 1)[2:6] == [(0.25, "asked"), (0.25, "called_back"), (0.75, "served"), (1.0, "enter")]
    assert [e.value for e in events if e.event == "served"] == [0, 0]


def test_who_queues_when_the_desk_closes_is_turned_away_with_the_wait_they_had(run: Run) -> None:
    tables = shift_desk(service_minutes=600)
    tables["transitions"][0]["delay"] = 0.5
    events = run(tables)
    assert trace(events, 1)[2:4] == [(0.5, "asked"), (0.75, "turned_away")]
    assert [e.value for e in events if e.event == "turned_away"] == [360]


def test_who_asks_when_an_agent_becomes_free_finds_the_agent_free(run: Run) -> None:
    """Customer 1's own entry stands later in the order than the end of customer 0's service at the same time."""
    tables = shift_desk(agents=1, shifts=[], service_minutes=360, closed="wait", call_back_above=0)
    tables["population"] = {"size": 1}
    tables["transitions"][1] = {"from": "call", "to": "call", "share": 1}
    events = run(tables)
    assert trace(events, 0)[1:7] == [
        (0.25, "enter"),
        (0.25, "asked"),
        (0.25, "served"),
        (0.5, "enter"),
        (0.5, "asked"),
        (0.5, "served"),
    ]
    assert not [e for e in events if e.event == "called_back"]


def test_a_shift_past_midnight_has_begun_before_day_0_and_overlapping_shifts_add_up() -> None:
    desk = Desk.model_validate(
        {
            "id": "night",
            "service_minutes": 1,
            "shifts": [
                {"days": "sun,tue-wed", "from": 22, "to": 6, "agents": 2},
                {"days": "tue", "from": 0, "to": 24, "agents": 1},
                {"days": "wed", "from": 0, "to": 6, "agents": 3},
            ],
        }
    )
    at_day_0, changes = agents_by_time(desk, weekday_of_day_0=0, horizon=3)
    assert at_day_0 == 2
    assert [change for change in changes if change[0] < 3] == [
        (6 / 24, 0),
        (1, 1),
        (1 + 22 / 24, 3),
        (2, 5),
        (2 + 6 / 24, 0),
        (2 + 22 / 24, 2),
    ]


def test_under_single_integration_another_channel_loses_the_context_and_the_first_one_is_taken_again(run: Run) -> None:
    events = run(
        {
            "horizon": 3.5,
            "population": {"size": 1},
            "channels": [{"id": "web"}, {"id": "phone", "mix": 50}],
            "integration": {"mode": "single"},
            "touchpoints": [
                {"id": "site", "start": True, "channels": ["web"]},
                {"id": "call", "channels": ["phone"]},
                {"id": "either"},
            ],
            "transitions": [
                {"from": "site", "to": "call", "share": 1, "delay": 1},
                {"from": "call", "to": "either", "share": 1, "delay": 1},
                {"from": "either", "to": "site", "share": 1, "delay": 1},
            ],
        }
    )
    contacts = [(e.time, e.event, e.channel, e.value) for e in events if e.event != "experience"]
    assert contacts == [
        (0, "enter", "web", None),
        (1, "enter", "phone", None),
        (1, "handoff", "phone", 0),
        (2, "enter", "web", None),
        (2, "handoff", "web", 0),
        (3, "enter", "web", None),
    ]
    assert [e.value for e in events if e.event == "experience"] == pytest.approx([0, -0.3, -0.3, 0])


def office_hours() -> HourlyWeights:
    week = [1.0 if hour // 24 < 5 and 8 <= hour % 24 < 16 else 0.0 for hour in range(168)]
    return HourlyWeights(scaled_to_mean_1(week), weekday_of_day_0=0)


def test_the_activity_clock_stands_still_out_of_office_hours() -> None:
    """Forty office hours a week: one of them is 168 / 40 / 24 = 0.175 days of activity."""
    hours = office_hours()
    nine_on_monday, saturday = hours.integral(Fraction(9, 24)), hours.integral(Fraction(11, 2))
    assert float(nine_on_monday) == pytest.approx(0.175)
    assert float(saturday) == pytest.approx(7)
    assert float(hours.reached(saturday)) == pytest.approx(4 + 16 / 24), "Friday, 16:00"
    assert float(hours.reached(nine_on_monday + 7)) == pytest.approx(7 + 9 / 24)


def test_absorption_and_visits_agree_with_the_fundamental_matrix(run: Run) -> None:
    """Shares are probabilities where traits, emotions and channels are left out (Kemeny and Snell 1960)."""
    states, ends = ["look", "weigh", "buy"], ["advocate", "leave"]
    moves = np.array([[0.3, 0.4, 0.0, 0.0, 0.3], [0.1, 0.3, 0.2, 0.1, 0.3], [0.0, 0.3, 0.2, 0.4, 0.1]])
    inverse = np.linalg.inv(np.eye(3) - moves[:, :3])
    size = 1500
    events = run(
        {
            "horizon": 1000,
            "population": {"size": size},
            "touchpoints": [
                {"id": "look", "start": True},
                {"id": "weigh"},
                {"id": "buy"},
                {"id": "advocate", "exit": "completed"},
                {"id": "leave", "exit": "churn"},
            ],
            "transitions": [
                {
                    "from": source,
                    "to": target,
                    "share": float(moves[i, j]),
                    "delay": {"family": "exponential", "mean": 1},
                }
                for i, source in enumerate(states)
                for j, target in enumerate(states + ends)
            ],
        }
    )
    advocates = sum(event.event == "completed" for event in events)
    assert advocates + sum(event.event == "churn" for event in events) == size, "everybody ends once"
    assert stats.binomtest(advocates, size, float((inverse @ moves[:, 3:])[0, 0])).pvalue > 0.001
    for i, state in enumerate(states):
        visits = np.zeros(size)
        for event in events:
            if event.event == "enter" and event.touchpoint == state:
                visits[event.customer] += 1
        assert abs(visits.mean() - inverse[0, i]) < 3.5 * visits.std() / math.sqrt(size)


def test_the_logit_of_the_choice_moves_by_coefficient_times_covariate(run: Run) -> None:
    """Propensity 1: progress + 0.5, exit - 0.3; attrition 2: exits doubled; price index e: progress - 2, exit + 0.5."""
    size = 1500
    events = run(
        {
            "horizon": 2,
            "population": {"size": size},
            "segments": [{"id": "one", "traits": {"propensity": 1, "attrition": 2}}],
            "behaviour": {"price_index": math.e},
            "touchpoints": [
                {"id": "offer", "start": True},
                {"id": "buy", "stage": "purchase"},
                {"id": "browse"},
                {"id": "leave", "exit": "churn"},
            ],
            "transitions": [
                {"from": "offer", "to": "buy", "share": 2},
                {"from": "offer", "to": "browse", "share": 1},
                {"from": "offer", "to": "leave", "share": 0.3},
            ],
        }
    )
    weights = np.array([2 * math.exp(0.5 - 2), 1, 0.3 * 2 * math.exp(-0.3 + 0.5)])
    entered = [
        sum(e.event == "enter" and e.touchpoint == touchpoint for e in events)
        for touchpoint in ("buy", "browse", "leave")
    ]
    assert sum(entered) == size
    assert stats.chisquare(entered, size * weights / weights.sum()).pvalue > 0.001


def test_the_same_seed_gives_the_same_events_and_an_edit_elsewhere_leaves_the_luck_alone(run: Run) -> None:
    tables = shift_desk(closed="wait")
    tables["population"] = {"size": 5, "arrivals": {"pattern": "poisson"}}
    first = run(tables)
    assert first == run(tables)
    assert first != run(tables, replication=1)
    tables["touchpoints"].insert(0, {"id": "elsewhere"})
    tables["transitions"].insert(0, {"from": "elsewhere", "to": "end", "share": 1})
    assert first == run(tables)
