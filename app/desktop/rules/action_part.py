"""Which action a rule takes: chosen among those that there are, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms import Field, Form
from app.desktop.forms.source import Source
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.rules.new_action import new_action
from app.desktop.rules.worded_form import WordedForm
from sim.scenario.addresses.address import joined
from sim.scenario.model import Part
from sim.scenario.orchestration import Action

_SHOWN: Final = ("name", "kind", "channels", "leads_to", "transactional")


class ActionPart(QWidget):
    """The field of the action, a button for a new one, and the most important values of the action itself."""

    go_requested = Signal(str)
    """the address of the action that somebody wants to see as a whole"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Nothing is edited yet."""
        super().__init__()
        self.document = document
        self._appearance = appearance
        self._source = Source(document)
        self._address = ""
        self.form = WordedForm(appearance, document, {"do": "Action"})
        self.new = QPushButton("New action …")
        self.new.setToolTip("Add an action and use it here")
        self.new.setAccessibleName("New action")
        self.new.clicked.connect(self._add)
        self.all = QPushButton("Edit this action …")
        self.all.setToolTip("Show all settings of this action")
        self.all.setAccessibleName("Show all settings of this action")
        self.all.clicked.connect(lambda: self.go_requested.emit(joined(("actions", self._action()))))
        self.heading = PlainLabel()
        self.heading.setWordWrap(True)
        self.heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.heading.setToolTip(plain_tip(meaning("action")))
        self.own = Form(appearance, document)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(GRID, 0, 0, 0)
        buttons.addWidget(self.new)
        buttons.addWidget(self.all)
        buttons.addStretch()
        inner = QVBoxLayout()
        inner.setContentsMargins(2 * GRID, GRID // 2, 0, GRID // 2)
        inner.addWidget(self.heading)
        inner.addWidget(self.own)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.form)
        layout.addLayout(buttons)
        layout.addLayout(inner)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_item(self, model: type[Part], address: str, title: str) -> None:
        """Edit the action of that rule or broadcast."""
        self._address = address
        self.form.edit(model, address, ("do",), title)
        self.refresh()

    def refresh(self) -> None:
        """Show the action that is taken now."""
        action = self._action()
        there = isinstance(self._source.at(("actions", action)), Mapping) if action else False
        for widget in (self.own, self.heading, self.all):
            widget.setVisible(there)
        if there:
            address = joined(("actions", action))
            if self.own.context.bases != [("actions", action)]:
                self.own.edit(Action, address, _SHOWN, action)
            self.heading.setText(self._used(action))

    def fields(self) -> dict[str, Field]:
        """All fields by address."""
        return {**self.form.fields(), **(self.own.fields() if not self.own.isHidden() else {})}

    def _action(self) -> str:
        kind, _, id_ = self._address.partition(".")
        item = self._source.at((kind, *([id_] if id_ else [])))
        return str(item.get("do") or "") if isinstance(item, Mapping) else ""

    def _used(self, action: str) -> str:
        others = sum(
            item.get("do") == action or action in (item.get("alternatives") or [])
            for kind in ("rules", "broadcasts")
            for item in self._listed(kind)
        )
        name = self._source.named("actions").get(action, action)
        more = f"; {others - 1} {'others use' if others > 2 else 'other uses'} it too" if others > 1 else ""
        return f"The action “{name}” itself{more}"

    def _listed(self, kind: str) -> list[Mapping[str, Any]]:
        items = self._source.at((kind,))
        return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []

    def _add(self) -> None:
        """Make an action and take it, as one step."""
        item = new_action(self.document.shown)
        id_ = item["id"]
        added: dict[str, Any] = {joined(("actions", id_)): item} if self._listed("actions") else {"actions": [item]}
        if self.document.set("Add action", {**added, f"{self._address}.do": id_}):
            name = self.own.fields().get(joined(("actions", id_, "name")))
            if name is not None:
                name.input.setFocus()
                if isinstance(name.input, QLineEdit):
                    name.input.selectAll()  # so that another name is typed over it

    def _restyle(self) -> None:
        self.heading.setFont(self._appearance.theme.font("small"))
