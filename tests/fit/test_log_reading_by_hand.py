"""The table of rows that a log of any format becomes, row by row."""

import datetime
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from sim.fit import FitError
from sim.fit.files.log_reading import Columns, Manner, Source, read_log

Row = tuple[int, *tuple[str | None, ...]]
WHO = Columns(" who ", "what", "when")
ALL = Columns("who", "what", "when", channel="where", value="money", order="place", lifecycle="step")
EMPTY = "log.csv: the log has no events; give a log with one row for each event"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


class Reads:
    """Reads logs in a folder of their own, which is as it was afterwards."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection = connection
        self.path = folder / "log.csv"
        self.scratch = folder / "scratch"
        self.scratch.mkdir()

    def __call__(
        self, content: str | bytes, columns: Columns = WHO, manner: Manner | None = None
    ) -> tuple[Source, list[Row]]:
        """Where the rows come from, and the rows but for what they are told apart by."""
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.again(columns, manner)

    def again(self, columns: Columns = WHO, manner: Manner | None = None) -> tuple[Source, list[Row]]:
        source = read_log(self.connection, self.path, columns, self.scratch, manner)
        assert list(self.scratch.iterdir()) == []
        found = self.connection.execute("SELECT * EXCLUDE (print) FROM rows ORDER BY row")
        assert [each[0] for each in found.description] == [
            *("row", "case_id", "activity", "moment", "channel", "worth", "sequence", "step"),
        ]
        return source, found.fetchall()

    def refusal(self, content: str | bytes, columns: Columns = WHO, manner: Manner | None = None) -> str:
        with pytest.raises(FitError) as caught:
            self(content, columns, manner)
        assert {each.file for each in caught.value.findings} == {"log.csv"}
        return str(caught.value)

    def prints(self) -> list[int]:
        """The rows' fingerprints, as numbers from 0 in the order in which they first occur."""
        found = [each for (each,) in self.connection.execute("SELECT print FROM rows ORDER BY row").fetchall()]
        return [list(dict.fromkeys(found)).index(each) for each in found]


