"""What has the keyboard is seen, wherever that is (WCAG 2.2, 2.4.7)."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.looks.theme import Theme
from app.desktop.pictures import formats
from app.desktop.window import Window
from sim.shipped import shipped_scenarios
from tests.desktop.hands import turn
from tests.desktop.results_by_hand import some_results
from tests.some_slow import first_quick

SECTIONS = ("population", "channels", "activity", "coefficients")
ENOUGH = 20
"""pixels: the outline of the smallest of them has more"""
KINDS = {
    "Box",
    "Card",
    "Grid",
    "Line",
    "MarkedSlider",
    "QCheckBox",
    "QPushButton",
    "QTabBar",
    "QToolButton",
    "RowsView",
    "Tile",
}


def reached(window: Window) -> Iterator[QWidget]:
    """What the Tab key comes to, in several states of the window; of each kind in each state a few."""

    def here() -> Iterator[QWidget]:
        turn()
        counts: dict[type, int] = {}
        for widget in window.findChildren(QWidget):
            by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            in_sight = widget.isVisible() and window.rect().intersects(
                QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
            )
            if by_tab and in_sight and widget.isEnabled() and counts.get(type(widget), 0) < 3:
                counts[type(widget)] = counts.get(type(widget), 0) + 1
                yield widget

    window.files.open_shipped(shipped_scenarios()["online-shop"])
    window.show_results()
    yield from here()
    window.docks()[3].open()
    yield from here()
    window.show_findings()
    window.views.setCurrentWidget(window.table)
    yield from here()
    window.views.setCurrentWidget(window.journey_map)
    window.journey_map.cards.choose("busy")
    yield from here()
    window.views.setCurrentWidget(window.sections)
    for section in SECTIONS:
        window.sections.open(section)
        yield from here()
    window.first_steps.show_welcome()
    yield from here()


def pixels(widget: QWidget) -> NDArray[np.uint32]:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(picture.constBits(), dtype=np.uint32).reshape(picture.height(), -1).copy() & 0xFFFFFF


@pytest.mark.parametrize("dark", first_quick([False, True]))
def test_whatever_the_tab_key_comes_to_shows_that_it_has_the_keyboard(window: Window, dark: bool) -> None:
    if dark:
        window.commands["dark"].trigger()
    theme = Theme(dark=dark)
    rings = [QColor(colour).rgb() & 0xFFFFFF for colour in (theme.focus, theme.text, theme.stroke)]
    kinds, unseen = set(), []
    for widget in reached(window):
        window.setFocus()
        turn()
        before = pixels(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        turn()
        if QApplication.focusWidget() is not widget:
            continue
        after = pixels(widget)
        kinds.add(type(widget).__name__)
        if before.shape == after.shape and (np.isin(after, rings) & (before != after)).sum() < ENOUGH:
            unseen.append((type(widget).__name__, widget.accessibleName()))
    assert not unseen
    assert kinds >= KINDS, "it has come round"


def test_a_picture_of_a_chart_has_no_ring_and_the_chart_keeps_the_keyboard(window: Window) -> None:
    window.show_results()
    window.results.show_results(some_results())
    chart = window.results.charts.retention
    window.setFocus()
    turn()
    plain = formats.svg(chart.pictured(Theme()))
    before = pixels(chart.plot)
    chart.plot.setFocus()
    turn()
    assert (before != pixels(chart.plot)).any(), "it has a ring"
    assert formats.svg(chart.pictured(Theme())) == plain
    assert QApplication.focusWidget() is chart.plot
