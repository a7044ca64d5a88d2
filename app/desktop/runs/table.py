"""The stored runs as a table: searched, sorted, with names and notes that can be edited."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.desktop.looks.plain import plain_tip
from sim.store import ListedRun

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Column:
    """A column: its head, what its cells say, and by what they are ordered."""

    head: str
    meaning: str
    shown: Callable[[ListedRun], str]
    key: Callable[[ListedRun], Any]
    width: str
    """a text that fits"""
    right: bool = False


def when(moment: str) -> str:
    """A moment of the store (UTC) as date and time of this place."""
    try:
        return datetime.datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:  # a store that somebody wrote to by hand
        return moment


def replications(run: ListedRun) -> str:
    """How many replications are stored, and of how many where some are missing."""
    of = "" if run.precise or run.stored >= run.replications else f" of {run.replications:,}"
    return f"{run.stored:,}{of}"


COLUMNS: Final = (
    Column("Name", "What the run is called. F2 renames it.", lambda r: r.name, lambda r: r.name.casefold(), "n" * 22),
    Column(
        "Scenario",
        "The ID of the scenario that was simulated.",
        lambda r: r.scenario,
        lambda r: r.scenario.casefold(),
        "n" * 16,
    ),
    Column(
        "Started",
        "When the run was started, in this computer's local time.",
        lambda r: when(r.started),
        lambda r: r.started,
        "0000-00-00 00:00",
    ),
    Column(
        "Replications",
        "Independent repetitions stored; more of them narrow the intervals.",
        replications,
        lambda r: r.stored,
        "nn Replications ▾",
        right=True,
    ),
    Column(
        "Arms",
        "Variants of the scenario that the run compares.",
        lambda r: str(r.arms),
        lambda r: r.arms,
        "nn Arms ▾",
        right=True,
    ),
    Column(
        "Status",
        "Finished, or ended early (interrupted, failed) and can be resumed. "
        "A run that was killed stays running until it is resumed.",
        lambda r: r.status.capitalize(),
        lambda r: r.status,
        "Interrupted ▾",
    ),
    Column(
        "Note",
        "A note about the run. Press F2 in this column to edit it.",
        lambda r: r.note,
        lambda r: r.note.casefold(),
        "n" * 24,
    ),
)
NAME: Final = 0
NOTE: Final = 6
_STARTED: Final = 2


class RunTable(QAbstractTableModel):
    """All runs of the store; rows are those that the search leaves, in the order asked for."""

    renamed = Signal(str, str)
    """run, new name"""
    annotated = Signal(str, str)
    """run, new note"""

    def __init__(self) -> None:
        """No runs yet."""
        super().__init__()
        self._all: list[ListedRun] = []
        self._rows: list[ListedRun] = []
        self._words: list[str] = []
        self._column, self._descending = _STARTED, True

    @property
    def count(self) -> int:
        """How many runs there are, found or not."""
        return len(self._all)

    def run(self, row: int) -> ListedRun:
        """The run in that row."""
        return self._rows[row]

    def row_of(self, id_: str) -> int | None:
        """The row of a run; None where the search leaves it out."""
        return next((row for row, run in enumerate(self._rows) if run.id == id_), None)

    def show(self, runs: Sequence[ListedRun]) -> None:
        """Show these runs."""
        if self._all != list(runs):
            self._all = list(runs)
            self._arrange()

    def without(self, ids: set[str]) -> None:
        """Show all runs but these."""
        self.show([run for run in self._all if run.id not in ids])

    def search(self, text: str) -> None:
        """Show only runs in whose name, scenario, note or id all words of the text occur."""
        self._words = text.casefold().split()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; runs with the same value stay in order of time, the last first."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many runs are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a cell shows, made only when it is seen."""
        column = COLUMNS[index.column()]
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return column.shown(self._rows[index.row()])
        if role == _ROLE.ToolTipRole:
            run = self._rows[index.row()]
            return plain_tip(f"{column.shown(run)}\n{column.meaning}\nRun {run.id}".strip())
        if role == _ROLE.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802
        """The heads of the columns, with what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return COLUMNS[section].head
        if role == _ROLE.ToolTipRole:
            return COLUMNS[section].meaning
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and notes can be edited."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (NAME, NOTE) else flags

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802
        """Take a new name or note; it is shown at once, and whoever stores it is told."""
        text = str(value).strip()
        run = self._rows[index.row()]
        old = COLUMNS[index.column()].shown(run)
        if role != _ROLE.EditRole or text == old or (index.column() == NAME and not text):
            return False
        changed = replace(run, name=text) if index.column() == NAME else replace(run, note=text)
        self._all[self._all.index(run)] = changed
        self._rows[index.row()] = changed
        self.dataChanged.emit(index, index)
        (self.renamed if index.column() == NAME else self.annotated).emit(run.id, text)
        return True

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = [run for run in self._all if self._is_found(run)] if self._words else list(self._all)
        if (self._column, self._descending) != (_STARTED, True):  # as the store gives them
            rows.sort(key=COLUMNS[self._column].key, reverse=self._descending)
        self._rows = rows
        self.endResetModel()

    def _is_found(self, run: ListedRun) -> bool:
        text = f"{run.name}\n{run.scenario}\n{run.note}\n{run.id}".casefold()
        return all(word in text for word in self._words)
