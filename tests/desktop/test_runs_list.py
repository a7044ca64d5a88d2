"""The list of stored runs: read at once however many there are, searched, named, noted and deleted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.desktop.looks.theme import Appearance
from app.desktop.runs import RunList, RunReader, open_run
from app.desktop.runs.table import NAME, NOTE
from sim.experiment import run as simulate
from sim.scenario import new_text, tables_of
from sim.store import Store, StoredArm
from tests.desktop.test_jobs import file
from tests.store.replications import begin, replication

MANY = 10_000


def filled(path: Path, count: int = 3) -> list[str]:
    """A store with so many runs, the first of them finished; their ids in the order in which they were started."""
    with Store(path) as store:
        ids = [begin(store, name=f"Run {number}", scenario="shop" if number else "bank") for number in range(count)]
        for number in range(3):
            store.write(ids[0], replication(number))
        store.finish(ids[0], "finished")
        store.write(ids[1], replication(0))
        store.finish(ids[1], "interrupted")
    return ids


def fill_with_many(path: Path) -> None:
    """Ten thousand runs, each with a scenario of 20,000 characters."""
    with Store(path) as store:
        begin(store)
    text = "# a long scenario\n" * 1111
    with sqlite3.connect(path) as plain:
        names = [row[1] for row in plain.execute("pragma table_info(runs)") if row[1] not in ("id", "scenario_text")]
        columns = ", ".join(names)
        plain.executemany(
            f"insert into runs (id, scenario_text, {columns}) select ?, ?, {columns} from runs limit 1",
            ((f"r{number:07}", text) for number in range(MANY - 1)),
        )
        plain.execute("update runs set status = 'finished', started = printf('2026-01-01T00:00:00.%06d+00:00', rowid)")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite"


@pytest.fixture
def runs(qtbot: QtBot, db: Path) -> Iterator[RunList]:
    shown = RunList(Appearance(), db)
    qtbot.addWidget(shown)
    shown.resize(1100, 320)
    shown.show()
    yield shown
    shown.stop()


def read(qtbot: QtBot, runs: RunList) -> None:
    with qtbot.waitSignal(runs.listed, timeout=10_000):
        runs.refresh()


def column(runs: RunList, number: int) -> list[str]:
    return [runs.table.data(runs.table.index(row, number)) for row in range(runs.table.rowCount())]


def select(runs: RunList, *ids: str) -> None:
    runs.view.clearSelection()
    for id_ in ids:
        row = runs.table.row_of(id_)
        assert row is not None
        index = runs.table.index(row, NAME)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        runs.view.selectionModel().setCurrentIndex(index, flags)


def test_the_runs_are_listed_the_last_first_and_found_by_any_word(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    assert column(runs, NAME) == ["Run 2", "Run 1", "Run 0"]
    assert column(runs, 3) == ["0 of 3", "1 of 3", "3"]
    assert column(runs, 5) == ["Running", "Interrupted", "Finished"]
    for words, found in (("BANK", ["Run 0"]), (ids[1], ["Run 1"]), (f"shop {ids[2]}", ["Run 2"]), ("zebra", [])):
        runs.search.setText(words)
        assert column(runs, NAME) == found
    runs.search.clear()
    runs.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert column(runs, NAME) == ["Run 0", "Run 1", "Run 2"]


def test_without_a_store_the_list_says_how_to_get_runs_and_none_is_made(qtbot: QtBot, runs: RunList, db: Path) -> None:
    read(qtbot, runs)
    assert "There are no runs yet" in runs._empty.text()
    assert runs._empty.isVisible()
    assert not db.exists()


def test_names_and_notes_are_edited_in_place_by_keyboard_and_stored(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    select(runs, ids[1])
    for at, words in ((NAME, "Dear shop"), (NOTE, "for Monday")):
        runs.view.setCurrentIndex(runs.view.currentIndex().siblingAtColumn(at))
        qtbot.keyClick(runs.view, Qt.Key.Key_F2)
        editor = runs.view.findChild(QLineEdit)
        assert editor is not None
        editor.selectAll()
        qtbot.keyClicks(editor, words)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: runs.view.findChild(QLineEdit) is None)
    runs.stop()
    read(qtbot, runs)
    with Store(db) as store:
        assert (store.run(ids[1]).name, store.run(ids[1]).note) == ("Dear shop", "for Monday")
    assert "for Monday" in column(runs, NOTE)


def test_runs_are_deleted_only_after_a_yes_and_the_answer_at_hand_is_no(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    select(runs, ids[0], ids[1])
    qtbot.keyClick(runs.view, Qt.Key.Key_Delete)
    assert runs.question.text.text() == "Delete 2 runs? They cannot be undone."
    assert runs.question.no.hasFocus()
    qtbot.keyClick(runs.question.no, Qt.Key.Key_Return)
    assert not runs.question.isVisible()
    assert runs.table.rowCount() == 3
    runs.ask_to_delete()
    runs.question.yes.click()
    read(qtbot, runs)
    assert column(runs, NAME) == ["Run 2"]
    with Store(db) as store:
        assert [run.id for run in store.runs()] == [ids[2]]
        assert store.replications(ids[0]) == ()


def test_the_run_under_way_is_neither_deleted_nor_gone_on_with(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    runs.mark_under_way(ids[2])
    select(runs, ids[2])
    runs.ask_to_delete()
    assert not runs.question.isVisible()
    enabled = {name for name, action in runs._actions.items() if action.isEnabled()}
    assert enabled == {"open", "scenario", "rename", "note"}


def test_what_is_wanted_of_the_selected_runs_is_told(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    select(runs, ids[1])
    for signal, do, told in (
        (runs.run_chosen, lambda: qtbot.keyClick(runs.view, Qt.Key.Key_Return), [ids[1]]),
        (runs.scenario_requested, runs._actions["scenario"].trigger, [ids[1]]),
        (runs.resume_requested, runs._actions["resume"].trigger, [ids[1]]),
        (runs.extend_requested, runs._actions["extend"].trigger, [ids[1], 3]),
    ):
        with qtbot.waitSignal(signal) as heard:
            do()
        assert heard.args == told
    select(runs, ids[0], ids[2])
    with qtbot.waitSignal(runs.compare_requested) as heard:
        runs._actions["compare"].trigger()
    assert heard.args == [[ids[2], ids[0]]]


def test_a_selection_outlives_a_refresh_and_a_search(qtbot: QtBot, runs: RunList, db: Path) -> None:
    ids = filled(db)
    read(qtbot, runs)
    select(runs, ids[1])
    with Store(db) as store:
        begin(store, name="Another")
    read(qtbot, runs)
    assert (runs.table.rowCount(), runs.selected()) == (4, [ids[1]])
    runs.search.setText("run 1")
    assert runs.selected() == [ids[1]]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"just words, and enough of them", "not a store"), (b"SQLite format 3\x00" + b"\x07" * 200, "not a store")],
)
def test_a_store_that_cannot_be_read_is_told_in_the_panel(
    qtbot: QtBot, runs: RunList, db: Path, content: bytes, says: str
) -> None:
    db.write_bytes(content)
    read(qtbot, runs)
    assert says in runs._words.text()
    assert runs._words.isVisible()
    db.unlink()
    filled(db)
    read(qtbot, runs)
    assert runs.table.rowCount() == 3
    assert not runs._words.isVisible()


def test_a_change_that_cannot_be_stored_is_told_and_taken_back(
    qtbot: QtBot, runs: RunList, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desktop.runs.panel._WRITING_SECONDS", 0.1)
    filled(db)
    read(qtbot, runs)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("begin immediate")
    with qtbot.waitSignal(runs.listed, timeout=10_000):
        runs.table.setData(runs.table.index(0, NAME), "Never stored")
        assert column(runs, NAME)[0] == "Never stored"
    other.execute("rollback")
    other.close()
    assert column(runs, NAME)[0] == "Run 2"
    assert "another program is writing to this store" in runs._words.text()


def test_ten_thousand_runs_are_listed_searched_and_sorted(qtbot: QtBot, runs: RunList, db: Path) -> None:
    fill_with_many(db)
    read(qtbot, runs)
    assert runs.table.rowCount() == MANY
    runs.search.setText("r00000")
    assert runs.table.rowCount() == 100
    runs.search.clear()
    runs.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    names = column(runs, NAME)
    assert names == sorted(names)
    assert len(names) == MANY


def test_a_reader_reads_only_what_is_new_and_gives_what_a_whole_reading_gives(qtbot: QtBot, db: Path) -> None:
    small = file()
    whole = simulate(small, workers=1, replications=4)
    arms = [StoredArm(arm.id, arm.name, new_text(tables_of(arm.scenario))) for arm in whole.variants]
    size = {"customers": 100, "horizon": 30, "seed": 7, "replications": 4}
    with Store(db) as store:
        run = store.begin(small.text, arms, scenario="small", name="Small", engine="", **size)
        reader = RunReader(db, run)
        for numbers, seen in (((2,), [2]), ((0, 3), [0, 2, 3]), ((), [0, 2, 3]), ((1,), [0, 1, 2, 3])):
            for number in numbers:
                store.write(run, whole.replications[number])
            with qtbot.waitSignal(reader.results_read, timeout=10_000) as heard:
                reader.refresh()
            assert [one.number for one in heard.args[0].replications] == seen
        store.finish(run, "finished")
    kept, opened = open_run(db, run)
    assert kept.status == "finished"
    documents = [results.document() for results in (heard.args[0], opened, whole)]
    assert documents[0]["arms"] == documents[1]["arms"] == documents[2]["arms"]
    assert documents[0]["comparisons"] == documents[1]["comparisons"] == documents[2]["comparisons"]


def test_a_reader_tells_that_the_store_is_not_there(qtbot: QtBot, db: Path) -> None:
    reader = RunReader(db, "a1234567")
    with qtbot.waitSignal(reader.failed, timeout=5_000) as heard:
        reader.refresh()
    assert "there is no store here yet" in heard.args[0]
    assert not reader.busy


def test_a_reader_waits_until_nobody_has_the_store_to_himself(qtbot: QtBot, db: Path) -> None:
    small = file()
    whole = simulate(small, workers=1, replications=1)
    arms = [StoredArm(arm.id, arm.name, new_text(tables_of(arm.scenario))) for arm in whole.variants]
    size = {"customers": 100, "horizon": 30, "seed": 7, "replications": 1}
    with Store(db) as store:
        run = store.begin(small.text, arms, scenario="small", name="Small", engine="", **size)
        store.write(run, whole.replications[0])
        store.finish(run, "finished")
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    reader = RunReader(db, run)
    failures: list[str] = []
    reader.failed.connect(failures.append)
    with qtbot.waitSignal(reader.results_read, timeout=10_000) as heard:
        reader.refresh()
        qtbot.waitUntil(lambda: reader._tries > 1)
        other.close()
    assert len(heard.args[0].replications) == 1
    assert not failures
