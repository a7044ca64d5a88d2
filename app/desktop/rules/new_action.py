"""An action to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.desktop.document.editing import id_from
from sim.scenario.addresses.address import label_of

_NAME: Final = "New action"


def new_action(tables: Mapping[str, Any]) -> dict[str, Any]:
    """A message on the first channel that there is, under an id that no other action has."""
    channels = _ids(tables, "channels")[:1]
    made: dict[str, Any] = {"id": id_from(_NAME, _ids(tables, "actions")), "name": _NAME}
    return made | ({"channels": channels} if channels else {})


def has_actions(tables: Mapping[str, Any]) -> bool:
    """Whether there is an action to be taken."""
    return bool(_ids(tables, "actions"))


def _ids(tables: Mapping[str, Any], kind: str) -> list[str]:
    found = tables.get(kind)
    listed = found if isinstance(found, list) else []
    return [label for item in listed if (label := label_of(item)) is not None]
