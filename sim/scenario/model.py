"""What all parts of a scenario share: strict, frozen models and a few constrained types."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from sim.scenario.id_like import ID
from sim.scenario.key import Key

Item = TypeVar("Item")

LARGEST = 1e15
SMALLEST = 1e-30
"""Between these are all amounts but 0: products and sums of what is larger or smaller leave what a number can hold."""
MOST = 1_000_000_000
"""No count is larger: the engine keeps counts in 32 bits."""


def _within_reach(value: float) -> float:
    if abs(value) > LARGEST:
        most = f"at most {LARGEST:g}" if value > 0 else f"at least {-LARGEST:g}"
        raise ValueError(f"{value:g} is too large to calculate with; give {most}")
    if 0 < abs(value) < SMALLEST:
        raise ValueError(f"{value:g} is too near to 0 to calculate with; give at least {SMALLEST:g}, or 0 for nothing")
    return value


def _countable(value: int) -> int:
    if abs(value) > MOST:
        raise ValueError(f"the number is too large to count to; give at most {MOST:,}")
    return value


WITHIN_REACH = AfterValidator(_within_reach)
"""Keeps a number to what can be reckoned with."""

Id = Annotated[str, Field(pattern=ID)]
ChannelId = Annotated[Id, Key(refers_to="channels")]
TouchpointId = Annotated[Id, Key(refers_to="touchpoints")]
StageId = Annotated[Id, Key(refers_to="stages")]
DeskId = Annotated[Id, Key(refers_to="desks")]
SegmentId = Annotated[Id, Key(refers_to="segments")]
ActionId = Annotated[Id, Key(refers_to="actions")]
Address = Annotated[str, Key(refers_to="addresses")]
"""Of a value of the scenario, such as `channels.email.mix`."""
DatedAddress = Annotated[str, Key(refers_to="dated addresses")]
"""Of one that may change at a date."""
NumberAddress = Annotated[str, Key(refers_to="addresses of numbers")]
Subject = Annotated[str, Key(refers_to="subjects")]
"""What conditions and scores look at, such as `visits.cart`."""

Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), WITHIN_REACH, Key(unit="")]
"""A share or a chance: a number without a unit."""
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False), WITHIN_REACH]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False), WITHIN_REACH]
Finite = Annotated[float, Field(allow_inf_nan=False), WITHIN_REACH]
Feeling = Annotated[float, Field(ge=-1, le=1), WITHIN_REACH, Key(unit="from -1 to 1")]

Many = Annotated[tuple[Item, ...], Strict(False)]
"""A list in the file, a tuple here; its items are as strict as everything else."""


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


Integer = Annotated[int, BeforeValidator(_whole)]
"""A whole number, also one that the file writes as `1e5`."""
Whole = Annotated[Integer, AfterValidator(_countable)]
"""One that counts something."""

Hour = Annotated[float, Field(ge=0, le=24, allow_inf_nan=False), WITHIN_REACH, Key(unit="o'clock")]


class Part(BaseModel):
    """A table of a scenario file: unknown keys are errors, values never change after reading, text is no number."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        populate_by_name=True,
        defer_build=True,  # tables are made with the scenario, which has them all; one by one would take as long again
    )
    later: ClassVar[Mapping[str, str]] = {}
    """keys that the format has room for but nothing simulates yet, and what they would say; they are refused"""
