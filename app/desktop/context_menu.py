"""The menu of the right mouse button: what can be done with what is under the mouse, which the click has selected."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.desktop.commands.command import Commands
from app.desktop.document import Document
from app.desktop.document.drawn_journey import Touchpoint
from app.desktop.editor.editor import Editor
from app.desktop.forms.source import Parts, Source
from app.desktop.sections import items
from app.desktop.sections.sections import section_of
from sim.scenario.addresses.address import joined

_LINE: Final = ""
_EMPTY: Final = ("add", "add-note", _LINE, "paste", "all", _LINE, "tidy", "zoom-fit")
_SEVERAL: Final = (
    "align-left", "align-top", "align-distribute-h", "align-distribute-v", _LINE,
    "cut", "copy", "duplicate", "delete", _LINE, "zoom-selection",
)  # fmt: skip
_EXITS: Final = {"churn": "Exit: the customer is lost", "completed": "Exit: the journey is completed"}


class ContextMenu:
    """Makes the menu for what is selected."""

    def __init__(self, window: QWidget, commands: Commands, document: Document, editor: Editor) -> None:
        """Menus of that window, of its commands."""
        self._window, self._commands, self._document, self._editor = window, commands, document, editor

    def show(self, at: object) -> None:
        """Offer what can be done, at a point of the screen."""
        assert isinstance(at, QPoint)
        self.made().popup(at)

    def made(self) -> QMenu:
        """The menu for what is selected; nothing selected is the empty canvas."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        selected = self._editor.selection
        match [(kind, id_) for kind in ("touchpoints", "transitions", "notes") for id_ in getattr(selected, kind)]:
            case []:
                self._add(menu, *_EMPTY)
            case [("touchpoints", id_)] if (touchpoint := self._document.journey.touchpoint(id_)) is not None:
                self._fill_for_touchpoint(menu, touchpoint)
            case [("transitions", key)]:
                self._fill_for_transition(menu, key)
            case [("notes", _)]:
                self._add_called(menu, "Edit note", "rename")
                self._add(menu, _LINE, "cut", "copy", "duplicate", "delete")
            case _:
                self._add(menu, *_SEVERAL)
        return menu

    def _fill_for_touchpoint(self, menu: QMenu, touchpoint: Touchpoint) -> None:
        self._add(menu, "rename", "connect", _LINE)
        of = ("touchpoints", touchpoint.id)
        self._add_switch(menu, "Journeys start here", (*of, "start"), touchpoint.start > 0, True, False)
        goal = {"kind": "conversion"}
        self._add_switch(menu, "Conversion goal", (*of, "goal"), touchpoint.goal is not None, goal, None)
        for how, words in _EXITS.items():
            self._add_switch(menu, words, (*of, "exit"), touchpoint.exit == how, how, None)
        menu.addSeparator()
        rule = menu.addAction("Add a rule that starts here")
        rule.setToolTip("A rule that acts when somebody enters this touchpoint")
        rule.triggered.connect(lambda: self.add_rule(touchpoint))
        self._add(menu, _LINE, "cut", "copy", "duplicate", "delete")

    def _fill_for_transition(self, menu: QMenu, key: str) -> None:
        transition = self._document.journey.transition(key)
        self._add_called(menu, "Set share", "rename")
        if transition is not None:
            self._add_switch(menu, "Enabled", ("transitions", key, "enabled"), transition.enabled, True, False)
        self._add(menu, _LINE, "cut", "copy", "delete")

    def _add(self, menu: QMenu, *ids: str) -> None:
        for id_ in ids:
            if id_ == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._commands[id_])

    def _add_called(self, menu: QMenu, words: str, id_: str) -> None:
        """A command under another name: that of what it does here."""
        entry = menu.addAction(words)
        entry.setToolTip(self._commands[id_].toolTip())
        entry.triggered.connect(lambda: self._commands[id_].trigger())

    def _add_switch(self, menu: QMenu, words: str, parts: Parts, on: bool, value: Any, otherwise: Any) -> None:
        """Something that holds or not: `value` is written when it begins to hold, `otherwise` when it ends."""
        entry = menu.addAction(words)
        entry.setCheckable(True)
        entry.setChecked(on)
        source = Source(self._document)
        wanted = otherwise if on else value
        if wanted is None and self._document.arm is not None and source.at(parts, base=True) is not None:
            entry.setEnabled(False)
            entry.setToolTip("An arm can change this, but not remove it: select the scenario itself first")
        entry.triggered.connect(lambda: self._document.set(words, {joined(parts): wanted}))

    def add_rule(self, touchpoint: Touchpoint) -> None:
        """Add a rule that acts when somebody enters a touchpoint, and go to it."""
        section = section_of(("rules",))
        assert section is not None
        before, arm = self._document.tables, self._document.arm
        taken = items.labels_in(self._document.shown, section)
        rule = items.new_item(before, section, f"After {touchpoint.name}", taken)
        rule["when"] = {"entered": touchpoint.id}

        def added(text: str) -> str:
            return items.add(items.with_action(text, before, rule), section, rule)

        label = f"Add rule {rule.get('name', rule['id'])}"
        if self._document.apply(label, added):
            self._editor.go_to(joined(("rules", str(rule["id"]))))
            if arm is not None:
                self._editor.offer_arm_since(label, before)
