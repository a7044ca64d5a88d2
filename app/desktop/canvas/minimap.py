"""The whole journey in a corner of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from app.desktop.canvas.surface import Surface

_WIDTH, _HEIGHT = 176, 112
_PAD = 6.0
_LEAST_SHARE = 2.5
"""so many times its height the view has to be, lest it cover what it shows the way to"""


class Minimap(QWidget):
    """All cards as dots and what is in sight as a frame; drag the frame to look elsewhere."""

    def __init__(self, view: Surface, parent: QWidget) -> None:
        """Follow that view."""
        super().__init__(parent)
        self._view = view
        self._drawn: QPixmap | None = None
        self._drawn_for: tuple[object, ...] = ()
        self.setAccessibleName("Minimap")
        self.setToolTip("The whole journey; drag to move the view")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(_WIDTH, _HEIGHT)
        view.looked.connect(self.update)

    def needed(self) -> bool:
        """Whether part of the journey is out of sight, and there is room beside what is in sight."""
        view = self._view
        if view.viewport().height() < _LEAST_SHARE * _HEIGHT:
            return False
        return bool(view.figures.cards) and not view.in_sight().contains(view.figures.extent())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the journey and the frame."""
        look, to = self._view.figures.look, self._to_map()
        painter = QPainter(self)
        made_for = (self._view.figures.version, look, self.devicePixelRatioF())
        if self._drawn is None or self._drawn_for != made_for:
            self._drawn, self._drawn_for = self._draw(to), made_for
        painter.drawPixmap(0, 0, self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        fill = QColor(look.accent)
        fill.setAlpha(36)
        painter.setPen(QPen(look.accent, 1.5))
        painter.setBrush(fill)
        frame = to.mapRect(self._view.in_sight()).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.drawRect(frame)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Look there."""
        back, possible = self._to_map().inverted()
        if possible:
            self._view.look_at(back.map(QPointF(event.position())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Look there."""
        self.mousePressEvent(event)

    def _draw(self, to: QTransform) -> QPixmap:
        figures, look = self._view.figures, self._view.figures.look
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(_WIDTH * ratio), round(_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(look.panel)
        painter = QPainter(pixmap)
        for number, band in enumerate(figures.bands):
            if number % 2:
                rect = to.mapRect(QRectF(band.left, 0, band.right - band.left, 1))
                painter.fillRect(QRectF(rect.x(), 0, rect.width(), _HEIGHT), look.band)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.stroke)
        for card in figures.cards.values():
            painter.drawRect(to.mapRect(card.box.rect()))
        painter.setBrush(look.line)
        for note in figures.notes.values():
            painter.drawRect(to.mapRect(note.box.rect()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.line, 1))
        painter.drawRect(QRectF(0.5, 0.5, _WIDTH - 1, _HEIGHT - 1))
        painter.end()
        return pixmap

    def _to_map(self) -> QTransform:
        whole = self._view.figures.extent()
        scale = min((_WIDTH - 2 * _PAD) / max(whole.width(), 1), (_HEIGHT - 2 * _PAD) / max(whole.height(), 1))
        middle = whole.center()
        transform = QTransform.fromTranslate(_WIDTH / 2, _HEIGHT / 2)
        return transform.scale(scale, scale).translate(-middle.x(), -middle.y())
