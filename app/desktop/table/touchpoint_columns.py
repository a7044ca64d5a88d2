"""The columns of the table of touchpoints."""

from __future__ import annotations

from collections.abc import Sequence

from app.desktop.document import Document
from app.desktop.looks.terms import meaning
from app.desktop.table.changes import Changes
from app.desktop.table.columns import Choice, Column, finding_column
from app.desktop.table.rows import TouchpointRow

NAME = 1
"""The column of the name."""
GOALS = (("", "None"), ("conversion", "Conversion"), ("value", "Value"), ("completion", "Completion"))
EXITS = (("", "None"), ("churn", "Churn"), ("completed", "Completed"))


def touchpoint_columns(document: Document, changes: Changes) -> tuple[Column[TouchpointRow], ...]:
    """All columns, from left to right."""

    def lanes() -> Sequence[Choice]:
        return [(lane.id, lane.name) for lane in document.journey.lanes]

    def desks() -> Sequence[Choice]:
        listed = document.shown.get("desks")
        items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        ids = [str(item["id"]) for item in items if "id" in item]
        return [("", "None"), *((id_, _worded(id_)) for id_ in ids)]

    return (
        finding_column(),
        Column("Name", "What the touchpoint is called.", 22, lambda row: row.touchpoint.name, change=changes.rename),
        Column(
            "ID",
            "Short name in the file, used by transitions and rules, which follow when it changes.",
            14,
            lambda row: row.touchpoint.id,
            change=changes.rename_id,
        ),
        Column(
            "Stage",
            meaning("stage"),
            15,
            lambda row: row.stage,
            order=lambda row: next(
                (n for n, lane in enumerate(document.journey.lanes) if lane.id == row.touchpoint.stage), None
            ),
            change=changes.set_stage,
            choices=lanes,
            chosen=lambda row: row.touchpoint.stage,
        ),
        Column(
            "Channels",
            meaning("channel") + " Names separated by commas; All, or None.",
            20,
            lambda row: row.channels,
            change=changes.set_channels,
        ),
        Column(
            "Start",
            "Whether arrivals begin here: yes, no, or a weight among several such touchpoints. " + meaning("arrival"),
            7,
            _start,
            order=lambda row: row.touchpoint.start or None,
            change=changes.set_start,
        ),
        Column(
            "Goal",
            meaning("goal"),
            12,
            lambda row: (
                dict(GOALS).get(row.touchpoint.goal or "", row.touchpoint.goal or "") if row.touchpoint.goal else ""
            ),
            change=changes.set_goal,
            choices=lambda: GOALS,
            chosen=lambda row: row.touchpoint.goal or "",
        ),
        Column(
            "Exit",
            meaning("exit"),
            12,
            lambda row: (
                dict(EXITS).get(row.touchpoint.exit or "", row.touchpoint.exit or "") if row.touchpoint.exit else ""
            ),
            change=changes.set_exit,
            choices=lambda: EXITS,
            chosen=lambda row: row.touchpoint.exit or "",
        ),
        Column(
            "Lapsed",
            meaning("lapsed"),
            8,
            lambda row: "",
            order=lambda row: not row.touchpoint.lapsed,
            on=lambda row: row.touchpoint.lapsed,
            switch=changes.set_lapsed,
        ),
        Column(
            "Desk",
            meaning("desk"),
            14,
            lambda row: _worded(row.touchpoint.desk) if row.touchpoint.desk else "",
            change=changes.set_desk,
            choices=desks,
            chosen=lambda row: row.touchpoint.desk or "",
        ),
        Column(
            "On",
            "Whether it is enabled; a disabled one is treated as absent.",
            5,
            lambda row: "",
            order=lambda row: not row.touchpoint.enabled,
            on=lambda row: row.touchpoint.enabled,
            switch=changes.set_touchpoint_enabled,
        ),
        _position("X", "How far to the right it is on the canvas, in pixels.", 0, changes),
        _position("Y", "How far down it is on the canvas, in pixels.", 1, changes),
        Column(
            "Visits",
            meaning("visit") + " Mean over the replications.",
            10,
            lambda row: "" if row.visits is None else f"{row.visits:,.0f}",
            order=lambda row: row.visits,
            number=True,
            after_run=True,
        ),
        Column(
            "Drop-off",
            meaning("drop-off"),
            9,
            lambda row: "" if row.dropoff is None else f"{100 * row.dropoff:.1f} %",
            order=lambda row: row.dropoff,
            number=True,
            after_run=True,
        ),
    )


def _position(head: str, tip: str, axis: int, changes: Changes) -> Column[TouchpointRow]:
    def at(row: TouchpointRow) -> float | None:
        return row.touchpoint.at[axis] if row.touchpoint.at is not None else None

    return Column(
        head,
        tip,
        6,
        lambda row: "" if at(row) is None else f"{at(row):g}",
        order=at,
        tipped=lambda row: "Placed automatically; type a number to put it elsewhere." if at(row) is None else "",
        change=lambda row, text: changes.set_position(row, axis, text),
        number=True,
    )


def _start(row: TouchpointRow) -> str:
    if row.touchpoint.start <= 0:
        return ""
    return f"{row.touchpoint.start:g}" if row.weighted else "Yes"


def _worded(id_: str) -> str:
    return id_.replace("-", " ").replace("_", " ").capitalize()
