"""The keys and values below one header of a TOML text, and where they stand."""

import contextlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.scenario.findings import KeyPath

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

_STRING = r"""(?:"(?:[^"\\\n]|\\[^\n])*+"(?!")|'[^'\n]*+'(?!'))"""
_END = r"(?:\#[^\n]*+)?\n"

_LINE = re.compile(
    rf"[ \t]*+(?:([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+({_STRING}|[A-Za-z0-9_.:+-]++)[ \t\r]*+|[ \t\r]*+){_END}"
)
"""What most lines are: a key with a single value, or nothing. They need not be taken apart into tokens."""

_FLAT = rf"(?:[^\n\"'\#\[\]{{}}]++|{_STRING})"
_NESTED = rf"(?:{_FLAT}|[\[{{]{_FLAT}*+[\]}}])"
_LINES = re.compile(rf"(?:[ \t]*+(?!\[)(?:{_FLAT}|[\[{{]{_NESTED}*+[\]}}])*+{_END})*+[ \t]*+")
"""Lines that each hold whole statements: no header, and nothing that goes over several lines or is deeply nested."""

_HEADER = re.compile(r"(\[\[?)([A-Za-z0-9_-]++)\]\]?")


class Entry(NamedTuple):
    """A key with its value, or a list item; offsets count characters."""

    start: int
    """where the key begins; an item's value"""
    value: int
    """where the value begins"""
    end: int
    """where the value ends"""
    inline: bool
    """whether it stands inside a list or an inline table"""


@dataclass
class Statements:
    """What the statements below a header say where."""

    entries: dict[KeyPath, Entry] = field(default_factory=dict)
    """keys and items that have a value of their own, by key path"""
    tables: dict[KeyPath, int] = field(default_factory=dict)
    """where tables begin that only dotted keys make"""


class Header(NamedTuple):
    """`[name]` or `[[name]]`."""

    names: tuple[str, ...]
    many: bool
    """whether it begins an item of a list"""
    length: int


def after_statements(text: str, at: int) -> int:
    """Where the next header begins; without one, the end of the text."""
    while True:
        lines = _LINES.match(text, at)
        at = lines.end() if lines else at
        if at == len(text) or text[at] == "[":
            return at
        try:
            at = _Reader(text, at).statement(())
        except RecursionError:  # nested too deeply to find anything behind it
            return len(text)


def header_at(text: str, at: int) -> Header:
    """The header that begins there."""
    simple = _HEADER.match(text, at)
    if simple:
        return Header((simple[2],), simple[1] == "[[", simple.end() - at)
    return _Reader(text, at).header()


def statements(text: str, at: int, table: KeyPath) -> Statements:
    """What stands from an offset to the end of a text without headers, as keys of the table."""
    made = Statements()
    with contextlib.suppress(RecursionError):  # nested too deeply to say more than what was found so far
        while at < len(text):
            line = _LINE.match(text, at)
            if line is None:
                at = _Reader(text, at, made).statement(table)
                continue
            if line[1] is not None:
                made.entries[*table, line[1]] = Entry(line.start(1), line.start(2), line.end(2), inline=False)
            at = line.end()
    return made


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    def is_mark(self, marks: str) -> bool:
        return self.kind == "mark" and self.text in marks


def _tokens(text: str, at: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, at):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield _Token(kind, match[0], match.start())
    while True:
        yield _Token("end", "", len(text))


class _Reader:
    """Reads tokens one after the other and notes where things stand."""

    def __init__(self, text: str, at: int, statements: Statements | None = None) -> None:
        self.tokens = _tokens(text, at)
        self.statements = statements or Statements()
        self.end = at
        """where the token before the present one ends"""
        self.now = next(self.tokens)

    def advance(self) -> None:
        self.end = self.now.start + len(self.now.text)
        self.now = next(self.tokens)

    def statement(self, table: KeyPath) -> int:
        """Read a key with its value, or pass over what is none; where the next token begins."""
        if self.now.kind in ("bare", "text"):
            self.assignment(table, inline=False)
        else:
            self.advance()
        return self.now.start

    def header(self) -> Header:
        start = self.now.start
        self.advance()
        many = self.now.is_mark("[")
        if many:
            self.advance()
        names = tuple(self.keys("]"))
        while self.now.is_mark("]"):
            self.advance()
        return Header(names, many, self.end - start)

    def keys(self, until: str) -> list[str]:
        """The parts of a dotted key up to a mark."""
        parts: list[str] = []
        while self.now.kind not in ("end", "newline") and not self.now.is_mark(until):
            if self.now.kind in ("bare", "text"):
                parts.append(_unquoted(self.now))
            self.advance()
        return parts

    def assignment(self, table: KeyPath, inline: bool) -> None:
        start = self.now.start
        *above, key = self.keys("=")
        for name in above:
            table = (*table, name)
            self.statements.tables.setdefault(table, start)
        self.advance()
        value = self.now.start
        self.value((*table, key))
        self.statements.entries[*table, key] = Entry(start, value, self.end, inline)

    def value(self, key_path: KeyPath) -> None:
        """One value: a list, an inline table, or anything up to a comma, a closing mark or the end of the line."""
        if self.now.is_mark("["):
            self.items(key_path)
        elif self.now.is_mark("{"):
            self.keyed(key_path)
        else:
            while self.now.kind not in ("end", "newline") and not self.now.is_mark(",]}"):
                self.advance()

    def items(self, key_path: KeyPath) -> None:
        self.advance()
        position = 0
        while self.now.kind != "end":
            if self.now.is_mark("]"):
                self.advance()
                return
            if self.now.kind == "newline" or self.now.is_mark(",}=."):
                self.advance()
                continue
            item, start = (*key_path, position), self.now.start
            self.value(item)
            self.statements.entries[item] = Entry(start, start, self.end, inline=True)
            position += 1

    def keyed(self, key_path: KeyPath) -> None:
        self.advance()
        while self.now.kind != "end":
            if self.now.is_mark("}"):
                self.advance()
                return
            if self.now.kind in ("bare", "text"):
                self.assignment(key_path, inline=True)
            else:
                self.advance()


def _unquoted(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    try:
        return next(iter(tomllib.loads(f"{token.text} = 0")))
    except ValueError:  # no valid TOML after all
        return token.text
