"""The one decorator under which functions are compiled."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from sim.draws import cache

cache.prepare()

from numba import njit  # noqa: E402  (the cache folder must be known before)
from numba.core import types  # noqa: E402

from sim.draws.kept import check_files  # noqa: E402

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` on first use and keep the machine code; it holds no lock and divides as NumPy does.

    Where compiled functions call it, whole numbers of all widths count as one type, and so do constants. Otherwise it
    would be compiled anew for each width and each constant, and all that it calls as well: minutes instead of seconds.
    """
    dispatcher: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    check_files(dispatcher)
    resolve = dispatcher.get_call_template

    def resolve_widened(args: Any, kws: Any) -> Any:
        _, folded = dispatcher._compiler.fold_argument_types(args, kws)
        return resolve(tuple(map(_widened, folded)), {})

    dispatcher.get_call_template = resolve_widened
    return cast(Callable[P, R], dispatcher)


def _widened(kind: Any) -> Any:
    """The type for signed whole numbers of any width; constants lose their value."""
    plain = types.unliteral(kind)
    signed = isinstance(plain, types.Integer) and plain.name.startswith("int")
    return types.int64 if signed else plain
