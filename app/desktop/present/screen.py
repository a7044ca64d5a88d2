"""A full screen with a slide on it, in type that is read from the last row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.desktop.canvas import DrawnPicture
from app.desktop.canvas.detail import LEAST_SCALE, LEAST_TYPE
from app.desktop.looks.theme import Theme
from app.desktop.present.slides import Slide

_ON: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return)
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
_LEAVE: Final = (Qt.Key.Key_Escape, Qt.Key.Key_F11)
_HEADING, _SENTENCE, _FOOT = 1 / 22, 1 / 17, 1 / 50
"""sizes of type, as shares of the height of the screen"""
_LEAST: Final = 1 / 56
"""that of names that have no room else"""
_EDGE: Final = 1 / 18
_AROUND: Final = 60.0
"""so much of what lies around a stage is seen, at 100 %"""
_MOST: Final = 3.0
"""a journey of a few touchpoints is enlarged no further"""


class Screen(QWidget):
    """Shows slides; arrows step through them, Esc leaves."""

    def __init__(self, window: QWidget, theme: Theme, drawn: DrawnPicture, slides: Sequence[Slide], foot: str) -> None:
        """Begin with the first; `foot` says below results what they are made of."""
        super().__init__(window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Presentation")
        self._theme, self.drawn, self.slides, self._foot = theme, drawn, tuple(slides), foot
        self.number = 0
        self.go(0)

    @property
    def slide(self) -> Slide:
        """What is shown."""
        return self.slides[self.number]

    def go(self, number: int) -> None:
        """Show the slide of that number, the first or last one where there is none."""
        self.number = min(max(number, 0), len(self.slides) - 1)
        self.drawn.attention.standing_out = self.slide.standing_out
        self.setAccessibleName(f"Presentation: {self.slide.heading}")
        self.setAccessibleDescription(self.slide.text or f"{self.number + 1} of {len(self.slides)}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Step, or leave."""
        key = event.key()
        if key in _LEAVE:
            self.close()
        elif key in _ON:
            self.go(self.number + 1)
        elif key in _BACK:
            self.go(self.number - 1)
        elif key == Qt.Key.Key_Home:
            self.go(0)
        elif key == Qt.Key.Key_End:
            self.go(len(self.slides) - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click goes on, one with the right button back."""
        self.go(self.number + (-1 if event.button() == Qt.MouseButton.RightButton else 1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw heading, slide and foot."""
        theme, high = self._theme, float(self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.paper))
        inner, heading, foot = self._inner(), high * _HEADING * 1.5, high * _FOOT * 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._type(_HEADING, bold=True))
        painter.setPen(QColor(theme.text))
        top = QRectF(inner.left(), inner.top(), inner.width(), heading)
        name = painter.fontMetrics().elidedText(self.slide.heading, Qt.TextElideMode.ElideRight, round(top.width()))
        painter.drawText(top, left, name)
        if self.slide.text:
            self._write(painter, self._middle())
        else:
            self._draw(painter)
        painter.setFont(self._type(_FOOT))
        painter.setPen(QColor(theme.quiet))
        below = QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot)
        said = self._foot if self.slide.text else "Arrow keys go on and back, Esc leaves"
        wide = round(below.width() * 0.85)
        painter.drawText(below, left, painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, wide))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(below, right, f"{self.number + 1} of {len(self.slides)}")
        painter.end()

    def room(self) -> QRectF:
        """Where the whole journey is drawn: as large as its part that stands out has room for."""
        middle, whole, shown = self._middle(), self.drawn.size, self._shown()
        scale = min(middle.width() / shown.width(), middle.height() / shown.height(), _MOST)
        corner = middle.center() - shown.center() * scale
        return QRectF(corner.x(), corner.y(), whole.width() * scale, whole.height() * scale)

    def _shown(self) -> QRectF:
        """The part of the drawing that is to be read."""
        part = QRectF()
        for id_ in self.slide.standing_out or ():
            part = part.united(self.drawn.scene.cards[id_].whole.rect())
        if part.isNull():
            return QRectF(0, 0, self.drawn.size.width(), self.drawn.size.height())
        return part.translated(-self.drawn.area.topLeft()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)

    def _middle(self) -> QRectF:
        high = self.height()
        return self._inner().adjusted(0, high * _HEADING * 1.5, 0, -high * _FOOT * 2)

    def _inner(self) -> QRectF:
        edge = self.height() * _EDGE
        return QRectF(edge, edge / 2, self.width() - 2 * edge, self.height() - edge)

    def _draw(self, painter: QPainter) -> None:
        room = self.room()
        scale = room.width() / self.drawn.size.width()
        # The larger the journey, the larger the letters on its cards: they are read from the last row, too.
        lettered, least = (scale * LEAST_TYPE / (self.height() * share) for share in (_FOOT, _LEAST))
        self.drawn.scene.show_at(max(lettered, LEAST_SCALE), least)
        painter.save()
        painter.setClipRect(QRectF(0, self._middle().top(), self.width(), self._middle().height()))
        painter.translate(room.topLeft())
        painter.scale(scale, scale)
        self.drawn.draw(painter)
        painter.restore()

    def _write(self, painter: QPainter, room: QRectF) -> None:
        """As large as fits."""
        how = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        share = _SENTENCE
        painter.setFont(self._type(share))
        while share > _FOOT and painter.boundingRect(room, int(how), self.slide.text).height() > room.height():
            share *= 0.9
            painter.setFont(self._type(share))
        painter.drawText(room, int(how), self.slide.text)

    def _type(self, share: float, bold: bool = False) -> QFont:
        font = self._theme.font("large", bold)
        font.setPixelSize(max(9, round(self.height() * share)))
        return font
