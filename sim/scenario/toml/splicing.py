"""Changing one value in a TOML text and not a character besides."""

import re
from bisect import insort
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sim.scenario.findings import KeyPath
from sim.scenario.tables import Tables, value_at
from sim.scenario.toml.notation import block_text, is_block_list, key_text, line_text, value_text, wide_text
from sim.scenario.toml.scanning import Scanned
from sim.scenario.toml.statements import Entry

_BLANK = ("\n\n", "\n\r\n")
"""How a text ends that has an empty line at its end."""


class Splicing:
    """A TOML text in which values are set one after the other.

    Other values of keys that are there, and new lines, leave everything else where it is: they wait and are written
    together, so that the text need not be scanned again after each. So do lines and blocks taken away in a row.
    """

    def __init__(self, scan: Scanned) -> None:
        """Begin with a valid text."""
        self._scanned = scan
        self._text = scan.text
        """the text without what waits, which is scanned when somebody looks into it"""
        self._waiting: dict[KeyPath, _Piece] = {}
        self._around: set[KeyPath] = set()
        """every key path around one that waits"""
        self._going: list[KeyPath] = []
        """what waits to be taken away, where the text as it was scanned has it"""
        self._gone: dict[KeyPath, list[int]] = {}
        """the items among that, by list"""

    def put(self, tables: Tables, key_path: KeyPath, value: Any) -> None:
        """Set the value at a key path of the text, which says `tables` so far; None takes the key or item away.

        All on the way to it is there, except that a list may get a first or a next item. A list of tables that
        only gets more of them keeps those it has as they are.
        """
        if value is None:
            self._take_away(key_path)
            return
        if self._going:
            self._write()
        around = [key_path[:depth] for depth in range(len(key_path))]
        if key_path in self._around or any(each in self._waiting for each in (*around, key_path)):
            self._write()
        piece = _piece(self._scan, tables, key_path, value)
        if piece is not None and "\n" not in self._scan.text[piece.start : piece.end]:
            self._waiting[key_path] = piece
            self._around.update(around)
        else:
            self._write()
            self._text = _spliced(self._scan, tables, key_path, value)

    def text(self) -> str:
        """The text with all that was set."""
        self._write()
        return self._text

    @property
    def _scan(self) -> Scanned:
        if self._scanned.text is not self._text:
            self._scanned = self._scanned.again(self._text)
        return self._scanned

    def _take_away(self, key_path: KeyPath) -> None:
        """Take a key or item away: with others where it has lines of its own, else at once."""
        going = self._at_scan(key_path)
        entry = self._scan.entry(going)
        is_inline = entry is not None and entry.inline
        if self._waiting or is_inline or going in self._around:
            self._write()
            going, entry = key_path, self._scan.entry(key_path)
        if is_inline and entry is not None:
            self._text = _without_inline(self._scan, key_path, entry)
            return
        self._going.append(going)
        self._around.update(going[:depth] for depth in range(len(going)))
        if isinstance(going[-1], int):
            insort(self._gone.setdefault(going[:-1], []), going[-1])

    def _at_scan(self, key_path: KeyPath) -> KeyPath:
        """Where the text as it was scanned has a key path, before what goes."""
        for at, step in enumerate(key_path):
            if isinstance(step, int):
                for gone in self._gone.get(key_path[:at], ()):
                    step += gone <= step
                key_path = (*key_path[:at], step, *key_path[at + 1 :])
        return key_path

    def _write(self) -> None:
        if self._waiting:
            self._text = _with_pieces(self._text, self._waiting.values())
        if self._going:
            self._text = _without(self._scan, self._going)
        self._waiting, self._going, self._gone, self._around = {}, [], {}, set()


class _Piece(NamedTuple):
    """What comes in place of a part of the text; a part may be empty."""

    start: int
    end: int
    written: str


def _with_pieces(text: str, pieces: Iterable[_Piece]) -> str:
    parts, at = [], 0
    for piece in sorted(pieces, key=lambda one: one.start):
        parts += [text[at : piece.start], piece.written]
        at = piece.end
    return "".join([*parts, text[at:]])


