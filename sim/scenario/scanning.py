"""Where in a TOML text its tables, keys and values stand: what tomllib does not tell."""

import contextlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.scenario.findings import Place

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\"'\#]+)
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Entry:
    """A key with its value, or a list item; offsets count characters of the text."""

    start: int
    """where the key begins; an item's value"""
    value: int
    """where the value begins"""
    end: int
    """where the value ends"""
    inline: bool
    """whether it stands inside a list or an inline table"""


@dataclass
class Block:
    """A header with the keys below it; the keys before the first header are a block without one."""

    place: Place
    many: bool
    """whether it is an item of a list: `[[name]]`"""
    start: int
    """where its header begins"""
    end: int
    """where its last key, or else its header, ends"""


@dataclass
class Scanned:
    """What a valid TOML text says where."""

    lines: dict[Place, int] = field(default_factory=dict)
    """line (from 1) on which each table, key and item begins"""
    entries: dict[Place, Entry] = field(default_factory=dict)
    """keys and items that have a value of their own, by place"""
    blocks: list[Block] = field(default_factory=list)


def scanned(text: str) -> Scanned:
    """The places of all tables, keys and list items of a valid TOML text."""
    scan = _Scan(text)
    with contextlib.suppress(RecursionError):  # nested too deeply to say more than what was found so far
        scan.statements()
    return scan.result


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int
    start: int

    def is_mark(self, marks: str) -> bool:
        return self.kind == "mark" and self.text in marks


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield _Token(kind, match[0], line, match.start())
        line += match[0].count("\n")


class _Scan:
    """Reads tokens one after the other and notes where things stand."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.result = Scanned(blocks=[Block((), False, 0, 0)])
        self.counts: dict[Place, int] = {}
        """tables so far in each list of tables"""
        self.end = 0
        """where the token before the present one ends"""
        self.now = next(self.tokens, _Token("end", "", 0, len(text)))

    def advance(self) -> None:
        self.end = self.now.start + len(self.now.text)
        self.now = next(self.tokens, _Token("end", "", self.now.line, self.end))

    def statements(self) -> None:
        while self.now.kind != "end":
            if self.now.is_mark("["):
                self.header()
            elif self.now.kind in ("bare", "text"):
                block = self.result.blocks[-1]
                self.assignment(block.place, inline=False)
                block.end = self.end
            else:
                self.advance()

    def header(self) -> None:
        start, line = self.now.start, self.now.line
        self.advance()
        many = self.now.is_mark("[")
        if many:
            self.advance()
        keys = self.keys("]")
        place: Place = ()
        for position, key in enumerate(keys):
            place = (*place, key)
            self.result.lines.setdefault(place, line)
            if many and position == len(keys) - 1:
                self.counts[place] = self.counts.get(place, 0) + 1
            if place in self.counts:
                place = (*place, self.counts[place] - 1)
                self.result.lines.setdefault(place, line)
        while self.now.is_mark("]"):
            self.advance()
        self.result.blocks.append(Block(place, many, start, self.end))

    def keys(self, until: str) -> list[str]:
        """The parts of a dotted key up to a mark."""
        parts: list[str] = []
        while self.now.kind not in ("end", "newline") and not self.now.is_mark(until):
            if self.now.kind in ("bare", "text"):
                parts.append(_unquoted(self.now))
            self.advance()
        return parts

    def assignment(self, table: Place, inline: bool) -> None:
        line, start = self.now.line, self.now.start
        place = table
        for key in self.keys("="):
            place = (*place, key)
            self.result.lines.setdefault(place, line)
        self.advance()
        value = self.now.start
        self.value(place)
        self.result.entries[place] = Entry(start, value, self.end, inline)

    def value(self, place: Place) -> None:
        """One value: a list, an inline table, or anything up to a comma, a closing mark or the end of the line."""
        if self.now.is_mark("["):
            self.items(place)
        elif self.now.is_mark("{"):
            self.keyed(place)
        else:
            while self.now.kind not in ("end", "newline") and not self.now.is_mark(",]}"):
                self.advance()

    def items(self, place: Place) -> None:
        self.advance()
        position = 0
        while self.now.kind != "end":
            if self.now.is_mark("]"):
                self.advance()
                return
            if self.now.kind == "newline" or self.now.is_mark(",}=."):
                self.advance()
                continue
            item, start = (*place, position), self.now.start
            self.result.lines.setdefault(item, self.now.line)
            self.value(item)
            self.result.entries[item] = Entry(start, start, self.end, inline=True)
            position += 1

    def keyed(self, place: Place) -> None:
        self.advance()
        while self.now.kind != "end":
            if self.now.is_mark("}"):
                self.advance()
                return
            if self.now.kind in ("bare", "text"):
                self.assignment(place, inline=True)
            else:
                self.advance()


def _unquoted(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    try:
        return next(iter(tomllib.loads(f"{token.text} = 0")))
    except ValueError:  # no valid TOML after all
        return token.text
