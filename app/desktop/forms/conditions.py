"""The field of a list of conditions, each in a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.desktop.forms.condition_row import ConditionRow
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import first_condition
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Theme

_KINDS = ("touchpoints", "channels", "segments", "stages")


class ConditionRows(Editor):
    """Conditions one below the other, which can be added and removed."""

    wide = True
    roomy = True

    def __init__(self, source: Source, nothing: str = "No conditions") -> None:
        """No rows yet; `nothing` says what it means that there are none."""
        super().__init__()
        self._source = source
        self.rows: list[ConditionRow] = []
        self._value: list[Any] = []
        self._nothing = nothing
        self._title, self._description = "Conditions", ""
        self.empty = PlainLabel(nothing)
        self.empty.setWordWrap(True)
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.add = self.input = QPushButton("Add condition")
        self.add.setToolTip("Add a condition at the end")
        self.add.clicked.connect(self._add)
        self.setFocusProxy(self.add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 4)
        self._layout.addWidget(self.empty)
        self._layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def name(self, name: str, description: str) -> None:
        """Name the button and all rows."""
        self._title, self._description = name, description
        self.add.setAccessibleName(f"{name}: add condition")
        self.add.setAccessibleDescription(description)
        self._name_rows()

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show each condition in its row."""
        given = value if value is not None else default
        self._value = list(given) if isinstance(given, list | tuple) else [] if given is None else [given]
        shown = [] if various else self._value
        self.empty.setText(VARIOUS if various else self._nothing)
        self.empty.setVisible(not shown)
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < len(shown):
            self._append()
        for row, condition in zip(self.rows, shown, strict=True):
            row.show_condition(condition)
        self._name_rows()
        self.updateGeometry()

    def offered(self) -> Any:
        """The names of all that conditions look at; nobody sees them where there are no conditions."""
        return [self._source.named(kind) for kind in _KINDS] if self.rows else None

    def input_at(self, rest: tuple[str, ...]) -> QWidget:
        """The row of a condition, by its number from 1."""
        row = self._row_at(rest[0]) if rest else None
        return self.input if row is None else row.subject if row.subject.isVisibleTo(row) else row.value.input

    def tell(self, told: Mapping[str, tuple[str, QColor]], theme: Theme) -> set[str]:
        """Say what is wrong with each condition at its row."""
        said = {part for part in told if self._row_at(part) is not None}
        for number, row in enumerate(self.rows, 1):
            row.say(*told.get(str(number), ("", QColor())), theme)
        return said

    def _row_at(self, number: str) -> ConditionRow | None:
        at = int(number) - 1 if number.isdigit() else -1
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give each condition one line where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Look again whether there is room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        for row in self.rows:
            row.arrange(self.width())

    def _append(self) -> None:
        row = ConditionRow(self._source, self.width())
        row.edited.connect(lambda condition, row=row: self._change(row, condition))
        row.removed.connect(lambda row=row: self._remove(row))
        row.refused.connect(self.refused)
        row.begun.connect(self.begun)
        row.given_up.connect(self.given_up)
        self.rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)
        if len(self.rows) > 1:
            self.setTabOrder(self.rows[-2].remove, row.subject)
        self.setTabOrder(row.subject, row.operator.input)
        self.setTabOrder(row.operator.input, row.value.input)
        self.setTabOrder(row.value.input, row.remove)
        self.setTabOrder(row.remove, self.add)

    def _name_rows(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.name(f"{self._title}: condition {number}", self._description)

    def _add(self) -> None:
        self.begun.emit()
        self.edited.emit([*self._value, first_condition("sentiment", self._source)])
        if self.rows:
            self.rows[-1].subject.setFocus()
            self.rows[-1].subject.line.selectAll()

    def _change(self, row: ConditionRow, condition: Any) -> None:
        at = self.rows.index(row)
        if condition is None:
            self._remove(row)
        else:
            self.edited.emit([*self._value[:at], condition, *self._value[at + 1 :]])

    def _remove(self, row: ConditionRow) -> None:
        at = self.rows.index(row)
        self.begun.emit()
        left = [*self._value[:at], *self._value[at + 1 :]]
        self.edited.emit(left or None)
        near = self.rows[min(at, len(self.rows) - 1)].remove if self.rows else self.add
        near.setFocus()
