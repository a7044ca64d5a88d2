"""The field of a distribution: its family, its parameters, a small curve, and mean and median in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.desktop.forms.choosing import Box
from app.desktop.forms.curve import Curve, in_words
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.families import FAMILIES, SPREAD, Family, as_family, distribution_of, family_of
from app.desktop.forms.key import Key
from app.desktop.forms.line import LineEditor
from app.desktop.forms.lines import ItemsEditor, NumberEditor
from app.desktop.forms.numbers import text_of
from app.desktop.forms.words import sentence
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from sim.scenario.key import ITS_OWN
from sim.scenario.shape import takes_spread
from sim.scenario.toml.notation import value_text


class DistributionEditor(Editor):
    """A number, or a distribution of one of the families."""

    wide = True

    def __init__(self, appearance: Appearance, key: Key) -> None:
        """A distribution for that key."""
        super().__init__()
        self._key = key
        self.unit = ""
        self._value: Any = None
        self._default: Any = None
        self._family: Family | None = None
        self._families = ((SPREAD,) if takes_spread(key.options) else ()) + FAMILIES
        self.box = self.input = Box(self.begun.emit)
        self.setFocusProxy(self.box)
        self.parameters: dict[str, LineEditor] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self.curve = Curve(appearance)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.said.setAccessibleName("Mean and median")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.box)
        layout.addLayout(self._grid)
        layout.addWidget(self.curve)
        layout.addWidget(self.said)
        self._fill()
        self.box.activated.connect(self._chosen)

    def name(self, name: str, description: str) -> None:
        """Name the family; parameters have names of their own."""
        self._named = name
        self.input.setAccessibleName(f"{name}: kind of distribution")
        self.input.setAccessibleDescription(description)
        for parameter, editor in self.parameters.items():
            editor.name(f"{name}: {parameter}", description)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show it; the parameters are made anew only for another family."""
        if default != self._default:
            self._default = default
            self._fill()
        self._value = value
        family = family_of(value)
        if family is not self._family:
            self._family = family
            self._make_parameters()
        number = 0 if family is None else 1 + self._families.index(family)
        if self._key.required:
            number -= 1
        self.box.setPlaceholderText(VARIOUS if various else "choose")
        self.box.setCurrentIndex(-1 if various or (family is None and value is not None) else number)
        self.box.setToolTip(plain_tip("" if family is None else family.meaning.replace("`", "")))
        for name, editor in self.parameters.items():
            editor.show_value(value.get(name) if isinstance(value, Mapping) else value, None)
        self._draw(value if value is not None else self._default)

    def _draw(self, value: Any) -> None:
        distribution = None if self._family is SPREAD else distribution_of(value)
        self.curve.show_distribution(distribution, self.unit)
        self.curve.setVisible(distribution is not None and self._family not in (None, FAMILIES[0]))
        words = in_words(distribution, self.unit) if distribution is not None and self._family is not None else ""
        self.said.setText(words)
        self.said.setVisible(bool(words) and self._family is not FAMILIES[0])

    def _fill(self) -> None:
        entries = [family.words for family in self._families]
        if not self._key.required:
            standard = family_of(self._default)
            words = "None" if standard is None else f"{_short(self._default)} (default)"
            entries.insert(0, words)
        self.box.clear()
        self.box.addItems(entries)

    def _make_parameters(self) -> None:
        focused = any(editor.line.hasFocus() for editor in self.parameters.values())
        if focused:  # what is typed there is of the family before
            self.box.setFocus()
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.parameters.clear()
        before: QWidget = self.box
        for row, key in enumerate(self._family.keys() if self._family is not None else ()):
            listed = any(option.items for option in key.options)
            number = next((option for option in key.options if option.plain is float), None)
            editor: LineEditor = ItemsEditor(key) if listed or number is None else NumberEditor(number, required=True)
            editor.edited.connect(lambda value, name=key.name: self._parameter(name, value))
            editor.refused.connect(self.refused)
            editor.begun.connect(self.begun)
            editor.given_up.connect(self.given_up)
            label = PlainLabel(key.label)
            label.setBuddy(editor)
            label.setWordWrap(True)
            meaning = sentence(key.meaning.replace("`", ""))
            tip = f"{meaning}.\n{sentence(key.allowed)}"
            label.setToolTip(plain_tip(tip))
            editor.line.setToolTip(plain_tip(tip))
            editor.name(f"{getattr(self, '_named', self._key.label)}: {key.label}", key.meaning)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(editor, row, 1)
            if self.unit and key.said.unit == ITS_OWN:
                unit = PlainLabel(self.unit)
                unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
                self._grid.addWidget(unit, row, 2)
            self.parameters[key.name] = editor
            QWidget.setTabOrder(before, editor.line)
            before = editor.line

    def _chosen(self, at: int) -> None:
        if not self._key.required:
            if at == 0:
                self.edited.emit(None)
                return
            at -= 1
        family = self._families[at]
        if family is not self._family:
            before = self._value if self._value is not None else self._default
            self.edited.emit(as_family(before, family))

    def _parameter(self, name: str, value: Any) -> None:
        if isinstance(self._value, Mapping):
            wanted: Any = {**self._value, name: value}
        else:
            wanted = value
        problem = self._key.problem(wanted)
        if problem:
            self.refused.emit(problem)
        else:
            self.edited.emit(wanted)


def _short(value: Any) -> str:
    """A default as an entry of the list."""
    return text_of(value) if isinstance(value, int | float) else value_text(value)
