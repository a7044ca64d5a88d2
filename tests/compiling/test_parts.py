"""Compiled functions take in what they call, and only what Python calls becomes machine code."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba.core.caching import NullCache

from sim.compiling.compiled import compiled
from sim.compiling.parts import Whole

F = TypeVar("F", bound=Callable[..., Any])


class Nothing(NullCache):
    def holds(self, signature: object) -> bool:
        return False


def anew(function: F) -> F:
    """Compiled, whatever is kept on disk."""
    made = compiled(function)
    cast(Whole, made)._cache = Nothing()  # type: ignore[no-untyped-call]
    return made


@anew
def half(x: float) -> float:
    return x / 2


@anew
def quarter(x: float) -> float:
    return half(half(x))


@anew
def three_quarters(x: float) -> float:
    return half(x) + quarter(x)


@anew
def fifth_bit(number: int, bit: int) -> int:
    return (number >> bit) & 1


@anew
def bits(number: int) -> int:
    return fifth_bit(number, 0) + fifth_bit(number, 5)


def versions(function: Any) -> tuple[int, int]:
    """How often a function was made machine code, and how often a part."""
    whole = cast(Whole, function)
    return len(whole.overloads), len(whole._part.overloads)


def test_what_is_called_by_many_ways_is_taken_in_once_and_not_made_by_itself() -> None:
    assert three_quarters(8.0) == 6.0
    assert versions(three_quarters) == (1, 0)
    assert versions(quarter) == versions(half) == (0, 1)
    assert half(3.0) == 1.5
    assert versions(half) == (1, 1)


def test_a_part_is_the_same_for_whole_numbers_of_all_widths() -> None:
    assert bits(33) == 2
    assert versions(fifth_bit) == (0, 1)
