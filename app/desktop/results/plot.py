"""pyqtgraph as this window uses it: the theme's colours, axes with units, and what mouse or keys point at."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPen, QResizeEvent

from app.desktop.looks.theme import GRID, Appearance
from app.shown.colours import ArmStyle
from sim.outcomes.outcome import Unit

pg.setConfigOptions(antialias=True)

Floats = NDArray[np.float64]

_SHADE = 56
"""how opaque a band is, of 255"""
_WIDE = 1.75
"""width of an arm's line, in pixels"""


class UnitAxis(pg.AxisItem):
    """An axis that writes its numbers as people read the unit: shares in percent."""

    def __init__(self, side: str, unit: Unit = "ratio", *, signed: bool = False) -> None:
        """An axis at that side; `signed` for differences."""
        super().__init__(side)
        self.unit, self.signed = unit, signed
        self.start: datetime.date | None = None
        """day 0, where whole numbers are days that are told by their dates"""
        self.enableAutoSIPrefix(False)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """The ticks' texts."""
        if self._tickLevels is not None:
            return super().tickStrings(values, scale, spacing)  # type: ignore[no-any-return]
        if self.start is not None:
            return [_date(self.start, value) for value in values]
        times = 100 if self.unit == "share" else 1
        step = spacing * times
        decimals = next((digits for digits in range(7) if abs(round(step, digits) - step) < step * 1e-6), 7)
        sign = "+" if self.signed else ""
        suffix = " %" if self.unit == "share" and not self.signed else ""
        return [_signed_zero(f"{value * times:{sign}z,.{decimals}f}") + suffix for value in values]


class Plot(pg.PlotWidget):
    """An empty plot. The arrow keys step through it, Home shows all of it again."""

    pointed = Signal(float, float)
    """the mouse is at this x and y"""
    left = Signal()
    """the mouse is gone"""
    resized = Signal()
    stepped = Signal(int)
    """an arrow key: so many steps on"""
    _up_labels: Sequence[str] = ()
    """what stands along the axis at the left: the first of these that there is room for"""

    def __init__(self, appearance: Appearance, name: str) -> None:
        """A plot with axes below and at the left."""
        self.across, self.up = UnitAxis("bottom"), UnitAxis("left")
        super().__init__(axisItems={"bottom": self.across, "left": self.up})
        self.appearance = appearance
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hideButtons()
        self.setAcceptDrops(False)  # the window takes what is dropped, wherever
        self.setMenuEnabled(False)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setMinimumHeight(GRID * 10)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # else its ground is pixels in drawings and pages, too
        self.getPlotItem().layout.setContentsMargins(0, GRID // 2, GRID, GRID // 2)
        self.scene().sigMouseMoved.connect(self._moved)
        self.up.geometryChanged.connect(self._fit_up_label)
        self._items: list[object] = []  # pyqtgraph alone does not keep what Python made

    def clear_items(self) -> None:
        """Take everything off."""
        for item in self._items:
            self.removeItem(item)
        self._items.clear()

    def add(self, *items: pg.GraphicsObject) -> None:
        """Put items on, and keep them."""
        for item in items:
            self.addItem(item)
            self._items.append(item)

    def bound(self, low: float | None, high: float | None = None) -> None:
        """Show nothing further below or above: what can be no less than 0 has no axis below it, even where all is 0."""
        edge = 0.01 if high is None else 0.01 * (high - (low or 0))
        self.getViewBox().setLimits(
            yMin=None if low is None else low - edge, yMax=None if high is None else high + edge
        )

    def dress(self, x: str = "", y: str = "", y_in_short: str = "") -> None:
        """Use the theme's colours and type, and these labels for the axes; another where `y` has no room."""
        theme = self.appearance.theme
        self.setBackground(theme.panel)
        font = theme.font("small")
        height = QFontMetricsF(font).height()
        for axis, label in ((self.across, x), (self.up, y)):
            axis.setStyle(tickFont=font, tickLength=-4)
            axis.setPen(QPen(pg.mkColor(theme.stroke)))
            axis.setTextPen(theme.quiet)
            axis.setLabel(escape(label) or None, **self._label_style())
            axis.showLabel(bool(label))
        self.across.setHeight(height * (2.2 if x else 1.3) + 6)
        self._up_labels = [label for label in (y, y_in_short) if label]
        self._fit_up_label()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Step with the arrows, show all with Home."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Home:
            self.enableAutoRange()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell that there is more or less room."""
        super().resizeEvent(event)
        self.resized.emit()

    def _fit_up_label(self) -> None:
        """Shorten the upright label where it is longer than its axis: pyqtgraph would cut both its ends."""
        if self._up_labels:
            metrics = QFontMetricsF(self.appearance.theme.font("small"))
            room = self.up.size().height() - GRID
            last = metrics.elidedText(self._up_labels[-1], Qt.TextElideMode.ElideRight, room)
            shown = next((label for label in self._up_labels if metrics.horizontalAdvance(label) <= room), last)
            if escape(shown) != self.up.labelText:
                self.up.setLabel(escape(shown), **self._label_style())

    def _label_style(self) -> dict[str, str]:
        theme = self.appearance.theme
        return {"color": theme.quiet, "font-size": f"{theme.points('small')}pt"}

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Tell that the mouse is gone."""
        self.left.emit()
        super().leaveEvent(event)

    def _moved(self, at: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        if box.sceneBoundingRect().contains(at):
            point = box.mapSceneToView(at)
            self.pointed.emit(point.x(), point.y())


@contextmanager
def all_shown(plots: Iterable[Plot]) -> Iterator[None]:
    """Have all of plots that were zoomed into: a drawing would show lines beyond their axes, across what is written."""
    views = [plot.getPlotItem().getViewBox() for plot in plots]
    zoomed = [(view, view.getState()) for view in views if any(view.state["mouseEnabled"])]
    for view, _ in zoomed:
        view.enableAutoRange()
        view.updateAutoRange()
    try:
        yield
    finally:
        for view, state in zoomed:
            view.setState(state)


def draw_band(plot: Plot, day: NDArray[Any], band: tuple[Floats, Floats, Floats], style: ArmStyle) -> None:
    """Draw an arm's mean as a line, and from low to high a band below it: (mean, low, high), NaN where not told."""
    mean, low, high = band
    shade = QColor(style.colour)
    shade.setAlpha(_SHADE)
    known = ~np.isnan(low)
    if known.any():
        ends = [pg.PlotCurveItem(day[known], end[known], pen=None) for end in (low, high)]
        plot.add(*ends, pg.FillBetweenItem(*ends, brush=shade, pen=pg.mkPen(None)))
    told = ~np.isnan(mean)
    plot.add(pg.PlotCurveItem(day[told], mean[told], pen=arm_pen(style)))


def arm_pen(style: ArmStyle, width: float = _WIDE) -> QPen:
    """The pen of an arm, in its own dashes."""
    pen: QPen = pg.mkPen(style.colour, width=width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.dashes:
        pen.setDashPattern([length / width for length in style.dashes])
    return pen


def _date(start: datetime.date, day: float) -> str:
    """The date of a whole day; nothing for what lies between days or beyond the calendar."""
    try:
        return str(start + datetime.timedelta(days=day)) if float(day).is_integer() else ""
    except OverflowError:
        return ""


def _signed_zero(text: str) -> str:
    """A difference of nothing without a sign."""
    return text.lstrip("+") if not text.strip("+0.") else text
