"""Files that went wrong on the way: a byte flipped, a block lost or doubled, a value that nobody meant."""

import gzip
import random
import re
from collections.abc import Callable

SCENARIOS = 700
LOGS = 500

VALUES = (
    "0", "-1", "1", "7", "-0.0", "0.5", "1e400", "1e308", "-1e308", "1e15", "1e-300", "5e-324", "inf", "-inf", "nan",
    "9223372036854775808", "9" * 4000, "9" * 5000, "0x7fffffff", "1_000_000", "100000000", "true", "false", '""',
    '"x"', '"web"', "'" + "long" * 2000 + "'", '"\\u0000"', '"\\n"', '"ünïcödé ☃"', "[]", "[1]", "[[1]]", "{}",
    "{ a = 1 }", "{ family = \"beta\" }", '{ family = "lognormal", median = 1e300, sigma = 50 }',
    '{ family = "exponential", mean = 1e-12 }', '{ family = "exponential", mean = 1e200 }',
    '{ family = "empirical", quantiles = [0] }', "{ mean = 0, sd = 1e200 }", "2026-01-05", "9999-12-31",
    "0001-01-01", "07:30:00", "2026-01-05T00:00:00Z",
)  # fmt: skip
"""What a value of a scenario may be put to."""

PIECES = (
    b"\0", b"\x01", b"\x1b[31m", b"\x7f", b"\r", b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"\xf0\x9f\x98",
    b"\xe2\x80\xa8", b"[[touchpoints]]\n", b"[a.b.c]\n", b"[layout]\n", b"a.b = 1\n", b'"""', b"'''", b"=", b".",
    b"[", b"]", b"{", b"}", b"#", b",", b'"', b"\\", b"extends = \"mutated.toml\"\n", b"[" * 3000, b"{a=" * 3000,
    b"a." * 4000 + b"b = 1\n", b"x = " + b"[" * 700 + b"]" * 700 + b"\n",
)  # fmt: skip
"""What may be put between two bytes of a file."""

Change = Callable[[random.Random, bytes], bytes]


def mutated(number: int, originals: dict[str, bytes], changes: tuple[Change, ...]) -> tuple[str, bytes]:
    """One of the originals (its name, its bytes) after one to three changes; the same for the same number."""
    chance = random.Random(number)
    name = chance.choice(sorted(originals))
    content = originals[name]
    for _ in range(chance.choice((1, 1, 2, 3))):
        content = chance.choice(changes)(chance, content)
    return name, content


def flip(chance: random.Random, content: bytes) -> bytes:
    """One to four bytes that became others."""
    there = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if there:
            there[chance.randrange(len(there))] ^= 1 << chance.randrange(8)
    return bytes(there)


def cut_off(chance: random.Random, content: bytes) -> bytes:
    """The beginning alone."""
    return content[: chance.randint(0, len(content))]


def harmed(content: bytes, chance: random.Random) -> bytes:
    """The content with a bit flipped, cut off, emptied, with more after it, or with something else in its place."""
    offset = chance.randrange(len(content))
    changed = (
        content[:offset] + bytes([content[offset] ^ 1 << chance.randrange(8)]) + content[offset + 1 :],
        content[:offset],
        b"",
        chance.randbytes(len(content)),
        content + b"more",
    )
    return chance.choice(changed)


def drop(chance: random.Random, content: bytes) -> bytes:
    """A few bytes less somewhere."""
    start = chance.randint(0, len(content))
    return content[:start] + content[start + chance.choice((1, 2, 10, 200)) :]


def insert(chance: random.Random, content: bytes) -> bytes:
    """Something in between."""
    start = chance.randint(0, len(content))
    piece = chance.choice((*PIECES, chance.randbytes(chance.randint(1, 8))))
    return content[:start] + piece + content[start:]


def drop_lines(chance: random.Random, content: bytes) -> bytes:
    """Lines that are gone."""
    lines = content.splitlines(keepends=True)
    start = chance.randint(0, len(lines))
    return b"".join(lines[:start] + lines[start + chance.choice((1, 1, 2, 8)) :])


