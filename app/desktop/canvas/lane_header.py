"""The names of the stages above the canvas: in sight however far it is scrolled down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.desktop.canvas.ground import is_upright
from app.desktop.canvas.view import JourneyView
from app.desktop.looks.plain import plain_tip

_PAD = 12.0


class LaneHeader(QWidget):
    """A strip with the name of each stage over its band."""

    def __init__(self, view: JourneyView, parent: QWidget) -> None:
        """Follow that view."""
        super().__init__(parent)
        self._view = view
        self.setAccessibleName("Stages")
        view.looked.connect(self.update)
        self.restyle()

    def restyle(self) -> None:
        """Take the size of the type."""
        self.setFixedHeight(round(32 * self._view.figures.look.theme.scale / 8) * 8)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the name of a stage that is too narrow for it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.stage_at(event.pos().x())), self)
            return True
        return super().event(event)

    def stage_at(self, x: int) -> str:
        """The name of the stage over which so many pixels from the left are; empty beside all of them."""
        at = self._view.mapToScene(x, 0).x()
        return next((band.lane.name for band in self._view.figures.bands if band.left <= at < band.right), "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the names, each as far as possible inside what is in sight of its band."""
        look = self._view.figures.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.paper)
        font = look.theme.font("small", bold=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        transform = self._view.viewportTransform()
        end = float(self._view.viewport().width())
        for number, band in enumerate(self._view.figures.bands):
            left, right = transform.map(QPointF(band.left, 0)).x(), transform.map(QPointF(band.right, 0)).x()
            if right < 0 or left > end:
                continue
            if number % 2:
                painter.fillRect(QRectF(left, 0, right - left, self.height()), look.band)
            painter.setPen(QPen(look.line, 1))
            painter.drawLine(round(left), 8, round(left), self.height())
            painter.drawLine(round(right), 8, round(right), self.height())
            if is_upright(band, font, self._view.transform().m11()):
                continue
            start, room = max(left, 0.0) + _PAD, min(right, end) - max(left, 0.0) - 1.5 * _PAD
            painter.setPen(look.quiet)
            name = metrics.elidedText(band.lane.name, Qt.TextElideMode.ElideRight, room)
            if len(name) > 2 or name == band.lane.name:
                painter.drawText(QRectF(start, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QPen(look.line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
