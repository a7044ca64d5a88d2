"""The journey that counts show, worked out by hand: touchpoints, transitions, exits, and what is left out."""

from dataclasses import replace

import duckdb
import numpy as np
import pytest

from sim.fit.cells.times import DAY
from sim.fit.counting import Counts, Gaps
from sim.fit.events.eventlog import Activity, EventLog
from sim.fit.families import Described, describe
from sim.fit.journey import Journey, Touchpoint, Transition, make_ids, make_journey, transitions_above_floor

HOUR = DAY // 24
NAMES = ("Look", "Order", "Rare", "Lost", "News", "Never")
LOG = EventLog(
    connection=duckdb.connect(),
    name="log.csv",
    activities=tuple(Activity(number, name, 1, 1) for number, name in enumerate(NAMES)),
    cases=1000,
    events=4000,
    step=HOUR,
    first=0,
    last=100 * DAY,
    notes=(),
)
COUNTS = Counts(
    cases=1000,
    events=3914,
    starts={0: 990, 1: 10, 2: 0, 3: 0, 4: 0, 5: 0},
    visits={0: 3000, 1: 900, 2: 2, 3: 1007, 4: 5, 5: 0},
    # Of 3,000 looks 3 are the floor of a thousandth; of 2,000 orders 2 are.
    transitions={
        (0, 0): 1500,
        (0, 1): 900,
        (0, 2): 2,
        (0, 4): 3,
        (1, 0): 100,
        (1, 2): 1,
        (1, 1): 2,
        (3, 0): 7,
        (2, 2): 1,
    },
    ends={0: 595, 1: 1897, 2: 1, 3: 1000},
    recent={4: 5},
    open=3,
    position={0: 1.5, 1: 3.0, 2: 2.0, 3: 1.0, 4: 3.0, 5: 0.0},
)


def gaps_of(hours: int, many: int = 3) -> Gaps:
    return np.full(many, hours * HOUR, np.int64)


GAPS = {
    (0, 0): gaps_of(24),
    (0, 1): gaps_of(48),
    (0, 2): gaps_of(36),
    (0, 4): gaps_of(12),
    (1, 0): gaps_of(72),
    (1, 1): gaps_of(96),
    (1, 2): gaps_of(6),
    (2, 2): gaps_of(120),
}


def counted(
    transitions: dict[tuple[int, int], int], starts: dict[int, int] | None = None, ends: dict[int, int] | None = None
) -> Counts:
    """Counts of these transitions alone; cases start at the first activity and none of them is said to end."""
    return replace(
        COUNTS, transitions=transitions, starts=dict.fromkeys(range(6), 0) | (starts or {0: 9}), ends=ends or {}
    )


def always(days: float, many: int = 3) -> Described:
    return Described("fixed", (("value", days),), many, f"always {days:g} days")


def test_the_counts_become_touchpoints_transitions_and_exits_and_what_is_left_out_is_said() -> None:
    assert make_journey(LOG, COUNTS, GAPS, {1}) == Journey(
        touchpoints=(
            Touchpoint(0, "look", "Look", 3000, 990),
            Touchpoint(2, "rare", "Rare", 2, 0),
            Touchpoint(1, "order", "Order", 900, 10),
            Touchpoint(4, "news", "News", 5, 0),
        ),
        transitions=(
            Transition("look", "look", 1500, 3000, always(1)),
            Transition("look", "order", 900, 3000, always(2)),
            Transition("look", "ended", 595, 3000, None),
            Transition("look", "news", 3, 3000, always(0.5)),
            Transition("look", "rare", 2, 3000, always(1.5)),
            Transition("rare", "rare", 1, 2, always(5)),
            Transition("rare", "ended", 1, 2, None),
            Transition("order", "churned", 1897, 1999, None),
            Transition("order", "look", 100, 1999, always(3)),
            Transition("order", "order", 2, 1999, always(4)),
            Transition("news", "ended", 1, 1, None),
        ),
        exits=(("ended", "completed"), ("churned", "churn")),
        notes=(
            "1 rare transitions left out, seen 1 times in all (each below 0.1 % of what leaves its touchpoint)",
            '"Lost" (1,007 events) left out: it comes only too close to the end of the log to tell what leads there',
            '"News" is always too close to the end of the log to tell what follows: taken as an end',
        ),
    )


def test_only_exits_that_are_taken_are_there() -> None:
    assert make_journey(LOG, COUNTS, GAPS, ()).exits == (("ended", "completed"),)
    everywhere = make_journey(LOG, COUNTS, GAPS, range(6))
    assert everywhere.exits == (("churned", "churn"),)
    assert {each.target for each in everywhere.transitions if each.delay is None} == {"churned"}
    assert everywhere.leaving("news") == (Transition("news", "churned", 1, 1, None),)
    assert everywhere.leaving("nowhere") == ()


def test_exits_have_ids_that_no_touchpoint_has() -> None:
    def exits(*names: str) -> list[str]:
        named = tuple(Activity(number, name, 1, 1) for number, name in enumerate((*names, *"abcdef"[len(names) :])))
        return [each for each, _ in make_journey(replace(LOG, activities=named), COUNTS, GAPS, {1}).exits]

    assert exits("Ended", "Churned") == ["ended-exit", "churned-exit"]
    assert exits("ended exit", "Ended", "churned") == ["ended-exit-exit", "churned-exit"]
    # Those that are left out take no id.
    assert exits("a", "b", "c", "ended") == ["ended", "churned"]


