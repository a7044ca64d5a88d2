"""The editor of a rule or a broadcast: when, if, do, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms import Field, Form
from app.desktop.forms.context import Context
from app.desktop.forms.key import keys_of, others
from app.desktop.forms.revealing import reveal
from app.desktop.forms.source import Source
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.rules.action_part import ActionPart
from app.desktop.rules.block import Block
from app.desktop.rules.sentence import broadcast_sentence, rule_sentence
from app.desktop.rules.triggers import KINDS, KindEditor, kind_of, titles_of
from app.desktop.rules.worded_form import WordedForm
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.model import Part
from sim.scenario.orchestration import Broadcast, Rule, Trigger

_OWN: Final = ("name", "enabled", "id")
_IF: Final = {"if": "All of these are true"}
_SEGMENTS: Final = {"segments": "To whom"}
_THEN: Final = {
    "delay": "Wait",
    "cooldown": "Cooldown",
    "priority": "Priority",
    "alternatives": "Alternatives",
    "stop": "Do nothing if one of these is true by then",
}


class RuleEditor(QWidget):
    """Three blocks, When, If and Do, below the sentence that they make; every edit is a step of the document."""

    go_requested = Signal(str)
    """the address of something else that somebody wants to see, such as the action"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self._source = Source(document)
        self._parts: tuple[str, ...] = ()
        self._is_made = False
        """whether all fields are made"""
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName("The rule in a sentence")
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setForegroundRole(QPalette.ColorRole.WindowText)
        self.own = Form(appearance, document)
        self._context = Context(appearance, document)
        when = next(key for key in keys_of(Rule) if key.name == "when")
        when = replace(when, title="What happens")
        self.kind = Field(self._context, when, ("when",), KindEditor(self._source), head=True)
        self.kind.arrange(True, 0, 0)
        self.trigger = WordedForm(appearance, document)
        self.conditions = WordedForm(appearance, document)
        self.action = ActionPart(appearance, document)
        self.then = WordedForm(appearance, document, _THEN)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID, GRID, GRID, GRID)
        self._layout.setSpacing(2 * GRID)
        self._layout.addWidget(self.sentence)
        self._layout.addWidget(self.own)
        self.blocks = {
            "when": self._block("When", "What triggers it.", "rule", self.kind, self.trigger),
            "if": self._block("If", "What must be true then; otherwise nothing happens.", "condition", self.conditions),
            "do": self._block("Do", "What is sent or shown, how soon and how often.", "action", self.action, self.then),
        }
        self._layout.addStretch(1)
        self.setAccessibleName("Rule")
        self.action.go_requested.connect(self.go_requested)
        document.changed.connect(self.refresh)
        document.read_again.connect(self._read)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_item(self, address: str) -> None:
        """Show the rule or broadcast at an address such as `rules.cart-recovery`; longer ones go to the field."""
        parts = parts_of(address)
        self._parts = parts[:2]
        item = joined(self._parts)
        self._context.bases, self._context.title = [self._parts], parts[1]
        model: type[Part] = Broadcast if self._is_broadcast else Rule
        named = ("at", *_SEGMENTS, *_IF, "do", "id")
        self.own.edit(model, item, (*others(Broadcast, *named), "id") if self._is_broadcast else _OWN, parts[1])
        if self._is_broadcast:
            self.trigger.show()
            self.trigger.edit_worded(Broadcast, item, KINDS["at"].titles, ("at",), parts[1])
            self.conditions.edit_worded(Broadcast, item, {**_SEGMENTS, **_IF}, (), parts[1])
        else:
            self.conditions.edit_worded(Rule, item, _IF, (), parts[1])
        self.kind.setVisible(not self._is_broadcast)
        if self._is_made:
            self._show_action()
        else:
            QTimer.singleShot(0, self, self.complete)
        self._context.read_findings()
        self.kind.name()
        self.refresh()
        if len(parts) > 2:
            reveal(self.fields(), parts)

    def complete(self) -> None:
        """Make the fields of what is done, which are made a turn after the others, so that no turn takes long."""
        if not self._is_made and self._parts:
            self._is_made = True
            self._show_action()

    def _show_action(self) -> None:
        item = joined(self._parts)
        if not self._is_broadcast:
            more = others(Rule, *_OWN, "when", *_IF, "do", *_THEN)
            self.then.edit(Rule, item, (*_THEN, *more), self._parts[1])
        self.then.setVisible(not self._is_broadcast)
        self.action.show_item(Broadcast if self._is_broadcast else Rule, item, self._parts[1])

    def refresh(self) -> None:
        """Show what the document says now."""
        item = self._item()
        for block in (*self.blocks.values(), self.own):
            block.setVisible(item is not None)
        if item is None:
            self.sentence.setText("" if not self._parts else "This is no longer in the scenario.")
            return
        if self._is_broadcast:
            self.sentence.setText(broadcast_sentence(item, self._source))
        else:
            self.sentence.setText(rule_sentence(item, self._source))
            self._show_trigger(item.get("when"))
        if self._is_made:
            self.action.refresh()

    def fields(self) -> dict[str, Field]:
        """All fields by address."""
        if self._item() is None:
            return {}
        self.complete()
        fields = {**self.own.fields(), **self.conditions.fields(), **self.action.fields()}
        if not self._is_broadcast:
            fields |= {self.kind.address: self.kind, **self.then.fields()}
        return fields | (self.trigger.fields() if not self.trigger.isHidden() else {})

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as anybody likes."""
        return QSize(1, super().minimumSizeHint().height())

    @property
    def _is_broadcast(self) -> bool:
        return self._parts[:1] == ("broadcasts",)

    def _item(self) -> Mapping[str, Any] | None:
        item = self._source.at(self._parts) if len(self._parts) == 2 else None
        return item if isinstance(item, Mapping) else None

    def _block(self, title: str, about: str, term: str, *inside: QWidget) -> Block:
        block = Block(self.appearance, title, about, meaning(term))
        for widget in inside:
            block.rows.addWidget(widget)
        self._layout.addWidget(block)
        return block

    def _show_trigger(self, when: Any) -> None:
        """Show just the fields of the trigger's kind."""
        self.kind.refresh()
        kind = kind_of(when)
        titles = titles_of(kind) if kind is not None else {}
        self.trigger.setVisible(bool(titles))
        if kind is not None and titles:
            address = joined((*self._parts, "when"))
            shown = [row.key.name for row in self.trigger.rows if isinstance(row, Field)]
            if shown != list(titles) or self.trigger.context.bases != [(*self._parts, "when")]:
                self.trigger.edit_worded(Trigger, address, titles, KINDS[kind].needed, self._parts[1])
        self.trigger.said.hide()  # the field of the kind says it

    def _read(self) -> None:
        self._context.read_findings()
        self.kind.say()
        if not self._is_broadcast:
            self.trigger.said.hide()

    def _restyle(self) -> None:
        self.sentence.setFont(self.appearance.theme.font("normal"))
        self.kind.say()
        self.update()
