"""Neighbours of the cases: other encodings, formats, words, zones, dates, amounts and orders."""

import bz2
import datetime
import gzip
import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import zstandard

from sim.fit import FitError, Fitted, Manner, fit
from tests.fit.logs import NAMES, orders, text_of

Row = tuple[str, str, str]
START = datetime.datetime(2026, 3, 1, 10)
WIDE = ("case", "activity", "time", "amount")


def visits(customers: int = 30, written: Callable[[datetime.datetime], str] = str) -> list[Row]:
    """Each customer visits, one a day, and buys two hours later."""
    rows = []
    for number in range(customers):
        time = START + datetime.timedelta(days=number)
        rows += [(f"k{number}", "Visit", written(time))]
        rows += [(f"k{number}", "Buy", written(time + datetime.timedelta(hours=2)))]
    return rows


def fitted(folder: Path, content: str | bytes, name: str = "log.csv", **options: object) -> Fitted:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return fit(path, **{**NAMES, "scratch": folder, **options})  # type: ignore[arg-type]


def refusal(folder: Path, content: str | bytes, name: str = "log.csv", **options: object) -> str:
    with pytest.raises(FitError) as caught:
        fitted(folder, content, name, **options)
    return str(caught.value)


def counts(found: Fitted) -> dict[str, tuple[int, int]]:
    return {f"{each.source}/{each.target}": (each.seen, each.departures) for each in found.journey.transitions}


def hours(found: Fitted) -> float:
    delay = found.journey.transitions[0].delay
    assert delay is not None
    assert delay.family == "fixed"
    return float(delay.parameters[0][1]) * 24  # type: ignore[arg-type]


def notes(found: Fitted) -> str:
    return "\n".join(found.report)


BOUGHT = {"visit/buy": (30, 30), "buy/ended": (30, 30)}


