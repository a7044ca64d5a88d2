"""What is wrong at a field, said without moving anything: briefly in the field, in whole over what is below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from shiboken6 import isValid

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Theme

_CORNER: Final = 3
SIGN: Final = 2 * GRID
"""Pixels for the sign alone, where a label stands beside its editor."""
_PLACED: Final = (QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)
_CAME_OR_LEFT: Final = (QEvent.Type.Enter, QEvent.Type.Leave)


class Telling(PlainLabel):
    """As much of the words as the field has room for; all of them while keyboard or mouse are there."""

    def __init__(self, field: QWidget, keyboard: QWidget) -> None:
        """Say nothing yet; `keyboard` is the part of the field in which the keyboard counts."""
        super().__init__(parent=field)
        self.ground = QColor()
        """the colour behind the words where they stand over something"""
        self._field, self._keyboard = field, keyboard
        self._words = ""
        self._whole: _Whole | None = None
        self.hide()
        field.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._show_whole)

    @property
    def words(self) -> str:
        """All that is said."""
        return self._words

    def tell(self, words: str, colour: QColor, theme: Theme) -> None:
        """Say what is wrong; nothing where there are no words."""
        if not words and not self._words:
            return
        self._words, self.ground = words, QColor(theme.field)
        self.setFont(theme.font("small"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)
        self.setToolTip(plain_tip(words, wraps=True))
        self.setVisible(bool(words))
        self._fit()

    def lay_out(self, label: QLabel, editor: QWidget, above: bool, meaning: QRect | None) -> None:
        """Stand where the field's meaning does, or beside a label above its editor; else there is room for a sign."""
        if meaning is not None:
            room = meaning
        elif above:
            left = label.x() + label.fontMetrics().horizontalAdvance(label.text()) + GRID
            room = QRect(left, label.y(), self._field.width() - left, label.height())
        else:
            room = QRect(editor.x() - SIGN, editor.y(), SIGN, editor.height())
        self.stand(room, wraps=meaning is not None)

    def stand(self, room: QRect, *, wraps: bool = False) -> None:
        """Stand there, over whatever is there."""
        self.setWordWrap(wraps)
        self.setGeometry(room)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the mouse, and the field."""
        if event.type() in _CAME_OR_LEFT + _PLACED:
            self._show_whole()
        return False

    def _fit(self) -> None:
        words = self._words
        if self.width() <= SIGN:
            words = words[:1]
        elif not self.wordWrap():
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        self.setText(words)
        self._show_whole()

    def _show_whole(self) -> None:
        if not isValid(self._field):
            return  # it loses the keyboard while Qt deletes it
        cut = self.text() != self._words or (self.wordWrap() and self.heightForWidth(self.width()) > self.height())
        if cut and self._field.isVisible() and (self._has_keyboard() or self._field.underMouse()):
            self._whole = _whole_around(self._field)
            self._whole.show_for(self, self._words, self._field)
        elif self._whole is not None:
            self._whole.leave(self)
            self._whole = None

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self._keyboard or self._keyboard.isAncestorOf(focused))


class _Whole(PlainLabel):
    """All the words, over what stands below a field, which the mouse reaches through it."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(parent=around)
        self._teller: Telling | None = None
        self._ground = QColor()
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, GRID // 2)

    def show_for(self, teller: Telling, words: str, field: QWidget) -> None:
        """Stand below the field; above it where there is no room."""
        self._teller, self._ground = teller, teller.ground
        self.setFont(teller.font())
        self.setText(words)
        self.setPalette(teller.palette())
        around = self.parentWidget()
        corner, width = field.mapTo(around, QPoint(GRID, 0)), field.width() - GRID
        height, below = self.heightForWidth(width), corner.y() + field.height()
        seen = around.visibleRegion().boundingRect()
        y = below if below + height <= seen.bottom() + 1 else max(corner.y() - height, seen.top())
        self.setGeometry(corner.x(), y, width, height)
        self.raise_()
        self.show()

    def leave(self, teller: Telling) -> None:
        """Go, unless another field has something to say meanwhile."""
        if self._teller is teller:
            self._teller = None
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """On a ground of its own, in the colour of the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
        painter.setBrush(self._ground)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), _CORNER, _CORNER)
        painter.end()
        super().paintEvent(event)


def beside(label: QLabel) -> QRect:
    """The room that a label leaves right of its words; at least enough for a sign."""
    words = label.fontMetrics().horizontalAdvance(label.text()) + GRID
    width = max(label.width() - words, SIGN)
    return QRect(label.geometry().right() + 1 - width, label.y(), width, label.height())


def _whole_around(field: QWidget) -> _Whole:
    """The one label for all fields that scroll together, or are in one window."""
    around = field
    while (parent := around.parentWidget()) is not None:
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            break
        around = parent
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return around.findChild(_Whole, options=direct) or _Whole(around)
