"""What the command palette finds: commands, everything in the scenario that has a name, shipped scenarios and files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from app.desktop.commands.command import Commands
from app.desktop.commands.palette import Entry
from app.desktop.document import Document
from app.desktop.files.files import Files
from sim.scenario.addresses.address import joined
from sim.scenario.said import worded
from sim.shipped import shipped_scenarios

_NAMED: Final = {
    "stages": "Stage",
    "channels": "Channel",
    "segments": "Segment",
    "desks": "Desk",
    "surveys": "Survey",
    "actions": "Action",
    "rules": "Rule",
    "broadcasts": "Broadcast",
    "seasons": "Season",
    "shocks": "Shock",
    "phases": "Phase",
}
"""Lists of a scenario whose items have pages in the settings, and what each item is."""


def entries(
    commands: Commands, document: Document, go_to: Callable[[str], object], files: Files, recent: Sequence[Path]
) -> list[Entry]:
    """Everything that can be chosen now; `go_to` shows what an address is about."""
    entries = [
        Entry(action.text(), command.menu, commands.keys(command.id), action.trigger, f"{command.id} {command.tip}")
        for command, action in commands
        if action.isEnabled() and command.id != "palette"
    ]
    for touchpoint in document.journey.touchpoints:
        entries.append(
            Entry(
                touchpoint.name,
                "Touchpoint",
                touchpoint.id,
                partial(go_to, joined(("touchpoints", touchpoint.id))),
                f"exit {touchpoint.exit}" if touchpoint.exit else "",
            )
        )
    for listed, kind in _NAMED.items():
        for id_, name in _names(document.shown.get(listed)):
            entries.append(Entry(name, kind, id_, partial(go_to, joined((listed, id_)))))
    entries.append(Entry("The scenario itself", "Arm", "", partial(document.select_arm, None)))
    for arm in document.arms:
        name = str(arm.get("name") or arm["id"])
        entries.append(Entry(name, "Arm", str(arm["id"]), partial(document.select_arm, str(arm["id"]))))
    for id_, path in shipped_scenarios().items():
        entries.append(Entry(_title(path) or worded(id_), "Shipped scenario", id_, partial(files.open_shipped, path)))
    for path in recent:
        entries.append(Entry(path.name, "Recent file", str(path.parent), partial(files.open, path)))
    return entries


@cache
def _title(path: Path) -> str:
    """The name that a scenario file gives itself, without reading all of it; empty where it has none."""
    found = re.search(r'^name = "([^"]+)"', path.read_text(encoding="utf-8").partition("\n[")[0], re.MULTILINE)
    return found[1] if found else ""


def _names(listed: Any) -> Iterator[tuple[str, str]]:
    """Id and name of each item; what is no item is left out, findings tell of it."""
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], str(item.get("name") or worded(item["id"]))
