"""The list of stored runs: searched, named, noted, opened, compared, gone on with, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSpinBox,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.runs.errands import Errands
from app.desktop.runs.question import Question
from app.desktop.runs.table import RunTable
from app.desktop.runs.view import RunView
from app.shown.failures import in_plain_words

if TYPE_CHECKING:
    from sim.store import ListedRun, Store

_WRITING_SECONDS: Final = 3.0
"""How long another program that is writing to the store is waited for."""
_MOST: Final = 1_000_000
_EMPTY = "There are no runs yet.\nSimulate a scenario with Run: every run is kept, and listed here."
_NONE_FOUND = "No run has these words in its name, scenario, note or ID."


class RunList(QWidget):
    """All runs of a store. The store is read and written beside the window, which never waits for it."""

    run_chosen = Signal(str)
    """open the results of this run"""
    scenario_requested = Signal(str)
    """open the scenario of this run"""
    compare_requested = Signal(object)
    """ids of the runs to compare, in the order in which they are listed"""
    resume_requested = Signal(str)
    extend_requested = Signal(str, int)
    """go on with this run up to so many replications"""
    listed = Signal()
    """the list is as the store has it"""

    def __init__(self, appearance: Appearance, db: Path | None = None, parent: QWidget | None = None) -> None:
        """List the runs of the store `db` (default: in the user's data folder), once `refresh` is called."""
        super().__init__(parent)
        self._appearance = appearance
        self._db = db
        self._under_way: str | None = None
        self._errands = Errands(self)
        self.table: Final = RunTable()
        self.view: Final = RunView(self.table)
        self.search: Final = QLineEdit()
        self._count = PlainLabel()
        self._empty = PlainLabel(_EMPTY)
        self._words = PlainLabel()
        self._most = QSpinBox()
        self._bar = QToolBar()
        self.question: Final = Question()
        self._pages = QStackedWidget()
        self._actions: dict[str, QAction] = {}
        self._build()
        self._connect()
        self._dress()

    def refresh(self) -> None:
        """Read the list anew."""
        self._errands.do(self._read, self._show, self._tell_failure)

    def in_a_line(self) -> str:
        """How many runs are stored."""
        return self._count.text() or self._empty.text()

    def message(self, text: str) -> None:
        """Say something above the list, in plain words; nothing where the text is empty."""
        self._words.setText(text)
        self._words.setVisible(bool(text))

    def mark_under_way(self, run: str | None) -> None:
        """Say which run this window is simulating: it can neither be deleted nor gone on with meanwhile."""
        self._under_way = run
        self._offer()

    def selected(self) -> list[str]:
        """The ids of the selected runs, in the order of the list."""
        return [run.id for run in self._selected()]

    def ask_to_delete(self) -> None:
        """Ask whether the selected runs are to be deleted."""
        runs = [run for run in self._selected() if run.id != self._under_way]
        if not runs:
            return
        ids = [run.id for run in runs]
        what = f'"{runs[0].name}"' if len(runs) == 1 else f"{len(runs):,} runs"
        them = "It" if len(runs) == 1 else "They"
        self.question.ask(f"Delete {what}? {them} cannot be undone.", "Delete", "Keep", lambda: self._delete(ids))

    def stop(self) -> None:
        """Wait for what is being written; to be called before the window ends."""
        self._errands.stop()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Leave nothing behind."""
        self.stop()
        super().closeEvent(event)

    def _build(self) -> None:
        self.setAccessibleName("Stored runs")
        self.search.setPlaceholderText("Search runs")
        self.search.setAccessibleName("Search runs")
        self.search.setToolTip("Shows runs with all these words in their name, scenario, note or ID.")
        self.search.setClearButtonEnabled(True)
        self._count.setAccessibleName("Number of runs")
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._words.setForegroundRole(QPalette.ColorRole.BrightText)
        self._words.setAccessibleName("Message about the store")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.hide()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setAccessibleName("No runs")
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._most.setRange(1, _MOST)
        self._most.setAccessibleName("Replications to extend to")
        self._most.setToolTip("The total number of replications after extending the run.")
        self._make_actions()
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addWidget(self._words)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.question)
        layout.addWidget(self._bar)

    def _make_actions(self) -> None:
        for name, text, tip, do in (
            ("open", "Open results", "Shows what the run found (Enter).", self._open),
            ("scenario", "Open scenario", "Opens the scenario as it was simulated.", self._open_scenario),
            ("compare", "Compare", "Shows the selected runs side by side.", self._compare),
            ("resume", "Resume", "Continues a run that ended early.", self._resume),
            (
                "extend",
                "Extend to",
                "Adds replications; the figures are the same as those of one longer run.",
                self._extend,
            ),
            ("rename", "Rename", "Renames the run (F2).", self.view.edit_name),
            ("note", "Note", "Edits the note.", self.view.edit_note),
            ("delete", "Delete", "Removes the runs, after asking (Delete).", self.ask_to_delete),
        ):
            self._actions[name] = self._action(text, tip, do)
            self._bar.addAction(self._actions[name])
            if name == "extend":
                self._bar.addWidget(self._most)
            button = self._bar.widgetForAction(self._actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(text)
        self._bar.setAccessibleName("Actions for the selected runs")

    def _action(self, text: str, tip: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setToolTip(plain_tip(tip))
        action.triggered.connect(lambda _=False: do())
        return action

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.view.chosen.connect(self._open)
        self.view.delete_pressed.connect(self.ask_to_delete)
        self.question.closed.connect(self.view.setFocus)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().selectionChanged.connect(self._offer)
        self.table.modelAboutToBeReset.connect(self._remember)
        self.table.modelReset.connect(self._restore)
        self.table.renamed.connect(lambda run, name: self._write(lambda store: store.rename(run, name)))
        self.table.annotated.connect(lambda run, note: self._write(lambda store: store.annotate(run, note)))
        self._appearance.changed.connect(self._dress)
        self._kept: tuple[set[str], str | None] = (set(), None)

    def _dress(self) -> None:
        theme = self._appearance.theme
        self._most.setFixedWidth(QFontMetrics(theme.font()).horizontalAdvance("100,000") + 3 * GRID)
        self.view.dress(theme)
        self._offer()

    # --- the store, in another thread

    def _store(self, read_only: bool) -> Store:
        from sim.store import Store

        return Store(self._db, read_only=read_only, wait=_WRITING_SECONDS)

    def _read(self) -> tuple[ListedRun, ...]:
        from sim.store import at_home, default_path

        if not at_home(self._db or default_path()).exists():
            return ()
        with self._store(read_only=True) as store:
            return store.run_list()

    def _write(self, change: Callable[[Store], None]) -> None:
        def written() -> None:
            with self._store(read_only=False) as store:
                change(store)

        self._errands.do(written, lambda _: self.message(""), self._tell_and_refresh, kept=True)

    def _delete(self, runs: list[str]) -> None:
        self.table.without(set(runs))
        self._write(lambda store: store.delete(runs))

    # --- and what it says, in this one

    def _show(self, runs: Any) -> None:
        self.message("")
        self.table.show(runs)
        self._offer()
        self.listed.emit()

    def _tell_failure(self, error: BaseException) -> None:
        self.message("\n".join(in_plain_words(error)))
        self.listed.emit()

    def _tell_and_refresh(self, error: BaseException) -> None:
        said = "\n".join(in_plain_words(error))

        def show_and_tell(runs: Any) -> None:
            self._show(runs)
            self.message(said)

        self.message(said)
        self._errands.do(self._read, show_and_tell, self._tell_failure)

    # --- what people do

    def _selected(self) -> list[ListedRun]:
        return [self.table.run(row) for row in sorted({index.row() for index in self.view.selectedIndexes()})]

    def _search(self, text: str) -> None:
        self.table.search(text)
        self._offer()

    def _open(self) -> None:
        if ids := self.selected():
            self.run_chosen.emit(ids[0])

    def _open_scenario(self) -> None:
        if ids := self.selected():
            self.scenario_requested.emit(ids[0])

    def _compare(self) -> None:
        self.compare_requested.emit(self.selected())

    def _resume(self) -> None:
        self.resume_requested.emit(self.selected()[0])

    def _extend(self) -> None:
        self.extend_requested.emit(self.selected()[0], self._most.value())

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Actions for the selected runs")
        menu.addActions(list(self._actions.values()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _offer(self) -> None:
        """Enable what can be done with the selection, and say how many runs there are."""
        runs = self._selected()
        one = runs[0] if len(runs) == 1 else None
        free = one is not None and one.id != self._under_way
        can = {
            "open": one is not None,
            "scenario": one is not None,
            "compare": len(runs) > 1,
            "resume": free and one is not None and one.status != "finished",
            "extend": free,
            "rename": one is not None,
            "note": one is not None,
            "delete": any(run.id != self._under_way for run in runs),
        }
        for name, action in self._actions.items():
            action.setEnabled(can[name])
        self._most.setEnabled(can["extend"])
        if one is not None:
            self._most.setMinimum(one.stored + 1)
            self._most.setValue(max(one.replications, 2 * one.stored))
        shown, count = self.table.rowCount(), self.table.count
        stored = f"{count:,} run{'' if count == 1 else 's'}"
        self._count.setText(stored if shown == count else f"{shown:,} of {stored}")
        self._empty.setText(_NONE_FOUND if count else _EMPTY)
        self._pages.setCurrentWidget(self.view if shown else self._empty)

    def _remember(self) -> None:
        current = self.view.currentIndex()
        self._kept = (set(self.selected()), self.table.run(current.row()).id if current.isValid() else None)

    def _restore(self) -> None:
        """Select the runs again that were selected before the rows changed."""
        ids, current = self._kept
        flags = QItemSelectionModel.SelectionFlag
        model = self.view.selectionModel()
        for id_ in ids:
            row = self.table.row_of(id_)
            if row is not None:
                model.select(self.table.index(row, 0), flags.Select | flags.Rows)
        row = self.table.row_of(current) if current is not None else None
        if row is not None:
            model.setCurrentIndex(self.table.index(row, 0), flags.NoUpdate)
        elif current is not None and self.table.rowCount():
            model.setCurrentIndex(QModelIndex(self.table.index(0, 0)), flags.NoUpdate)
        self._offer()
