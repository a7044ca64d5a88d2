"""On which line of a TOML file a value stands: a scan of table headers and keys."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

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
_END = ("end", "", 0)


def lines_of(text: str) -> dict[Place, int]:
    """The line (from 1) of each table, key and list item of a valid TOML text, by its place."""
    scan = _Scan(_tokens(text))
    try:
        scan.statements()
    except RecursionError:
        pass  # nested too deeply to say more than what was found so far
    return scan.found


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield kind, match[0], line
        line += match[0].count("\n")


@dataclass
class _Scan:
    """Reads tokens one after the other and notes where things stand."""

    tokens: Iterator[tuple[str, str, int]]

    def __post_init__(self) -> None:
        self.found: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}
        """tables so far in each array of tables"""
        self.table: Place = ()
        self.kind, self.token, self.line = next(self.tokens, _END)

    def advance(self) -> None:
        self.kind, self.token, self.line = next(self.tokens, _END)

    def statements(self) -> None:
        while self.kind != "end":
            if self.token == "[":
                self.header()
            elif self.kind in ("bare", "text"):
                self.assignment(self.table)
            else:
                self.advance()

    def header(self) -> None:
        line = self.line
        self.advance()
        many = self.token == "["
        if many:
            self.advance()
        keys = self.keys("]")
        place: Place = ()
        for position, key in enumerate(keys):
            place = (*place, key)
            self.found.setdefault(place, line)
            last = position == len(keys) - 1
            if last and many:
                self.counts[place] = self.counts.get(place, 0) + 1
            if place in self.counts:
                place = (*place, self.counts[place] - 1)
                self.found.setdefault(place, line)
        self.table = place
        while self.token == "]":
            self.advance()

    def keys(self, until: str) -> list[str]:
        """The parts of a dotted key, up to a mark."""
        parts: list[str] = []
        while self.kind not in ("end", "newline") and self.token != until:
            if self.kind in ("bare", "text"):
                parts.append(_unquoted(self.kind, self.token))
            self.advance()
        return parts

    def assignment(self, table: Place) -> None:
        line = self.line
        place = table
        for key in self.keys("="):
            place = (*place, key)
            self.found.setdefault(place, line)
        self.advance()
        self.value(place)

    def value(self, place: Place) -> None:
        """One value: a list, an inline table, or anything up to a comma, a closing mark or the end of the line."""
        if self.token == "[" and self.kind == "mark":
            self.items(place)
        elif self.token == "{" and self.kind == "mark":
            self.entries(place)
        else:
            while self.kind not in ("end", "newline") and not (self.kind == "mark" and self.token in ",]}"):
                self.advance()

    def items(self, place: Place) -> None:
        self.advance()
        position = 0
        while self.kind != "end":
            if self.kind == "newline" or self.token == ",":
                self.advance()
            elif self.token == "]" and self.kind == "mark":
                self.advance()
                return
            elif self.kind == "mark" and self.token in "}=.":
                self.advance()
            else:
                self.found.setdefault((*place, position), self.line)
                self.value((*place, position))
                position += 1

    def entries(self, place: Place) -> None:
        self.advance()
        while self.kind != "end":
            if self.kind == "newline" or self.token == ",":
                self.advance()
            elif self.token == "}" and self.kind == "mark":
                self.advance()
                return
            elif self.kind in ("bare", "text"):
                self.assignment(place)
            else:
                self.advance()


def _unquoted(kind: str, token: str) -> str:
    if kind == "bare":
        return token
    return next(iter(tomllib.loads(f"{token} = 0")))
