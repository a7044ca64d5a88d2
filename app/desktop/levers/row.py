"""What all levers have in common: label, value, the way back to the baseline."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.desktop.forms.telling import Telling, beside
from app.desktop.levers.offered import Lever
from app.desktop.levers.writing import Writer
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance

_BAR = 3


class LeverRow(QWidget):
    """One lever. Those that inherit show and change its value."""

    unpinned = Signal(str)
    """somebody does not want the value at this address among the levers any more"""

    def __init__(self, appearance: Appearance, writer: Writer, lever: Lever) -> None:
        """A lever without a value yet."""
        super().__init__()
        self.appearance, self.writer, self.lever = appearance, writer, lever
        self.value: Any = None
        """what holds now"""
        self.baseline: Any = None
        """what holds in the baseline"""
        self.changed_in_arm = False
        self.label = PlainLabel(lever.label)
        self.label.setWordWrap(True)
        self.back = self._button("↶", f"Reset {lever.label} to baseline", self._go_back)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # it comes while somebody types or drags, and moves nothing
        self.back.setSizePolicy(policy)
        self.back.hide()
        self.message = Telling(self, self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.label, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        if lever.pinned:
            self.unpin = self._button("✕", f"Remove {lever.label} from the levers", self._unpin)
            head.addWidget(self.unpin, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GRID, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.setAccessibleName(lever.label)

    def show_values(self, value: Any, baseline: Any, changed_in_arm: bool) -> None:
        """Show what holds now, and mark what does in the baseline; None stands for the default."""
        default = self.lever.key.default
        self.value = default if value is None else value
        self.baseline = default if baseline is None else baseline
        self.changed_in_arm = changed_in_arm
        self.take_back()
        self.back.setVisible(self.value != self.baseline)
        where = f"Baseline: {self.words(self.baseline)}"
        said = [f"{self.lever.meaning}." if self.lever.meaning[-1:] not in ".:?" else self.lever.meaning, where]
        said += ["Changed in the selected arm"] if changed_in_arm else []
        self.set_tip("\n".join(each for each in said if each))
        self.show_value()
        self.update()

    def show_value(self) -> None:
        """Show `value` and mark `baseline`."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def words(self, value: Any) -> str:
        """A value as people read it."""
        return "none" if value is None else str(value)

    def set_tip(self, tip: str) -> None:
        """Explain the lever wherever somebody points."""
        self.label.setToolTip(plain_tip(tip, wraps=True))

    def put(self, value: Any) -> None:
        """Have the document say that."""
        said = self.writer.write(self.lever.label, {self.lever.address: value})
        if said:
            self.refuse(said)

    def refuse(self, words: str) -> None:
        """Say why something is not taken; that moves nothing."""
        theme = self.appearance.theme
        self.message.tell(f"✕ Not saved: {words}", QColor(theme.error), theme)

    def take_back(self) -> None:
        """Nothing is wrong any more."""
        self.message.tell("", QColor(), self.appearance.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep what is wrong beside the label."""
        super().resizeEvent(event)
        self.body.activate()
        self.message.stand(beside(self.label))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A bar beside what the selected arm changes."""
        if self.changed_in_arm:
            painter = QPainter(self)
            painter.fillRect(0, 0, _BAR, self.height(), QColor(self.appearance.theme.accent))
            painter.end()

    def _button(self, sign: str, words: str, act: Any) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAutoRaise(True)
        button.setToolTip(plain_tip(words))
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        button.setMaximumHeight(button.fontMetrics().height() + GRID // 2)
        return button

    def _go_back(self) -> None:
        self.writer.begin()
        self.put(self.baseline)
        self.writer.release()

    def _unpin(self) -> None:
        self.unpinned.emit(self.lever.address)