@pytest.fixture
def read(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> Reads:
    return Reads(connection, tmp_path)


def plain(*rows: tuple[str | None, ...]) -> list[Row]:
    """The rows with nothing but case, activity and time."""
    return [(number, *row, None, None, None, None) for number, row in enumerate(rows, 1)]


TWO = plain(("a", "Look", "2026-03-01"), ("b", "Buy", "2026-03-02"))
TABLE = "who,what,when\na,Look,2026-03-01\nb,Buy,2026-03-02\n"
FULL = "who,what,when,where,money,place,step\n a ,Look,1,web,2.50,7,Start\n,,,,,,\n"
FULL_ROWS = [(1, "a", "Look", "1", "web", "2.50", "7", "start"), (2, *[None] * 7)]


def test_a_table_is_read_as_trimmed_text_and_what_is_empty_is_null(read: Reads) -> None:
    assert read(FULL, ALL) == (Source("log.csv", "csv", 2, (), 1, ","), FULL_ROWS)
    assert read(FULL, Columns("who", "what", "when", order="where"))[1][0] == (
        *(1, "a", "Look", "1", None, None, "web", None),
    )


def test_rows_are_told_apart_by_every_column_of_the_file(read: Reads) -> None:
    read("who,what,when,else\na,b,c,d\na,b,c,e\na,b,c,d\n")
    assert read.prints() == [0, 1, 0]
    read.connection.execute("DROP TABLE rows")
    read(json.dumps([{"who": "a", "what": "b", "when": "c", "else": each} for each in "ded"]))
    assert read.prints() == [0, 1, 0]


def test_the_lines_above_are_counted_and_told(read: Reads) -> None:
    source, rows = read("A report\n\n" + TABLE)
    assert rows == TWO
    assert source == Source("log.csv", "csv", 2, ('2 lines above the table skipped ("A report")',), 3, ",")
    assert (source.line(1), source.line(2)) == (4, 5)


def test_without_a_header_the_first_line_is_an_event(read: Reads) -> None:
    numbered = Columns("1", "2", "3")
    source, rows = read(TABLE.partition("\n")[2].replace(",", ";"), numbered, Manner(header=False))
    assert (source, rows) == (Source("log.csv", "csv", 2, (), 0, ";"), TWO)
    assert source.line(1) == 1


@pytest.mark.parametrize("kind", ["csv", "workbook", "json", "parquet", "xes"])
def test_only_tables_and_workbooks_have_lines(kind: str) -> None:
    line = Source("log", kind, 9, (), 2).line(5)  # type: ignore[arg-type]
    assert line == (7 if kind in ("csv", "workbook") else None)


def test_a_date_and_a_clock_become_one_time_and_midnight_is_taken_for_no_clock(read: Reads) -> None:
    text = "who,what,when,clock\n"
    text += "".join(
        f"a,b,{day},{clock}\n"
        for day, clock in (
            ("2026-03-01", " 10:30 "),
            ("2026-03-01 00:00", "10:30"),
            ("2026-03-01T0:00:00.000", "10:30"),
            ("2026-03-01 00:01", "10:30"),
            ("2026-03-01", ""),
            ("", "10:30"),
        )
    )
    _, rows = read(text, Columns("who", "what", "when", clock="clock"))
    assert [row[3] for row in rows] == [*["2026-03-01 10:30"] * 3, "2026-03-01 00:01 10:30", "2026-03-01", "10:30"]


def test_a_column_of_steps_is_found_unless_one_is_asked_for(read: Reads) -> None:
    text = "who,what,when,lifecycle,phase\na,b,c,START,done\na,b,d,Complete,begin\na,b,e,x,y\n"
    whole = text.replace("a,b,e,x,y\n", "a,b,e,start,ended\n" * 2)
    assert [row[7] for row in read(whole)[1]] == ["start", "complete", "start", "start"]
    asked = Columns("who", "what", "when", lifecycle="phase")
    assert [row[7] for row in read(whole, asked)[1]] == ["done", "begin", "ended", "ended"]
    # Not where it is asked for as something else, nor where another word is among its first values.
    assert [row[7] for row in read(whole, Columns("who", "what", "when", channel="lifecycle"))[1]] == [None] * 4
    assert [row[7] for row in read(text + "a,b,f,start,begin\n")[1]] == [None] * 4


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_in_windows_letters_is_read_and_told_and_one_whose_encoding_is_asked_for_is_not_told(
    read: Reads, packed: bool
) -> None:
    def bytes_of(text: str, encoding: str) -> bytes:
        return gzip.compress(text.encode(encoding)) if packed else text.encode(encoding)

    text = "who,what,when\nä,Café €,2026\nb,Buy,2026\n"
    rows = plain(("ä", "Café €", "2026"), ("b", "Buy", "2026"))
    told = "the text is not UTF-8; it was read as Windows-1252 (use --encoding if names look wrong)"
    assert read(bytes_of(text, "cp1252")) == (Source("log.csv", "csv", 2, (told,), 1, ","), rows)
    assert read(bytes_of("\n" + text, "cp1252"))[0].before == 2
    untold = Source("log.csv", "csv", 2, (), 1, ",")
    assert read(bytes_of(text, "cp1252"), WHO, Manner(encoding="cp1252")) == (untold, rows)
    assert read(bytes_of(text, "utf-16")) == (untold, rows)
    assert read(bytes_of(text.replace("\n", "\r\n", 1), "utf-8")) == (untold, rows)
    above = bytes_of("Überschrift\n" + text, "cp1252")
    assert read(above)[0].notes == (told, '1 line above the table skipped ("Überschrift")')


def test_letters_that_are_no_utf_8_far_below_are_read_as_windows_letters_unless_utf_8_is_asked_for(read: Reads) -> None:
    text = TABLE + "a,Look,2026-03-01\n" * 4000
    content = text.encode() + "b,Café,2026\n".encode("cp1252")
    source, rows = read(content)
    assert source.notes[0].startswith("the text is not UTF-8; it was read as Windows-1252")
    assert (len(rows), rows[-1][2]) == (4003, "Café")
    assert "log.csv" in read.refusal(content, WHO, Manner(encoding="utf-8"))
    # Another fault of the file is told as it is.
    assert read.refusal(TABLE + "a,b\n" + "a,b,c\n" * 30) == (
        "log.csv:4: the line has 2 fields, the first line 3; correct or remove this line"
    )
    assert list(read.scratch.iterdir()) == []


def test_a_refused_table_leaves_nothing_behind(read: Reads) -> None:
    assert "column when: the log has no column" in read.refusal("who,what,Ähm\na,b,c\n".encode("cp1252"))
    assert list(read.scratch.iterdir()) == []


@pytest.mark.parametrize("content", ["who,what,when\n", "[]", '{"events": []}\n' * 2, "<log></log>"])
def test_a_log_without_events_is_refused(read: Reads, content: str) -> None:
    told = "log.csv: column who: the log has no column of this name; there are no columns"
    assert read.refusal(content).splitlines()[0] == (told if content.startswith("{") else EMPTY)


def events(*rows: tuple[object, ...], names: tuple[str, ...] = ("who", "what", "when")) -> list[dict[str, object]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


JSON = events(("a", "Look", "2026-03-01"), ("b", "Buy", "2026-03-02"))


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(JSON),
        "\n".join(map(json.dumps, JSON)),
        json.dumps({"page": 1, "tags": ["one"], "it's": JSON}),
        gzip.compress(json.dumps(JSON).encode()),
        json.dumps(JSON).encode("utf-16"),
        json.dumps({"events": JSON}).encode("utf-16"),
    ],
    ids=lambda _: "content",  # what is packed holds the time
)
def test_events_in_json_are_objects_in_a_list_on_lines_or_in_the_only_list_of_one_object(
    read: Reads, content: str | bytes
) -> None:
    assert read(content) == (Source("log.csv", "json", 2), TWO)


