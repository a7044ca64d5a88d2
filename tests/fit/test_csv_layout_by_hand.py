"""Where a table of text begins, worked out by hand: header, delimiter, the lines above and the first rows."""

import pytest

from sim.fit import FitError
from sim.fit.files.csv_layout import Table, find_table
from sim.fit.files.unpacking import HEAD

ASKED = ("who", "what", "when")
PLAIN = "who,what,when\n"


def found(text: str, asked: tuple[str, ...] = ASKED, header: bool = True) -> Table:
    return find_table("log.csv", text, asked, header)


def refusal(text: str, asked: tuple[str, ...] = ASKED, header: bool = True) -> str:
    with pytest.raises(FitError) as caught:
        found(text, asked, header)
    assert {each.file for each in caught.value.findings} == {"log.csv"}
    return str(caught.value)


def test_the_first_line_with_all_columns_is_the_header_and_the_last_row_may_be_cut_off() -> None:
    assert found(PLAIN + "a, b ,c\n\nd,e,f\ng,h") == Table(ASKED, ",", 0, True, (("a", "b", "c"), ("d", "e", "f")), ())
    assert found(PLAIN) == Table(ASKED, ",", 0, True, (), ())


@pytest.mark.parametrize("delimiter", list(",;\t|^~\x01"))
def test_each_delimiter_is_told_by_the_columns_under_it(delimiter: str) -> None:
    lines = [delimiter.join(each) for each in (ASKED, ("1,5", "b;c", "d|e"), ("1,5", "b;c", "d|e"))]
    assert (found("\n".join(lines)).names, found("\n".join(lines)).delimiter) == (ASKED, delimiter)


def test_the_delimiter_is_the_one_under_which_the_most_asked_columns_are_though_another_gives_more_fields() -> None:
    assert found("a;b;c;d;e,who,what\n1,2,3\n", ("who", "what")).delimiter == ","
    assert found("who\tx,y,z\n1\t2\n", ("who",)).delimiter == "\t"
    # None of them: the one under which there are the most fields.
    assert refusal("a;b;c,d\n", ("who",)) == (
        "log.csv: column who: the log has no column of this name; known columns: a, b, c,d"
    )


@pytest.mark.parametrize(
    ("above", "skip", "notes"),
    [
        ("", 0, ()),
        ("\n", 1, ()),
        ("Orders\n", 1, ('1 line above the table skipped ("Orders")',)),
        ("\n  Orders \n\n", 3, ('3 lines above the table skipped ("Orders")',)),
        ("Orders\nof 2026\n", 2, ('2 lines above the table skipped ("Orders" …)',)),
        ("x" * 61 + "\n", 1, (f'1 line above the table skipped ("{"x" * 60}")',)),
        ("#\n" * 99, 99, ('99 lines above the table skipped ("#" …)',)),
    ],
)
def test_lines_above_the_header_are_counted_and_the_first_that_says_anything_is_told(
    above: str, skip: int, notes: tuple[str, ...]
) -> None:
    table = found(above + PLAIN + "a,b,c\nd,e,f\n")
    assert (table.skip, table.notes, table.sample) == (skip, notes, (("a", "b", "c"),))


def test_a_header_is_looked_for_in_a_hundred_lines() -> None:
    above = "Orders\n" + "\n" * 98
    assert found(above + PLAIN + "a,b,c\n").skip == 99
    assert "column who" in refusal(above + "\n" + PLAIN + "a,b,c\n")


def test_where_no_line_has_the_columns_the_first_of_the_table_is_told() -> None:
    nearest = 'log.csv: column when: the log has no column of this name; did you mean "whenn"?'
    for above in ("", "\n", "  \n", "# who,what,when,whenever\n", "sep=,\n", '"sep=,"\n', "SEP=,\n"):
        assert refusal(above + "who,what,whenn\na,b,c\n") == nearest, above
    assert refusal("# one\n# two\n# three\n", ("when",)).endswith("; known columns: # one")


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [("sep=;", ";"), ('"sep=;"', ";"), ("Sep=; \r", ";"), ("\ufeffsep=;", ";"), ("sep=\\t", "\t"), ("sep=:", ":")],
)
def test_a_first_line_may_say_the_delimiter(line: str, delimiter: str) -> None:
    table = found(f"{line}\n{delimiter.join(ASKED)}\n{delimiter.join('a,bc')}\n")
    assert (table.delimiter, table.skip, table.names) == (delimiter, 1, ASKED)
    assert table.notes == (f'1 line above the table skipped ("{line.strip()}")',)


def test_what_the_first_line_says_is_taken_though_the_columns_would_be_found_under_another() -> None:
    for other in ",=p":
        assert "column who" in refusal(f"sep=;\n{other.join(ASKED)}\na,b,c\n")