@pytest.mark.parametrize(
    "content",
    [
        text_of(visits()).replace(",", "\t").encode("utf-16"),
        b"\xfe\xff" + text_of(visits()).replace(",", ";").encode("utf-16-be"),
        text_of(visits()).encode("utf-16-le"),
        text_of(visits()).encode("utf-8-sig"),
        "sep=^\r\n" + text_of(visits()).replace(",", "^").replace("\n", "\r\n"),
        "sep=;\n" + text_of(visits()).replace(",", ";"),
        "Report;Orders\nFrom;2026\n\n" + text_of(visits()).replace(",", ";").replace("\n", "\r\n"),
        '# an "open quote\n#\n' + text_of(visits()),
        text_of(visits()).replace("\n", "\r"),
        gzip.compress(text_of(visits()).encode()),
        zstandard.compress(text_of(visits()).encode()),
        bz2.compress(text_of(visits()).encode()),
        lzma.compress(text_of(visits()).encode()),
        json.dumps([dict(zip(NAMES, row, strict=True)) for row in visits()], indent=1),
        json.dumps({"page": 1, "events": [dict(zip(NAMES, row, strict=True)) for row in visits()]}),
        zstandard.compress(b"\r\n".join(json.dumps(dict(zip(NAMES, row, strict=True))).encode() for row in visits())),
        "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in visits()).encode("utf-16"),
    ],
    ids=lambda _: "content",  # what is packed holds the time
)
def test_a_log_in_any_dress_is_the_same_log(tmp_path: Path, content: str | bytes) -> None:
    found = fitted(tmp_path, content)
    assert counts(found) == BOUGHT
    assert hours(found) == pytest.approx(2)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_a_damaged_compressed_log_is_told(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    whole = pack(text_of(visits(2000)).encode())
    for damaged in (whole[: len(whole) // 2], whole[:40] + bytes(40) + whole[80:]):
        assert "the compressed file is damaged" in refusal(tmp_path, damaged)


def test_text_that_turns_out_not_to_be_utf_8_far_below_is_read_as_windows_1252(tmp_path: Path) -> None:
    rows = [(f"q{number}", "Visit", str(START)) for number in range(4000)]
    rows += [(f"q{number}", "Café €", str(START + datetime.timedelta(1))) for number in range(4000)]
    found = fitted(tmp_path, text_of(rows).encode("cp1252"))
    assert [each.name for each in found.journey.touchpoints] == ["Visit", "Café €"]


def test_a_named_encoding_is_used_and_an_unknown_one_refused(tmp_path: Path) -> None:
    content = text_of(visits()).replace("Visit", "Визит").encode("cp1251")
    found = fitted(tmp_path, content, manner=Manner(encoding="cp1251"))
    assert found.journey.touchpoints[0].name == "Визит"
    assert '"klingon" is not an encoding' in refusal(tmp_path, content, manner=Manner(encoding="klingon"))


def test_a_file_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    content = text_of(visits()).partition("\n")[2]
    assert refusal(tmp_path, content) == (
        'log.csv: the first line is not a header: it holds "2026-03-01 10:00:00"; '
        "add one, or say --no-header and give columns by number, such as --case 1"
    )
    bare = Manner(header=False)
    assert counts(fitted(tmp_path, content, case="1", activity="2", time="3", manner=bare)) == BOUGHT
    said = refusal(tmp_path, content, case="1", activity="2", time="9", manner=bare)
    assert "column 9: without a header, columns have numbers, here 1 to 3" in said


def test_a_damaged_or_shapeless_json_is_told(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in visits())
    assert "log.json:61: the JSON is damaged or cut off" in refusal(tmp_path, lines + '\n{"case": "k', "log.json")
    assert "no objects with named fields" in refusal(tmp_path, json.dumps([[1, 2], [3, 4]]), "log.json")
    assert "the log has no events" in refusal(tmp_path, "[]", "log.json")
    deep = json.dumps(dict(zip(NAMES, visits()[0], strict=True)))[:-1] + ', "x": ' + "[" * 5000 + "]" * 5000 + "}"
    for content in (deep, "[" * 9000 + "]" * 9000, '{"x": ' * 9000 + "1" + "}" * 9000):
        assert "inside one another hundreds of levels deep" in refusal(tmp_path, content, "log.json")


def test_a_list_inside_an_event_is_read_where_it_holds_one_value(tmp_path: Path) -> None:
    def lines(prices: Sequence[float]) -> str:
        items = [{"price": each} for each in prices]
        return "\n".join(json.dumps({**dict(zip(NAMES, row, strict=True)), "items": items}) for row in visits())

    found = fitted(tmp_path, lines([4.5]), value="items.price", goals=["Buy"])
    assert "value = 4.5" in found.text
    said = refusal(tmp_path, lines([4.5, 6]), value="items.price", goals=["Buy"])
    assert "column items.price: one event holds up to 2 values of it; write one value for each event" in said


def workbook(path: Path, clock_apart: bool) -> None:
    book = openpyxl.Workbook()
    book.active.append(["A report"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Log")
    sheet.append(["Exported in April"])
    sheet.append([])
    sheet.append([*NAMES, "clock"] if clock_apart else list(NAMES))
    for case, activity, text in visits():
        time = datetime.datetime.fromisoformat(text)
        sheet.append([case, activity, time.date(), time.time()] if clock_apart else [case, activity, time])
    book.save(path)


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns(tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", clock_apart=False)
    found = fit(tmp_path / "log.xlsx", **NAMES, scratch=tmp_path)
    assert (counts(found), hours(found)) == (BOUGHT, pytest.approx(2))
    assert 'of the 2 sheets number 2, "Log", was read' in notes(found)
    with pytest.raises(FitError, match='sheet Lgo: the workbook has no such sheet; did you mean "Log"'):
        fit(tmp_path / "log.xlsx", **NAMES, manner=Manner(sheet="Lgo"), scratch=tmp_path)


def test_a_workbook_may_have_date_and_clock_in_two_columns(tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", clock_apart=True)
    assert hours(fit(tmp_path / "log.xlsx", **NAMES, clock="clock", scratch=tmp_path)) == pytest.approx(2)


def test_a_table_may_have_date_and_clock_in_two_columns(tmp_path: Path) -> None:
    rows = [(case, activity, *time.split()) for case, activity, time in visits()]
    found = fitted(tmp_path, text_of(rows, (*NAMES, "clock")), clock="clock")
    assert hours(found) == pytest.approx(2)


def test_without_its_package_a_workbook_is_told_how_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "log.xlsx", clock_apart=False)
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(FitError, match=r"needs one more package; pip install 'journey-sandbox\[office\]', or save"):
        fit(tmp_path / "log.xlsx", **NAMES, scratch=tmp_path)


@pytest.mark.parametrize(
    "shape",
    [
        "%d/%m/%Y %H:%M",
        "%m/%d/%y %I:%M %p",
        "%d.%m.%y, %H:%M",
        "%d-%m-%Y:%H.%M",
        "%a %b %d %H:%M:%S CET %Y",
        "%a, %d %b %Y %H:%M:%S +0000",
        "[%d/%b/%Y:%H:%M:%S +0100]",
        "%a %b %d %Y %H:%M:%S GMT+0100 (CET)",
        "%Y%m%d%H%M%S",
        "%Y-%m-%dT%H:%M:%S.000Z",
        "%B %d, %Y at %I:%M %p",
    ],
)
def test_times_are_read_in_the_shapes_that_programs_write(tmp_path: Path, shape: str) -> None:
    found = fitted(tmp_path, text_of(visits(written=lambda time: time.strftime(shape))))
    assert hours(found) == pytest.approx(2)
    assert found.arrivals.start_date.isoformat() == "2026-03-01"


def test_day_numbers_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    first = datetime.datetime(1899, 12, 30)
    found = fitted(tmp_path, text_of(visits(written=lambda time: repr((time - first) / datetime.timedelta(1)))))
    assert (hours(found), found.arrivals.start_date.isoformat()) == (pytest.approx(2), "2026-03-01")
    assert "a spreadsheet's day numbers" in notes(found)


def test_seconds_and_milliseconds_in_one_column_are_converted(tmp_path: Path) -> None:
    units = [1, 1_000, 1_000_000, 1_000_000_000]
    rows = visits(written=lambda time: str(int(time.replace(tzinfo=datetime.UTC).timestamp())))
    mixed = [(case, activity, str(int(time) * units[row % 4])) for row, (case, activity, time) in enumerate(rows)]
    found = fitted(tmp_path, text_of([*mixed, ("k1", "Visit", "0")]))
    assert hours(found) == pytest.approx(2)
    assert "times are numbers since 1970, 15 in seconds, 15 in milliseconds" in notes(found)
    assert "1 event left out: the time (1970-01-01) lies decades apart" in notes(found)


@pytest.mark.parametrize(
    ("first", "then", "apart"),
    [("CET", "CEST", 1), ("EST", "EDT", 1), ("CST", "CDT", 1), ("GMT", "BST", 1), ("UTC", "PST", 10), ("CET", "", 3)],
)
def test_abbreviations_of_zones_mean_what_people_mean(tmp_path: Path, first: str, then: str, apart: float) -> None:
    rows = [(case, what, f"{time} {first if what == 'Visit' else then}".strip()) for case, what, time in visits()]
    assert hours(fitted(tmp_path, text_of(rows))) == pytest.approx(apart)


def test_an_abbreviation_of_several_meanings_is_refused_where_it_matters(tmp_path: Path) -> None:
    rows = [(case, what, f"{time} {'IST' if what == 'Visit' else 'GMT'}") for case, what, time in visits()]
    said = refusal(tmp_path, text_of(rows))
    assert '"IST" may be India (+05:30), Israel (+02:00) or Ireland (+01:00)' in said
    assert "say which is meant, such as --time-zone IST=+05:30" in said
    assert hours(fitted(tmp_path, text_of(rows), manner=Manner(zones={"IST": "+05:30"}))) == pytest.approx(7.5)
    alone = [(case, what, f"{time} IST") for case, what, time in visits()]
    assert "times keep their local clock (IST)" in notes(fitted(tmp_path, text_of(alone)))


@pytest.mark.parametrize(
    "word",
    [
        "NULL",
        "N/A",
        "None",
        "\\N",
        "undefined",
        "nan",
        "nil",
        "",
        "  ",
        "-",
        "(not set)",
        "#N/A",
        "0" * 32,
        "00000000-0000-0000-0000-000000000000",
        "{00000000-0000-0000-0000-000000000000}",
    ],
)
def test_a_word_for_nothing_is_neither_case_nor_activity(tmp_path: Path, word: str) -> None:
    extra = [(word, "Visit", str(START)), (word, "Buy", str(START)), ("k1", word, str(START))]
    found = fitted(tmp_path, text_of([*visits(), *extra]))
    assert counts(found) == BOUGHT
    assert '2 rows left out: "case" ' in notes(found)
    assert '1 rows left out: "activity" ' in notes(found)


def test_a_case_called_na_is_kept_where_the_others_are_countries_too(tmp_path: Path) -> None:
    codes = [first + second for first in "NMK" for second in "ABCDE"]
    rows = [(code, what, str(START + datetime.timedelta(number))) for number, what in enumerate("VB") for code in codes]
    found = fitted(tmp_path, text_of(rows))
    assert found.counts.cases == 15
    assert '"NA" taken as a case like others' in notes(found)
    many = rows + [("NA", "V", str(START + datetime.timedelta(hours=hour))) for hour in range(30)]
    assert fitted(tmp_path, text_of(many)).counts.cases == 14


def test_an_id_that_many_share_is_left_out(tmp_path: Path) -> None:
    shared = [("guest", "Visit", str(START + datetime.timedelta(hours=hour))) for hour in range(40)]
    found = fitted(tmp_path, text_of([*visits(), *shared]))
    assert counts(found) == BOUGHT
    assert '40 events left out: "case" is "guest", with 40 % of all no single case' in notes(found)
    some = [("busy", "Visit", str(START + datetime.timedelta(hours=hour))) for hour in range(10)]
    busy = fitted(tmp_path, text_of([*visits(), *some]))
    assert busy.counts.cases == 31
    assert 'one case, "busy", has 10 events' in notes(busy)


def test_many_times_decades_apart_are_refused(tmp_path: Path) -> None:
    rows = [(case, what, time.replace("2026", "1996") if case > "k25" else time) for case, what, time in visits()]
    assert "lie decades apart from the rest" in refusal(tmp_path, text_of(rows))


def test_a_column_tells_the_order_of_equal_times(tmp_path: Path) -> None:
    steps = (("10", "Pay"), ("9", "Basket"), ("1", "Visit"))
    rows = [(f"c{n}", what, f"2026-03-{n + 1:02}", position) for n in range(20) for position, what in steps]
    found = fitted(tmp_path, text_of(rows, (*NAMES, "place")), order="place")
    assert counts(found) == {"visit/basket": (20, 20), "basket/pay": (20, 20), "pay/ended": (20, 20)}


def test_each_customers_newest_first_turns_equal_times_round(tmp_path: Path) -> None:
    steps = (("Pay", "2026-03-09"), ("Basket", "2026-03-09"), ("Visit", "2026-03-02"))
    rows = [(f"c{number}", what, day) for number in range(20) for what, day in steps]
    assert counts(fitted(tmp_path, text_of(rows)))["visit/basket"] == (20, 20)
    upright = [(f"c{number}", what, day) for number in range(20) for what, day in steps[::-1]]
    assert counts(fitted(tmp_path, text_of(upright[::-1])))["visit/basket"] == (20, 20)


@pytest.mark.parametrize(
    ("written", "delimiter", "value"),
    [
        ("1.000,50 €", ";", "1000.5"),
        ("$1,000.50", "|", "1000.5"),
        ("CHF 1'000.50", ";", "1000.5"),
        ("1 000,5 kr", ";", "1000.5"),
        ("12,25", "\t", "12.25"),
        ("1.000.000", ";", "1e+06"),
        ("0.125", ";", "0.125"),
    ],
)
def test_amounts_are_read_as_people_write_them(tmp_path: Path, written: str, delimiter: str, value: str) -> None:
    lines = [WIDE, *((*row, written if row[1] == "Buy" else "NULL") for row in visits())]
    found = fitted(tmp_path, "".join(delimiter.join(line) + "\n" for line in lines), value="amount", goals=["Buy"])
    assert f"value = {value} }}" in found.text


def test_thousands_or_decimals_are_asked_for_where_nothing_tells(tmp_path: Path) -> None:
    text = text_of([(*row, "1.234") for row in visits()], WIDE).replace(",", ";")
    said = refusal(tmp_path, text, value="amount", goals=["Buy"])
    assert (
        'it is not clear whether "1.234" has a sign for thousands or for decimals; '
        "add --decimal point or --decimal comma" in said
    )
    comma = fitted(tmp_path, text, value="amount", goals=["Buy"], manner=Manner(decimal="comma"))
    assert "value = 1234 }" in comma.text


def test_refunds_that_are_an_activity_of_their_own_count_when_named(tmp_path: Path) -> None:
    rows = [(*row, "10.00" if row[1] == "Buy" else "") for row in visits()]
    rows += [(f"k{number}", "Refund", str(START + datetime.timedelta(40)), "(5.00)") for number in range(15)]
    aside = fitted(tmp_path, text_of(rows, WIDE), value="amount", goals=["Buy"])
    assert "refund_rate" not in aside.text
    assert '15 negative amounts of "Refund" (75.00 in all) do not count: it is no goal' in notes(aside)
    counted = fitted(tmp_path, text_of(rows, WIDE), value="amount", goals=["*"])
    assert "refund_rate = 0.25 " in counted.text
    assert counted.text.count("goal = {") == 2  # Buy, and Visit without money


@pytest.mark.parametrize("column", ["lifecycle:transition", "Lifecycle", "state"])
def test_a_lifecycle_column_is_found(tmp_path: Path, column: str) -> None:
    rows = [(*row, step) for row in visits() for step in ("start", "complete")]
    assert counts(fitted(tmp_path, text_of(rows, (*NAMES, column)))) == BOUGHT


def test_a_column_of_other_states_is_no_lifecycle_unless_named(tmp_path: Path) -> None:
    rows = [(*row, step) for row in visits() for step in ("begin", "done")]
    text = text_of(rows, (*NAMES, "state"))
    assert fitted(tmp_path, text).counts.events == 120
    assert counts(fitted(tmp_path, text, lifecycle="state")) == BOUGHT


def test_orders_with_a_marketing_lifecycle_keep_all_their_events(tmp_path: Path) -> None:
    rows = [(*row, "lead") for row in orders()]
    assert fitted(tmp_path, text_of(rows, (*NAMES, "lifecycle"))).counts.events == 400
