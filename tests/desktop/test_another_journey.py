"""Another journey in the same window: nothing of the one before is left in it."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Selection
from app.desktop.window import Window
from sim.scenario import edit, new_text
from tests.builders import small
from tests.desktop.conftest import Open

RUN_MS = 120_000
FIRST = new_text(small(name="First", experiment={"arms": [{"id": "plain"}, {"id": "slow"}], "replications": 3}))
AWAY = {"start": [900, 700], "middle": [900, 60], "done": [40, 800], "gone": [500, 500]}


def in_another_window(open_window: Open, text: str) -> dict[str, tuple[float, float]]:
    window = open_window()
    window.document.new(text)
    return window.canvas.positions()


def test_touchpoints_with_the_same_ids_stand_where_a_fresh_window_puts_them(window: Window, open_window: Open) -> None:
    plain = new_text(small(id="other"))
    window.document.new(edit(FIRST, {"layout": AWAY}))
    assert window.canvas.positions()["done"] == (40, 800)
    window.document.new(plain)
    assert window.canvas.positions() == in_another_window(open_window, plain)


def test_neither_selection_nor_filter_goes_over_to_what_has_the_same_ids(window: Window) -> None:
    window.document.new(FIRST)
    window.editor.select(Selection(touchpoints=frozenset({"middle"})))
    window.table.filter.setText("middle")
    window.document.new(new_text(small(id="other")))
    assert not window.editor.selection
    assert not window.canvas.selected
    assert not window.table.selected
    assert window.table.filter.text() == ""
    assert window.table.touchpoint_model.rowCount() > 2


def test_what_was_said_about_the_journey_goes_with_it_and_what_the_program_says_stays(window: Window) -> None:
    window.document.new(FIRST)
    window.document.select_arm("slow")
    window.editor.delete(Selection(touchpoints=frozenset({"gone"})))
    window.messages.say("run", "This run failed.", "error")
    window.messages.say("recovery", "There is something to restore.", stays=True)
    assert any("changed the journey of all arms" in text for text in window.messages.texts)
    window.document.new(new_text(small(id="other")))
    assert window.messages.texts == ["There is something to restore."]


def test_results_of_the_last_journey_are_gone_from_panel_canvas_and_status(window: Window, qtbot: QtBot) -> None:
    window.document.new(FIRST)
    window.commands["run"].trigger()
    simulation = window.simulation
    qtbot.waitUntil(lambda: simulation.results is not None and not simulation.busy, timeout=RUN_MS)
    QTest.qWait(0)
    assert window.canvas._scene.flow.visits
    window.document.new(FIRST)
    assert simulation.results is not None, "they are of this journey"
    window.document.new(new_text(small(name="Second")))
    assert simulation.results is None
    assert window.results.empty.isVisible()
    assert not window.results.stale.isVisible()
    assert "not run yet" in window.status.text()
    assert not window.commands["more"].isEnabled()
    assert not window.canvas._scene.flow.visits


def test_a_run_that_goes_on_while_another_journey_is_opened_is_stored_and_not_shown(
    window: Window, qtbot: QtBot
) -> None:
    window.document.new(FIRST)
    window.commands["run"].trigger()
    window.document.new(new_text(small(name="Second")))
    simulation = window.simulation
    qtbot.waitUntil(lambda: simulation.job is not None and simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.runs.table.rowCount() == 1, timeout=RUN_MS)
    assert simulation.results is None
    assert window.results.empty.isVisible()
