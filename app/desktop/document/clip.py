"""What is copied of a journey, as it lies on the clipboard: tables in TOML, which other programs may have written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QMimeData

from app.desktop.document.text_reading import Tables
from sim.scenario import ScenarioError, new_text
from sim.scenario.toml.text import LARGEST, tables_of_text

CLIP = "application/x-journey-sandbox+toml"
"""The kind of what is copied; as plain text it is TOML too."""


class ClipError(ValueError):
    """Why what was copied cannot be pasted."""


def written(copied: Mapping[str, Any]) -> QMimeData:
    """What was copied, for the clipboard."""
    content = new_text(copied)
    mime = QMimeData()
    mime.setText(content)
    mime.setData(CLIP, content.encode())
    return mime


def read(mime: QMimeData) -> Tables:
    """What lies on the clipboard, each part as it should be; ClipError where that is no part of a journey."""
    content = bytes(mime.data(CLIP).data()) if mime.hasFormat(CLIP) else mime.text().encode(errors="replace")
    if len(content) > LARGEST:
        raise ClipError("it is more than 5 MB large")
    try:
        tables = tables_of_text(content.decode(), None)
    except (UnicodeDecodeError, ScenarioError):
        raise ClipError("it is no part of a journey; copy touchpoints, transitions or notes") from None
    touchpoints, transitions, notes = (_listed(tables, kind) for kind in ("touchpoints", "transitions", "annotations"))
    if not touchpoints and not notes:
        raise ClipError("it holds no touchpoint and no note; copy some")
    ids = [_text(touchpoint, "id", "a touchpoint") for touchpoint in touchpoints]
    if len(set(ids)) < len(ids):
        raise ClipError("two of its touchpoints have the same ID; give each one of its own")
    for transition in transitions:
        if not {_text(transition, "from", "a transition"), _text(transition, "to", "a transition")} <= set(ids):
            raise ClipError("one of its transitions leads to or from a touchpoint that is not in it; copy that too")
        if "id" in transition:
            _text(transition, "id", "a transition")
    for note in notes:
        _text(note, "text", "a note")
        _spot(note.get("at"))
    layout = tables.get("layout", {})
    if not isinstance(layout, Mapping):
        raise ClipError("its layout is no table of positions")
    spots = {id_: _spot(layout[id_]) for id_ in ids if id_ in layout}
    return {"touchpoints": touchpoints, "transitions": transitions, "annotations": notes, "layout": spots}


def _listed(tables: Tables, kind: str) -> list[Tables]:
    items = tables.get(kind, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ClipError(f"its {kind} are no list of tables")
    return items


def _text(item: Tables, key: str, what: str) -> str:
    text = item.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ClipError(f'{what} in it has no "{key}"; give it one')
    return text


def _spot(value: Any) -> list[float]:
    numbers = value if isinstance(value, list) else []
    fits = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < math.inf]
    if len(fits) != 2 or len(numbers) != 2:
        raise ClipError("a position in it is not two numbers, such as [120, 40]")
    return fits