def test_one_object_with_several_lists_or_a_short_one_is_an_event(read: Reads) -> None:
    one = {**JSON[0], "tags": [1, 2], "items": [{"price": 1}, {"price": 2}]}
    assert read(json.dumps(one)) == (Source("log.csv", "json", 1), TWO[:1])
    asked = Columns("who", "what", "when", value="items.price")
    assert "column items.price: one event holds up to 2 values of it" in read.refusal(json.dumps(one), asked)
    short = {**JSON[0], "items": [{"price": 1}]}
    assert read(json.dumps(short)) == (Source("log.csv", "json", 1), TWO[:1])


@pytest.mark.parametrize("content", ["[[1, 2], [3, 4]]", '[{"who": "a", "what": "b", "when": "c"}, [1]]', "[[1], {}]"])
def test_json_of_anything_but_objects_is_refused(read: Reads, content: str) -> None:
    assert read.refusal(content) == (
        "log.csv: the JSON holds events that are no objects with named fields; "
        'write each event like {"customer": "c1", "event": "order", "time": …}'
    )


def test_fields_inside_others_are_found_by_the_end_of_their_name_and_that_is_told(read: Reads) -> None:
    nested = [
        {"user": {"who": "a"}, "it": {"what": "b", "when": "c"}, "lifecycle": "start"},
        {"user": {"who": "d"}, "it": {"what": "e"}, "lifecycle": None},
    ]
    asked = Columns("user.who", "what", "when", channel="it.what")
    assert read(json.dumps(nested), asked) == (
        Source("log.csv", "json", 2, ('"what" is taken from it.what', '"when" is taken from it.when')),
        [(1, "a", "b", "c", "b", None, None, "start"), (2, "d", "e", None, "e", None, None, None)],
    )
    named = Columns("user.who", "it.what", "it.when", lifecycle="it.what")
    assert [row[7] for row in read(json.dumps(nested), named)[1]] == ["b", "e"]
    other = [{**each, "lifecycle": "sold"} for each in nested]
    assert [row[7] for row in read(json.dumps(other), asked)[1]] == [None, None]


def test_json_in_windows_letters_is_told_first(read: Reads) -> None:
    content = json.dumps([{"it": {**each, "what": "Café"}} for each in JSON], ensure_ascii=False).encode("cp1252")
    source, rows = read(content)
    assert [row[2] for row in rows] == ["Café", "Café"]
    assert [note.partition(" ")[0] for note in source.notes] == ["the", '"who"', '"what"', '"when"']
    assert read(content, WHO, Manner(encoding="cp1252"))[0].notes == source.notes[1:]
    assert "the JSON is damaged" in read.refusal(content[:-3])


def parquet(read: Reads, select: str) -> None:
    read.connection.execute(f"COPY ({select}) TO '{read.path}' (FORMAT parquet)")


