"""What a column of the tables shows of a row, and what becomes of a row when a cell is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from sim.scenario import Finding


class Row(Protocol):
    """A touchpoint or a transition; equal rows look the same."""

    @property
    def id(self) -> str:
        """What it is selected by."""

    @property
    def number(self) -> int:
        """How many rows before it have the same id."""

    @property
    def words(self) -> str:
        """What it is called."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it, the worst first."""


R = TypeVar("R", bound=Row)
Choice = tuple[str, str]
"""A value that can be chosen, and its words."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column, and how its cells are edited."""

    head: str
    tip: str
    """what the head means"""
    wide: int
    """its usual width in characters"""
    text: Callable[[R], str]
    order: Callable[[R], Any] | None = None
    """what rows are sorted by; the text where there is none, rows with None come last"""
    said: Callable[[R], str] | None = None
    """for those who listen; "head of row: text" where there is none"""
    tipped: Callable[[R], str] | None = None
    """the tooltip of a cell; its text where there is none"""
    written: Callable[[R], str] | None = None
    """what is in the field when editing begins; the text where there is none"""
    change: Callable[[R, str], bool] | None = None
    """makes a cell's change from what was typed or from the value that was chosen; None where nothing can be edited"""
    choices: Callable[[], Sequence[Choice]] | None = None
    """what can be chosen, for cells that are no free text"""
    chosen: Callable[[R], str] | None = None
    """the value that is chosen now"""
    completed: bool = False
    """whether what can be chosen may also be typed in part"""
    on: Callable[[R], bool] | None = None
    """whether it is ticked, for cells with a box"""
    switch: Callable[[R, bool], bool] | None = None
    """makes the change of a box"""
    number: bool = False
    """whether it stands at the right"""
    after_run: bool = False
    """whether there is something to show only after a run"""
    kind: Literal["", "finding"] = ""

    def sort_value(self, row: R) -> Any:
        """What rows are sorted by; None where there is nothing."""
        return self.order(row) if self.order is not None else self.text(row).casefold() or None

    def spoken(self, row: R) -> str:
        """The cell for those who listen."""
        if self.said is not None:
            return self.said(row)
        shown = ("yes" if self.on(row) else "no") if self.on is not None else self.text(row) or "nothing"
        return f"{self.head} of {row.words}: {shown}"

    @property
    def editable(self) -> bool:
        """Whether a field opens in its cells."""
        return self.change is not None


def finding_column() -> Column[Any]:
    """The first column: the worst finding about a row as a word."""
    return Column(
        head="Finding",
        tip="What is wrong or doubtful about this row. An error prevents the journey from running; a warning does not.",
        wide=9,
        text=lambda row: row.findings[0].level.capitalize() if row.findings else "",
        order=lambda row: row.findings[0].level if row.findings else None,
        said=lambda row: f"{row.words}: {_problems(row) or 'no finding'}",
        tipped=lambda row: _problems(row),
        kind="finding",
    )


def _problems(row: Row) -> str:
    return "\n".join(
        f"{one.level.capitalize()}: {one.problem}" + (f"; {one.remedy}" if one.remedy else "") for one in row.findings
    )


class Draft(Protocol):
    """The last row: what is not there yet."""

    def text(self, column: int) -> str:
        """What stands in a cell."""

    def editable(self, column: int) -> bool:
        """Whether a field opens in a cell."""

    def change(self, column: int, value: str) -> bool:
        """Take over what was typed or chosen."""