def test_a_header_may_go_over_fifty_lines() -> None:
    def header(lines: int) -> str:
        return '"a' + "\n" * (lines - 1) + '","who"\nc,d\ne,f\n'

    assert found(header(50), ("who",)).sample == (("c", "d"),)
    assert "column who" in refusal(header(51), ("who",))


def test_columns_of_one_name_are_numbered_and_have_to_be_asked_for_by_it() -> None:
    text = "who,what,when,when\na,b,c,d\ne,f,g,h\n"
    assert found(text, ("who", "what", "when.2")).names == ("who", "what", "when.1", "when.2")
    assert refusal(text) == (
        'log.csv: column when: 2 columns have this name; say "when.1" for column 3 and "when.2" for column 4'
    )
    assert found("who,who,what\na,b,c\n", ("what",)).names == ("who.1", "who.2", "what")


@pytest.mark.parametrize(
    "data", ["2026-03-01", "2026/3/1 10:00", "1.3.26", "31/12/2026", "170406720", "1704067200.5", "1234567890123456789"]
)
def test_a_first_line_with_a_time_is_no_header(data: str) -> None:
    assert refusal(f"a,b,{data}\n") == (
        f'log.csv: the first line is not a header: it holds "{data}"; '
        "add one, or say --no-header and give columns by number, such as --case 1"
    )


@pytest.mark.parametrize("name", ["12345678", "12345678901234567890", "1704067200 s", "x 2026-03-01", "12-2026"])
def test_a_name_with_digits_is_a_name(name: str) -> None:
    assert "column who: the log has no column" in refusal(f"what,when,{name}\n")


def test_a_header_with_all_columns_may_hold_a_time_too() -> None:
    assert found("who,what,when,2026-03-01\na,b,c,d\n").names == (*ASKED, "2026-03-01")


def test_without_a_header_columns_have_numbers_and_the_delimiter_is_the_most_even() -> None:
    # Under ";" every line has two fields; under "," the first has two, the others three and one.
    table = found("1,5;a\n1,5,6;b\n15;c\n\n15;d", ("1", "2"), header=False)
    assert table == Table(("1", "2"), ";", 0, False, (("1,5", "a"), ("1,5,6", "b"), ("15", "c")), ())
    # As even under both: the one that gives more fields.
    assert found("a;b,c;d\ne;f,g;h\n", ("3",), header=False).delimiter == ";"
    assert found("a,b\nc,d\n", ("2",), header=False).sample == (("a", "b"),)
    # Three lines of two fields are more even than four of one; it is the first line's number of fields that counts.
    assert found("a;b\nc;d\ne;f\ng\n", ("2",), header=False).delimiter == ";"
    assert found("a;b\nc;d;e\nf;g;h\ni;j;k;l\n", ("2",), header=False).names == ("1", "2")


def test_without_a_header_twenty_lines_are_looked_at_for_the_delimiter() -> None:
    # Ten lines have three fields under "," and ten have two under ";"; the line after them would be one more for ";".
    lines = [*["a;b,c,d"] * 9, "a;b", *["a"] * 9, "a,b,c", "a;b"]
    assert found("\n".join(lines), ("3",), header=False).delimiter == ","


def test_without_a_header_the_table_begins_below_comments_and_empty_lines() -> None:
    table = found("\n# made by hand\nsep=;\na;b\nc;d\n", ("1",), header=False)
    assert (table.skip, table.delimiter, table.sample) == (3, ";", (("a", "b"),))
    assert table.notes == ('3 lines above the table skipped ("# made by hand" …)',)


def test_without_a_header_a_column_has_to_be_a_number_that_there_is() -> None:
    assert refusal("a,b\nc,d\n", ("0", "2", "3", "who"), header=False).splitlines() == [
        f"log.csv: column {each}: without a header, columns have numbers, here 1 to 2; say which number it has"
        for each in ("0", "3", "who")
    ]
    assert "here 1 to 1;" in refusal("a\nb\n", ("2",), header=False)
    assert "here 1 to 0;" in refusal("\n", ("1",), header=False)


def test_at_most_a_thousand_lines_are_a_sample_and_then_none_is_cut_off() -> None:
    def rows(lines: int) -> int:
        return len(found(PLAIN + "a,b,c\n" * lines).sample)

    assert [rows(each) for each in (2, 998, 999, 1000, 2000)] == [1, 997, 998, 999, 999]


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_first_line_may_be_long_if_it_ends(end: str) -> None:
    long = "x" * HEAD
    assert found(f"who,what,when,{long}{end}a,b,c,d{end}").names == (*ASKED, long)
    told = "log.csv: the first line has no end; give a CSV file with a header line"
    for length, problem in ((HEAD // 2, told), (HEAD // 2 - 1, "log.csv: column who: the log has no column")):
        assert refusal("x" * length).startswith(problem)
