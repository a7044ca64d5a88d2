"""One condition in a row: what is checked, how it is compared, and with what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from app.desktop.forms.choosing import ChoiceEditor
from app.desktop.forms.editor import Editor
from app.desktop.forms.key import Key
from app.desktop.forms.lines import ItemsEditor, NotationEditor, NumberEditor
from app.desktop.forms.several import SeveralEditor
from app.desktop.forms.source import Source
from app.desktop.forms.subject_box import SubjectBox
from app.desktop.forms.subjects import OPERATORS, first_condition, said_of, sort_of, values_of
from app.desktop.forms.telling import SIGN, Telling
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import meaning
from app.desktop.looks.theme import GRID, Theme
from sim.scenario.key import CURRENCY
from sim.scenario.shape import Shape, shapes

_LISTS = ("in", "not in")
_NARROW = 66
"""Average letters below which a row takes two lines."""
_NUMBER = Shape(plain=float)
_NUMBERS = Key("value", None, tuple[float, ...], (), shapes(tuple[float, ...]), "numbers with commas between them")
_ANY = Key("value", None, Any, (), shapes(Any), "a value as in the file")


class ConditionRow(QWidget):
    """A condition `[subject, operator, value]`; says which one somebody wants instead."""

    edited = Signal(object)
    """the whole condition that is wanted"""
    removed = Signal()
    refused = Signal(str)
    begun = Signal()
    given_up = Signal()

    def __init__(self, source: Source, room: int) -> None:
        """A row that shows nothing yet, so wide."""
        super().__init__()
        self._source = source
        self.condition: Any = None
        self._kind = ""
        self._named = ("Condition", "")
        self.subject = SubjectBox(source, self.begun.emit)
        self.operator = ChoiceEditor(self._operators, required=True)
        self.value: Editor = NumberEditor(_NUMBER, required=True)
        self.unit = PlainLabel()
        self.unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.remove = QToolButton()
        self.remove.setText("✕")
        self.remove.setAutoRaise(True)
        self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remove.setToolTip("Remove this condition")
        self.remove.clicked.connect(lambda: self.removed.emit())
        self.subject.chosen.connect(self._look_at)
        self.operator.begun.connect(self.begun)
        self.operator.edited.connect(self._compare)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, GRID // 2)
        self._grid.setHorizontalSpacing(GRID // 2)
        self._grid.setVerticalSpacing(GRID // 4)
        self._narrow: bool | None = None
        self._message: Telling | None = None
        self._use(self.value, "number")
        self.arrange(room)

    def name(self, name: str, description: str) -> None:
        """Tell those who listen what each part is."""
        self._named = (name, description)
        self.setAccessibleName(name)
        self.subject.setAccessibleName(f"{name}: what is checked")
        self.subject.setAccessibleDescription(description)
        self.operator.name(f"{name}: comparison", description)
        self.value.name(f"{name}: value", description)
        self.remove.setAccessibleName(f"Remove {name[:1].lower()}{name[1:]}")

    def show_condition(self, condition: Any) -> None:
        """Show it; what cannot be read as a condition is shown as it is written."""
        self.condition = condition
        known = isinstance(condition, list | tuple) and len(condition) == 3
        self.subject.setVisible(known)
        self.operator.setVisible(known)
        if not known:
            self._use_for("notation", "")
            self.value.show_value(condition, None)
            self.unit.hide()
            return
        subject, operator, value = str(condition[0]), str(condition[1]), condition[2]
        said = said_of(subject, self._source)
        self.subject.show_subject(subject)
        explained = meaning(said.term) if said.term else ""
        self.subject.setToolTip(plain_tip(explained or said.label))
        self.operator.setToolTip("How it is compared")
        self.operator.show_value(operator, None)
        self._use_for(self._kind_for(subject, operator, value), subject)
        self.value.show_value(list(value) if isinstance(value, tuple) else value, None)
        unit = self._source.currency() if said.unit == CURRENCY else said.unit
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))
        self.value.setToolTip(plain_tip(f"{said.label}: the value to compare with" + (f", in {unit}" if unit else "")))

    @property
    def said(self) -> str:
        """What is said to be wrong with it; empty where nothing is."""
        return self._message.words if self._message is not None else ""

    def say(self, words: str, colour: QColor, theme: Theme) -> None:
        """Say at the row what is wrong with it, which moves nothing; nothing where nothing is."""
        if words and self._message is None:
            self._message = Telling(self, self)
            self._put_sign()
        if self._message is not None:
            self._message.tell(words, colour, theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the sign of what is wrong where there is room for it."""
        super().resizeEvent(event)
        self._put_sign()

    def _put_sign(self) -> None:
        """Below the button that removes the row, or right of it."""
        if self._message is not None:
            self._grid.activate()
            beside = self.value.geometry()
            self._message.stand(QRect(self.width() - SIGN, beside.y(), SIGN, beside.height()))

    def arrange(self, room: int) -> None:
        """Take one line where there is room for it, else two."""
        narrow = room < self.fontMetrics().averageCharWidth() * _NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self.subject, self.operator, self.value, self.unit, self.remove):
            self._grid.removeWidget(widget)
        row = int(narrow)
        self._grid.addWidget(self.subject, 0, 0, 1, 3 if narrow else 1)
        self._grid.addWidget(self.operator, row, 0 if narrow else 1)
        self._grid.addWidget(self.value, row, 1 if narrow else 2)
        self._grid.addWidget(self.unit, row, 2 if narrow else 3)
        self._grid.addWidget(self.remove, 0, 4)
        self._grid.setColumnMinimumWidth(5, 0 if narrow else SIGN)
        for column, stretch in enumerate((2, 3, 0, 0, 0) if narrow else (5, 3, 4, 0, 0)):
            self._grid.setColumnStretch(column, stretch)

    # What the value is edited with

    def _kind_for(self, subject: str, operator: str, value: Any) -> str:
        listed = isinstance(value, list | tuple)
        if listed != (operator in _LISTS):
            return "notation"
        sort = sort_of(subject)
        items = value if listed else [value]
        fits = {
            "number": all(isinstance(each, int | float) and not isinstance(each, bool) for each in items),
            "truth": isinstance(value, bool),
            "id": all(isinstance(each, str) for each in items),
        }[sort]
        return f"{sort}s" * listed or sort if fits else "notation"

    def _use_for(self, kind: str, subject: str) -> None:
        """Have the editor that suits this kind of value."""
        of = f"{kind} {subject}" if kind in ("id", "ids") else kind
        if of == self._kind:
            return

        def choices() -> dict[str, str]:
            return values_of(subject, self._source)

        editor: Editor
        if kind == "number":
            editor = NumberEditor(_NUMBER, required=True)
        elif kind == "numbers":
            editor = ItemsEditor(_NUMBERS)
        elif kind == "truth":
            editor = ChoiceEditor(lambda: {True: "Yes", False: "No"}, required=True)
        elif kind == "id":
            editor = ChoiceEditor(choices, required=True)
        elif kind == "ids":
            editor = SeveralEditor(choices)
        else:
            editor = NotationEditor(_ANY)
        before = self.value
        editor.setEnabled(before.isEnabled())
        self._grid.replaceWidget(before, editor)
        QWidget.setTabOrder(self.operator.input, editor.input)
        before.blockSignals(True)  # what is still typed into it is of the condition before
        before.hide()
        before.deleteLater()
        self._use(editor, of)
        editor.name(f"{self._named[0]}: value", self._named[1])

    def _use(self, editor: Editor, kind: str) -> None:
        self.value, self._kind = editor, kind
        editor.edited.connect(self._give)
        editor.refused.connect(self.refused)
        editor.begun.connect(self.begun)
        editor.given_up.connect(self.given_up)

    def _operators(self) -> dict[str, str]:
        known = isinstance(self.condition, list | tuple) and len(self.condition) == 3
        return OPERATORS[sort_of(str(self.condition[0]))] if known else {}

    # What somebody wants

    def _look_at(self, subject: str) -> None:
        if subject != self.condition[0]:
            self.edited.emit(first_condition(subject, self._source, self.condition))

    def _compare(self, operator: str) -> None:
        subject, before, value = self.condition
        if (operator in _LISTS) and before not in _LISTS:
            value = [value]
        elif (operator not in _LISTS) and before in _LISTS:
            value = value[0] if value else first_condition(subject, self._source)[2]
        self.edited.emit([subject, operator, value])

    def _give(self, value: Any) -> None:
        if self._kind == "notation" and not self.operator.isVisibleTo(self):
            self.edited.emit(value)
        elif value is not None:
            self.edited.emit([*self.condition[:2], value])
