"""The engine without its compiler: a plugin for pytest, so that a changed engine is tried in seconds.

What is compiled in `sim.engine` runs as plain Python; draws and populations, which are not changed, stay compiled. The
figures are the same to the last digit, as Python and Numba both compute in IEEE doubles; only what divides by zero or
overflows has to be taught to go on as compiled code does.
"""

import hashlib
import math
import os
import pickle
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.compiling import cache

# The folder is named after the engine's sources too, which are changed for every run; what is compiled here is not.
KEEP = cache.folder().parent / "compiled-for-mutants"
KEEP.mkdir(parents=True, exist_ok=True)
cache.folder = lambda: KEEP  # type: ignore[assignment]

from numba.core.dispatcher import Dispatcher  # noqa: E402
from numba.experimental import structref  # noqa: E402

from sim.compiling import compiled as compiling  # noqa: E402

_compile = compiling.compiled


class _Struct:
    """Fields by name; rows of structured arrays have attributes, as in compiled code."""

    _names: tuple[str, ...] = ()

    def __init__(self, *values: Any) -> None:
        for name, value in zip(self._names, values, strict=True):
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, np.ndarray) and value.dtype.names:
            value = value.view(np.recarray)
        object.__setattr__(self, name, value)


def _maker(proxy: type, _: type, names: Sequence[str]) -> Callable[[tuple[Any, ...]], Any]:
    proxy._names = tuple(names)  # type: ignore[attr-defined]
    return lambda values: proxy(*values)


structref.register = lambda kind: kind
structref.StructRefProxy = _Struct


def _or(otherwise: Callable[[float], float], function: Callable[[float], float]) -> Callable[[float], float]:
    def lenient(x: float) -> float:
        try:
            return function(x)
        except (ValueError, OverflowError):
            return otherwise(x)

    return lenient


_MATH = types.ModuleType("math")
_MATH.__dict__.update(vars(math))
_MATH.exp = _or(lambda x: math.inf, math.exp)  # type: ignore[attr-defined]
_MATH.log = _or(lambda x: -math.inf if x == 0 else math.nan, math.log)  # type: ignore[attr-defined]
_MATH.sqrt = _or(lambda x: math.nan, math.sqrt)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    """A value with the one type of its kind, so that little is compiled."""
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.uint32 | np.uint64):
        return value
    if isinstance(value, np.integer):
        return int(value)
    return float(value) if isinstance(value, np.floating) else value


def _from_python(dispatcher: Any) -> Callable[..., Any]:
    return lambda *arguments: dispatcher(*map(_plain, arguments))


def compiled(function: Any) -> Any:
    """Compile, but for the engine."""
    if not function.__module__.startswith("sim.engine"):
        return _compile(function)
    names = function.__globals__
    for name, value in list(names.items()):
        if isinstance(value, Dispatcher):
            names[name] = _from_python(value)
        elif value is math:
            names[name] = _MATH
    return function


compiling.compiled = compiled

for name, members in (
    ("sim.compiling.structs", {"borrowed": lambda given: given, "StructType": object, "maker": _maker}),
    ("sim.compiling.lent", {"lender": _maker}),
    ("sim.engine.memory.prefetch", {"prefetch": lambda given, *rest: given}),
):
    stand_in = types.ModuleType(name)
    vars(stand_in).update(members)
    sys.modules[stand_in.__name__] = stand_in

np.seterr(all="ignore")


def _remembered(told: Callable[..., Any]) -> Callable[..., Any]:
    """What the oracle said before of a scenario; it is never changed."""
    memory = KEEP / "oracle"
    memory.mkdir(exist_ok=True)

    def remember(scenario: Any, base: Any, seed: int, replication: int) -> Any:
        asked = repr((scenario, base, seed, replication, _TOLD_BY))
        file = memory / hashlib.sha256(asked.encode()).hexdigest()
        if file.exists():
            return pickle.loads(file.read_bytes())
        found = told(scenario, base, seed, replication)
        file.with_suffix(f".{os.getpid()}").write_bytes(pickle.dumps(found))
        file.with_suffix(f".{os.getpid()}").rename(file)
        return found

    return remember


from tests.oracle import simulate  # noqa: E402  (it reads the scenario's modules, which take what is compiled)

_TOLD_BY = hashlib.sha256(
    b"".join(file.read_bytes() for file in sorted(Path(simulate.__file__).parent.glob("*.py")))
).hexdigest()
simulate.oracle = _remembered(simulate.oracle)
