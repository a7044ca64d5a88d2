"""Where in a TOML text its tables, keys and values stand: what tomllib does not tell."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from sim.scenario.findings import KeyPath
from sim.scenario.toml.statements import Entry, Header, Statements, after_statements, header_at, statements


@dataclass(eq=False)
class Section:
    """A header and all up to the next one; what stands before the first header is a section without one."""

    header: Header
    text: str
    key_path: KeyPath

    @cached_property
    def statements(self) -> Statements:
        """What it says where, counted from its own beginning; found when it is first asked for."""
        return statements(self.text, self.header.length, self.key_path)

    @cached_property
    def end(self) -> int:
        """Where its last key, or else its header, ends."""
        return max((entry.end for entry in self.statements.entries.values()), default=self.header.length)


@dataclass
class Block:
    """A header with the keys below it; the keys before the first header are a block without one."""

    key_path: KeyPath
    start: int
    """where its header begins"""
    end: int
    """where its last key, or else its header, ends"""


class Scanned:
    """What a valid TOML text says where; offsets count characters of the text."""

    def __init__(self, text: str, sections: Sequence[Section], numbers: Mapping[KeyPath, Sequence[int]]) -> None:
        """Keep the sections that make up the text, and which of them are for each key path."""
        self.text = text
        self.sections = sections
        self._numbers = numbers
        self.starts = [0, *accumulate(len(section.text) for section in sections[:-1])]

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """Line (from 1) on which each table, key and item begins."""
        lines: dict[KeyPath, int] = {}
        first = 1
        for section in self.sections:
            breaks = [each.start() for each in re.finditer("\n", section.text)]
            for depth in range(len(section.key_path)):
                lines.setdefault(section.key_path[: depth + 1], first)
            statements = section.statements
            starts = [
                *statements.tables.items(),
                *((key_path, entry.start) for key_path, entry in statements.entries.items()),
            ]
            for key_path, start in starts:
                lines.setdefault(key_path, first + bisect_left(breaks, start))
            first += len(breaks)
        return lines

    @cached_property
    def entries(self) -> dict[KeyPath, Entry]:
        """Keys and items that have a value of their own, by key path."""
        return dict(self.below(()))

    def entry(self, key_path: KeyPath) -> Entry | None:
        """The key or item with a value of its own that stands at a key path."""
        for number in self._above(key_path):
            entry = self.sections[number].statements.entries.get(key_path)
            if entry is not None:
                return _moved(entry, self.starts[number])
        return None

    def below(self, key_path: KeyPath) -> list[tuple[KeyPath, Entry]]:
        """Everything with a value of its own that stands below a key path, in the order of the text."""
        depth = len(key_path)
        return [
            (inner, _moved(entry, self.starts[number]))
            for number in sorted((*self._above(key_path), *self._numbers_below(key_path)))
            for inner, entry in self.sections[number].statements.entries.items()
            if len(inner) > depth and inner[:depth] == key_path
        ]

    def block(self, key_path: KeyPath) -> Block | None:
        """The last block under a header for this very key path, or without a header."""
        numbers = self._numbers.get(key_path)
        return self._block(numbers[-1]) if numbers else None

    def blocks_within(self, key_path: KeyPath) -> list[Block]:
        """The blocks under headers for a key path or for what is below it."""
        return [self._block(number) for number in sorted(self._headed(key_path))]

    def last_block_within(self, key_path: KeyPath) -> Block | None:
        """The last of these, for which the others need not be read."""
        return self._block(max(numbers)) if (numbers := self._headed(key_path)) else None

    def _headed(self, key_path: KeyPath) -> set[int]:
        """The sections under headers for a key path or for what is below it."""
        return {*self._numbers.get(key_path, ()), *self._numbers_below(key_path)} - {0}

    def block_around(self, at: int) -> Block:
        """The block in which an offset is."""
        return self._block(bisect_right(self.starts, at) - 1)

    def again(self, text: str) -> "Scanned":
        """The scan of a text that differs from this one by whole keys, values or tables.

        Only the sections that differ are read, if none is added or taken away.
        """
        before = _common(self.text, text)
        most = min(len(self.text), len(text)) - before
        after = min(most, _common(self.text[::-1], text[::-1]))
        first = max(0, bisect_right(self.starts, before - 1) - 1)
        behind = max(first + 1, bisect_left(self.starts, len(self.text) - after))
        rest = len(self.text) - self.starts[behind] if behind < len(self.starts) else 0
        old = self.sections[first:behind]
        new = list(_split(text[self.starts[first] : len(text) - rest]))[min(first, 1) :]
        if [header[:2] for header, _ in new] != [section.header[:2] for section in old]:
            return scanned(text)
        read = [Section(header, part, was.key_path) for (header, part), was in zip(new, old, strict=True)]
        return Scanned(text, [*self.sections[:first], *read, *self.sections[behind:]], self._numbers)

    def _above(self, key_path: KeyPath) -> list[int]:
        """The sections for a key path and for those around it."""
        depths = range(len(key_path) + 1)
        return [number for depth in depths for number in self._numbers.get(key_path[:depth], ())]

    def _numbers_below(self, key_path: KeyPath) -> Sequence[int]:
        """The sections for what is below a key path."""
        return self._within.get(key_path, ())

    @cached_property
    def _within(self) -> dict[KeyPath, list[int]]:
        """The sections for what is below each key path."""
        sections: dict[KeyPath, list[int]] = {}
        for number, section in enumerate(self.sections):
            for depth in range(len(section.key_path)):
                sections.setdefault(section.key_path[:depth], []).append(number)
        return sections

    def _block(self, number: int) -> Block:
        section, start = self.sections[number], self.starts[number]
        return Block(section.key_path, start, start + section.end)


def scanned(text: str) -> Scanned:
    """The key paths of all tables, keys and list items of a valid TOML text."""
    counts: dict[KeyPath, int] = {}
    sections = [Section(header, part, _key_path(header, counts)) for header, part in _split(text)]
    numbers: dict[KeyPath, list[int]] = {}
    for number, section in enumerate(sections):
        numbers.setdefault(section.key_path, []).append(number)
    return Scanned(text, sections, numbers)


def _split(text: str) -> Iterator[tuple[Header, str]]:
    """Each header with the text up to the next one; the first is none."""
    header, start = Header((), False, 0), 0
    while True:
        end = after_statements(text, start + header.length)
        yield header, text[start:end]
        if end == len(text):
            return
        header, start = header_at(text, end), end


def _key_path(header: Header, counts: dict[KeyPath, int]) -> KeyPath:
    """The key path that a header means; `counts` has the tables so far in each list of tables."""
    key_path: KeyPath = ()
    for position, name in enumerate(header.names):
        key_path = (*key_path, name)
        if header.many and position == len(header.names) - 1:
            counts[key_path] = counts.get(key_path, 0) + 1
        if key_path in counts:
            key_path = (*key_path, counts[key_path] - 1)
    return key_path


def _moved(entry: Entry, by: int) -> Entry:
    return Entry(entry.start + by, entry.value + by, entry.end + by, entry.inline)


def _common(one: str, other: str) -> int:
    """How many characters at the beginning of two texts are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
