"""What of a log's rows and events counts, in which order, and what is said of the rest, worked out by hand."""

from collections.abc import Iterator, Sequence

import duckdb
import pytest

from sim.fit.cells.empty_words import is_nothing, left_out_notes, real_cases
from sim.fit.events.refunds import name_refunds, refund_rate
from sim.fit.events.same_time import make_steps
from sim.fit.files import lifecycle


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def fill(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
    marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in rows)
    connection.execute(f"INSERT INTO {table} VALUES {marks}", [value for row in rows for value in row])


def counted(connection: duckdb.DuckDBPyConnection, *rows: tuple[str, str | None]) -> tuple[list[str], list[str]]:
    """The rows (activity and step) that count, and what is said of the others; the usable ones are not called x."""
    fill(connection, "rows", "activity VARCHAR, step VARCHAR", [*rows, ("x", "complete"), ("x", "start")])
    usable = "activity <> 'x'"
    rule, notes = lifecycle.kept(connection, usable)
    found = connection.execute(f"SELECT activity || ':' || coalesce(step, '') FROM rows WHERE {usable} AND {rule}")
    return [each for (each,) in found.fetchall()], notes


def test_of_an_activity_that_is_completed_its_completions_and_rows_without_a_step_count(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = [("a", "start"), ("a", "complete"), ("a", "schedule"), ("a", None), ("it's", "done"), ("it's", "begin")]
    assert counted(connection, *rows, ("b", "complete"), ("c", "suspend"), ("d", None)) == (
        ["a:complete", "a:", "it's:done", "b:complete", "c:suspend", "d:"],
        ['3 events left out that only start, schedule … "a", "it\'s": only completions count'],
    )


def test_of_an_activity_that_is_only_ever_started_its_starts_count(connection: duckdb.DuckDBPyConnection) -> None:
    started = [("a", "begin"), ("a", "schedule"), ("b", "start")]
    assert counted(connection, *started) == (
        ["a:begin", "b:start"],
        ['1 events left out that only schedule … "a", "b": only starts count'],
    )
    # Where others are completed, and nothing is left out of the started ones, they are told.
    assert counted(connection, ("a", "start"), ("b", "complete"), ("b", "start")) == (
        ["a:start", "b:complete"],
        [
            '1 events left out that only start, schedule … "b": only completions count',
            '"a": started and never completed, so each start counts',
        ],
    )
    assert counted(connection, ("a", "start"), ("b", "complete"))[1] == [
        '"a": started and never completed, so each start counts'
    ]


@pytest.mark.parametrize(
    "rows", [[("a", "start"), ("b", "start")], [("a", None)], [("a", "suspend"), ("a", "start"), ("a", "start")][:1]]
)
def test_where_nothing_is_completed_and_nothing_but_started_all_count_without_a_word(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[str, str | None]]
) -> None:
    assert counted(connection, *rows) == ([f"{activity}:{step or ''}" for activity, step in rows], [])


def test_six_activities_are_named_the_ones_with_the_most_steps_first(connection: duckdb.DuckDBPyConnection) -> None:
    both = [(name, step) for name in "gfedcba" for step in ("start", "end")]
    listed = '"d", "a", "b", "c", "e", "f"'
    assert counted(connection, *both, ("d", "start"))[1] == [
        f"8 events left out that only start, schedule … {listed} …: only completions count"
    ]
    assert counted(connection, *both[2:], ("d", "start"))[1] == [
        f"7 events left out that only start, schedule … {listed}: only completions count"
    ]


@pytest.mark.parametrize("word", ["complete", "completed", "end", "ended", "finish", "finished", "done", "closed"])
def test_each_word_for_completed_counts(connection: duckdb.DuckDBPyConnection, word: str) -> None:
    for other in ("start", "started", "begin", "began", "resume", "withdrawn"):
        assert counted(connection, ("a", other), ("a", word))[0] == [f"a:{word}"]


@pytest.mark.parametrize(
    ("name", "values", "is_found"),
    [
        ("Lifecycle:Transition", ["reassign", ""], True),
        ("life cycle id", ["PI_ABORT"], True),
        ("transition", ["manualskip", "unknown"], True),
        ("lifecycle_state", ["completed"], True),
        ("status", ["Start", "COMPLETE"], True),
        ("status", ["started", "completed"], False),
        ("lifecycle", ["start", "paid"], False),
        ("my transition", ["start"], False),
    ],
)
def test_a_column_of_steps_is_told_by_its_name_and_by_its_words(name: str, values: list[str], is_found: bool) -> None:
    rows = [("c", each) for each in values]
    assert lifecycle.find(["case", name], rows, ["case"]) == (name if is_found else None)


