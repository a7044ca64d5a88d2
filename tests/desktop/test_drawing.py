"""The online shop's journey drawn from nothing, run, compared, exported, undone and redone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from app.desktop.document.blank import BLANK
from app.desktop.document.drawn_journey import DrawnJourney, Transition, drawn_journey
from app.desktop.document.editing import id_from
from app.desktop.document.selection import NOTHING
from app.desktop.inspector.why import share_of
from app.desktop.table.view import RowsView
from app.desktop.window import Window
from sim.scenario import tables_of
from sim.scenario.opening.opening import load
from sim.scenario.toml.notation import value_text
from sim.shipped import shipped_scenarios
from tests.desktop.hands import Key, click, drag, look_at, open_field, press, show_tab, spot, turn, type_line
from tests.desktop.table_by_keyboard import cell, field, type_into

RUN_MS = 180_000
ALT = Qt.KeyboardModifier.AltModifier


SHOP = tables_of(load(shipped_scenarios()["online-shop"]))


def shop() -> DrawnJourney:
    """The journey that is to be drawn."""
    return drawn_journey(SHOP)


def ids(journey: DrawnJourney) -> dict[str, str]:
    """The ids that touchpoints get which are called as the shop's are."""
    return {touchpoint.id: id_from(touchpoint.name, ()) for touchpoint in journey.touchpoints}


def drawn(journey: DrawnJourney, wanted: DrawnJourney) -> None:
    """See that a journey has the touchpoints and transitions that are wanted, by their names."""
    as_named = ids(wanted)
    assert {
        (touchpoint.name, touchpoint.stage, touchpoint.exit, touchpoint.start) for touchpoint in journey.touchpoints
    } == {(touchpoint.name, touchpoint.stage, touchpoint.exit, touchpoint.start) for touchpoint in wanted.touchpoints}
    assert {
        (transition.source, transition.target): (portion(journey, transition), transition.delay)
        for transition in journey.transitions
    } == {
        (as_named[transition.source], as_named[transition.target]): (portion(wanted, transition), transition.delay)
        for transition in wanted.transitions
    }


def portion(journey: DrawnJourney, transition: Transition) -> float:
    """The share of a transition, to a thousandth of a percent."""
    share = share_of(journey, transition)
    assert share is not None
    return round(share, 5)


def percent_so_far(journey: DrawnJourney, transition: Transition) -> str:
    """What is typed as the share of a transition, beside those from the same touchpoint that were drawn before it."""
    drawn_before = journey.transitions[: journey.transitions.index(transition) + 1]
    weights = [each.share for each in drawn_before if each.source == transition.source]
    return f"{100 * transition.share / sum(weights):.10g} %"


def add_by_mouse(window: Window, wanted: DrawnJourney) -> None:
    """Double-click into the band of each touchpoint's stage, and type its name."""
    window.canvas.zoom_actual()
    rows: dict[str, int] = {}
    for lane in wanted.lanes:
        for touchpoint in (touchpoint for touchpoint in wanted.touchpoints if touchpoint.stage == lane.id):
            row = rows[lane.id] = rows.get(lane.id, -1) + 1
            number = [each.id for each in window.document.journey.lanes].index(lane.id)
            x, y = 300.0 * number + 100, 120.0 * row + 60
            look_at(window, x, y)
            click(window.canvas.view.viewport(), spot(window, x, y), double=True)
            type_line(open_field(window), touchpoint.name)


def connect_by_mouse(window: Window, wanted: DrawnJourney) -> None:
    """Drag from the edge of a card to another card; then click the field of the share and type it."""
    as_named = ids(wanted)
    window.canvas.zoom_to_fit()
    turn()
    for transition in wanted.transitions:
        source, target = as_named[transition.source], as_named[transition.target]
        at, size = window.canvas.positions(), window.canvas.sizes()
        end = at[target][0] + size[target][0] / 2, at[target][1] + size[target][1] / 2
        drag(window, (at[source][0] + size[source][0], at[source][1] + size[source][1] / 2), end)
        key = f"{source}/{target}"
        assert window.editor.selection.transitions == frozenset({key}), key
        field = window.inspector.fields()[f'transitions."{key}".share' if "." in key else f"transitions.{key}.share"]
        click(field.input)
        type_line(field.input, percent_so_far(wanted, transition))


