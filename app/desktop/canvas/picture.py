"""A journey as it is drawn, for a picture: all of it, with every label, and nothing of who works on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from app.desktop.canvas.attention import Attention
from app.desktop.canvas.ground import STRIP, draw_bands, draw_stage_names, draw_upright_names
from app.desktop.canvas.layers import CardsLayer, TransitionsLayer
from app.desktop.canvas.look import Look
from app.desktop.canvas.pointed import Finder
from app.desktop.canvas.scene import JourneyScene
from app.desktop.document.drawn_journey import DrawnJourney
from app.desktop.looks.theme import Theme

_MARGIN = 24.0


class DrawnPicture:
    """A journey in the colours of a theme, ready to be drawn anywhere."""

    def __init__(self, shown: JourneyScene, theme: Theme) -> None:
        """The journey that is shown there, with its flow; findings and selection are left out."""
        self.scene = JourneyScene(Look(theme))
        self.scene.flow = shown.flow
        self.scene.show_at(1.0)
        self.scene.show_journey(_where_it_is(shown))
        self.attention = Attention()
        finder = Finder(self.scene)
        self._layers = [layer(self.scene, finder, self.attention) for layer in (TransitionsLayer, CardsLayer)]
        for layer in self._layers:
            layer.in_full = True
        self.area = self._measured()
        """the part of the canvas that is drawn"""

    @property
    def size(self) -> QSizeF:
        """The room that it needs at 100 %."""
        return self.area.size()

    def draw(self, painter: QPainter) -> None:
        """Draw it from the upper left corner."""
        area, scene = self.area, self.scene
        painter.save()
        painter.translate(-area.topLeft())
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        draw_bands(painter, area, scene.bands, scene.look)
        draw_stage_names(painter, area.top(), scene.bands, scene.look, scene.detail.shares)
        names = scene.look.share_type(scene.detail.shares).font
        draw_upright_names(painter, area.adjusted(0, STRIP, 0, 0), scene, names, 1.0)
        option = QStyleOptionGraphicsItem()
        option.exposedRect = area
        for layer in self._layers:
            layer.paint(painter, option)
        painter.restore()

    def _measured(self) -> QRectF:
        scene = self.scene
        whole = scene.extent()
        for box in scene.boxes(scene.everything()):  # transitions may swing out beyond the cards
            whole = whole.united(box.rect())
        whole = whole.adjusted(0, -_MARGIN, 0, _MARGIN)
        edges = [x for band in scene.bands for x in (band.left, band.right)] or [whole.left(), whole.right()]
        whole.setLeft(min(whole.left() - _MARGIN, min(edges)))
        whole.setRight(max(whole.right() + _MARGIN, max(edges)))
        return whole.adjusted(0, -STRIP if scene.bands else 0, 0, 0)


def _where_it_is(shown: JourneyScene) -> DrawnJourney:
    """The journey with every card where it stands, also those that have found their place by themselves."""
    positions = shown.positions()
    touchpoints = tuple(replace(each, at=positions[each.id]) for each in shown.journey.touchpoints)
    return replace(shown.journey, touchpoints=touchpoints)
