"""The columns of the table of transitions."""

from __future__ import annotations

from collections.abc import Sequence

from app.desktop.document import Document, editing
from app.desktop.table.changes import Changes
from app.desktop.table.columns import Choice, Column, finding_column
from app.desktop.table.rows import TransitionRow
from app.desktop.table.steps import Steps

SOURCE, TARGET, SHARE = 1, 2, 4
"""The columns of the ends and of the share."""
ROLES = (("", "By its target"), ("progress", "Progress"), ("neutral", "Neutral"), ("exit", "Exit"))


def ends(document: Document) -> Sequence[Choice]:
    """All touchpoints in reading order; those of one name with their ids."""
    names = {touchpoint.id: touchpoint.name for touchpoint in document.journey.touchpoints}
    several = list(names.values())
    return [
        (id_, f"{names[id_]} ({id_})" if several.count(names[id_]) > 1 else names[id_])
        for id_ in editing.reading_order(document.journey)
    ]


def transition_columns(document: Document, changes: Changes, steps: Steps) -> tuple[Column[TransitionRow], ...]:
    """All columns, from left to right."""
    return (
        finding_column(),
        Column(
            "From",
            "The touchpoint it leaves.",
            22,
            lambda row: row.source,
            change=lambda row, id_: steps.lead(row.id, "from", id_),
            choices=lambda: ends(document),
            chosen=lambda row: row.transition.source,
            completed=True,
        ),
        Column(
            "To",
            "The touchpoint it leads to.",
            22,
            lambda row: row.target,
            change=lambda row, id_: steps.lead(row.id, "to", id_),
            choices=lambda: ends(document),
            chosen=lambda row: row.transition.target,
            completed=True,
        ),
        Column("Key", "Its address in the file: its own ID, or from/to.", 20, lambda row: row.transition.key),
        Column(
            "Share",
            "Of the customers who go on from the touchpoint, the share who take this transition if nothing "
            "influences them. Type a percentage; the other transitions share the rest as before.",
            8,
            lambda row: row.percent,
            order=lambda row: row.portion,
            change=changes.set_percent,
            number=True,
        ),
        Column(
            "Delay",
            "Time until the next touchpoint is entered. Type days, a time such as 3 h, or a distribution in TOML.",
            21,
            lambda row: row.delay,
            tipped=lambda row: row.delay_as_written,
            written=lambda row: row.delay_as_written,
            change=changes.set_delay,
        ),
        Column(
            "Role",
            "What it means to the customer: a step forward, sideways or out. Set by its target if none is chosen.",
            14,
            lambda row: dict(ROLES).get(row.role or "", row.role or "") if row.role else "",
            change=changes.set_role,
            choices=lambda: ROLES,
            chosen=lambda row: row.role or "",
        ),
        Column(
            "On",
            "Whether it is enabled; a disabled one is treated as absent.",
            5,
            lambda row: "",
            order=lambda row: not row.transition.enabled,
            on=lambda row: row.transition.enabled,
            switch=changes.set_transition_enabled,
        ),
        Column(
            "Taken",
            "How often it was taken in a run; mean over the replications.",
            10,
            lambda row: "" if row.chosen is None else f"{row.chosen:,.0f}",
            order=lambda row: row.chosen,
            number=True,
            after_run=True,
        ),
    )
