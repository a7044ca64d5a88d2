"""Structs laid out by Python are what compiled code takes them to be."""

from typing import Any

import numpy as np
import pytest
from numba import njit
from numba.experimental import structref
from numpy.typing import NDArray

from sim.compiling.lent import lender
from sim.compiling.structs import StructType, borrowed


@structref.register
class MixedType(StructType):
    """Fields of all kinds, in an order that leaves gaps between them."""


class Mixed(structref.StructRefProxy):
    """As it is in Python."""


NAMES = ("yes", "some", "no", "number", "codes", "table", "share", "last")
make = lender(Mixed, MixedType, NAMES)


@njit
def read(mixed: Any) -> Any:
    fields = borrowed(mixed)
    return (
        (fields.yes, fields.no, fields.number, fields.share, fields.last),
        (fields.some.sum(), fields.codes[1], fields.codes.size, fields.table[1, 0], fields.table.shape),
    )


def mixed(**changes: Any) -> Mixed:
    fields = {
        "yes": True,
        "some": np.array([0.5, 1.25]),
        "no": False,
        "number": -7,
        "codes": np.array([1, -2, 3], np.int8),
        "table": np.arange(6, dtype=np.uint32).reshape(2, 3),
        "share": 0.1,
        "last": True,
    }
    return make(tuple((fields | changes)[name] for name in NAMES))


def test_compiled_code_reads_every_field_as_it_was_given() -> None:
    assert read(mixed()) == ((True, False, -7, 0.1, True), (1.75, -2, 3, 3, (2, 3)))


def strided() -> NDArray[np.float64]:
    return np.array([0.5, 9.0, 1.25, 9.0])[::2]


def unwritable() -> NDArray[np.float64]:
    array = np.array([0.5, 1.25])
    array.flags.writeable = False
    return array


def test_what_becomes_of_the_arrays_given_is_nothing_to_it() -> None:
    some = np.array([0.5, 1.25])
    made = mixed(some=some)
    some[:] = 9.0
    del some
    assert read(made) == read(mixed())


@pytest.mark.parametrize("some", [strided(), unwritable()])
def test_an_array_of_another_layout_makes_no_other_type(some: NDArray[np.float64]) -> None:
    made = mixed(some=some)
    assert made._numba_type_ == mixed()._numba_type_
    assert read(made) == read(mixed())


def test_an_array_of_another_kind_makes_another_type() -> None:
    made = mixed(codes=np.array([1, -2, 3]))
    assert made._numba_type_ != mixed()._numba_type_
    assert read(made) == read(mixed())
