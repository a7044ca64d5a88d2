"""A chart in other colours for a moment: what leaves a dark window for paper is light."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

from app.desktop.looks.sheet import sheet
from app.desktop.looks.theme import Theme

if TYPE_CHECKING:
    from app.desktop.results.chart import Chart


@contextmanager
def in_look(chart: Chart, theme: Theme) -> Iterator[None]:
    """Have the chart in the colours of that theme; nobody sees that, for nothing is drawn on the screen meanwhile."""
    seen = chart.appearance.theme
    if theme == seen:
        yield
        return
    chart.appearance.theme = theme
    chart.picture.setPalette(theme.palette)
    chart.picture.setStyleSheet(sheet(theme))
    try:
        chart.restyle()
        yield
    finally:
        chart.appearance.theme = seen
        chart.picture.setStyleSheet("")
        chart.picture.setPalette(QPalette())
        chart.restyle()
