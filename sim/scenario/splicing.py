"""Changing one value in a TOML text and not a character besides."""

import re
from typing import Any

from sim.scenario.document import Tables, at_place
from sim.scenario.findings import Place
from sim.scenario.notation import block_text, is_block_list, key_text, line_text, value_text, wide_text
from sim.scenario.scanning import Entry, Scanned, scanned


def spliced(text: str, tables: Tables, place: Place, value: Any) -> str:
    """The text, which says `tables`, with the value at the place set; None takes the key or item away.

    All on the way to the place is there, except that a list may get a first or a next item.
    """
    scan = scanned(text)
    entry = scan.entries.get(place)
    if value is None:
        return _without(text, scan, place)
    if entry is not None:
        written = value_text(value) if entry.inline else wide_text(value)
        return text[: entry.value] + _newlines(text, written) + text[entry.end :]
    present = at_place(tables, place)
    if isinstance(present, dict) and isinstance(value, dict):
        return _with_keys(text, tables, place, present, value)
    if present is not None:
        text = _without(text, scan, place)
        scan = scanned(text)
    return _with_new(text, scan, place, value)


def _with_keys(text: str, tables: Tables, place: Place, present: Tables, value: Tables) -> str:
    """A table under headers changed key by key, so that it stays where it is."""
    for key in present:
        if key not in value:
            text = spliced(text, tables, (*place, key), None)
    for key, inner in value.items():
        if key not in present or present[key] != inner:
            text = spliced(text, tables, (*place, key), inner)
    return text


def _with_new(text: str, scan: Scanned, place: Place, value: Any) -> str:
    """A value where there was none: inside what is written inline, on a line of its own, or as a block."""
    parent, step = place[:-1], place[-1]
    if parent in scan.entries:
        return _with_inline(text, scan, place, value)
    if isinstance(step, int):
        return _with_block(text, scan, parent, block_text(_names(parent), value, item=True))
    if not parent and isinstance(value, dict):
        return _with_block(text, scan, place, block_text((step,), value))
    if not parent and is_block_list(value):
        return _with_block(text, scan, place, block_text((), {step: value}))
    own = [block for block in scan.blocks if block.place == parent]
    if own:
        return _with_line(text, own[-1].end, line_text(step, value))
    dotted = [entry for _, entry in _below(scan, parent) if not entry.inline]
    if dotted:
        block = max((one for one in scan.blocks if one.start <= dotted[-1].start), key=lambda one: one.start)
        path = ".".join(key_text(str(name)) for name in place[len(block.place) :])
        return _with_line(text, dotted[-1].end, f"{path} = {value_text(value)}")
    return _with_block(text, scan, parent, block_text(_names(parent), {step: value}))


def _with_inline(text: str, scan: Scanned, place: Place, value: Any) -> str:
    """A new last key of an inline table, or item of a list."""
    parent, step = place[:-1], place[-1]
    written = value_text(value) if isinstance(step, int) else f"{key_text(step)} = {value_text(value)}"
    ends = [entry.end for _, entry in _below(scan, parent)]
    if ends:
        return text[: max(ends)] + f", {written}" + text[max(ends) :]
    around = scan.entries[parent]
    padded = written if isinstance(step, int) else f" {written} "
    return text[: around.value + 1] + padded + text[around.end - 1 :]


def _below(scan: Scanned, place: Place) -> list[tuple[Place, Entry]]:
    """Everything with a value of its own that stands below a place."""
    depth = len(place)
    return [(inner, entry) for inner, entry in scan.entries.items() if len(inner) > depth and inner[:depth] == place]


def _names(place: Place) -> list[str]:
    return [step for step in place if isinstance(step, str)]


def _with_block(text: str, scan: Scanned, place: Place, written: str) -> str:
    """A new block after the last one of its list or table, or else at the end."""
    related = [block for block in scan.blocks[1:] if block.place[: len(place)] == place]
    at = _line_end(text, related[-1].end) if related else len(text.rstrip())
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


def _without(text: str, scan: Scanned, place: Place) -> str:
    """The text without a key, an item or a table, and without what stands below it."""
    entry = scan.entries.get(place)
    if entry is not None and entry.inline:
        return _without_inline(text, scan, place)
    blocks = [(block.start, block.end) for block in scan.blocks[1:] if block.place[: len(place)] == place]
    lines = [(entry.start, entry.end)] if entry is not None else []
    lines += [(one.start, one.end) for _, one in _below(scan, place) if not one.inline]
    loose = [line for line in lines if not any(start <= line[0] < end for start, end in blocks)]
    spans = blocks + loose
    for start, end in sorted(spans, reverse=True):
        first = text.rfind("\n", 0, start) + 1
        after = _line_end(text, end)
        rest = re.match(r"\r?\n?", text[after:])
        text = text[:first] + text[after + (rest.end() if rest else 0) :]
    return text


def _without_inline(text: str, scan: Scanned, place: Place) -> str:
    entry = scan.entries[place]
    siblings = sorted(
        (other for inner, other in scan.entries.items() if inner[:-1] == place[:-1]), key=lambda other: other.start
    )
    number = siblings.index(entry)
    if number + 1 < len(siblings):
        return text[: entry.start] + text[siblings[number + 1].start :]
    if number > 0:
        return text[: siblings[number - 1].end] + text[entry.end :]
    comma = re.compile(r"\s*,").match(text, entry.end)
    return text[: entry.start] + text[comma.end() if comma else entry.end :]
