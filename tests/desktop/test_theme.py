"""Everything that is read can be read: contrasts as WCAG 2.2 asks for them (1.4.3 and 1.4.11)."""

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from app.desktop.looks.theme import Theme
from app.desktop.window import Window
from app.shown.colours import arm_style

GROUNDS = ("paper", "panel", "card", "band")
ARMS = 8
"""the baseline and all colours"""


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_type_stands_out_from_whatever_it_stands_on(dark: bool, ground: str) -> None:
    theme = Theme(dark=dark)
    for name in ("text", "quiet", "accent", "warning", "error"):
        assert contrast(getattr(theme, name), getattr(theme, ground)) >= 4.5, name


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_transitions_borders_and_axes_can_be_seen(dark: bool, ground: str) -> None:
    theme = Theme(dark=dark)
    assert contrast(theme.stroke, getattr(theme, ground)) >= 3.0


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_selected_can_be_read(dark: bool) -> None:
    theme = Theme(dark=dark)
    highlight, text = (
        theme.palette.color(role).name() for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText)
    )
    assert contrast(highlight, text) >= 4.5


def test_arms_stand_out_on_a_dark_ground_and_keep_their_dashes() -> None:
    theme = Theme(dark=True)
    colours = [arm_style(number, dark=True).colour for number in range(ARMS)]
    assert len(set(colours)) == ARMS
    for number, colour in enumerate(colours):
        assert min(contrast(colour, theme.paper), contrast(colour, theme.panel)) >= 4.5, colour
        assert arm_style(number).dashes == arm_style(number, dark=True).dashes
        light = QColor(arm_style(number).colour)
        assert number == 0 or abs((QColor(colour).hue() - light.hue() + 180) % 360 - 180) <= 16, colour


def test_the_chief_arms_stand_out_on_a_light_ground() -> None:
    theme = Theme()
    for number in range(4):
        assert min(contrast(arm_style(number).colour, ground) for ground in (theme.paper, theme.panel)) >= 3.0


def test_large_type_gives_the_charts_more_room(window: Window, qtbot: QtBot) -> None:
    results = window.docks()[2]
    before = results.height()
    window.commands["large"].trigger()
    qtbot.waitUntil(lambda: results.height() > before)
    assert window.results.font().pointSizeF() > 10.5
    window.commands["large"].trigger()
    qtbot.waitUntil(lambda: abs(results.height() - before) < 16)


def test_panels_among_tabs_do_not_say_their_names_twice(window: Window, qtbot: QtBot) -> None:
    scenario, results = window.docks()[0], window.docks()[2]
    assert scenario.titleBarWidget() is None
    assert results.titleBarWidget() is not None
    results.setFloating(True)
    qtbot.waitUntil(lambda: results.titleBarWidget() is None)
    results.setFloating(False)
    qtbot.waitUntil(lambda: results.titleBarWidget() is not None)