def test_a_transition_is_kept_from_the_floor_on_or_as_the_most_frequent_to_its_target_from_elsewhere() -> None:
    def kept(transitions: dict[tuple[int, int], int], ends: dict[int, int]) -> set[tuple[int, int]]:
        return set(transitions_above_floor(counted(transitions, ends=ends)))

    # 2 of 2,000 are a thousandth, 2 of 2,001 are less.
    most = {(7, 1): 50}
    assert kept({(0, 1): 2, **most}, {0: 1998}) == {(0, 1), (7, 1)}
    assert kept({(0, 1): 2, **most}, {0: 1999}) == {(7, 1)}
    # Returning to itself brings nobody to a touchpoint; several transitions to it may be as frequent.
    assert kept({(1, 1): 2, (0, 1): 1}, {1: 5000, 0: 5000}) == {(0, 1)}
    assert kept({(0, 1): 2, (2, 1): 2, (3, 1): 1}, {0: 5000, 2: 5000, 3: 5000}) == {(0, 1), (2, 1)}
    assert transitions_above_floor(COUNTS) == {
        transition: seen for transition, seen in COUNTS.transitions.items() if transition != (1, 2)
    }


def test_nothing_is_said_where_nothing_is_left_out() -> None:
    whole = replace(counted({(0, 1): 5, (1, 2): 5}, ends={2: 5}), visits=dict.fromkeys(range(6), 0))
    assert make_journey(LOG, whole, dict.fromkeys(whole.transitions, gaps_of(1)), ()).notes == ()


def test_a_touchpoint_is_reached_over_several_others() -> None:
    chain = counted({(2, 3): 5, (1, 2): 5, (0, 1): 5, (4, 5): 5}, ends={3: 5})
    found = make_journey(LOG, chain, dict.fromkeys(chain.transitions, gaps_of(1)), ())
    assert [each.id for each in found.touchpoints] == ["lost", "look", "rare", "order"]
    assert [note.partition('" ')[0] for note in found.notes] == ['"News']


def delay(gaps: list[int], step: int) -> Described:
    """The delay of the only transition, of a log whose times are rounded to `step`."""
    found = make_journey(
        replace(LOG, step=step), counted({(0, 1): len(gaps)}, ends={1: 9}), {(0, 1): np.array(gaps, np.int64)}, ()
    )
    told = found.leaving("look")[0].delay
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("gaps", "log_step", "step"),
    [
        ([HOUR * each for each in (0, 1, 2, 2, 3, 5, 24, 30)], 1_000_000, HOUR),
        ([DAY * each for each in (1, 1, 2, 2, 3, 5, 9, 30)], 1_000_000, DAY),
        ([60_000_000 * each for each in (1, 1, 2, 2, 3, 5, 9, 30)], 60_000_000, 60_000_000),
        ([60_000_000 * each for each in (1, 1, 2, 2, 3, 5, 9, 30)], HOUR, HOUR),
        ([each + 1 for each in range(0, 8_000_000, 1_000_000)], 1000, 1000),
    ],
)
def test_delays_are_rounded_as_all_of_them_are_and_never_finer_than_the_log(
    gaps: list[int], log_step: int, step: int
) -> None:
    assert delay(gaps, log_step) == describe(np.array(gaps) / DAY, step / DAY, "days")
    other = 1000 if step != 1000 else DAY
    assert delay(gaps, log_step) != describe(np.array(gaps) / DAY, other / DAY, "days")


def test_fewer_than_eight_delays_and_none_at_all_tell_no_rounding() -> None:
    few = [HOUR * each for each in (1, 2, 3, 5, 9, 30, 31)]
    assert delay(few, 1000) == describe(np.array(few) / DAY, 1000 / DAY, "days")
    assert delay([0] * 9, 1000) == Described("fixed", (("value", 0.0),), 9, "always 0 days")


def test_transitions_without_delay_that_close_a_loop_take_half_of_what_times_are_rounded_to() -> None:
    # Look, order and rare follow one another at once and so on; news follows rare at once, and no loop.
    transitions = {(0, 1): 9, (1, 2): 9, (2, 0): 9, (2, 4): 9, (1, 0): 9, (4, 0): 9}
    counts = counted(transitions, ends={4: 9})
    gaps = {**dict.fromkeys(transitions, gaps_of(0)), (1, 0): gaps_of(24), (4, 0): gaps_of(48)}
    found = make_journey(LOG, counts, gaps, ())
    half = Described("fixed", (("value", 1 / 48),), 3, "always 0, in a loop: half of what times are rounded to")
    assert {(each.source, each.target): each.delay for each in found.transitions} == {
        ("look", "order"): half,
        ("order", "rare"): half,
        ("order", "look"): always(1),
        ("rare", "look"): half,
        ("rare", "news"): always(0),
        ("news", "look"): always(2),
        ("news", "ended"): None,
    }
    assert [each for each in found.notes if "loop" in each] == [
        f"{transition} always takes no time and is part of a loop, so it was given 0.021 days"
        for transition in ("look/order", "rare/look", "order/rare")
    ]


def test_ids_are_as_like_their_names_as_ids_can_be_and_all_different() -> None:
    names = ["Look", "look", "LOOK ", "Look 2", "look-2", "Straße & Café", "__x__", "-- a -- b --", "買う", "", "ﬁn 5"]
    assert make_ids(names) == [
        *("look", "look-2", "look-3", "look-2-2", "look-2-3", "strasse-cafe", "__x__", "a-b"),
        *("activity", "activity-2", "fin-5"),
    ]
