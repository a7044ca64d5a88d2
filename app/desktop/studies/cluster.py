"""The records around a customer as a picture: a box for each profile, a card for each record, a line for each link."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.processes.study.messages import SeenAround, SeenRecord

_WIDE: Final = 210
"""of a card, pixels at the usual type"""
_BESIDE: Final = 78
"""room for links at the left of the cards"""
_NOTHING: Final = "Nothing was left here"


class ClusterView(QGraphicsView):
    """Profiles side by side; what is somebody else's stands out."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing is drawn yet."""
        super().__init__()
        self._scene = QGraphicsScene(self)  # a view does not keep it
        self.setScene(self._scene)
        self._appearance = appearance
        self._shown: SeenAround | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("Records of the customer, by profile")
        appearance.changed.connect(self._draw)

    def show_records(self, around: SeenAround) -> None:
        """Draw these records."""
        self._shown = around
        self.setAccessibleDescription(around.words)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Use the width there is."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        scene = self._scene
        scene.clear()
        self.setBackgroundBrush(QColor(self._appearance.theme.panel))
        if self._shown is None:
            return
        around = self._shown
        by_profile: dict[int, list[int]] = {}
        for at, record in enumerate(around.records):
            by_profile.setdefault(record.profile, []).append(at)
        wide = (_WIDE + _BESIDE) * self._appearance.theme.scale + GRID * 2
        across = max(int((self.viewport().width() - GRID) / (wide + GRID * 2)), 1)
        heights = [0.0] * across
        boxes: dict[int, QRectF] = {}
        # Each profile goes where there is most room above; what is in none comes last.
        for profile in sorted(by_profile, key=lambda each: (each < 0, by_profile[each][0])):
            column = min(range(across), key=lambda each: heights[each])
            left, top = column * (wide + GRID * 2), heights[column]
            heights[column] = self._draw_profile(profile, by_profile[profile], left, top, boxes) + GRID * 2
        for link in around.links:
            self._draw_link(boxes[link.one], boxes[link.other], link.confidence)
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(-GRID, -GRID, GRID, GRID))

    def _draw_profile(
        self, profile: int, members: list[int], left: float, top: float, boxes: dict[int, QRectF]
    ) -> float:
        """Draw a profile with its cards; where it ends below."""
        theme = self._appearance.theme
        assert self._shown is not None
        around = self._shown
        title = f"Profile {profile}" if profile >= 0 else "In no profile"
        head = self._write(title, left + GRID, top + GRID / 2, theme.quiet, "small")
        below = head.bottom() + GRID / 2
        for at in members:
            card = self._draw_card(around.records[at], around.customer, left, below)
            boxes[at] = card
            below = card.bottom() + GRID
        wide = (_WIDE + _BESIDE) * theme.scale + GRID * 2
        path = QPainterPath()
        path.addRoundedRect(QRectF(left, top, wide, below - top), GRID, GRID)
        box = self._scene.addPath(path, QPen(QColor(theme.line)), QColor(theme.band))
        box.setZValue(-2)
        return below

    def _draw_card(self, record: SeenRecord, customer: int, left: float, top: float) -> QRectF:
        theme = self._appearance.theme
        own = record.customer == customer
        left += _BESIDE * theme.scale + GRID
        whose = "" if own else f", customer {record.customer}"
        text = self._write(
            f"{record.channel}{whose}",
            left + GRID,
            top + GRID / 2,
            theme.text if own else theme.error,
            bold=True,
        )
        below = text.bottom()
        for line in record.lines or (_NOTHING,):
            below = self._write(line, left + GRID, below, theme.text if record.lines else theme.quiet, "small").bottom()
        card = QRectF(left, top, _WIDE * theme.scale, below - top + GRID / 2)
        path = QPainterPath()
        path.addRoundedRect(card, GRID / 2, GRID / 2)
        item = self._scene.addPath(path, QPen(QColor(theme.accent if own else theme.error), 1.5), QColor(theme.card))
        item.setZValue(-1)
        return card

    def _draw_link(self, one: QRectF, other: QRectF, confidence: float) -> None:
        """A line at the left of both cards, the further out the further apart they are, and how sure it is."""
        theme = self._appearance.theme
        begin, end = one.center().y(), other.center().y()
        apart = one.left() != other.left()
        out = min(abs(end - begin) / 4 + GRID, _BESIDE * theme.scale - GRID * 2)
        path = QPainterPath()
        path.moveTo(one.left(), begin)
        if apart:
            path.lineTo(other.left(), end)
        else:
            path.cubicTo(one.left() - out, begin, other.left() - out, end, other.left(), end)
        pen = QPen(QColor(theme.stroke), 0.75 + 1.5 * confidence)
        line = self._scene.addPath(path, pen)
        line.setZValue(-1.5)
        middle = path.pointAtPercent(0.5)
        self._write(f"{confidence:.2f}", middle.x() - GRID * 4 * theme.scale, middle.y() - GRID, theme.quiet, "small")

    def _write(
        self, text: str, left: float, top: float, colour: str, size: str = "normal", *, bold: bool = False
    ) -> QRectF:
        """Write a line, shortened to the width of a card; its box."""
        font = self._appearance.theme.font(size, bold=bold)
        room = _WIDE * self._appearance.theme.scale - GRID * 2
        short = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        item = self._scene.addSimpleText(short, font)
        item.setToolTip(plain_tip("" if short == text else text))
        item.setBrush(QColor(colour))
        item.setPos(left, top)
        return item.sceneBoundingRect()
