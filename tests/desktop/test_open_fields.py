"""What is typed into a field that is still open is saved, run, asked about or offered again; it is never lost."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.document import Selection
from app.desktop.fields.open_field import OpenField
from app.desktop.forms.adding import Adder
from app.desktop.forms.hours import HoursEditor
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from app.files.unsaved_texts import Slot
from sim.store import Store
from tests.desktop.conftest import Open
from tests.desktop.everything import EVERYTHING
from tests.desktop.hands import click, turn
from tests.desktop.left_open import FEW, KINDS, Kind
from tests.desktop.table_by_keyboard import SHOP
from tests.store.replications import begin

SEVERAL = pytest.mark.parametrize("kinds", [FEW, pytest.param(KINDS, marks=pytest.mark.slow)], ids=["few", "all"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "everything.toml"
    path.write_text(EVERYTHING, encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    return path


def typed_into(window: Window, kind: Kind, file: Path) -> None:
    """Open the file anew, type into a field of that kind, and leave it open."""
    file.write_text(EVERYTHING, encoding="utf-8")
    assert window.files.open_now(file)
    kind.type_into(window)


def said(window: Window) -> str:
    return " ".join(window.messages.texts)


@SEVERAL
def test_it_is_saved_or_said_not_to_be(window: Window, file: Path, kinds: tuple[Kind, ...]) -> None:
    for kind in kinds:
        typed_into(window, kind, file)
        assert window.files.save()
        if kind.said:
            assert kind.said in file.read_text(encoding="utf-8"), kind.name
            assert not window.messages.texts, kind.name
        elif not kind.own:
            assert f"“{kind.typed}” in “" in said(window), kind.name
            assert "is not part of what is saved" in said(window), kind.name
        assert not window.document.is_dirty, kind.name


@SEVERAL
def test_it_is_run_or_said_not_to_be(
    window: Window, file: Path, kinds: tuple[Kind, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def start(_plan: object, text: str) -> None:
        ran.append(text)
        raise InterruptedError

    monkeypatch.setattr(window.simulation.runner, "start", start)
    for kind in kinds:
        typed_into(window, kind, file)
        try:
            window.simulation.start()
        except InterruptedError:
            assert ran.pop() == window.document.text, kind.name
        assert kind.said in window.document.text, kind.name
        if not kind.said and not kind.own:
            assert "is not part of this run" in said(window), kind.name


@pytest.mark.parametrize("how", ["open", "new", "close"])
@SEVERAL
def test_another_document_waits_for_an_answer_and_gets_nothing_of_it(
    window: Window, file: Path, other: Path, kinds: tuple[Kind, ...], how: str
) -> None:
    leave: dict[str, Callable[[], object]] = {
        "open": lambda: window.files.open(other),
        "new": window.files.new,
        "close": window.close,
    }
    for kind in kinds:
        typed_into(window, kind, file)
        leave[how]()
        turn()
        if kind.own and how != "close":
            assert kind.typed in window.first_steps.new.name.text()  # type: ignore[union-attr]
            window.first_steps.put_away()
            continue
        assert window.isVisible(), kind.name
        assert window.document.path == file, kind.name
        assert kind.said in window.document.text, kind.name
        assert kind.said or f"“{kind.typed}” in “" in said(window), kind.name
        if how == "close":
            click(window.messages.button("Stay here"))
            assert window.isVisible()
            window.first_steps.put_away()
        click(window.messages.button("Discard changes")) if how != "close" else window.files.open_now(other)
        window.setFocus()
        turn()
        assert window.document.text == (SHOP if window.document.path == other else window.document.saved_text)
        assert not window.document.is_dirty, kind.name
        assert not window.fields.typed(), kind.name
        assert kind.said not in window.document.text or not kind.said, kind.name


@SEVERAL
def test_another_document_gets_nothing_of_it_also_where_nobody_is_asked(
    window: Window, file: Path, kinds: tuple[Kind, ...]
) -> None:
    for kind in kinds:
        typed_into(window, kind, file)
        window.document.new(EVERYTHING)  # so that what it was meant for is there, too
        window.views.currentWidget().setFocus()
        turn()
        assert not window.fields.typed(), kind.name
        assert window.document.text == EVERYTHING, kind.name


@SEVERAL
def test_it_is_kept_for_the_case_of_a_kill_without_disturbing_anybody(
    window: Window, file: Path, kinds: tuple[Kind, ...]
) -> None:
    def state() -> tuple[object, ...]:
        document = window.document
        said = (*window.messages.texts, *(label.text() for label in window.findChildren(QLabel) if label.isVisible()))
        return document.text, document.undo_stack.index(), window.fields.typed(own=True), said

    for kind in kinds:
        typed_into(window, kind, file)
        before = state()
        kept = window.safety.autosave.write()
        assert kept is not None, kind.name
        kept.result()
        assert state() == before, kind.name
        (path,) = window.settings.unsaved_folder.glob("*.toml")
        unsaved = Slot(path, io.BytesIO()).read()
        assert kind.said in unsaved.text, kind.name
        assert kind.said or any(kind.typed in what for _, what in unsaved.typed), kind.name


def test_after_a_kill_it_is_there_again(open_window: Open, file: Path) -> None:
    for kind in (FEW[0], FEW[-1]):
        window = open_window()
        typed_into(window, kind, file)
        window.close_now(interrupted=True)
        again = open_window()
        click(again.messages.button("Restore"))
        assert kind.said in again.document.text, kind.name
        assert kind.said or f"you had typed “{kind.typed}”" in said(again), kind.name
        again.close_now()


def test_what_is_typed_for_the_scenario_does_not_go_into_an_arm_that_is_added_meanwhile(
    window: Window, file: Path
) -> None:
    kind = next(kind for kind in KINDS if kind.name == "a transition's share on the canvas")
    typed_into(window, kind, file)
    window.commands["add-arm"].trigger()
    assert window.document.arm is not None
    assert window.document.overrides == {}
    assert kind.said in window.document.text


def test_what_is_typed_in_a_panel_that_floats_is_found(window: Window, file: Path) -> None:
    assert window.files.open_now(file)
    window.editor.select(Selection(touchpoints=frozenset({"page"})))
    window.docks()[1].setFloating(True)
    turn()
    field = window.inspector.fields()["touchpoints.page.effort"].input
    field.setFocus()
    QTest.keyClicks(field, "much")
    assert [typed.text for typed in window.fields.typed()] == ["much"]


def test_the_name_of_an_arm_that_is_being_typed_survives_other_changes_and_goes_to_its_arm(
    window: Window, file: Path
) -> None:
    kind = next(kind for kind in KINDS if kind.name == "an arm's name")
    for change in (window.editor.tidy, window.commands["dark"].trigger, lambda: window.scenario.list.setCurrentRow(0)):
        typed_into(window, kind, file)
        change()
        turn()
        window.fields.take()
        assert [arm.get("name") for arm in window.document.arms] == [None, kind.typed]


def test_what_is_typed_without_any_other_change_is_kept_in_time(window: Window, file: Path) -> None:
    typed_into(window, FEW[0], file)
    assert not window.document.is_dirty
    window.safety.autosave._timer.timeout.emit()
    window.safety.autosave._do(lambda: None).result()
    (kept,) = window.settings.unsaved_folder.glob("*.toml")
    assert FEW[0].said in kept.read_text(encoding="utf-8")
    window.fields.drop()
    window.safety.autosave._timer.timeout.emit()
    window.safety.autosave._do(lambda: None).result()
    assert not list(window.settings.unsaved_folder.glob("*.toml")), "nothing is typed any longer"


SEARCHES = (
    "Search or command",
    "Filter touchpoints and transitions",
    "Search runs",
    "Search the glossary",
    "Filter outcomes",
)
"""Fields in which something is looked for: nothing that is typed there is wanted later."""


@pytest.mark.slow
def test_every_field_of_the_window_is_of_a_kind_that_is_never_lost(window: Window, file: Path) -> None:
    assert window.files.open_now(file)
    for dock in window.docks():
        dock.show()
    for show in (window.safety.show_glossary, window.safety.show_preferences, window.safety.show_log):
        show()
        turn()
    window.first_steps.show_new()
    window.first_steps.put_away()
    found: set[int] = set()
    for section in SECTIONS:
        window.sections.open(section.id)
        turn()
        for field in _fields(window):
            found.add(id(field))
            assert _is_known(field), (section.id, type(field), field.accessibleName(), field.parentWidget())
    assert len(found) > 100


def _fields(window: Window) -> list[QWidget]:
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
    fields = [each for kind in kinds for each in window.findChildren(kind)]
    return [*fields, *(box for box in window.findChildren(QComboBox) if box.isEditable())]


def _is_known(field: QWidget) -> bool:
    if getattr(field, "isReadOnly", lambda: False)() or field.accessibleName() in SEARCHES:
        return True
    around: QObject | None = field
    while around is not None:
        if isinstance(around, OpenField | Adder):
            return True
        if isinstance(around, QAbstractSpinBox):
            return around.keyboardTracking()  # it holds at once
        if isinstance(around, HoursEditor):
            return True  # what it paints with
        around = around.parent()
    return False


def test_the_name_of_a_run_that_is_being_typed_is_kept_when_the_window_closes(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    with Store(tmp_path / "runs.sqlite") as store:
        run = begin(store)
    window = open_window()
    window.docks()[3].open()
    qtbot.waitUntil(lambda: window.runs.table.rowCount() == 1)
    window.runs.view.selectRow(0)
    window.runs.view.edit_name()
    (field,) = window.runs.view.viewport().findChildren(QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "Wanted")
    assert [typed[:2] for typed in window.fields.typed(own=True)] == [("Name", "Wanted")]
    window.close()
    assert not window.isVisible()
    with Store(tmp_path / "runs.sqlite", read_only=True) as store:
        assert store.run(run).name == "Wanted"
