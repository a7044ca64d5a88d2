"""Structs that compiled code only reads, laid out in memory by Python: none has to be compiled that makes them.

What takes some two hundred fields from Python is unpacked by Numba field by field, which took a tenth of all compiling.
"""

# mypy: disable-error-code="no-untyped-call"
# (Numba has no types that fit.)

import struct
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
from numba import typeof
from numba.core.registry import cpu_target
from numba.core.runtime.nrt import rtsys
from numba.experimental import structref

from sim.compiling.structs import StructType

Struct = TypeVar("Struct", bound=structref.StructRefProxy)

_CODES: Final = {float: "d", int: "q", bool: "?"}
"""How `struct` writes what Numba takes for these."""
_NOBODYS: Final = 0, 0
"""Who owns an array: nobody whom compiled code would have to count for."""
_LINE: Final = 64
"""bytes that the processor fetches at once; each array begins with such a line"""
_GAPS: Final = [bytes(length) for length in range(_LINE)]


def lender(proxy: type[Struct], kind: type[StructType], names: Sequence[str]) -> Callable[[tuple[Any, ...]], Struct]:
    """What makes a struct of this kind of the values of its fields: arrays of numbers, and numbers of Python.

    What the arrays hold is copied behind the fields; so compiled code must not set a field to another array.
    """
    structref.define_boxing(kind, proxy)
    known: dict[tuple[Any, ...], tuple[StructType, struct.Struct]] = {}

    def make(values: tuple[Any, ...]) -> Struct:
        of = tuple([(value.dtype, value.ndim) if isinstance(value, np.ndarray) else type(value) for value in values])
        if of not in known:
            known[of] = kind(tuple(zip(names, map(_type_of, values), strict=True))), _layout(values)
        struct_type, layout = known[of]
        arrays = [
            value if value.flags.c_contiguous else value.copy() for value in values if isinstance(value, np.ndarray)
        ]
        parts: list[Any] = [part for array in arrays for part in (array, _GAPS[-array.nbytes % _LINE])]
        content = b"".join(parts)
        rtsys.initialize(cpu_target.target_context)
        memory = rtsys.meminfo_alloc(layout.size + _LINE + len(content))
        at = layout.size + -(memory.data + layout.size) % _LINE
        memoryview(memory)[at : at + len(content)] = content
        layout.pack_into(memory, 0, *_words(values, arrays, memory.data + at))
        made: Struct = proxy._numba_box_(struct_type, memory)
        return made

    return make


def _words(values: Sequence[Any], arrays: Sequence[np.ndarray[Any, Any]], at: int) -> list[Any]:
    """What the fields hold, where what is in the arrays stands one after another from there on."""
    words: list[Any] = []
    following = iter(arrays)
    for value in values:
        if isinstance(value, np.ndarray):
            array = next(following)
            words += (*_NOBODYS, array.size, array.itemsize, at, *array.shape, *array.strides)
            at += array.nbytes + -array.nbytes % _LINE
        else:
            words.append(value)
    return words


def _type_of(value: Any) -> Any:
    """Numba's type; of an array that of a plain one, for which all is compiled."""
    return typeof(np.empty((0,) * value.ndim, value.dtype) if isinstance(value, np.ndarray) else value)


def _layout(values: Sequence[Any]) -> struct.Struct:
    """Where the fields are: one after another, each where its kind may be, as in C."""
    codes = [
        f"{len(_NOBODYS) + 3 + 2 * value.ndim}q" if isinstance(value, np.ndarray) else _CODES[type(value)]
        for value in values
    ]
    return struct.Struct("@" + "".join(codes) + "0q")