@pytest.mark.slow
def test_the_shop_is_drawn_by_mouse_run_compared_exported_undone_and_redone(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.resize(1600, 1000)
    wanted = shop()
    window.document.save(tmp_path / "mine.toml")
    empty = (tmp_path / "mine.toml").read_bytes()
    assert empty == BLANK.encode()
    add_by_mouse(window, wanted)
    connect_by_mouse(window, wanted)
    finish_by_inspector(window, wanted)
    delay_by_mouse(window, wanted)
    drawn(window.document.journey, wanted)
    to_and_fro(window, qtbot, tmp_path, empty)


def finish_by_inspector(window: Window, wanted: DrawnJourney) -> None:
    """Click each card that is an exit, and choose how the journey ends there."""
    as_named = ids(wanted)
    for touchpoint in wanted.touchpoints:
        id_ = as_named[touchpoint.id]
        here = window.document.journey.touchpoint(id_)
        assert here is not None
        if here.stage == touchpoint.stage and here.exit == touchpoint.exit:
            continue
        at, size = window.canvas.positions()[id_], window.canvas.sizes()[id_]
        click(window.canvas.view.viewport(), spot(window, at[0] + size[0] / 2, at[1] + 12))
        assert window.editor.selection.touchpoints == frozenset({id_})
        for key, value in (("stage", touchpoint.stage), ("exit", touchpoint.exit)):
            box = window.inspector.fields()[f"touchpoints.{id_}.{key}"].input
            if value is not None and getattr(here, key) != value:
                choice = next(n for n in range(box.count()) if value.lower() in box.itemText(n).lower())
                box.setFocus()
                box.setCurrentIndex(choice)
                box.activated.emit(choice)
                turn()


def delays(wanted: DrawnJourney) -> dict[str, str]:
    """What is to be typed as each transition's delay, by the key that it gets."""
    as_named = ids(wanted)
    return {
        f"{as_named[item['from']]}/{as_named[item['to']]}": value_text(item["delay"])
        for item in SHOP["transitions"]
        if item.get("delay")
    }


def starts(wanted: DrawnJourney) -> dict[str, str]:
    """The share of arrivals that is to be typed for each touchpoint where some begin, by its name."""
    return {touchpoint.name: f"{touchpoint.start:g}" for touchpoint in wanted.touchpoints if touchpoint.start}


def delay_by_mouse(window: Window, wanted: DrawnJourney) -> None:
    """Open the table by its tab; double-click each delay, and where customers arrive, and type it."""
    show_tab(window.views.tabBar(), "Table")
    cells = [(window.table.transitions, "Delay", key, words) for key, words in delays(wanted).items()]
    cells += [(window.table.touchpoints, "Start", name, weight) for name, weight in starts(wanted).items()]
    for view, head, row, words in cells:
        at = cell(view, head, row)
        view.scrollTo(at)
        turn()
        click(view.viewport(), view.visualRect(at).center())
        click(view.viewport(), view.visualRect(at).center(), double=True)
        type_line(field(view), words)


def to_and_fro(window: Window, qtbot: QtBot, tmp_path: Path, empty: bytes) -> None:
    """Add an arm, run both, export a chart, undo everything to the same bytes, redo it."""
    window.document.set("Few", {"population.size": 300, "experiment.replications": 4})
    window.commands["add-arm"].trigger()
    press(window, "Dearer", Key.Key_Return)
    arm = window.document.arm
    assert arm is not None
    window.document.set("Price", {"behaviour.price_index": 1.2})
    assert window.document.reading.errors == 0, window.document.reading.findings
    click_run(window)
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    assert window.simulation.job.state == "finished", window.simulation.job.message
    qtbot.waitUntil(
        lambda: window.simulation.results is not None and len(window.simulation.results.replications) == 4,
        timeout=RUN_MS,
    )
    results = window.simulation.results
    assert results.arms == ("base", arm)
    chart = window.results.charts.compare
    window.results.tabs.setCurrentWidget(chart)
    turn()
    assert chart.answer.text()
    window.taking.save(chart.pictured(window.appearance.theme), tmp_path / "compare.svg")
    chart.save_data(tmp_path / "compare.csv")
    assert b"<svg" in (tmp_path / "compare.svg").read_bytes()
    assert len((tmp_path / "compare.csv").read_text().splitlines()) > 1
    full = window.document.text
    while window.commands["undo"].isEnabled():
        window.commands["undo"].trigger()
    window.files.save()
    assert (tmp_path / "mine.toml").read_bytes() == empty
    assert window.canvas.shown() == (frozenset(), frozenset(), frozenset())
    while window.commands["redo"].isEnabled():
        window.commands["redo"].trigger()
    assert window.document.text == full


@pytest.mark.slow
def test_the_shop_is_drawn_by_keyboard_alone_run_compared_exported_undone_and_redone(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    wanted = shop()
    window.document.save(tmp_path / "mine.toml")
    empty = (tmp_path / "mine.toml").read_bytes()
    window.activateWindow()
    qtbot.keyClick(window, Key.Key_3, ALT)
    touchpoints, transitions, as_named = window.table.touchpoints, window.table.transitions, ids(wanted)
    names = {touchpoint.id: touchpoint.name for touchpoint in wanted.touchpoints}
    assert window.views.currentWidget() is window.table
    touchpoints.setFocus()
    qtbot.keyClick(touchpoints, Key.Key_Insert)
    for touchpoint in wanted.touchpoints:
        type_line(field(touchpoints), touchpoint.name)
        qtbot.keyClick(touchpoints, Key.Key_Return)
    qtbot.keyClick(field(touchpoints), Key.Key_Escape)
    for touchpoint in wanted.touchpoints:
        type_choice(qtbot, touchpoints, cell(touchpoints, "Stage", touchpoint.name), touchpoint.stage)
        if touchpoint.exit is not None:
            type_choice(qtbot, touchpoints, cell(touchpoints, "Exit", touchpoint.name), touchpoint.exit)
    for name, weight in starts(wanted).items():
        type_into(qtbot, touchpoints, cell(touchpoints, "Start", name), weight)
    for transition in wanted.transitions:
        source, target = as_named[transition.source], as_named[transition.target]
        transitions.setFocus()
        window.table.select(NOTHING)
        qtbot.keyClick(transitions, Key.Key_Insert)
        for end in (transition.source, transition.target):
            qtbot.keyClicks(field(transitions), names[end])
            qtbot.keyClick(field(transitions), Key.Key_Return)
        share = cell(transitions, "Share", f"{source}/{target}")
        type_into(qtbot, transitions, share, percent_so_far(wanted, transition))
    for key, words in delays(wanted).items():
        type_into(qtbot, transitions, cell(transitions, "Delay", key), words)
    drawn(window.document.journey, wanted)
    to_and_fro(window, qtbot, tmp_path, empty)


def type_choice(qtbot: QtBot, view: RowsView, at: QModelIndex, value: str) -> None:
    """Go to a cell, open its list, press the letters of a choice, and accept."""
    view.setFocus()
    view.setCurrentIndex(at)
    qtbot.keyClick(view, Key.Key_Return)
    box = field(view)
    while value not in (box.currentData(), box.currentText().lower()):
        before = box.currentIndex()
        qtbot.keyClick(box, Key.Key_Down)
        if box.currentIndex() == before:
            qtbot.keyClick(box, Key.Key_Home)
    qtbot.keyClick(box, Key.Key_Return)


def click_run(window: Window) -> None:
    """Click Run in the toolbar."""
    from PySide6.QtWidgets import QToolBar

    bar = window.findChild(QToolBar, "toolbar")
    click(bar.widgetForAction(window.commands["run"]))


def test_a_name_in_a_script_that_ids_do_not_have_gets_a_short_id_of_its_kind() -> None:
    assert id_from("購入", ()) == "t1"
    assert id_from("購入", ("t1",)) == "t2"
    assert id_from("返品", (), "rule") == "r1"
    assert id_from("Größe wählen", ("grosse-wahlen",)) == "grosse-wahlen-2"


@pytest.mark.parametrize(
    "delay", [10**400, {"family": "lognormal", "median": 10**400, "sigma": 1}, {"low": 0, "high": 10**400}]
)
def test_a_delay_beyond_all_numbers_is_no_reason_not_to_draw_the_journey(delay: object) -> None:
    journey = drawn_journey({**SHOP, "transitions": [{**SHOP["transitions"][0], "delay": delay}]})
    assert journey.transitions[0].delay in ("", "lognormal")
