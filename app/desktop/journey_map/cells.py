"""What stands in the cells of a journey map: values, made from a scenario's tables and from what a run found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """How a row of cells is drawn."""

    WORDS = auto()
    """a text"""
    LIST = auto()
    """short sentences, one below the other"""
    PAINS = auto()
    """the same as cards, with what is at stake below"""
    CHANCES = auto()
    """the same as cards of what could be better"""
    TRUTHS = auto()
    """the same as cards with a star"""
    TOUCHPOINTS = auto()
    """touchpoints with their channels"""
    CURVE = auto()
    """a curve that goes on from cell to cell"""
    FIGURES = auto()
    """figures with their intervals"""
    SHARE = auto()
    """a share as a bar, and its figure"""


@dataclass(frozen=True)
class Edit:
    """Where a cell stands in the file."""

    address: tuple[str, ...]
    many: bool = False
    """whether each line is an item of a list"""
    touchpoints: tuple[tuple[str, str], ...] = ()
    """id and name of each, where every line is about one of them and `address` is the key that each of them has"""


@dataclass(frozen=True)
class Met:
    """A touchpoint in a map."""

    id: str
    name: str
    channels: str = ""
    quiet: bool = False
    """disabled, or a dormant state"""
    truth: bool = False
    """whether it is a moment of truth"""


@dataclass(frozen=True)
class Dot:
    """How a touchpoint feels."""

    name: str
    mean: float
    truth: bool


@dataclass(frozen=True)
class Felt:
    """How a stage feels."""

    mean: float
    low: float | None = None
    high: float | None = None
    """ends of the interval; None where there is none"""
    dots: tuple[Dot, ...] = ()
    """its touchpoints"""
    counted: bool = False
    """whether a run found it; if not, it is what the file says"""


@dataclass(frozen=True)
class Cell:
    """A cell."""

    text: str = ""
    """the text as it is edited, or the figure"""
    beside: str = ""
    """what is said of it in small type, such as the interval"""
    items: tuple[str, ...] = ()
    met: tuple[Met, ...] = ()
    felt: Felt | None = None
    share: float | None = None
    """how long a bar is, from 0 to 1"""
    hint: str = ""
    """what an empty cell asks"""
    asks: bool = True
    """whether it does so aloud: where other stages have an answer, everybody knows what is meant"""
    tip: str = ""
    edit: Edit | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.text or self.items or self.met or self.felt or self.beside)

    @property
    def instead(self) -> str:
        """What stands in an empty cell."""
        return (self.hint if self.asks else "") or "–"

    def spoken(self) -> str:
        """What it says, in words."""
        met = tuple(f"{one.name} ({one.channels})" if one.channels else one.name for one in self.met)
        said = [*(self.items or met or ((self.text,) if self.text else ())), *([self.beside] if self.beside else [])]
        return "; ".join(" ".join(each.split()) for each in said) or self.hint


@dataclass(frozen=True)
class Row:
    """A row of cells, one for each column."""

    title: str
    word: str
    """of the glossary"""
    kind: Kind
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows of cells under heads."""

    heads: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """where what the heads say stands in the file; empty where nobody can say otherwise"""
    rows: tuple[Row, ...] = ()
    reach: float = field(default=0.0)
    """how far the axis of the curve goes, both ways"""


MINUS: Final = "−"


def signed(value: float) -> str:
    """A feeling, such as +0.10."""
    shown = f"{abs(value):.2f}"
    return shown if float(shown) == 0 else f"{'+' if value > 0 else MINUS}{shown}"
