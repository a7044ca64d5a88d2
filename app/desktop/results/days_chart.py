"""What the charts over days share: a plot, a key that reads it off at one day, and the line that marks that day."""

import pyqtgraph as pg
from PySide6.QtWidgets import QHBoxLayout

from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID
from app.desktop.results.chart import Chart
from app.desktop.results.key import Key
from app.desktop.results.plot import Plot


class DaysChart(Chart):
    """A chart over days: the mouse, or left and right, choose the one that is read off."""

    def lay_out(self, plot: str, tip: str) -> None:
        """Put the plot, so named and explained, and its key below the controls."""
        self.plot = Plot(self.appearance, plot)
        self.plot.setToolTip(plain_tip(tip))
        self.key = Key(self.appearance, f"{self.title}: figures of each arm")
        side = QHBoxLayout()
        side.setSpacing(GRID)
        side.addWidget(self.plot, 1)
        side.addWidget(self.key)
        self.body.addLayout(side, 1)
        self.mark = pg.InfiniteLine(angle=90)
        self.mark.setZValue(-1)
        self.day: float | None = None
        self.plot.pointed.connect(lambda x, _: self.point_at(x))
        self.plot.left.connect(self._forget)
        self.plot.stepped.connect(self.step)
        self.restyle()

    def put_mark(self) -> None:
        """Draw the line above all that is drawn so far."""
        self.mark.setPen(pg.mkPen(self.appearance.theme.quiet, width=1))
        self.plot.add(self.mark)

    def point_at(self, day: float) -> None:
        """Read every arm off at the day nearest to that one."""
        self.day = day
        self.read_off()

    def step(self, by: int) -> None:
        """Go so many days on that are told."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def read_off(self) -> None:
        """Show the figures of the day that is pointed at, or of the last one."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def _forget(self) -> None:
        self.day = None
        self.read_off()
