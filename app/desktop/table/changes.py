"""What an edited cell changes in the document: one value by its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.desktop.canvas.spots import placed
from app.desktop.document import Document, editing
from app.desktop.forms.shares import UnfitShareError, transition_changes
from app.desktop.table.rows import TouchpointRow, TransitionRow, channel_names
from app.typed_number import readings
from app.typed_share import allowed_share, share_typed
from sim.scenario import parse_value
from sim.scenario.addresses.address import joined, label_of

_DAYS = {"d": 1.0, "day": 1.0, "days": 1.0, "h": 1 / 24, "min": 1 / 1440, "s": 1 / 86400, "w": 7.0}
_YES, _NO = ("yes", "true", "y"), ("no", "false", "n", "")


class Changes:
    """Sets values of the scenario, or of the arm that is selected; says why where it cannot."""

    def __init__(self, document: Document) -> None:
        """Change that document."""
        self._document = document

    # Touchpoints

    def rename(self, row: TouchpointRow, name: str) -> bool:
        """Give a touchpoint another name; its id stays."""
        if not name.strip() or name.strip() == row.touchpoint.name:
            return False
        return self._set(f"Rename {row.words}", "touchpoints", row.id, "name", name.strip())

    def rename_id(self, row: TouchpointRow, id_: str) -> bool:
        """Give a touchpoint another id wherever it stands."""
        return id_.strip() != row.id and self._document.rename_id("touchpoints", row.id, id_.strip())

    def set_stage(self, row: TouchpointRow, stage: str) -> bool:
        """Put a touchpoint into another stage."""
        names = {lane.id: lane.name for lane in self._document.journey.lanes}
        label = f"Move {row.words} to {names.get(stage, stage)}"
        return stage != row.touchpoint.stage and self._set(label, "touchpoints", row.id, "stage", stage)

    def set_channels(self, row: TouchpointRow, text: str) -> bool:
        """Let a touchpoint happen on other channels, named and joined by commas; those that stay keep their weights."""
        label = f"Set channels of {row.words}"
        typed = [word.strip() for word in text.split(",") if word.strip()]
        if [word.casefold() for word in typed] in ([], ["all"]):
            return self._clear(label, "touchpoints", row.id, "channels", list(self._document.journey.channels))
        if typed[0].casefold() == "none" and len(typed) == 1:
            return self._set(label, "touchpoints", row.id, "channels", [])
        names = channel_names(self._document.shown, self._document.journey)
        ids = {word.casefold(): id_ for id_, name in names.items() for word in (name, id_)}
        unknown = [word for word in typed if word.casefold() not in ids]
        if unknown:
            known = ", ".join(names.values()) or "none yet"
            return self._refuse(f"There is no channel called {unknown[0]}. Channels: {known}.")
        chosen = list(dict.fromkeys(ids[word.casefold()] for word in typed))
        before = self._item(self._document.shown, "touchpoints", row.id).get("channels")
        value: Any = chosen
        if isinstance(before, Mapping):
            value = {id_: before.get(id_, 1.0) for id_ in chosen}
        return value != before and self._set(label, "touchpoints", row.id, "channels", value)

    def set_start(self, row: TouchpointRow, text: str) -> bool:
        """Let arrivals begin at a touchpoint (yes, or a weight) or not."""
        word, label = text.strip().casefold(), f"Set start of {row.words}"
        weight = _number(text)
        if word in _NO or weight == 0:
            return row.touchpoint.start > 0 and self._clear(label, "touchpoints", row.id, "start", False)
        if word in _YES:
            return self._set(label, "touchpoints", row.id, "start", True)
        if weight is None or weight < 0:
            return self._refuse("Type yes, no, or a weight from 0 up.")
        return self._set(label, "touchpoints", row.id, "start", weight)

    def set_goal(self, row: TouchpointRow, kind: str) -> bool:
        """Make a touchpoint a goal of that kind, or none; money and margin of a goal stay."""
        label = f"Set goal of {row.words}"
        if kind == (row.touchpoint.goal or ""):
            return False
        if not kind:
            return self._clear(label, "touchpoints", row.id, "goal", False)
        if row.touchpoint.goal is not None:
            return self._document.set(label, {joined(("touchpoints", row.id, "goal", "kind")): kind})
        return self._set(label, "touchpoints", row.id, "goal", {"kind": kind})

    def set_exit(self, row: TouchpointRow, kind: str) -> bool:
        """Let the journey end at a touchpoint, or go on."""
        label = f"Set exit of {row.words}"
        if kind == (row.touchpoint.exit or ""):
            return False
        if not kind:
            return self._clear(label, "touchpoints", row.id, "exit", False)
        return self._set(label, "touchpoints", row.id, "exit", kind)

    def set_lapsed(self, row: TouchpointRow, lapsed: bool) -> bool:
        """Let customers be lapsed at a touchpoint, or not."""
        return self._switch(f"Set lapsed of {row.words}", "touchpoints", row.id, "lapsed", lapsed, usual=False)

    def set_desk(self, row: TouchpointRow, desk: str) -> bool:
        """Have a touchpoint served by a desk, or by none."""
        label = f"Set desk of {row.words}"
        if desk == (row.touchpoint.desk or ""):
            return False
        if desk:
            return self._set(label, "touchpoints", row.id, "desk", desk)
        if self._document.arm is not None and self._item(self._document.tables, "touchpoints", row.id).get("desk"):
            return self._refuse("An arm cannot remove the desk, only replace it with another.")
        return self._set(label, "touchpoints", row.id, "desk", None)

    def set_touchpoint_enabled(self, row: TouchpointRow, enabled: bool) -> bool:
        """Switch a touchpoint on or off."""
        label = f"Switch {row.words} {'on' if enabled else 'off'}"
        return self._switch(label, "touchpoints", row.id, "enabled", enabled, usual=True)

    def set_position(self, row: TouchpointRow, axis: int, text: str) -> bool:
        """Move a touchpoint across (0) or down (1) on the canvas."""
        wanted = _number(text)
        if wanted is None:
            return self._refuse("Type a position in pixels, such as 240.")
        journey = self._document.journey
        x, y = row.touchpoint.at or placed(journey, {})[row.id]
        at = (wanted, y) if axis == 0 else (x, wanted)
        if at == row.touchpoint.at:
            return False
        return self._document.apply(
            f"Move {row.words}", lambda text: editing.move(text, journey, [(row.id, at[0], at[1])])
        )

    # Transitions

    def set_percent(self, row: TransitionRow, text: str) -> bool:
        """Set the share of a transition so that it makes up that percentage of what leaves its touchpoint."""
        if text.strip() == row.percent:
            return False
        others = sum(
            transition.share
            for transition in self._document.journey.transitions
            if transition.source == row.transition.source and transition.key != row.id and transition.enabled
        )
        share = share_typed(text, alone=others <= 0)
        if share is None:
            return self._refuse(allowed_share(alone=others <= 0))
        one_value = self._document.arm is not None
        try:
            changes = transition_changes(self._document.shown, row.id, share, one_value)
        except UnfitShareError as error:
            return self._refuse(f"{error}.")
        return self._document.set(f"Set share of {row.words}", changes)

    def set_delay(self, row: TransitionRow, text: str) -> bool:
        """Set the delay of a transition: days, a time such as `3 h`, or a distribution in TOML."""
        label, plain = f"Set delay of {row.words}", text.strip()
        if plain == row.delay_as_written:
            return False
        if not plain:
            return self._clear(label, "transitions", row.id, "delay", 0)
        value = _days(plain) if not plain.startswith("{") else parse_value(plain)
        if value is None or isinstance(value, str):
            such = '{ family = "exponential", mean = 2 }'
            return self._refuse(f"Type days, a time such as 3 h or 30 min, or a distribution such as {such}.")
        return self._set(label, "transitions", row.id, "delay", value)

    def set_role(self, row: TransitionRow, role: str) -> bool:
        """Say what a transition means to the customer; nothing derives it from where it leads."""
        label = f"Set role of {row.words}"
        return role != (row.role or "") and self._set(label, "transitions", row.id, "role", role or None)

    def set_transition_enabled(self, row: TransitionRow, enabled: bool) -> bool:
        """Switch a transition on or off."""
        label = f"Switch {row.words} {'on' if enabled else 'off'}"
        return self._switch(label, "transitions", row.id, "enabled", enabled, usual=True)

    # How

    def _set(self, label: str, kind: str, id_: str, key: str, value: Any) -> bool:
        return self._document.set(label, {joined((kind, id_, key)): value})

    def _clear(self, label: str, kind: str, id_: str, key: str, default: Any) -> bool:
        """Back to the default: by saying nothing, or under an arm, by saying it where the scenario says otherwise."""
        own = self._item(self._document.tables, kind, id_)
        said = self._document.arm is not None and key in own
        return self._set(label, kind, id_, key, default if said and own[key] != default else None)

    def _switch(self, label: str, kind: str, id_: str, key: str, on: bool, usual: bool) -> bool:
        if on == usual:
            return self._clear(label, kind, id_, key, usual)
        return self._set(label, kind, id_, key, on)

    def _item(self, tables: Mapping[str, Any], kind: str, id_: str) -> Mapping[str, Any]:
        listed = tables.get(kind)
        item: Mapping[str, Any]
        for item in listed if isinstance(listed, list) else []:
            if label_of(item) == id_:
                return item
        return {}

    def _refuse(self, words: str) -> bool:
        self._document.refused.emit(words)
        return False


def _number(text: str) -> float | None:
    """A number as it is written in a file: whole where it is."""
    try:
        value = float(readings(text)[0])
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return _plain(value)


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _days(text: str) -> float | None:
    """A time in words or a number of days; None for what is neither."""
    figure = text.rstrip("abcdefghijklmnopqrstuvwxyz ").strip()
    unit = text[len(figure) :].strip() or "d"
    value = _number(figure)
    if value is None or value < 0 or unit not in _DAYS:
        return None
    return value if _DAYS[unit] == 1.0 else float(f"{value * _DAYS[unit]:.9g}")