def test_a_column_with_a_telling_name_comes_first_and_rows_may_be_short_or_long() -> None:
    rows = [("start", "start", "more"), ("complete",), ("complete", "end")]
    assert lifecycle.find(["state", "lifecycle"], rows, []) == "lifecycle"
    assert lifecycle.find(["state", "phase"], rows, []) == "state"
    assert lifecycle.find(["state", "phase"], rows[:1] * 2, []) is None


def test_no_more_than_twenty_different_words_are_looked_at() -> None:
    words = [*lifecycle.START, *lifecycle.COMPLETE, *lifecycle.OTHER[:8]]
    assert len(words) == 20
    assert lifecycle.find(["lifecycle"], [(each,) for each in [*words, "paid"]], []) == "lifecycle"
    assert lifecycle.find(["lifecycle"], [(each,) for each in [*words[:19], "paid"]], []) is None


def test_words_for_nothing_are_told_in_any_case(connection: duckdb.DuckDBPyConnection) -> None:
    words = ["NULL", "n/a", "''", '""', "—", "#DIV/0!", None]
    fill(connection, "rows", "word VARCHAR", [[each] for each in [*words, "nothing", "0", "x"]])
    found = connection.execute(f"SELECT word FROM rows WHERE {is_nothing('word')}").fetchall()
    assert [each for (each,) in found] == words


def cases(connection: duckdb.DuckDBPyConnection, **events: int) -> list[str]:
    """Words for nothing that are real cases, of cases with so many events."""
    rows = [[case] for case, many in events.items() for _ in range(many)]
    fill(connection, "rows", "case_id VARCHAR", [*rows, ["-"], [None]])
    return real_cases(connection)


def test_a_word_for_nothing_is_a_case_where_the_other_ids_are_written_like_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    codes = {f"{first}{second}": 2 for first in "ABDE" for second in "VWXYZ"}
    assert cases(connection, **codes, NA=2) == ["NA"]
    assert cases(connection, **codes, na=2) == []
    assert cases(connection, **codes, NAN=2) == []
    assert cases(connection, **{each.lower(): 1 for each in codes}, na=2, NA=1) == ["na"]
    assert cases(connection, Ann=1, Bo=1, Nil=1, Null=1, Nan=1) == ["Nan", "Nil", "Null"]
    assert cases(connection, Ann=1, Bo=1, NULL=1) == []
    assert cases(connection, NA=5) == []
    # Nineteen of twenty others alike are enough, eighteen of nineteen are not.
    few = dict(list(codes.items())[:19])
    assert cases(connection, **few, other=2, NA=2) == ["NA"]
    few.popitem()
    assert cases(connection, **few, other=2, NA=2) == []