def _piece(scan: Scanned, tables: Tables, key_path: KeyPath, value: Any) -> _Piece | None:
    """The other value of a key or item that is there, more tables of a list, or the line of a new key below a header.

    None for all else.
    """
    text, entry = scan.text, scan.entry(key_path)
    more = _more_tables(value_at(tables, key_path), value)
    if more and entry is not None:
        end = max(item.end for _, item in scan.below(key_path))
        return _Piece(end, end, "".join(f", {value_text(item)}" for item in more))
    if more:
        last = scan.last_block_within(key_path)
        assert last is not None
        end = _line_end(text, last.end)
        blocks = [block_text(_names(key_path), item, item=True) for item in more]
        return _Piece(end, end, _newlines(text, "".join(f"\n\n{block}" for block in blocks)))
    if entry is not None:
        written = value_text(value) if entry.inline else wide_text(value)
        return _Piece(entry.value, entry.end, _newlines(text, written))
    parent, step = key_path[:-1], key_path[-1]
    own = scan.block(parent)
    table = isinstance(value, dict) or is_block_list(value)
    if own is None or own.end == 0 or isinstance(step, int) or (not parent and table):
        return None
    if value_at(tables, key_path) is not None or scan.entry(parent) is not None:
        return None
    at = _line_end(text, own.end)
    return _Piece(at, at, _newlines(text, f"\n{line_text(step, value)}"))


def _spliced(scan: Scanned, tables: Tables, key_path: KeyPath, value: Any) -> str:
    """The scanned text, which says `tables`, with the value at the key path set."""
    piece = _piece(scan, tables, key_path, value)
    if piece is not None:
        return _with_pieces(scan.text, [piece])
    present = value_at(tables, key_path)
    if isinstance(present, dict) and isinstance(value, dict):
        return _with_keys(scan, tables, key_path, present, value)
    if present is not None:
        scan = scan.again(_without(scan, [key_path]))
    return _with_new(scan, key_path, value)


def _with_keys(scan: Scanned, tables: Tables, key_path: KeyPath, present: Tables, value: Tables) -> str:
    """A table under headers changed key by key, so that it stays where it is."""
    splicing = Splicing(scan)
    for key in present:
        if key not in value:
            splicing.put(tables, (*key_path, key), None)
    for key, inner in value.items():
        if key not in present or present[key] != inner:
            splicing.put(tables, (*key_path, key), inner)
    return splicing.text()


def _with_new(scan: Scanned, key_path: KeyPath, value: Any) -> str:
    """A value where there was none: inside what is written inline, on a line of its own, or as a block."""
    parent, step = key_path[:-1], key_path[-1]
    around = scan.entry(parent)
    if around is not None:
        return _with_inline(scan, key_path, around, value)
    if isinstance(step, int):
        return _with_block(scan, parent, block_text(_names(parent), value, item=True))
    if not parent and isinstance(value, dict):
        return _with_block(scan, key_path, block_text((step,), value))
    if not parent and is_block_list(value):
        return _with_block(scan, key_path, block_text((), {step: value}))
    own = scan.block(parent)
    if own is not None:
        return _with_line(scan.text, own.end, line_text(step, value))
    # Below a header for something inside the parent, a dotted key of the parent would belong to that.
    dotted = [
        (entry, block)
        for _, entry in scan.below(parent)
        if not entry.inline and len((block := scan.block_around(entry.start)).key_path) <= len(parent)
    ]
    if dotted:
        last, block = dotted[-1]
        path = ".".join(key_text(str(name)) for name in key_path[len(block.key_path) :])
        return _with_line(scan.text, last.end, f"{path} = {value_text(value)}")
    if value and isinstance(value, dict):
        return _with_block(scan, parent, block_text(_names(key_path), value))
    return _with_block(scan, parent, block_text(_names(parent), {step: value}))


