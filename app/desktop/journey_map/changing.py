"""What is typed into a journey map becomes a step of the document."""

from __future__ import annotations

from typing import Any

from app.desktop.document import Document
from app.desktop.document.text_reading import override_address
from app.desktop.journey_map.cells import Edit
from sim.scenario import edit
from sim.scenario.addresses.address import joined
from sim.scenario.journey import DEFAULT_STAGES


class UnknownTouchpoint(ValueError):  # noqa: N818 - said of a line
    """A line that is about no touchpoint of its stage; the message says what would be right."""


def change(document: Document, label: str, at: Edit, text: str) -> bool:
    """Have a cell say that, as one step; False where that cannot be, which `document.refused` then tells."""
    try:
        changes = changes_of(at, text)
    except UnknownTouchpoint as error:
        if not document.rehearsing:
            document.refused.emit(str(error))
        return False
    if at.touchpoints:
        before = {one["id"]: one for one in document.shown.get("touchpoints", []) if "id" in one}
        key = at.address[-1]
        changes = {
            address: value
            for (id_, _), (address, value) in zip(at.touchpoints, changes.items(), strict=True)
            if (before.get(id_, {}).get(key) or None) != value
        }
    if at.address[0] != "stages" or document.tables.get("stages"):
        return document.set(label, changes) or document.rehearsing
    return _with_stages(document, label, changes) or document.rehearsing


def changes_of(at: Edit, text: str) -> dict[str, Any]:
    """What a text sets, by address; None for what is left out."""
    lines = [line for each in text.splitlines() if (line := each.strip().removeprefix("•").strip())]
    if at.touchpoints:
        said = dict(_about(at.touchpoints, line) for line in lines)
        return {joined(("touchpoints", id_, *at.address)): said.get(id_) for id_, _ in at.touchpoints}
    if at.many:
        return {joined(at.address): lines or None}
    return {joined(at.address): "\n".join(lines) or None}


def _about(touchpoints: tuple[tuple[str, str], ...], line: str) -> tuple[str, str]:
    """The touchpoint that a line begins with, and what it says of it."""
    for id_, name in sorted(touchpoints, key=lambda one: -len(one[1])):
        for called in (name, id_):
            rest = line[len(called) :].lstrip()
            if line.lower().startswith(called.lower()) and rest.startswith(":") and rest[1:].strip():
                return id_, rest[1:].strip()
    if len(touchpoints) == 1:
        return touchpoints[0][0], line
    names = ", ".join(name for _, name in touchpoints)
    raise UnknownTouchpoint(
        f"“{line}” names no touchpoint of this stage; begin the line with one and a colon, such as "
        f"“{touchpoints[0][1]}: why it decides” ({names})"
    )


def _with_stages(document: Document, label: str, changes: dict[str, Any]) -> bool:
    """The same where the file leaves the usual stages out: they are written into it first, in the same step."""
    usual = {"stages": [{"id": id_} for id_ in DEFAULT_STAGES]}
    if document.arm is not None:
        arm = document.arm
        changes = {override_address(arm, address): value for address, value in changes.items()}
    return document.apply(label, lambda text: edit(edit(text, usual), changes))
