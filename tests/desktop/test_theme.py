"""Everything that is read can be read: contrasts as WCAG 2.2 asks for them (1.4.3 and 1.4.11)."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPalette, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QMainWindow,
    QScrollArea,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.roles import Role, Roles
from app.desktop.looks.sheet import sheet
from app.desktop.looks.theme import Theme
from app.desktop.window import Window
from app.files.shipped import shipped
from app.shown.colours import arm_style

GROUNDS = ("paper", "band", "panel", "field", "stripe", "card")
READ = ("text", "quiet", "accent", "good", "warning", "error")
DRAWN = ("stroke", "focus")
ANSWERING = ("chosen", "near", "pressed")
"""grounds of what is selected, under the mouse or held down"""
ARMS = 8
"""the baseline and all colours"""


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pixels_of(widget: QWidget) -> bytes:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(picture.constBits())


def colours_of(widget: QWidget) -> set[str]:
    """All colours that it is drawn in."""
    pixels = np.frombuffer(pixels_of(widget), dtype=np.uint32) & 0xFFFFFF
    return {f"#{colour:06x}" for colour in np.unique(pixels)}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_type_stands_out_from_whatever_it_stands_on(dark: bool, ground: str) -> None:
    theme = Theme(dark=dark)
    for name in READ:
        assert contrast(getattr(theme, name), getattr(theme, ground)) >= 4.5, name


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
def test_transitions_borders_axes_and_the_ring_of_the_keyboard_can_be_seen(dark: bool, ground: str) -> None:
    theme = Theme(dark=dark)
    for name in DRAWN:
        assert contrast(getattr(theme, name), getattr(theme, ground)) >= 3.0, name


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ANSWERING)
def test_what_is_selected_or_under_the_mouse_can_be_read(dark: bool, ground: str) -> None:
    theme = Theme(dark=dark)
    assert contrast(theme.text, getattr(theme, ground)) >= 4.5
    assert contrast(theme.quiet, getattr(theme, ground)) >= 4.5
    assert contrast(theme.focus, getattr(theme, ground)) >= 3.0


@pytest.mark.parametrize("dark", [False, True])
def test_what_asks_to_be_pressed_can_be_read(dark: bool) -> None:
    theme = Theme(dark=dark)
    for ground in (theme.accent, theme.accent_near):
        assert contrast(theme.on_accent, ground) >= 4.5


def test_every_role_is_asked_for_its_contrast_or_only_separates() -> None:
    roles = {name for name, value in vars(Roles).items() if isinstance(value, Role)}
    assert roles == {*GROUNDS, *READ, *DRAWN, *ANSWERING, "accent_near", "on_accent", "line"}


@pytest.mark.parametrize("dark", [False, True])
def test_qt_selects_in_the_same_colours(dark: bool) -> None:
    palette = Theme(dark=dark).palette
    highlight, text = (
        palette.color(role).name() for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText)
    )
    assert contrast(highlight, text) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_signs_in_controls_have_the_colours_of_their_roles(dark: bool) -> None:
    theme = Theme(dark=dark)
    signs = dict.fromkeys(("chevron-down", "chevron-up", "close", "float"), theme.quiet)
    signs |= dict.fromkeys(("check", "minus"), theme.on_accent)
    folder = shipped("assets") / "icons" / "controls" / ("dark" if dark else "light")
    assert {path.stem for path in folder.iterdir()} == set(signs)
    for name, colour in signs.items():
        assert f'stroke="{colour}"' in (folder / f"{name}.svg").read_text(encoding="utf-8"), name
        assert (folder / f"{name}.svg").as_posix() in sheet(theme), name


def test_colours_are_named_in_one_place() -> None:
    for path in (Path(app.__file__).parent / "desktop").rglob("*.py"):
        if path.name != "roles.py":
            assert not re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")), path


def test_only_the_program_has_a_sheet() -> None:
    """One for each widget would be read anew for each of them."""
    for path in (Path(app.__file__).parent / "desktop").rglob("*.py"):
        assert "setStyleSheet" not in path.read_text(encoding="utf-8") or path.name == "theme.py", path


@pytest.mark.parametrize("bold", [False, True])
def test_the_typeface_travels_with_the_program(qapp: QApplication, bold: bool) -> None:
    font = QFontInfo(Theme().font("normal", bold))
    assert (font.family(), font.weight()) == ("Inter", QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    assert {"LICENSE.txt"} < {path.name for path in (shipped("assets") / "fonts" / "inter").iterdir()}


def test_a_widget_keeps_its_type_where_it_is_put(window: Window) -> None:
    label = PlainLabel("a heading")
    holder, inside, other = QScrollArea(), QWidget(), QMainWindow(window)
    QVBoxLayout(inside).addWidget(label)
    holder.setWidget(inside)
    label.setFont(Theme().font("large", bold=True))
    other.setCentralWidget(holder)
    other.show()
    assert (label.font().pointSizeF(), label.font().weight()) == (Theme().points("large"), QFont.Weight.DemiBold)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_chosen_in_a_list_that_drops_down_can_be_read(window: Window, dark: bool) -> None:
    if dark:
        window.commands["dark"].trigger()
    theme = Theme(dark=dark)
    box = QComboBox(window)
    box.addItems(["One", "Two"])
    box.show()
    box.showPopup()
    shown = colours_of(box.view().window())
    assert theme.chosen in shown
    assert theme.text in shown
    box.hidePopup()


@pytest.mark.parametrize("dark", [False, True])
def test_a_tooltip_can_be_read(window: Window, dark: bool) -> None:
    if dark:
        window.commands["dark"].trigger()
    QToolTip.showText(window.pos(), "What it does", window)
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible()]
    assert colours_of(tip) >= {Theme(dark=dark).card, Theme(dark=dark).text}
    QToolTip.hideText()


def test_signs_are_found_in_any_folder(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs are installed under names such as these."""
    assets = tmp_path / "an owner's (new) #1 \u00fc" / "assets"
    shutil.copytree(shipped("assets") / "icons", assets / "icons")
    monkeypatch.setattr("app.desktop.looks.sheet.shipped", lambda _: assets)
    tick = QCheckBox("Yes", window)
    tick.setChecked(True)
    tick.show()
    before = pixels_of(tick)
    window.setStyleSheet(sheet(Theme()))
    assert pixels_of(tick) == before


def test_letters_that_the_typeface_lacks_come_from_another(qapp: QApplication) -> None:
    layout = QTextLayout("\u0531", Theme().font())  # an Armenian letter
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    (run,) = layout.glyphRuns()
    assert run.rawFont().familyName() != "Inter"
    assert run.glyphIndexes()[0] != 0


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