def test_parquet_is_read_with_structs_and_lists(read: Reads) -> None:
    parquet(
        read,
        """
        SELECT 'a' AS who, {'what': 'Look', 'items': [{'price': 2}]} AS "it""s", DATE '2026-03-01' AS "when", 1 AS more
        UNION ALL BY NAME SELECT 'b' AS who, {'what': 'Buy', 'items': []} AS "it""s", NULL AS "when", 2 AS more
        """,
    )
    asked = Columns("who", "what", "when", value="price", order="more")
    source, rows = read.again(asked)
    assert source == Source(
        "log.csv", "parquet", 2, ('"what" is taken from it"s.what', '"price" is taken from it"s.items.price')
    )
    assert rows == [
        (1, "a", "Look", "2026-03-01", None, "2", "1", None),
        (2, "b", "Buy", None, None, None, "2", None),
    ]
    with pytest.raises(FitError, match=r'column whn: .*; did you mean "when"'):
        read.again(Columns("who", "what", "whn"))


def test_a_column_of_steps_is_found_in_parquet_unless_one_is_asked_for(read: Reads) -> None:
    parquet(
        read,
        """
        SELECT 'a' AS who, 'b' AS what, range AS "when", [1] AS list, 'x' AS blob,
               ['start', 'complete', NULL][range + 1] AS phase, 'done' AS other
        FROM range(3)
        """,
    )
    assert [row[7] for row in read.again()[1]] == ["start", "complete", None]
    asked = Columns("who", "what", "when", lifecycle="other")
    assert [row[7] for row in read.again(asked)[1]] == ["done"] * 3
    assert [row[7] for row in read.again(Columns("who", "what", "when", channel="phase"))[1]] == [None] * 3
    assert read.again()[0] == Source("log.csv", "parquet", 3)


def test_parquet_of_nested_columns_alone_has_no_column_of_steps(read: Reads) -> None:
    parquet(read, "SELECT {'who': 'a', 'what': 'Look', 'when': '2026-03-01'} AS e UNION ALL SELECT NULL")
    assert read.again(Columns("e.who", "e.what", "e.when"))[1] == [TWO[0], (2, *[None] * 7)]
    parquet(read, "SELECT MAP {'who': 'a', 'what': 'Look', 'when': '2026-03-01'} AS e")
    assert read.again()[1] == TWO[:1]


def test_a_workbook_is_read_from_its_sheet_and_leaves_nothing_behind(read: Reads) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["A report"], ["who", "what", "when"], ["a", "Look", datetime.date(2026, 3, 1)], ["b", "Buy", "x"]):
        sheet.append(row)
    book.create_sheet("Empty")
    book.save(read.path)
    source, rows = read.again()
    assert rows == plain(("a", "Look", "2026-03-01"), ("b", "Buy", "x"))
    notes = (
        'of the 2 sheets number 1, "Sheet", was read (another: --sheet NAME)',
        '1 line above the table skipped ("A report,,")',
    )
    assert source == Source("log.csv", "workbook", 2, notes, 2, ",")
    with pytest.raises(FitError) as caught:
        read.again(WHO, Manner(sheet="Empty"))
    assert str(caught.value) == "log.csv: the sheet is empty; give a log with one row for each event"
    assert caught.value.findings[0].file == "log.csv"


XES = """<log><trace><string key="name" value="t"/>
<event><string key="who" value="a"/><string key="what" value="Look"/><string key="when" value="2026-03-01"/></event>
<event><string key="who" value="b"/><string key="what" value="Buy"/><string key="when" value="2026-03-02"/></event>
</trace></log>"""


@pytest.mark.parametrize("content", [XES, gzip.compress(XES.encode())])
def test_xes_is_read_in_the_order_of_the_file(read: Reads, content: str | bytes) -> None:
    assert read(content) == (Source("log.csv", "xes", 2), TWO)
    assert read.prints() == [0, 1]


def test_the_names_of_traces_are_told_where_several_share_one(read: Reads) -> None:
    trace = '<trace><string key="concept:name" value="t"/><event><string key="what" value="w"/></event></trace>'
    source, rows = read(f"<log>{trace * 2}</log>", Columns("concept:name", "what", "what"))
    assert source.notes == ("1 names are those of 2 traces: each trace is a case of its own",)
    assert [row[1] for row in rows] == ["t #1", "t #2"]
    assert read.prints() == [0, 0]