def test_a_word_with_more_than_ten_times_the_events_of_others_is_no_case(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert cases(connection, AV=1, BV=3, NA=20) == ["NA"]
    assert cases(connection, AV=1, BV=3, NA=21) == []


def test_rows_without_a_case_are_told_by_their_words_the_most_frequent_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    def said(*words: str | None) -> list[str]:
        fill(connection, "rows", "who VARCHAR", [[each] for each in (*words, "c1")])
        return left_out_notes(connection, "who", "customer id", "who IS NULL OR who <> 'c1'")

    assert said() == []
    assert said(None, None) == ['2 rows left out: "customer id" is empty']
    assert said("-", "-", None) == ['3 rows left out: "customer id" holds nothing: "-" (2), empty (1)']
    assert said(*"abcdee") == [
        '6 rows left out: "customer id" holds nothing: "e" (2), "a" (1), "b" (1), "c" (1), "d" (1)'
    ]
    assert said(*"abcde", *["-"] * 1234) == [
        '1,239 rows left out: "customer id" holds nothing: "-" (1,234), "a" (1), "b" (1), "c" (1), "d" (1) …'
    ]


EVENT = (
    "row INTEGER, case_id VARCHAR, activity VARCHAR, happened BIGINT, channel VARCHAR, worth DOUBLE, sequence VARCHAR"
)


def steps(
    connection: duckdb.DuckDBPyConnection, *events: tuple[str, str, int, str | None], order: str | None = None
) -> tuple[list[str], list[str]]:
    """Each case's activities in their order, and what is said; events are case, activity, time and position."""
    rows = [
        (number, case, activity, time, f"on {number}", number / 2, position)
        for number, (case, activity, time, position) in enumerate(events, 1)
    ]
    fill(connection, "events", EVENT, rows)
    names = sorted({activity for _, activity, _, _ in events} - {"x"})
    fill(connection, "kinds", "activity VARCHAR, number INTEGER", [(name, 10 + k) for k, name in enumerate(names)])
    notes = make_steps(connection, order)
    found = connection.execute("SELECT case_id, source FROM steps ORDER BY case_id, position").fetchall()
    told: dict[str, str] = {}
    for case, source in found:
        told[case] = told.get(case, f"{case}:") + names[source - 10]
    return list(told.values()), notes


def test_each_step_tells_its_event_the_next_and_the_first_of_its_case(connection: duckdb.DuckDBPyConnection) -> None:
    found, notes = steps(
        connection,
        ("c", "B", 70, None),
        ("d", "A", 5, None),
        ("c", "A", 50, None),
        ("c", "A", 55, None),
        ("c", "x", 1, None),
    )
    assert (found, notes) == (["c:AAB", "d:A"], [])
    assert connection.execute(
        "SELECT case_id, row, source, target, happened, gap, position, start, start_row, channel, worth, later "
        "FROM steps ORDER BY case_id, position"
    ).fetchall() == [
        ("c", 3, 10, 10, 50, 5, 1, 50, 3, "on 3", 1.5, True),
        ("c", 4, 10, 11, 55, 15, 2, 50, 3, "on 4", 2.0, False),
        ("c", 1, 11, None, 70, None, 3, 50, 3, "on 1", 0.5, None),
        ("d", 2, 10, None, 5, None, 1, 5, 2, "on 2", 1.0, None),
    ]


def of(case: str, *events: tuple[str, int]) -> list[tuple[str, str, int, None]]:
    return [(case, activity, time, None) for activity, time in events]


KEPT = "they are in the order of the file (another: --order COLUMN)"
TURNED = "their order was reversed (another order: --order COLUMN)"


def test_equal_times_keep_the_order_of_a_file_that_runs_forwards(connection: duckdb.DuckDBPyConnection) -> None:
    forward = of("c", ("A", 1), ("C", 2), ("B", 2))
    assert steps(connection, *forward) == (
        ["c:ACB"],
        [f"50 % of the steps (1) are between events at the same time; {KEPT}"],
    )
    thirds = [*forward, *of("d", ("A", 1), ("B", 2))]
    assert steps(connection, *thirds)[1] == [f"33.3 % of the steps (1) are between events at the same time; {KEPT}"]


def test_equal_times_are_turned_round_in_a_file_that_runs_backwards(connection: duckdb.DuckDBPyConnection) -> None:
    backward = of("c", ("B", 3), ("C", 3), ("A", 2), ("A", 1))
    assert steps(connection, *backward) == (
        ["c:AACB"],
        ["the file runs backwards in time: 33.3 % of the steps (1) are between events at the same time; " + TURNED],
    )
    # One change of time that goes back is not enough, and one in twenty that go forward is no reason not to.
    assert steps(connection, *of("c", ("B", 3), ("C", 3), ("A", 2)))[0] == ["c:ABC"]
    back = [each for number in range(18) for each in of(f"d{number}", ("A", 2), ("A", 1))]
    assert (
        steps(connection, *of("c", ("B", 3), ("C", 3), ("A", 2)), *back, *of("e", ("A", 1), ("A", 2)))[0][0] == "c:ACB"
    )
    assert steps(connection, *of("c", ("B", 3), ("C", 3), ("A", 2)), *back[2:], *of("e", ("A", 1), ("A", 2)))[0][0] == (
        "c:ABC"
    )


def test_where_each_case_has_one_time_the_rows_tell_the_direction(connection: duckdb.DuckDBPyConnection) -> None:
    cases = [of(f"c{time}", ("A", time), ("B", time)) for time in range(1, 4)]
    up, down = [each for case in cases for each in case], [each for case in cases[::-1] for each in case]
    assert steps(connection, *up)[0] == ["c1:AB", "c2:AB", "c3:AB"]
    assert steps(connection, *down)[0] == ["c1:BA", "c2:BA", "c3:BA"]
    assert steps(connection, *down[:4])[0] == ["c2:AB", "c3:AB"]
    # Inside cases it is the case that tells, whatever the rows do, also where as much goes back as on.
    many = [each for time in range(60, 0, -1) for each in of(f"c{time}", ("A", time), ("B", time))]
    assert "c7:BA" in steps(connection, *many)[0]
    assert "c7:AB" in steps(connection, *many, *of("d", ("A", -1), ("B", -2)), *of("e", ("A", -5), ("B", -4)))[0]
    assert steps(connection, *down, *of("d", ("A", 8), ("A", 9)))[0][:1] == ["c1:AB"]


def test_a_column_tells_the_order_of_equal_times_as_numbers_where_all_are(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    def ordered(*positions: str | None) -> str:
        events = [("c", activity, 1, position) for activity, position in zip("ABC", positions, strict=True)]
        ((found,), (note,)) = steps(connection, *events, order="position")
        assert note == '100 % of the steps (2) are between events at the same time; "position" tells their order'
        return found

    assert ordered("10", "9", "1") == "c:CBA"
    assert ordered("10", "9", "b") == "c:ABC"
    assert ordered(None, "9", "1.5") == "c:CBA"
    assert ordered("1", "1", "0") == "c:CAB"
    assert ordered(None, "b", None) == "c:BAC"
    assert steps(connection, *of("c", ("A", 1), ("B", 2)), order="position") == (["c:AB"], [])


def refunds(
    connection: duckdb.DuckDBPyConnection, goals: Sequence[str], *events: tuple[str, float | None]
) -> tuple[frozenset[str], list[str], list[str]]:
    """The refunds, what is said, and the activities of the events as they then are."""
    fill(
        connection,
        "events",
        "row INTEGER, activity VARCHAR, worth DOUBLE",
        [(k, *each) for k, each in enumerate(events)],
    )
    found, notes = name_refunds(connection, goals)
    activities = connection.execute("SELECT activity FROM events ORDER BY row").fetchall()
    return found, notes, [each for (each,) in activities]


def test_negative_amounts_of_a_goal_become_refunds_of_their_own(connection: duckdb.DuckDBPyConnection) -> None:
    events = [("Buy", 10.0), ("Buy", -1234.5), ("Buy", -0.25), ("Visit", None), ("Fee", 0.0), ("Fee", -3.0)]
    two = '2 negative amounts of "Buy" (1,234.75 in all)'
    one = '1 negative amounts of "Fee" (3.00 in all)'
    after = ["Buy", "Buy (refund)", "Buy (refund)", "Visit", "Fee", "Fee"]
    assert refunds(connection, ["Buy"], *events) == (
        frozenset({"Buy (refund)"}),
        [
            f'{two} are refunds: they are not goals, but "Buy (refund)", and less money (refund_rate)',
            f"{one} do not count: it is no goal (name it with --goal if they are refunds)",
        ],
        after,
    )
    assert refunds(connection, ["*"], *events)[0] == {"Buy (refund)", "Fee (refund)"}
    assert refunds(connection, [], *events) == (frozenset(), [], [each for each, _ in events])
    assert refunds(connection, ["*"], ("Buy", 0.0), ("Buy", None)) == (frozenset(), [], ["Buy", "Buy"])


def test_a_goal_that_only_ever_has_negative_amounts_is_a_refund_itself(connection: duckdb.DuckDBPyConnection) -> None:
    said = 'negative amounts of "Back" (2.00 in all) are refunds: they are not goals, but'
    assert refunds(connection, ["Back"], ("Back", -2.0)) == (
        frozenset({"Back"}),
        [f'1 {said} "Back", and less money (refund_rate)'],
        ["Back"],
    )
    for other in (None, 0.0):
        assert refunds(connection, ["Back"], ("Back", -2.0), ("Back", other))[2] == ["Back (refund)", "Back"]
    taken = [("Back", -2.0), ("Back", 1.0), ("Back (refund)", 1.0)]
    assert refunds(connection, ["Back"], *taken)[0] == {"Back (refund) (refund)"}


def test_the_refund_rate_is_of_the_money_of_several_goals_and_at_most_all_of_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    fill(connection, "steps", "source INTEGER, worth DOUBLE", [(0, 30), (1, 10), (2, -5), (3, -5), (4, 99), (5, -80)])
    assert refund_rate(connection, [0, 1], [2, 3], "TRUE") == 0.25
    assert refund_rate(connection, [0], [5], "TRUE") == 1.0
    assert refund_rate(connection, [0], [2], "worth > 0") == 0.0
    assert refund_rate(connection, [0], [2], "worth < 0") == 0.0
