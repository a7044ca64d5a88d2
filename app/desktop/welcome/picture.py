"""A journey as a small picture: where it goes, without a word."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.canvas.geometry import CARD_HEIGHT, CARD_WIDTH
from app.desktop.canvas.spots import placed
from app.desktop.document.drawn_journey import DrawnJourney, Touchpoint, drawn_journey
from app.desktop.looks.theme import GRID, Appearance

_HEIGHT = 8 * GRID


class Picture(QWidget):
    """The touchpoints of a journey as boxes, its transitions as lines; goals are filled."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing drawn yet."""
        super().__init__()
        self._appearance = appearance
        self._boxes: list[tuple[Touchpoint, QRectF]] = []
        self._lines: list[tuple[QPointF, QPointF]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a journey to be seen."""
        return bool(self._boxes)

    def draw_file(self, path: Path) -> None:
        """Show the journey of a scenario file."""
        import tomllib

        self.draw(drawn_journey(tomllib.loads(path.read_text(encoding="utf-8"))))

    def draw(self, journey: DrawnJourney) -> None:
        """Show that journey."""
        at = placed(journey, {}, rough=True)
        rects = {id_: QRectF(x, y, CARD_WIDTH, CARD_HEIGHT) for id_, (x, y) in at.items()}
        self._boxes = [(touchpoint, rects[touchpoint.id]) for touchpoint in journey.touchpoints]
        self._lines = [
            (rects[transition.source].center(), rects[transition.target].center())
            for transition in journey.transitions
            if transition.source in rects and transition.target in rects and transition.source != transition.target
        ]
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as the tile, and low."""
        return QSize(1, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the whole journey into what room there is."""
        if not self._boxes:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF()
        for _, rect in self._boxes:
            whole = whole.united(rect)
        scale = min((self.width() - 2) / whole.width(), (self.height() - 2) / whole.height())
        painter.translate(1, 1 + (self.height() - 2 - whole.height() * scale) / 2)
        painter.scale(scale, scale)
        painter.translate(-whole.topLeft())
        line = QPen(QColor(theme.line))
        line.setCosmetic(True)
        painter.setPen(line)
        for start, end in self._lines:
            middle = (start.x() + end.x()) / 2
            path = QPainterPath(start)
            path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
            painter.drawPath(path)
        edge = QPen(QColor(theme.stroke))
        edge.setCosmetic(True)
        painter.setPen(edge)
        for touchpoint, rect in self._boxes:
            painter.setBrush(QColor(theme.accent if touchpoint.goal else theme.line if touchpoint.exit else theme.card))
            painter.drawRoundedRect(rect, 2 * GRID, 2 * GRID)
        painter.end()
