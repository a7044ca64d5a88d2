"""The window as a person uses it: draw, run, compare, export, undo; by mouse, and by keyboard alone."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.canvas import Selection
from app.desktop.document.blank import BLANK
from app.desktop.results.gains import FIRST
from app.desktop.window import Window
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.hands import Key, press

RUN_MS = 120_000


def few(window: Window) -> None:
    """Make the journey quick to run."""
    window.document.apply("Few", lambda text: edit(text, {"population.size": 300, "experiment.replications": 4}))


def on_canvas(window: Window, x: float, y: float) -> QPoint:
    return window.canvas.view.mapFromScene(QPointF(x, y))


def test_a_new_window_is_blank_and_says_how_to_begin(window: Window) -> None:
    assert window.document.text == BLANK
    assert "Journey Sandbox" in window.windowTitle()
    assert not window.isWindowModified()
    assert "not run yet" in window.status.text()


def test_a_shipped_scenario_opens_as_a_copy(window: Window) -> None:
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["online-shop"])
    assert window.document.path is None
    assert len(window.document.journey.touchpoints) > 10
    assert window.canvas.shown()[0] == frozenset(window.document.journey.touchpoints)


def test_a_journey_is_run_and_its_results_equal_the_store(window: Window, qtbot: QtBot) -> None:
    from app.desktop.runs import open_run
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    few(window)
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    assert window.simulation.job.state == "finished", window.simulation.job.message
    results = window.simulation
    qtbot.waitUntil(lambda: results.results is not None and len(results.results.replications) == 4, timeout=RUN_MS)
    _, stored = open_run(window.simulation.runner.db, window.simulation.run)
    assert [r.arms[0].outcomes for r in stored.replications] == [
        r.arms[0].outcomes for r in results.results.replications
    ]
    assert "results are current" in window.status.text()
    window.document.set("Other", {"behaviour.price_index": 1.1})
    assert "predate your last edit" in window.status.text()
    window.document.undo_stack.undo()
    assert "results are current" in window.status.text()


def test_results_come_to_the_front_when_somebody_wants_them_and_say_whose_they_are(
    window: Window, qtbot: QtBot
) -> None:
    from sim.shipped import shipped_scenarios

    def in_front(panel: QWidget) -> bool:
        QApplication.processEvents()
        return not panel.visibleRegion().isEmpty()

    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    few(window)
    window.commands["panel-4"].trigger()
    assert in_front(window.runs)
    window.commands["run"].trigger()
    assert in_front(window.results)
    qtbot.waitUntil(lambda: window.simulation.results is not None and not window.simulation.busy, timeout=RUN_MS)
    window.commands["panel-4"].trigger()
    assert not in_front(window.results)
    window.runs.run_chosen.emit(window.simulation.run)
    assert in_front(window.results)
    window.document.undo_stack.setClean()
    run = window.simulation.run
    window.files.open_shipped(shipped_scenarios()["win-back"])
    assert window.simulation.results is None
    window.runs.run_chosen.emit(run)
    qtbot.waitUntil(lambda: window.simulation.results is not None, timeout=RUN_MS)
    assert window.status.text().endswith("results of “Abandoned baskets”")
    assert window.results.stale.isVisible()


def test_what_the_window_saves_gives_the_same_figures_from_the_command_line(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    import json

    from app.cli.main import main
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    few(window)
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(
        lambda: window.simulation.results is not None and len(window.simulation.results.replications) == 4,
        timeout=RUN_MS,
    )
    window.files.save_to(tmp_path / "mine.toml")
    shown = window.simulation.results.document(None)
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        main(["run", str(tmp_path / "mine.toml"), "--json", "--workers", "1", "--db", str(tmp_path / "other.sqlite")])
    assert ended.value.code == 0
    told = json.loads(printed.getvalue())
    for arm in told["arms"]:
        del arm["settings"]  # what was asked for on the command line
    for name in ("arms", "comparisons", "seed", "replications", "customers", "scenario_hash"):
        assert told[name] == json.loads(json.dumps(shown))[name], name


def test_a_journey_with_errors_is_not_run_but_explained(window: Window) -> None:
    window.commands["run"].trigger()
    assert any("cannot be run yet" in text for text in window.messages.texts)
    assert not window.simulation.busy


def test_once_the_errors_are_mended_nothing_says_that_they_are_in_the_way(window: Window, qtbot: QtBot) -> None:
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    window.document.set("Horizon", {"horizon": -1})
    window.commands["run"].trigger()
    assert any("cannot be run yet: it has one error" in text for text in window.messages.texts)
    window.document.undo_stack.undo()
    qtbot.waitUntil(lambda: not any("cannot be run yet" in text for text in window.messages.texts))


def test_closing_with_changes_asks_without_a_dialog_and_loses_nothing(window: Window) -> None:
    window.document.set("Size", {"population.size": 7})
    window.close()
    assert window.isVisible()
    window.messages.button("Stay here").click()
    assert window.isVisible()
    window.close()
    window.messages.button("Discard changes").click()
    assert not window.isVisible()


def test_a_file_that_is_no_scenario_is_told_and_what_was_open_stays(window: Window, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_bytes(b"\xff\xfe\x00")
    assert not window.files.open_now(broken)
    assert window.document.text == BLANK
    assert any("UTF-16" in text for text in window.messages.texts)


def test_a_damaged_toml_file_opens_with_its_finding(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('format = 1\nid = "x\n')
    with qtbot.waitSignal(window.document.read_again):
        assert window.files.open_now(broken)
    assert window.document.reading.errors == 1
    assert window.document.text == broken.read_text()


def test_the_palette_finds_commands_and_touchpoints(window: Window) -> None:
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["online-shop"])
    window.commands["palette"].trigger()
    press(window, "cart", Qt.Key.Key_Return)
    assert window.editor.selection == Selection(touchpoints=frozenset({"cart"}))
    assert not window.palette_box.isVisible()


def test_a_structural_change_under_an_arm_can_be_kept_as_a_new_arm(window: Window) -> None:
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["online-shop"])
    window.document.add_arm("Trial")
    before = {touchpoint.id for touchpoint in window.document.journey.touchpoints}
    window.editor.delete(Selection(transitions=frozenset({window.document.journey.transitions[3].key})))
    key = "Keep as a new arm"
    window.messages.button(key).click()
    assert window.document.arm not in (None, "trial")
    assert {touchpoint.id for touchpoint in window.document.journey.touchpoints} == before
    assert len(window.document.overrides) == 1
    assert next(iter(window.document.overrides)).endswith(".enabled")


def test_the_look_and_the_panels_are_remembered(open_window: Open) -> None:
    first = open_window()
    first.commands["dark"].trigger()
    first.docks()[1].hide()
    first.close_now()
    second = open_window()
    assert second.appearance.theme.dark
    assert second.docks()[1].isHidden()
    second.commands["dark"].trigger()


def test_other_files_are_run_as_arms_beside_this_one(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    from sim.shipped import shipped_scenarios

    text = edit(shipped_scenarios()["cart-recovery"].read_text(), {"population.size": 300})
    dearer = tmp_path / "dearer.toml"
    dearer.write_text(edit(text, {"behaviour.price_index": 1.2, "id": "dearer"}))
    window.document.new(text)
    few(window)
    window.simulation.compare_with([dearer])
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: window.simulation.results is not None, timeout=RUN_MS)
    assert window.simulation.results.arms == ("cart-recovery", "dearer")


def test_recent_files_and_shipped_scenarios_are_in_the_file_menu(window: Window, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QMenu

    window.files.save_to(tmp_path / "mine.toml")
    for name, entry in (("open-recent", str(tmp_path / "mine.toml")), ("open-a-shipped-scenario", "online-shop")):
        window.findChild(QMenu, "menu-file").aboutToShow.emit()
        menu = window.findChild(QMenu, name)
        assert entry in [action.text() for action in menu.actions()]


@pytest.mark.slow
def test_what_the_charts_save_is_what_the_store_says_to_the_last_digit(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    from app.desktop.runs import open_run
    from sim.shipped import shipped_scenarios

    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    few(window)
    window.commands["run"].trigger()
    shown = window.simulation
    qtbot.waitUntil(lambda: shown.job is not None and shown.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: shown.results is not None and len(shown.results.replications) == 4, timeout=RUN_MS)
    told = open_run(shown.runner.db, shown.run)[1].document(None)
    charts = window.results.charts
    for name in ("outcomes", "retention", "touchpoints"):
        window.results.tabs.setCurrentWidget(getattr(charts, name))
        getattr(charts, name).save_data(tmp_path / f"{name}.csv")
    for arm in told["arms"]:
        outcomes = [row for row in rows(tmp_path / "outcomes.csv") if row["arm"] == arm["id"]]
        levels = {row["outcome"]: number(row["mean"]) for row in outcomes if row["mean"]}
        assert levels == {outcome: found["mean"] for outcome, found in arm["outcomes"].items()}
        curve = [row for row in rows(tmp_path / "retention.csv") if row["arm"] == arm["id"]]
        for figure in ("mean", "lo", "hi"):
            assert [number(row[figure]) for row in curve] == arm["curves"]["retention"][figure]
        visits = {
            row["touchpoint"]: number(row["mean"])
            for row in rows(tmp_path / "touchpoints.csv")
            if row["arm"] == arm["id"] and row["figure"] == "visits"
        }
        assert visits == {id_: figures["visits"] for id_, figures in arm["touchpoints"].items()}


def rows(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    return float(text) if text else None


def test_the_first_name_of_an_arm_is_its_id_and_later_ones_are_not(window: Window) -> None:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    window.commands["add-arm"].trigger()
    press(window, "Free delivery", Key.Key_Return)
    assert window.document.arm == "free-delivery"
    assert [arm["id"] for arm in window.document.arms][-1] == "free-delivery"
    window.commands["undo"].trigger()
    window.commands["redo"].trigger()
    assert window.document.arms[-1]["name"] == "Free delivery"
    window.scenario.list.item(window.scenario.list.count() - 1).setText("Free parcels")
    assert (window.document.arms[-1]["id"], window.document.arms[-1]["name"]) == ("free-delivery", "Free parcels")


@pytest.mark.slow
def test_a_stored_run_is_current_until_the_journey_it_is_of_is_edited(window: Window, qtbot: QtBot) -> None:
    window.files.open_shipped(shipped_scenarios()["cart-recovery"])
    few(window)
    window.commands["run"].trigger()
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    run = window.simulation.job.run  # type: ignore[union-attr]
    assert run is not None
    with qtbot.waitSignal(window.simulation.results_shown, timeout=RUN_MS):
        window.simulation.show_run(run)
    assert not window.simulation.stale
    window.document.set("Dearer", {"behaviour.price_index": 1.2})
    assert window.simulation.stale
    with qtbot.waitSignal(window.simulation.results_shown, timeout=RUN_MS):
        window.simulation.show_run(run)
    assert window.simulation.stale
    window.commands["undo"].trigger()
    assert not window.simulation.stale


def test_below_each_arm_stands_what_a_run_found_of_it_until_something_is_edited(window: Window, qtbot: QtBot) -> None:
    def said() -> list[str | None]:
        role = Qt.ItemDataRole.AccessibleDescriptionRole
        listed = window.scenario.list
        return [listed.item(row).data(role) or None for row in range(listed.count())]

    window.document.new(shipped_scenarios()["online-shop"].read_text(encoding="utf-8"))
    few(window)
    assert said() == [None] * 4
    tall = window.scenario.list.visualItemRect(window.scenario.list.item(2)).height()
    window.simulation.start()
    qtbot.waitUntil(lambda: window.simulation.job is not None and window.simulation.job.over, timeout=RUN_MS)
    qtbot.waitUntil(lambda: said()[3] is not None, timeout=RUN_MS)
    scenario, first, *others = said()
    assert scenario is None
    assert first == FIRST
    results = window.simulation.results
    assert results is not None
    for row, (arm, words) in enumerate(zip(results.arms[1:], others, strict=True), 2):
        assert words is not None
        assert re.match(r"[+-]?[\d.]+ points \[[+-]?[\d.]+, [+-]?[\d.]+\], \w", words), words
        assert results.sentence(arm)[:40] in window.scenario.list.item(row).toolTip()
    window.scenario.list.doItemsLayout()
    assert window.scenario.list.visualItemRect(window.scenario.list.item(2)).height() > tall + 10
    window.document.set("Dearer", {"behaviour.price_index": 1.2})
    assert said() == [None] * 4
    window.document.undo_stack.undo()
    assert said() == [scenario, first, *others]
