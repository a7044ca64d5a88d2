"""Rows of estimates: a dot with its intervals in each, its name at the left and its figures at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QWheelEvent

from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.plot import Plot, UnitAxis
from app.shown.colours import ArmStyle
from sim.outcomes.intervals import INPUT_UNCERTAINTY, ONE_COHORT_RANGE, SIMULATION_ERROR, Interval
from sim.outcomes.outcome import Unit

_LONGEST = 240
"""pixels that a name or a figure gets at most, at the usual type"""
_SPREAD = 0.28
"""how far single values lie from the middle of their row"""
_AS_SHAPES = False
"""pyqtgraph's `useCache`: its copies of a picture of each dot would be pixels in drawings and pages, too"""
_SIGNS = {SIMULATION_ERROR: "bar", ONE_COHORT_RANGE: "line", INPUT_UNCERTAINTY: "dots"}
"""how each interval is drawn"""


@dataclass(frozen=True)
class RowOf:
    """One row."""

    name: str
    figures: str
    style: ArmStyle
    interval: Interval | None
    values: NDArray[np.float64] | None = None
    """single replications"""
    tips: tuple[str, ...] = ()
    """what each of them is"""


class RowsPlot(Plot):
    """Rows on one axis, or each on its own scale."""

    def __init__(self, appearance: Appearance, name: str) -> None:
        """No row yet."""
        super().__init__(appearance, name)
        self._figures = UnitAxis("right")
        self.getPlotItem().setAxisItems({"right": self._figures})
        self.getPlotItem().showAxis("right")
        self.getPlotItem().getViewBox().invertY(True)
        self.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing to step through; the rows scroll by keys
        self._none = pg.InfiniteLine(0, angle=90)
        self._none.setZValue(-1)

    def show_rows(
        self, rows: Sequence[RowOf], label: str, unit: Unit, *, differs: bool = False, scaled: bool = False
    ) -> None:
        """Draw them; `scaled` brings each row to a scale of its own, on which 0 stays 0."""
        theme = self.appearance.theme
        self.clear_items()
        self.setAccessibleDescription("\n".join(f"{row.name}: {row.figures}" for row in rows))
        self.across.unit, self.across.signed = unit, differs
        self.dress("x")
        self.across.setTicks([[(0.0, "no difference")]] if scaled else None)
        self._dress_sides(rows)
        self._write_below(label, _signs(rows))
        if differs:
            self._none.setPen(pg.mkPen(theme.quiet, width=1))
            self.add(self._none)
        for height, row in enumerate(rows):
            self._draw(height, row, _scale(row) if scaled else 1.0)
        self.setYRange(-0.5, max(len(rows), 1) - 0.5, padding=0)
        self.setMinimumHeight(round(len(rows) * QFontMetricsF(theme.font("small")).height() * 1.2) + GRID * 6)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave it to what the rows scroll in."""
        event.ignore()

    def _draw(self, height: int, row: RowOf, scale: float) -> None:
        colour = row.style.colour
        if row.values is not None and row.values.size:
            # The same replication lies at the same height in every row; the golden ratio keeps neighbours apart.
            lift = (np.arange(row.values.size) * 0.618034 % 1 - 0.5) * 2 * _SPREAD
            dots = pg.ScatterPlotItem(
                row.values * scale, height + lift, size=5, pen=pg.mkPen(None), brush=_faint(colour), hoverable=True,
                data=list(row.tips), tip=lambda x, y, data: data, useCache=_AS_SHAPES,
            )  # fmt: skip
            self.add(dots)
        interval = row.interval
        if interval is None:
            return
        if interval.range_lo is not None and interval.range_hi is not None:
            self._bar(height, interval.range_lo * scale, interval.range_hi * scale, colour, 1.25)
        if interval.input_lo is not None and interval.input_hi is not None:
            self._bar(height, interval.input_lo * scale, interval.input_hi * scale, colour, 1, Qt.PenStyle.DotLine)
        if interval.lo is not None and interval.hi is not None:
            self._bar(height, interval.lo * scale, interval.hi * scale, colour, 4)
        theme = self.appearance.theme
        self.add(
            pg.ScatterPlotItem(
                [interval.mean * scale],
                [height],
                size=10,
                pen=pg.mkPen(theme.panel, width=1.5),
                brush=colour,
                useCache=_AS_SHAPES,
            )
        )

    def _bar(
        self,
        height: int,
        low: float,
        high: float,
        colour: str,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        self.add(pg.PlotCurveItem([low, high], [height, height], pen=pg.mkPen(colour, width=width, style=style)))

    def _write_below(self, label: str, signs: str) -> None:
        """Say below the axis what it shows and what the signs mean: in two lines where one would be cut."""
        metrics = QFontMetricsF(self.appearance.theme.font("small"))
        # The text stands in the middle of the axis, which the names and figures at its sides push out of the middle.
        left, right = self.up.width(), self._figures.width()
        room = self.width() - abs(left - right) - GRID * 3
        lines = [f"{label}. {signs}"] if signs else [label]
        if signs and metrics.horizontalAdvance(lines[0]) > room:
            lines = [label, signs]
            self.across.setHeight(self.across.height() + metrics.height())
        self.across.setLabel("<br>".join(escape(_elided(line, room, metrics)) for line in lines))

    def _dress_sides(self, rows: Sequence[RowOf]) -> None:
        theme = self.appearance.theme
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        longest = _LONGEST * theme.scale
        for axis, texts in ((self.up, [row.name for row in rows]), (self._figures, [row.figures for row in rows])):
            axis.setStyle(
                tickFont=font, tickLength=0, autoReduceTextSpace=False, hideOverlappingLabels=False, tickAlpha=0
            )
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(theme.text)
            shown = [_elided(text, longest, metrics) for text in texts]
            axis.setTicks([list(enumerate(shown))])
            axis.setWidth(max((metrics.horizontalAdvance(text) for text in shown), default=0.0) + GRID * 2)


def _signs(rows: Sequence[RowOf]) -> str:
    """What the lines through the dots mean, as far as there are any."""
    known = {
        each.name for row in rows if row.interval is not None for each in row.interval.named if each.lo is not None
    }
    return ", ".join(f"{sign}: {name}" for name, sign in _SIGNS.items() if name in known).capitalize()


def _elided(text: str, longest: float, metrics: QFontMetricsF) -> str:
    """The text, cut where it is longer than that."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, longest)


def _scale(row: RowOf) -> float:
    """What brings the row's widest interval to 1."""
    if row.interval is None:
        return 1.0
    ends = [row.interval.mean, *(end for each in row.interval.named for end in (each.lo, each.hi) if end is not None)]
    widest = max(map(abs, ends))
    return 1 / widest if widest else 1.0


def _faint(colour: str) -> pg.QtGui.QColor:
    faint = pg.mkColor(colour)
    faint.setAlpha(110)
    return faint
