"""A slider with a mark where the baseline is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from app.desktop.looks.theme import GRID, Appearance

_MARK = 2
_LEAST = 11 * GRID
"""width in which it can still be put where one wants it"""


class MarkedSlider(QSlider):
    """Moves in steps; tells where somebody puts it, and when they let go."""

    moved = Signal(int)
    """somebody put it there"""
    begun = Signal()
    """somebody took hold of it, or came with the keyboard"""
    released = Signal()
    """somebody let go of it, or pressed a key"""

    def __init__(self, appearance: Appearance, name: str) -> None:
        """A slider without a mark."""
        super().__init__(Qt.Orientation.Horizontal)
        self._appearance = appearance
        self._mark: int | None = None
        self._setting = False
        self.setAccessibleName(name)
        self.setMinimumWidth(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sliderPressed.connect(self.begun)
        self.sliderReleased.connect(self.released)
        self.valueChanged.connect(self._tell)
        appearance.changed.connect(self.update)

    @property
    def mark(self) -> int | None:
        """Where the baseline is; None where it is not on the slider."""
        return self._mark

    def show_step(self, step: int, steps: int, mark: int | None) -> None:
        """Stand there, of so many steps."""
        self._setting = True
        if self.maximum() != steps:
            self.setRange(0, steps)
            self.setPageStep(max(steps // 10, 1))
        self.setValue(step)
        self._setting = False
        if mark != self._mark:
            self._mark = mark
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The mark first, the slider over it."""
        if self._mark is not None:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
            x = QStyle.sliderPositionFromValue(0, self.maximum(), self._mark, self.width() - handle) + handle // 2
            painter = QPainter(self)
            painter.fillRect(x - _MARK // 2, 1, _MARK, self.height() - 2, QColor(self._appearance.theme.quiet))
            painter.end()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin."""
        super().focusInEvent(event)
        self.begun.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Scroll the dock where the keyboard is elsewhere."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw anew where it may no longer be moved."""
        super().changeEvent(event)
        self.update()

    def _tell(self, step: int) -> None:
        if self._setting:
            return
        self.moved.emit(step)
        if not self.isSliderDown():
            self.released.emit()
