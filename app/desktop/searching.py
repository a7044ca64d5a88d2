"""What the command palette finds: commands, touchpoints, arms, shipped scenarios and recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from app.desktop.commands.command import Commands
from app.desktop.commands.palette import Entry
from app.desktop.document import Document
from app.desktop.files.files import Files
from sim.scenario.addresses.address import joined
from sim.shipped import shipped_scenarios


def entries(
    commands: Commands, document: Document, go_to: Callable[[str], object], files: Files, recent: Sequence[Path]
) -> list[Entry]:
    """Everything that can be chosen now; `go_to` shows what an address is about."""
    entries = [
        Entry(action.text(), command.menu, commands.keys(command.id), action.trigger)
        for command, action in commands
        if action.isEnabled() and command.id != "palette"
    ]
    for touchpoint in document.journey.touchpoints:
        entries.append(
            Entry(touchpoint.name, "Touchpoint", touchpoint.id, partial(go_to, joined(("touchpoints", touchpoint.id))))
        )
    entries.append(Entry("The scenario itself", "Arm", "", partial(document.select_arm, None)))
    for arm in document.arms:
        name = str(arm.get("name") or arm["id"])
        entries.append(Entry(name, "Arm", "", partial(document.select_arm, str(arm["id"]))))
    for id_, path in shipped_scenarios().items():
        name = id_.replace("-", " ").capitalize()
        entries.append(Entry(name, "Shipped scenario", "", partial(files.open_shipped, path)))
    for path in recent:
        entries.append(Entry(path.name, "Recent file", str(path.parent), partial(files.open, path)))
    return entries
