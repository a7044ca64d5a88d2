"""XES as a table of its events, worked out by hand."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.files.xes import flatten, name_cases

ASKED = {"case": "concept:name", "activity": "concept:name", "time": "time"}


def attributes(**values: str) -> str:
    return "".join(f'<string key="{key.replace("_", ":")}" value="{value}"/>' for key, value in values.items())


def event(**values: str) -> str:
    return f"<event>{attributes(**values)}</event>"


def flat(folder: Path, log: str, **asked: str) -> list[list[str]]:
    """The lines of the table but for the fingerprints, which come last, and these as numbers from 0."""
    target = folder / "flat.csv"
    columns = flatten(io.BytesIO(log.encode()), asked or ASKED, target, "log.xes")
    first, *lines = csv.reader(target.read_text().splitlines())
    assert tuple(first) == columns
    prints = list(dict.fromkeys(line[-1] for line in lines))
    return [first, *([*line[:-1], str(prints.index(line[-1]))] for line in lines)]


def refusal(folder: Path, log: str, **asked: str) -> FitError:
    with pytest.raises(FitError) as caught:
        flat(folder, log, **asked)
    assert {each.file for each in caught.value.findings} == {"log.xes"}
    return caught.value


def test_each_event_is_a_line_with_its_trace(tmp_path: Path) -> None:
    look = event(concept_name=" Look \n around", time="1", lifecycle_transition="start")
    log = (
        '<log xmlns="http://www.xes-standard.org/"><global><string key="concept:name" value="none"/></global>'
        f"<trace>{look}{event(time='2')}{attributes(concept_name='c  1')}{look}</trace>"
        f"<trace>{event(concept_name='Buy', time='3')}</trace></log>"
    )
    assert flat(tmp_path, log) == [
        ["lifecycle", "case", "activity", "time", "trace", "print"],
        ["start", "c 1", "Look around", "1", "1", "0"],
        ["", "c 1", "c 1", "2", "1", "1"],
        ["start", "c 1", "Look around", "1", "1", "0"],
        ["", "", "Buy", "3", "2", "2"],
    ]


def test_a_case_is_looked_for_on_the_trace_first_and_all_else_on_the_event_first(tmp_path: Path) -> None:
    both = f"<log><trace>{attributes(who='trace', what='trace')}{event(who='event', what='event')}</trace></log>"
    asked = {"case": "who", "activity": "what", "channel": "case:what", "lifecycle": "who"}
    assert flat(tmp_path, both, **asked)[1] == ["event", "trace", "event", "trace", "1", "0"]
    one = f"<log><trace>{attributes(what='trace')}{event(who='event')}</trace></log>"
    assert flat(tmp_path, one, **asked)[1] == ["event", "event", "trace", "trace", "1", "0"]
    # The name of an event is that of its activity, never of its case.
    assert flat(tmp_path, f"<log><trace>{event(concept_name='Look', time='1')}</trace></log>")[1][1] == ""


def test_only_attributes_of_the_trace_and_the_event_themselves_are_read(tmp_path: Path) -> None:
    nested = f'<string key="time" value="1">{attributes(concept_name="inner")}</string><string value="no key"/>'
    log = f'<log><trace><string key="empty"/>{nested}<event>{nested}</event></trace></log>'
    asked = {"case": "empty", "activity": "time", "time": "time"}
    assert flat(tmp_path, log, **asked)[1] == ["", "", "1", "1", "1", "0"]
    assert "concept:name" in str(refusal(tmp_path, log, case="concept:name", time="time"))


def test_a_log_without_traces_has_no_events_and_misses_nothing(tmp_path: Path) -> None:
    assert flat(tmp_path, f"<log><event/><x><trace>{event(time='1')}</trace></x></log>") == [
        [*("lifecycle", *ASKED), "trace", "print"]
    ]


def test_an_attribute_that_occurs_nowhere_is_named_with_the_nearest(tmp_path: Path) -> None:
    log = f"<log><trace>{attributes(town='x')}{event(what='Look', when='1')}</trace></log>"
    caught = refusal(tmp_path, log, case="town", activity="wat", time="case:when", channel="case:town", value="zzzzz")
    assert [line.partition(' did you mean "case:')[0] for line in str(caught).splitlines()] == [
        'log.xes: attribute wat: the log has no attribute of this name; did you mean "what"?',
        "log.xes: attribute case:when: the log has no attribute of this name;",
        "log.xes: attribute zzzzz: the log has no attribute of this name; known attributes: case:town, what, when",
    ]
    assert flat(tmp_path, log, case="case:town", time="when", lifecycle="lifecycle:transition")[1][1] == "x"


def test_what_is_no_xes_or_is_damaged_is_told_with_its_line(tmp_path: Path) -> None:
    page = refusal(tmp_path, '<html xmlns="x"/>').findings
    assert [(each.line, each.problem, each.remedy) for each in page] == [
        (1, "this is XML, but not an XES log: its first element is <html>, not <log>", "give a CSV, Parquet or XES log")
    ]
    (cut,) = refusal(tmp_path, "<log>\n<trace>\n").findings
    assert (cut.line, cut.remedy) == (3, "give a whole XES file")
    assert cut.problem.startswith("the XML is damaged or cut off (")


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def cases(
    connection: duckdb.DuckDBPyConnection, *rows: tuple[str, str], case: str = "concept:name"
) -> tuple[list[str | None], tuple[str, ...]]:
    """The case of each row of case and trace, and what is said."""
    values = ", ".join(f"('{name}', '{trace}')" for name, trace in rows)
    connection.execute(f'CREATE OR REPLACE TABLE flat AS SELECT * FROM (VALUES {values}) AS v("case", trace)')
    expression, notes = name_cases(connection, "flat", case)
    return [each for (each,) in connection.execute(f"SELECT {expression} FROM flat AS t").fetchall()], notes


def test_traces_are_cases_of_their_own_where_names_are_shared_or_none_has_one(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert cases(connection, ("a", "1"), ("a", "1"), ("b", "2"), (" ", "3")) == (["a", "a", "b", " "], ())
    shared = (("a", "1"), ("a", "2"), ("b", "3"), ("b", "4"), ("b", "5"), ("c", "6"), (" ", "7"), (" ", "8"))
    note = "2 names are those of 5 traces: each trace is a case of its own"
    told = ["a #1", "a #2", "b #3", "b #4", "b #5", "c #6", None, None]
    assert cases(connection, *shared) == (told, (note,))
    assert cases(connection, *shared, case="case:concept:name") == (told, (note,))
    assert cases(connection, *shared, case="who") == ([name for name, _ in shared], ())
    unnamed = ("no trace has a name: each is a case of its own",)
    assert cases(connection, ("", "1"), (" ", "2")) == (["1", "2"], unnamed)
