"""The one decorator under which functions are compiled."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from sim.compiling import cache

cache.prepare()

from sim.compiling.parts import Whole  # noqa: E402  (the cache folder must be known before Numba is imported)

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` on first use and keep the machine code; it holds no lock and divides as NumPy does."""
    return cast(Callable[P, R], Whole(function))


def compiled_plainly(function: Callable[P, R]) -> Callable[P, R]:
    """`compiled`, but not optimised: for what takes all fields of a struct, which is long and does next to nothing."""
    return cast(Callable[P, R], Whole(function, plain=True))
