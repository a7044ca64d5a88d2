"""Fields in which one of several values is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout

from app.desktop.forms import words
from app.desktop.forms.editor import VARIOUS, Editor
from app.desktop.forms.lines import NumberEditor
from sim.scenario.shape import Shape

_DEFAULT = " (default)"

Choices = Callable[[], Mapping[Any, str]]
"""What there is to choose from, in words by value"""


class Box(QComboBox):
    """A list that the wheel changes only where the keyboard is, and that may be narrow."""

    def __init__(self, came: Callable[[], None]) -> None:
        """`came` is called when the keyboard comes here."""
        super().__init__()
        self._came = came
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Scroll the form where the keyboard is elsewhere."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._came()


class ChoiceEditor(Editor):
    """One of several values; the one that is the default says so, and choosing it goes back to it."""

    def __init__(self, choices: Choices, required: bool = False) -> None:
        """Choose among what there is at that moment."""
        super().__init__()
        self._choices, self._required = choices, required
        self.box = self.input = Box(self.begun.emit)
        self.setFocusProxy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self._values: list[Any] = []
        self._default: int | None = None
        """which entry stands for the default"""
        self._entries: list[str] = []
        self.box.activated.connect(self._chosen)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show what is chosen, also where there is no such thing."""
        choices = dict(self._choices())
        known = [each for each in choices if type(each) is type(value) and each == value]
        if value is not None and not known:
            choices[value if not isinstance(value, dict | list) else str(value)] = f"{value} (missing)"
        entries = list(choices.values())
        values = list(choices)
        self._default = None
        if not self._required:
            same = [at for at, each in enumerate(values) if type(each) is type(default) and each == default]
            if same:
                self._default = same[0]
                entries[same[0]] += _DEFAULT
            else:
                self._default = 0
                entries.insert(0, "None" if default is None else f"{words.choice(default)}{_DEFAULT}")
                values.insert(0, None)
        self._values = values
        if entries != self._entries:
            self._entries = entries
            self.box.clear()
            self.box.addItems(entries)
        self.box.setPlaceholderText(VARIOUS if various else "choose")
        self.box.setCurrentIndex(-1 if various else self._number_of(value))

    def offered(self) -> Any:
        """What there is to choose from, with its names."""
        return list(self._choices().items())

    def _number_of(self, value: Any) -> int:
        if value is None and self._default is not None:
            return self._default
        return next(
            (at for at, each in enumerate(self._values) if type(each) is type(value) and each == value),
            -1,
        )

    def _chosen(self, at: int) -> None:
        self.edited.emit(None if at == self._default else self._values[at])


class Switch(Editor):
    """Yes or no; going back to the default is choosing what the default is."""

    small = True

    def __init__(self) -> None:
        """A box to be ticked."""
        super().__init__()
        self.box = self.input = _Tick(self)
        self.setFocusProxy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addStretch()
        self._default = False
        self.box.clicked.connect(self._clicked)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show which it is, and whether somebody said so."""
        self._default = default is True
        on = self._default if value is None else bool(value)
        self.box.setTristate(various)
        self.box.setCheckState(
            Qt.CheckState.PartiallyChecked if various else Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        )
        self.box.setText(VARIOUS if various else words.choice(on) + ("" if value is not None else _DEFAULT))

    def _clicked(self) -> None:
        self.box.setTristate(False)
        on = self.box.checkState() != Qt.CheckState.Unchecked
        self.edited.emit(None if on == self._default else on)


class _Tick(QCheckBox):
    def __init__(self, editor: Switch) -> None:
        super().__init__()
        self._editor = editor

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        self._editor.begun.emit()


class WeightEditor(Editor):
    """No, yes, or a weight among those that say yes."""

    def __init__(self, option: Shape) -> None:
        """A weight of that kind."""
        super().__init__()
        self.box = self.input = Box(self.begun.emit)
        self.box.addItems(["No", "Yes", "By weight"])
        self.weight = NumberEditor(option)
        self.setFocusProxy(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self.weight)
        self.weight.hide()
        self.box.activated.connect(self._chosen)
        self.weight.edited.connect(self.edited)
        self.weight.refused.connect(self.refused)
        self.weight.begun.connect(self.begun)
        self.weight.given_up.connect(self.given_up)

    def name(self, name: str, description: str) -> None:
        """Name both parts."""
        super().name(name, description)
        self.weight.name(f"{name}: weight", description)

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show which it is."""
        given = default if value is None else value
        by_weight = isinstance(given, int | float) and not isinstance(given, bool)
        self.box.setPlaceholderText(VARIOUS)
        self.box.setCurrentIndex(-1 if various else 2 if by_weight else 1 if given is True else 0)
        self.weight.setVisible(by_weight and not various)
        self.weight.show_value(given if by_weight else None, 1)

    def _chosen(self, at: int) -> None:
        self.edited.emit((None, True, 1)[at])
