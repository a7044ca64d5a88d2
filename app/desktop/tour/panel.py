"""What the tour looks like: a small panel that speaks, and an outline around what it speaks of."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance

_WIDTH = 42 * GRID
"""at the usual type"""


class Outline(QWidget):
    """A frame around a part of the window; clicks go through it."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        """Around nothing yet."""
        super().__init__(window)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        appearance.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._appearance.theme.accent), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), GRID // 2, GRID // 2)
        painter.end()


class TourPanel(QFrame):
    """A step in words, with Back, Next and Leave."""

    back = Signal()
    on = Signal()
    left = Signal()

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        """Empty, and not to be seen."""
        super().__init__(window)
        self._appearance = appearance
        self.setObjectName("tour")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Tour")
        self.count, self.title, self.words, self.task = PlainLabel(), PlainLabel(), PlainLabel(), PlainLabel()
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.back_button, self.next, self.leave = QPushButton("Back"), QPushButton("Next"), QPushButton("Leave")
        self.leave.setToolTip("End the tour (Esc)")
        self.back_button.clicked.connect(self.back)
        self.next.clicked.connect(self.on)
        self.leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GRID, GRID * 3 // 2, 2 * GRID, GRID * 3 // 2)
        rows.setSpacing(GRID)
        rows.addLayout(head)
        for label in (self.words, self.task):
            label.setWordWrap(True)
            rows.addWidget(label)
        rows.addLayout(buttons)
        for button in (self.back_button, self.next, self.leave):
            button.setAutoDefault(True)
            button.setAccessibleName(f"{button.text()} (tour)")
        self.hide()
        appearance.changed.connect(self._dress)
        self._dress()

    def tell(self, number: int, total: int, title: str, words: str, task: str) -> None:
        """Say what a step says."""
        self.count.setText(f"{number} of {total}")
        self.title.setText(title)
        self.words.setText(words)
        self.back_button.setEnabled(number > 1)
        self.setAccessibleDescription(f"{title}. {words} {task}".strip())
        self.tell_task(task, False, number == total)

    def tell_task(self, task: str, done: bool, last: bool) -> None:
        """Say what is to be done, or that it is."""
        self.task.setVisible(bool(task))
        self.task.setText(f"✓ {task}" if done else f"→ {task}")
        self.next.setText("Done" if last else "Skip" if task and not done else "Next")
        self.next.setAccessibleName(f"{self.next.text()} (tour)")

    def stand_beside(self, beside: QRect, within: QRect) -> None:
        """Stand beside what it speaks of, inside the window; on it, in a corner, where there is no room beside."""
        width = min(round(_WIDTH * (1 + self._appearance.theme.scale) / 2), within.width() - 2 * GRID)
        self.setFixedWidth(width)
        self.layout().activate()
        height = min(max(self.layout().totalHeightForWidth(width), self.minimumSizeHint().height()), within.height())
        spots = (
            QPoint(beside.right() + GRID, beside.top()),
            QPoint(beside.left() - GRID - width, beside.top()),
            QPoint(beside.left(), beside.bottom() + GRID),
            QPoint(beside.left(), beside.top() - GRID - height),
        )
        rects = [QRect(spot.x(), spot.y(), width, height) for spot in spots]
        inside = [_pushed(rect, within) for rect in rects]
        free = [rect for rect in inside if not rect.intersects(beside)]
        corner = QRect(beside.right() - width - 2 * GRID, beside.bottom() - height - 2 * GRID, width, height)
        self.setGeometry(free[0] if free else _pushed(corner, within))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc ends the tour."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.title.setFont(theme.font("normal", bold=True))
        self.task.setFont(theme.font("normal", bold=True))
        self.count.setFont(theme.font("small"))


def _pushed(rect: QRect, within: QRect) -> QRect:
    """The rectangle moved until it lies within the other."""
    moved = QRect(rect)
    moved.moveLeft(max(within.left(), min(rect.left(), within.right() - rect.width())))
    moved.moveTop(max(within.top(), min(rect.top(), within.bottom() - rect.height())))
    return moved
