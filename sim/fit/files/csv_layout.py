"""Where a table of text begins: its header, its delimiter and what stands above."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.fit.errors import FitError, unknown, wrong
from sim.fit.files.unpacking import HEAD
from sim.scenario import Finding

DELIMITERS = ",;\t|^~\x01"

_ABOVE = 100
"""Lines among which a header is looked for."""

_DATA = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{9,19}(\.\d+)?$")
"""What a name in a header does not look like: a time."""


@dataclass(frozen=True)
class Table:
    """How to read a table of text."""

    names: tuple[str, ...]
    """of the columns; where several had one name, it is followed by .1, .2 …"""
    delimiter: str
    skip: int
    """lines above the header, or above the first row where there is no header"""
    header: bool
    sample: tuple[tuple[str, ...], ...]
    """the first rows"""
    notes: tuple[str, ...]


def find_table(name: str, text: str, wanted: Sequence[str], header: bool) -> Table:
    """The table in the first characters of a file in which the asked columns are.

    The header is the first line that has all of them; without a `header`, columns are called 1, 2, 3 … Raises FitError
    for a column that is not there, or there more than once.
    """
    if "\n" not in text and "\r" not in text and len(text) >= HEAD // 2:
        raise wrong(name, "", "the first line has no end", "give a CSV file with a header line")
    lines = list(io.StringIO(text, newline=""))
    told = _told_delimiter(lines)
    delimiters = told or DELIMITERS
    first = next((index for index, line in enumerate(lines) if _is_table(line)), 0)
    if not header:
        return _without_header(name, lines, first, delimiters, wanted)
    header_line = next(
        (
            each
            for each in range(min(len(lines), _ABOVE))
            if not _lacking(_split(lines, each, delimiters, wanted)[1], wanted)
        ),
        first,
    )
    delimiter, names = _split(lines, header_line, delimiters, wanted)
    _check(name, names, wanted)
    sample = _rows(lines[header_line:], delimiter)[1:]
    return Table(_numbered(names), delimiter, header_line, True, sample, _above(lines[:header_line]))


def _told_delimiter(lines: Sequence[str]) -> str | None:
    """What a first line `sep=;` says, as Excel writes it."""
    match = re.match(r'"?sep=(.|\\t)"?\s*$', lines[0].removeprefix("\ufeff"), re.IGNORECASE) if lines else None
    return match[1].replace("\\t", "\t") if match else None


def _is_table(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#") and not re.match(r'"?sep=', line, re.IGNORECASE)


def _split(lines: Sequence[str], header_line: int, delimiters: str, wanted: Sequence[str]) -> tuple[str, list[str]]:
    """The delimiter under which most of the asked columns are in this line, and the names under it."""
    some = lines[header_line : header_line + 50]

    def fields(delimiter: str) -> list[str]:
        return [each.strip() for each in next(csv.reader(some, delimiter=delimiter), [])]

    best = max(delimiters, key=lambda each: (-len(_lacking(fields(each), wanted)), len(fields(each))))
    return best, fields(best)


def _lacking(names: Sequence[str], wanted: Sequence[str]) -> list[str]:
    known = {*names, *_numbered(names)}
    return [each for each in wanted if each not in known]


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    """The names, those that occur several times followed by their number."""
    seen: dict[str, int] = {}
    numbered: list[str] = []
    for each in names:
        seen[each] = seen.get(each, 0) + 1
        numbered.append(f"{each}.{seen[each]}" if names.count(each) > 1 else each)
    return tuple(numbered)


def _check(name: str, names: Sequence[str], wanted: Sequence[str]) -> None:
    lacking = _lacking(names, wanted)
    data = next((each for each in names if _DATA.match(each)), None)
    if lacking and data is not None:
        problem = f'the first line is not a header: it holds "{data}"'
        raise wrong(name, "", problem, "add one, or say --no-header and give columns by number, such as --case 1")
    findings = [unknown(name, "column", each, names, "columns") for each in lacking]
    findings += [_twofold(name, each, names) for each in wanted if names.count(each) > 1]
    if findings:
        raise FitError(findings)


def _twofold(name: str, column: str, names: Sequence[str]) -> Finding:
    numbers = [number for number, each in enumerate(names, 1) if each == column]
    listed = " and ".join(f'"{column}.{number}" for column {each}' for number, each in enumerate(numbers, 1))
    return Finding(name, None, f"column {column}", f"{len(numbers)} columns have this name", f"say {listed}")


def _without_header(name: str, lines: Sequence[str], first: int, delimiters: str, wanted: Sequence[str]) -> Table:
    """The table whose columns are called 1, 2, 3 …; its delimiter parts the first lines most evenly."""

    def widths(delimiter: str) -> list[int]:
        return [len(row) for row in csv.reader(lines[first : first + 20], delimiter=delimiter) if row]

    def even(delimiter: str) -> tuple[int, int]:
        counts = widths(delimiter)
        first = next(iter(counts), 0)
        return (counts.count(first) if first > 1 else 0, first)

    delimiter = max(delimiters, key=even)
    names = tuple(str(number) for number in range(1, even(delimiter)[1] + 1))
    lacking = [each for each in wanted if each not in names]
    if lacking:
        problem = f"without a header, columns have numbers, here 1 to {len(names)}"
        raise FitError([Finding(name, None, f"column {each}", problem, "say which number it has") for each in lacking])
    return Table(names, delimiter, first, False, _rows(lines[first:], delimiter), _above(lines[:first]))


def _rows(lines: Sequence[str], delimiter: str) -> tuple[tuple[str, ...], ...]:
    """The first rows; the last of the text may be cut off and is not among them."""
    rows = [tuple(each.strip() for each in row) for row in csv.reader(lines[:1000], delimiter=delimiter) if row]
    return tuple(rows[:-1] if len(rows) > 1 and len(lines) <= 1000 else rows)


def _above(lines: Sequence[str]) -> tuple[str, ...]:
    written = [each.strip() for each in lines if each.strip()]
    if not written:
        return ()
    many = f"{len(lines):,} lines" if len(lines) > 1 else "1 line"
    return (f'{many} above the table skipped ("{written[0][:60]}"{" …" if len(written) > 1 else ""})',)
