"""Who gets an action, and what takes the others out: by hand, and against the event log of drawn scenarios."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis.strategies import SearchStrategy

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, REASONS, STEPS, History
from sim.outcomes import ALL, measure
from sim.outcomes.eligibility import eligibility_table
from sim.outcomes.eligibility_steps import STEP_IDS, shares
from tests.drawing import check_drawn
from tests.histories import NEVER, Person, history
from tests.outcomes.test_messages import brand
from tests.strategies import Drawn
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

SECONDS = 45
SENT = STEPS.index("sent")


def rows(*names: tuple[str, str, str]) -> np.ndarray:
    """Where each customer stands towards the news, the greeting and the receipt."""
    return np.array([[STEPS.index(name) for name in row] for row in names], np.int8)


PEOPLE = [Person(), Person(), Person(segment=1), Person(segment=1), Person(arrival=999)]
STOOD = rows(
    ("sent", "not-triggered", "sent"),
    ("capped", "not-triggered", "sent"),
    ("opted-out", "not-there", "sent"),
    ("condition", "not-triggered", "sent"),
    ("not-triggered", "not-triggered", "not-triggered"),
)


def test_steps_are_those_of_the_engine_in_its_order() -> None:
    assert STEP_IDS == STEPS


def test_customers_who_arrived_are_counted_by_action_and_step() -> None:
    of = brand()
    measured = measure(history(of, PEOPLE, steps=STOOD), of, "base", 0.0)
    assert measured.eligibility == {
        "news": {"condition": 1, "opted-out": 1, "capped": 1, "sent": 1},
        "hello": {"not-triggered": 3, "not-there": 1},
        "receipt": {"sent": 4},
    }
    assert measured.segment_eligibility == {
        "new": {"news": {"capped": 1, "sent": 1}, "hello": {"not-triggered": 2}, "receipt": {"sent": 2}},
        "known": {
            "news": {"condition": 1, "opted-out": 1},
            "hello": {"not-triggered": 1, "not-there": 1},
            "receipt": {"sent": 2},
        },
    }


def test_shares_are_of_all_who_arrived_over_all_replications() -> None:
    counts = [{"sent": 1.0, "capped": 3.0}, {"sent": 4.0, "condition": 2.0}, {}]
    found = shares(counts)
    assert list(found) == ["condition", "capped", "sent"]
    assert [found[step].mean for step in found] == pytest.approx([2 / 10, 3 / 10, 5 / 10])
    assert shares([{}]) == {}


def test_who_got_nothing_in_90_days_is_a_share_of_those_who_are_followed_that_long() -> None:
    """Of a run of 100 days: 20 got something soon, 12 late or never, 5 came too late to tell."""
    of = brand(horizon=100)
    soon = [Person(arrival=10, first_sent=99.9)] * 20
    late = [Person(first_sent=90), Person(first_sent=NEVER), *[Person(arrival=10, first_sent=100)] * 10]
    people = [*soon, *late, *[Person(arrival=10.5, first_sent=11)] * 5]
    measured = measure(history(of, people), of, "base", 0.0)
    assert measured.sums[ALL]["nothing_90"] == (12, 32)


def test_who_got_nothing_is_not_told_of_a_short_run_nor_of_few() -> None:
    of = brand(horizon=89)
    assert measure(history(of, PEOPLE), of, "base", 0.0).absent["nothing_90"] == "the run is shorter than 90 days"
    of = brand(horizon=100)
    assert "too few of the arrivals" in measure(history(of, PEOPLE), of, "base", 0.0).absent["nothing_90"]


def test_segments_are_told_apart_unless_they_are_very_many() -> None:
    of = brand(segments=[{"id": f"s{number}"} for number in range(400)])
    people = [Person(segment=number) for number in range(400)]
    assert measure(history(of, people), of, "base", 0.0).segment_eligibility == {}


@pytest.mark.parametrize("drawing", [orchestrated_scenarios, sharing_scenarios], ids=["alone", "sharing"])
@pytest.mark.parametrize(
    ("examples", "seconds"), [(25, 0), pytest.param(100, max(SECONDS, 60), marks=pytest.mark.slow)]
)
def test_steps_add_up_to_all_who_arrived_and_agree_with_the_event_log(
    examples: int, seconds: float, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    reached = dict.fromkeys(STEPS, 0.0)

    def agree(drawn: Drawn) -> None:
        program = compile_program(drawn.scenario, drawn.reference)
        found = simulate(program, drawn.seed, 0, events=True)
        arrived = found.customers.arrival <= found.horizon
        table = eligibility_table(found, arrived)
        assert set(table) == (set(found.actions) if arrived.any() else set())
        for action, counts in table.items():
            assert sum(counts.values()) == arrived.sum()
            for step, count in counts.items():
                reached[step] += count
            logged = furthest_logged(found, found.actions.index(action))
            # The log tells every step but those of which nothing is noted.
            told = np.isin(found.steps[:, found.actions.index(action)], [STEPS.index(step) for step in NOT_NOTED])
            assert (np.where(told, 0, found.steps[:, found.actions.index(action)]) == np.where(told, 0, logged)).all()

    check_drawn(drawing(), agree, examples, seconds)
    assert all(reached[step] for step in ("not-triggered", "condition", "opted-out", "sent"))


NOT_NOTED = ("condition", "left", "pending", "other-action", "not-there", "unavailable")
"""`not-there` and `unavailable` are noted where nothing can be chosen, and not of each alternative."""


def furthest_logged(found: History, action: int) -> np.ndarray:
    """By customer, the furthest step that the event log tells of an action."""
    events = found.events
    assert events is not None
    furthest = np.zeros(len(found.customers.number), np.int8)
    of_action = events.action == action
    for code, reason in enumerate(REASONS):
        noted = of_action & (events.event == EVENTS.index("ruled_out")) & (events.value == code)
        np.maximum.at(furthest, events.customer[noted], STEPS.index(reason))
    np.maximum.at(furthest, events.customer[of_action & (events.event == EVENTS.index("sent"))], SENT)
    return furthest