def double_lines(chance: random.Random, content: bytes) -> bytes:
    """Lines that stand there twice, or many times."""
    lines = content.splitlines(keepends=True)
    start = chance.randint(0, len(lines))
    some = lines[start : start + chance.choice((1, 1, 2, 8))]
    return b"".join(lines[:start] + some * chance.choice((2, 2, 3, 50)) + lines[start + len(some) :])


def swap_lines(chance: random.Random, content: bytes) -> bytes:
    """Two lines in each other's place."""
    lines = content.splitlines(keepends=True)
    if len(lines) < 2:
        return content
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def recode(chance: random.Random, content: bytes) -> bytes:
    """The text in another encoding, or with other line ends."""
    text = content.decode("utf-8", "replace")
    return chance.choice(
        (
            text.encode("utf-16"),
            text.encode("utf-16-be"),
            text.encode("latin-1", "replace"),
            text.encode("utf-8-sig"),
            text.replace("\n", "\r\n").encode(),
            text.replace("\n", "\r").encode(),
            text.encode("cp037", "replace"),
            gzip.compress(content, mtime=0),
        )
    )


def revalue(chance: random.Random, content: bytes) -> bytes:
    """A value that became another."""
    spans = list(re.finditer(rb"(?<== )[^\s,{}\[\]#][^,}\]#\n]*", content))
    if not spans:
        return content
    span = chance.choice(spans)
    new = chance.choice(VALUES).encode() if chance.random() < 0.7 else chance.choice(spans)[0]
    return content[: span.start()] + new + content[span.end() :]


def scale(chance: random.Random, content: bytes) -> bytes:
    """A number that became far larger, far smaller or negative."""
    spans = list(re.finditer(rb"(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])", content))
    if not spans:
        return content
    span = chance.choice(spans)
    number = float(span[0]) * chance.choice((1e-12, 1e-3, -1, 1e3, 1e6, 1e12))
    new = repr(int(number) if number.is_integer() and chance.random() < 0.8 else number).encode()
    return content[: span.start()] + new + content[span.end() :]


SCENARIO_CHANGES: tuple[Change, ...] = (
    flip, cut_off, drop, insert, drop_lines, double_lines, swap_lines, recode, revalue, revalue, revalue, scale, scale,
)  # fmt: skip

FIELDS = (
    "", " ", '"', '"unclosed', "NULL", "nan", "inf", "-1", "1e400", "9" * 400, "x" * 100_000, "\t", ";", "=1+1",
    "2026-02-30 10:00:00", "2026-01-01T10:00:00+25:00", "2026-01-01T10:00:00+05:30", "2026-01-01T10:00:00Z",
    "0001-01-01", "9999-12-31 23:59:59", "99999-01-01", "1700000000", "1e18", "-9223372036854775808", "31/12/2026",
    "12/31/2026", "now", "‮abc", "\x1b[2J", "<b>", "&amp;", "&#0;", "*", "a" * 300 + "é", "ended", "start",
)  # fmt: skip
"""What a field of a log may be put to."""


def refield(chance: random.Random, content: bytes) -> bytes:
    """A field of a log that became another: of a line of CSV, or the value of an XES attribute."""
    spans = list(re.finditer(rb'(?<=value=")[^"]*(?=")|(?<=[,\n])[^,\n"]*(?=[,\n])', content))
    if not spans:
        return content
    span = chance.choice(spans)
    new = chance.choice(FIELDS).encode() if chance.random() < 0.7 else chance.choice(spans)[0]
    return content[: span.start()] + new + content[span.end() :]


def recolumn(chance: random.Random, content: bytes) -> bytes:
    """Another delimiter, everywhere or on some lines only."""
    new = chance.choice((b";", b"\t", b"|", b",,", b" "))
    lines = content.split(b"\n")
    return b"\n".join(line.replace(b",", new) if chance.random() < 0.5 else line for line in lines)


LOG_CHANGES: tuple[Change, ...] = (
    flip, cut_off, drop, insert, drop_lines, double_lines, swap_lines, recode, scale, recolumn, refield, refield,
    refield, refield,
)  # fmt: skip
