"""Notes on the canvas as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.desktop.canvas.cards import wrapped
from app.desktop.canvas.detail import Detail
from app.desktop.canvas.geometry import NOTE_WIDTH, Box
from app.desktop.canvas.look import Look
from app.desktop.document.drawn_journey import Note, Position

_PAD = 8.0
_LINE = 16.0
_FOLD = 12.0
_MOST_LINES = 24


@dataclass
class NoteFigure:
    """A note, ready to be drawn."""

    note: Note
    at: Position
    lines: tuple[str, ...]

    @property
    def box(self) -> Box:
        """Its paper."""
        return Box(self.at[0], self.at[1], NOTE_WIDTH, 2 * _PAD + _LINE * max(2, len(self.lines)))


def note_figure(note: Note, at: Position, look: Look) -> NoteFigure:
    """A note at that position, its text in lines."""
    lines = [
        line
        for paragraph in note.text.splitlines()
        for line in wrapped(paragraph, look.small_metrics, NOTE_WIDTH - 2 * _PAD, _MOST_LINES) or ("",)
    ]
    return NoteFigure(note, at, tuple(lines[:_MOST_LINES]))


def draw_note(painter: QPainter, figure: NoteFigure, selected: bool, current: bool, look: Look, detail: Detail) -> None:
    """Draw a note: a sheet with a folded corner."""
    box = figure.box
    corner = [(box.right - _FOLD, box.top), (box.right, box.top + _FOLD)]
    sheet = [(box.left, box.top), *corner, (box.right, box.bottom), (box.left, box.bottom)]
    painter.setPen(look.selected_border if selected else QPen(look.quiet, 1))
    painter.setBrush(look.panel)
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in sheet]))
    painter.drawPolyline([QPointF(*corner[0]), QPointF(corner[0][0], corner[1][1]), QPointF(*corner[1])])
    if detail.names:
        _write(painter, figure, detail, look)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.focus_border)
        painter.drawRect(box.rect().adjusted(-4, -4, 4, 4))


def _write(painter: QPainter, figure: NoteFigure, detail: Detail, look: Look) -> None:
    """Write its text; in larger type, relative to the sheet, as much of its beginning as there is room for."""
    box, type_ = figure.box, look.quiet_type(detail.small or detail.names)
    lines, apart = figure.lines, _LINE
    if not detail.is_full:
        apart = type_.line
        most = max(1, int((box.height - 2 * _PAD) / apart))
        lines = wrapped(" ".join(figure.note.text.split()), type_.metrics, NOTE_WIDTH - 2 * _PAD, most)
    painter.setPen(look.text)
    painter.setFont(type_.font)
    baseline = box.top + _PAD + type_.metrics.ascent()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(box.left + _PAD, baseline + number * apart), line)
