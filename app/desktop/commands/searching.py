"""What the command palette finds: commands, touchpoints, arms, shipped scenarios and recent files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from app.desktop.commands.palette import Entry
from sim.scenario.addresses import joined
from sim.shipped import shipped_scenarios

if TYPE_CHECKING:
    from app.desktop.window import Window


def entries(window: Window) -> list[Entry]:
    """Everything that can be chosen now."""
    found = [
        Entry(
            action.text(),
            command.menu,
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.trigger,
        )
        for command, action in window.commands
        if action.isEnabled() and command.id != "palette"
    ]
    journey = window.document.journey
    for place in journey.places:
        found.append(
            Entry(place.name, "Touchpoint", place.id, partial(window.editor.go_to, joined(("touchpoints", place.id))))
        )
    found.append(Entry("The scenario itself", "Arm", "", partial(window.document.select_arm, None)))
    for arm in window.document.arms:
        name = str(arm.get("name") or arm["id"])
        found.append(Entry(name, "Arm", "", partial(window.document.select_arm, str(arm["id"]))))
    for id_, path in shipped_scenarios().items():
        found.append(
            Entry(id_.replace("-", " ").capitalize(), "Shipped scenario", "", partial(window.files.open_shipped, path))
        )
    for path in window.settings.recent:
        found.append(Entry(path.name, "Recent file", str(path.parent), partial(window.files.open, path)))
    return found
