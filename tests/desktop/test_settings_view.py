"""The settings: every key of the schema has its field in the window, and findings lead to theirs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.document import Document, Selection
from app.desktop.rules.triggers import KINDS, KindEditor
from app.desktop.sections import SettingsView
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.sections import SECTIONS, section_of
from app.desktop.window import Window
from sim.scenario import edit, parse
from sim.scenario.addresses.address import parts_of
from sim.scenario.model import Part
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, is_distribution, shapes, shapes_of
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import press
from tests.desktop.settings_by_hand import field_at, items_page, listed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, lists open without being raised
KEY = Qt.Key
NOT_IN_A_FIELD = {
    "format": "the version of the file format: a person has nothing to choose, another one cannot be read",
    "layout": "where touchpoints are drawn: they are dragged on the canvas",
    "annotations": "notes on the canvas: they are written and dragged there",
}


# Every key


def paths_of(model: type[Part], here: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of the schema below a table; `*` stands for an item of a list or a free name."""
    for name, field in fields(model).items():
        yield (*here, name)
        yield from paths_within(shapes_of(field), (*here, name))


def paths_within(options: tuple[Shape, ...], here: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if is_distribution(options):
        return  # one field: its families have a test of their own
    for option in options:
        if option.model is not None:
            yield from paths_of(option.model, here)
        elif option.entries is not None:
            yield (*here, "*")
            yield from paths_within(shapes(option.entries), (*here, "*"))
        elif len(option.items) == 1:
            yield from (each for each in paths_within(shapes(option.items[0]), (*here, "*")) if len(each) > len(here))


def path_of(address: str) -> tuple[str, ...]:
    """An address as a path of the schema."""
    options: tuple[Shape, ...] = (Shape(model=Scenario),)
    path: list[str] = []
    for part in parts_of(address):
        keyed = [option.model for option in options if option.model is not None and part in fields(option.model)]
        if keyed:
            path.append(part)
            options = shapes_of(fields(keyed[0])[part])
            continue
        path.append("*")
        inner = [option.entries for option in options if option.entries is not None]
        inner += [option.items[0] for option in options if len(option.items) == 1]
        options = shapes(inner[0]) if inner else ()
    return tuple(path)


def addresses_in_the_window(window: Window) -> Iterator[str]:
    journey = window.document.journey
    for touchpoint in journey.touchpoints:
        window.inspector.show_selection(Selection(touchpoints=frozenset({touchpoint.id})))
        yield from window.inspector.fields()
    for transition in journey.transitions:
        window.inspector.show_selection(Selection(transitions=frozenset({transition.key})))
        yield from window.inspector.fields()
    for section in SECTIONS:
        page = window.sections.open(section.id)
        if isinstance(page, ItemsPage):
            for label in listed(page):
                assert page.select(label)
                yield from page.fields()
                if section.id == "rules":  # "each tick" has nothing to fill in: choosing it says it all
                    kind = page.fields()[f"rules.{label}.when"].editor
                    assert isinstance(kind, KindEditor)
                    yield from (f"rules.{label}.when.{each}" for each in KINDS if each == "tick")
        else:
            yield from page.fields()


def test_every_key_of_the_schema_is_reachable_in_the_window(window: Window) -> None:
    window.document.new(EVERYTHING)
    assert parse(EVERYTHING, name="").scenario, "the scenario that has everything is right"
    window.commands["settings"].trigger()
    assert window.sections.isVisible()
    found: set[tuple[str, ...]] = set()
    for address in addresses_in_the_window(window):
        path = path_of(address)
        found |= {path[:length] for length in range(1, len(path) + 1)}

    wanted = {path for path in paths_of(Scenario) if path[0] not in NOT_IN_A_FIELD}

    assert len(wanted) > 250
    assert sorted(wanted - found) == []
    assert set(NOT_IN_A_FIELD) <= set(fields(Scenario))


def test_each_field_is_named_and_explained(view: SettingsView) -> None:
    for section in SECTIONS:
        page = view.open(section.id)
        assert page.heading.text() == section.title
        assert page.what.text().endswith((".", "?"))
        for address, field in page.fields().items():
            assert field.input.accessibleName(), address
            assert field.label.toolTip(), address


def test_every_top_level_key_belongs_to_a_section_or_is_drawn() -> None:
    drawn = {"touchpoints", "transitions", *NOT_IN_A_FIELD}
    assert [key for key in fields(Scenario) if section_of((key, "x")) is None and key not in drawn] == []


# Findings


FAULTS = {
    "desks.phone.shifts.2.days": "someday",
    'phases.spring.set."channels.web.mix"': -1,
    'shocks.strike.set."orchestration.holdout"': 0.5,
    "scores.warm.weights.moon": 1,
    "surveys.ask.at": ["nowhere"],
    "actions.reminder.leads_to": "nowhere",
    'experiment.arms.more.set."channels.fax.mix"': 1,
    "orchestration.caps.fax": {"max": 1, "days": 1},
}


def test_a_finding_is_said_at_its_field_and_the_sections_tell_of_it(qtbot: QtBot, window: Window) -> None:
    for address, value in FAULTS.items():
        window.document.new(EVERYTHING)
        window.views.setCurrentIndex(0)
        with qtbot.waitSignal(window.document.read_again):
            window.document.apply("Wrong", lambda text, new={address: value}: edit(text, new))
        (finding,) = [each for each in window.document.reading.findings if each.address.startswith(address)]

        window.findings.go_to.emit(finding.address)

        assert window.views.currentWidget() is window.sections
        field = window.sections.fields()[address]
        assert field.words.startswith(("✕ Error: ", "⚠ Warning: "))
        assert field.isVisible()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert field is focused or field.isAncestorOf(focused), address
        item = window.sections.list.currentItem()
        assert "finding" in item.data(0, Qt.ItemDataRole.AccessibleTextRole)


def test_a_finding_about_what_is_drawn_leads_back_to_the_canvas(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.commands["settings"].trigger()
    window.findings.go_to.emit("touchpoints.cart.effort")
    assert window.views.currentWidget() is window.canvas
    assert window.editor.selection == Selection(touchpoints=frozenset({"cart"}))


def test_a_finding_about_nothing_in_particular_opens_the_scenario(window: Window) -> None:
    for address in ("", "unknown", "extends", 'not "an address'):
        window.sections.open("money")
        window.findings.go_to.emit(address)
        assert window.sections.section == "scenario"


# The way there


def test_the_palette_leads_to_a_section(window: Window) -> None:
    window.document.new(EVERYTHING)
    window.commands["palette"].trigger()
    press(window, "edit segments", KEY.Key_Return)
    assert window.views.currentWidget() is window.sections
    assert window.sections.section == "segments"
    item = window.sections.list.currentItem()
    assert item.text(1) == "2"


def test_a_page_that_nobody_sees_catches_up_when_it_is_opened(view: SettingsView, document: Document) -> None:
    view.open("money")
    view.open("integration")
    document.set("Change", {"money.setup": 25})
    assert field_at(view, "money.setup").input.text() == "25"  # type: ignore[attr-defined]


def test_keys_go_from_section_to_section(view: SettingsView) -> None:
    view.open("population")
    view.list.setFocus()
    QTest.keyClick(view.list, KEY.Key_Down)
    assert view.section == "activity"
    for _ in range(4):
        QTest.keyClick(view.list, KEY.Key_Down)
    assert view.section == "behaviour", "headings are passed over"


def test_everything_fits_a_narrow_view_in_large_type(view: SettingsView, document: Document) -> None:
    from dataclasses import replace

    view.appearance.use(replace(view.appearance.theme, large=True))
    view.resize(560, 500)
    page = items_page(view, "segments")
    QApplication.processEvents()
    for widget in (page.duplicate, page.delete, page.up, page.down, page.adder):
        corner = widget.mapTo(page, QPoint(widget.width(), widget.height()))
        assert corner.x() <= page.width() + 1
        assert corner.y() <= page.height() + 1
