"""A key of a TOML text written otherwise wherever it stands, in headers too, and not a character besides."""

import tomllib
from collections.abc import Iterator

from sim.scenario.findings import KeyPath
from sim.scenario.toml.notation import key_text
from sim.scenario.toml.scanning import scanned


def with_key(text: str, key_path: KeyPath, new: str) -> str:
    """A valid text with another name for the last key of a path; what stands below the key stays as it is."""
    for start, end, written in sorted(_rewritten(text, key_path, new), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def _rewritten(text: str, key_path: KeyPath, new: str) -> Iterator[tuple[int, int, str]]:
    """From where to where a text has the key, and what comes there instead."""
    scan = scanned(text)
    depth = len(key_path)
    position = sum(isinstance(step, str) for step in key_path[:-1])
    for section, start in zip(scan.sections, scan.starts, strict=True):
        if section.key_path[:depth] == key_path:
            written = _with(section.header.names, position, new)
            yield start, start + section.header.length, f"[[{written}]]" if section.header.many else f"[{written}]"
    for path, entry in scan.entries.items():
        key = text[entry.start : entry.value]
        if path[:depth] != key_path or not key.strip():
            continue
        names = _names(key)
        before = len(path) - len(names)
        if before < depth:
            yield entry.start, entry.start + len(key.rstrip("= \t")), _with(names, depth - 1 - before, new)


def _with(names: tuple[str, ...], position: int, new: str) -> str:
    return ".".join(map(key_text, (*names[:position], new, *names[position + 1 :])))


def _names(key: str) -> tuple[str, ...]:
    """The names in what stands before a value, such as `a.b =`."""
    table, names = tomllib.loads(f"{key}0"), []
    while isinstance(table, dict):
        ((name, table),) = table.items()
        names.append(name)
    return tuple(names)
