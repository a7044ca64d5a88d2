"""What a key of the scenario says of itself on its field: its unit, what it names, whether it may change at a date.

A field `cost: Dated[Currency[NonNegative]] = 0.0` says so by its type, or by `Annotated[…, Key(…)]` where no other says
the same. What the key means is the text below the field. `sim.scenario.declared` reads all that.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

Item = TypeVar("Item")

CURRENCY: Final = "¤"
"""Stands for the scenario's currency among the units."""
ITS_OWN: Final = "that of the key"
"""Stands for the unit of the key at which a distribution is written."""
LOOKED_UP: Final = ("actions", "channels", "covariates", "desks", "scores", "segments", "stages", "touchpoints")
"""What keys can refer to: names of these are looked up wherever they stand (`checks.references`)."""
ADDRESSES: Final = ("addresses", "dated addresses", "addresses of numbers")
NAMED_ELSEWHERE: Final = (*ADDRESSES, "counts", "files", "outcomes", "subjects")
"""What else texts can name; each has a check of its own."""


@dataclass(frozen=True)
class Key:
    """What a field says beside its type; of several on one field the outer one counts, aspect by aspect."""

    help: str = ""
    """what it means: the text below the field, filled in by `declared`"""
    label: str = ""
    """what people call it, where its name does not make a label"""
    unit: str | None = None
    """of its numbers; empty where they have none, None where that is not said"""
    text: Literal["", "line", "lines", "weekly time", "free"] = ""
    """what its texts are that name nothing; `free` where something else than a sentence stands there"""
    refers_to: str = ""
    """what its texts name: a list of the scenario, such as `channels`, or one of those above"""
    besides: tuple[str, ...] = ()
    """names that may stand there too"""
    must: Literal["work", "exist", ""] = "work"
    """whether what it names has to be enabled (a warning, else), or only to be there"""
    dated: bool = False
    """whether it may change at a date: by a phase or a shock"""
    same_for_all_arms: bool = False
    """whether it says nothing about what is simulated, so that no arm can change it"""
    only_shown: bool = False
    """whether nothing that is simulated hangs on it"""
    of_all: Literal["", "scaled", "once"] = ""
    """whether all customers share it: as many times as large as there are of them, or there once for however many"""
    needs: tuple[str, ...] = ()
    """the keys beside it without which it says nothing"""
    nothing: str = ""
    """what it means that a list is empty, where its order says nothing"""
    left_out: float | None = None
    """what holds for a name that a table leaves out"""
    entry: str = ""
    """of a table with free names, what one entry is called"""
    names: tuple[str, ...] = ()
    """names that are usual in a table with free ones"""
    first: Any = None
    """what a new one says in the window, where the least that it could say says too little; of a table, an entry"""


Plain = Annotated[Item, Key(unit="")]
"""A number without a unit."""
WEIGHT: Final = "weight"
Weight = Annotated[Item, Key(unit=WEIGHT)]
"""One that counts by its part of the sum."""
Times = Annotated[Item, Key(unit="times")]
DAYS: Final = "days"
Days = Annotated[Item, Key(unit=DAYS)]
Hours = Annotated[Item, Key(unit="hours")]
Minutes = Annotated[Item, Key(unit="minutes")]
ItsOwn = Annotated[Item, Key(unit=ITS_OWN)]
"""In the unit of the key at which the distribution stands."""
Currency = Annotated[Item, Key(unit=CURRENCY)]
"""An amount of money."""

Scaled = Annotated[Item, Key(of_all="scaled")]
"""Shared by all customers, and as many times as large as there are of them."""
Once = Annotated[Item, Key(of_all="once")]
"""Shared by all customers, however many they are."""
Dated = Annotated[Item, Key(dated=True)]
"""May change at a date."""
Shown = Annotated[Item, Key(only_shown=True)]
"""Describes for people: nothing that is simulated hangs on it."""
SameForAllArms = Annotated[Item, Key(same_for_all_arms=True)]
"""Says nothing about what is simulated, so that no arm can change it."""