def _with_inline(scan: Scanned, key_path: KeyPath, around: Entry, value: Any) -> str:
    """A new last key of an inline table, or item of a list."""
    text, step = scan.text, key_path[-1]
    written = value_text(value) if isinstance(step, int) else f"{key_text(step)} = {value_text(value)}"
    ends = [entry.end for _, entry in scan.below(key_path[:-1])]
    if ends:
        return text[: max(ends)] + f", {written}" + text[max(ends) :]
    padded = written if isinstance(step, int) else f" {written} "
    return text[: around.value + 1] + padded + text[around.end - 1 :]


def _names(key_path: KeyPath) -> list[str]:
    return [step for step in key_path if isinstance(step, str)]


def _with_block(scan: Scanned, key_path: KeyPath, written: str) -> str:
    """A new block after the last one of its list or table, or else at the end."""
    text, last = scan.text, scan.last_block_within(key_path)
    at = _line_end(text, last.end) if last is not None else len(text.rstrip())
    before, after = text[:at], text[at:]
    gap = "\n\n" if before.strip() else ""
    return before + _newlines(text, gap + written) + (after if after.strip() else _newlines(text, "\n"))


def _with_line(text: str, end: int, written: str) -> str:
    """A new line after the one on which a value ends."""
    if end == 0:
        return _newlines(text, f"{written}\n\n" if text.strip() else f"{written}\n") + text
    at = _line_end(text, end)
    return text[:at] + _newlines(text, f"\n{written}") + text[at:]


def _newlines(text: str, written: str) -> str:
    return written.replace("\n", "\r\n") if "\r\n" in text else written


def _line_end(text: str, at: int) -> int:
    """Where the line around an offset ends, its comment included."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > 0 and text[end - 1] == "\r" else end


def _more_tables(present: Any, value: Any) -> Sequence[Any]:
    """The tables that a list of tables has in addition to those that are there; none where it differs otherwise."""
    if not is_block_list(present) or not is_block_list(value) or value[: len(present)] != present:
        return ()
    more: Sequence[Any] = value[len(present) :]
    return more


def _without(scan: Scanned, key_paths: Iterable[KeyPath]) -> str:
    """The text without keys, items or tables that have lines of their own, and without what stands below them."""
    text = scan.text
    spans = [span for key_path in key_paths for span in _spans(scan, key_path)]
    for start, end in sorted(spans, reverse=True):
        first = text.rfind("\n", 0, start) + 1
        after = _line_end(text, end)
        rest = re.match(r"\r?\n?", text[after:])
        text = _joined(text[:first], text[after + (rest.end() if rest else 0) :])
    return text


def _spans(scan: Scanned, key_path: KeyPath) -> list[tuple[int, int]]:
    """From where to where a key, item or table is written, with what stands below it."""
    entry = scan.entry(key_path)
    blocks = [(block.start, block.end) for block in scan.blocks_within(key_path)]
    lines = [(entry.start, entry.end)] if entry is not None else []
    lines += [(one.start, one.end) for _, one in scan.below(key_path) if not one.inline]
    loose = [line for line in lines if not any(start <= line[0] < end for start, end in blocks)]
    return blocks + loose


def _joined(before: str, after: str) -> str:
    """Two parts between which something stood, with no more than one empty line in its place."""
    if not after and before.endswith(_BLANK):
        return re.sub(r"\r?\n\Z", "", before)
    blank = re.match(r"\r?\n", after)
    if blank and (not before or before.endswith(_BLANK)):
        return before + after[blank.end() :]
    return before + after


def _without_inline(scan: Scanned, key_path: KeyPath, entry: Entry) -> str:
    text, parent = scan.text, key_path[:-1]
    siblings = sorted(
        (other for inner, other in scan.below(parent) if inner[:-1] == parent), key=lambda other: other.start
    )
    number = siblings.index(entry)
    if number + 1 < len(siblings):
        return text[: entry.start] + text[siblings[number + 1].start :]
    if number > 0:
        return text[: siblings[number - 1].end] + text[entry.end :]
    comma = re.compile(r"\s*,").match(text, entry.end)
    return text[: entry.start] + text[comma.end() if comma else entry.end :]
