"""Asking for memory before it is needed.

At every tick only some customers have something to do, and what is kept of each lies somewhere else: to wait for that
memory would take longer than their step. So it is asked for while those before them take theirs.
"""

# mypy: disable-error-code="untyped-decorator"
# (Numba's interface for extensions has no types that fit it.)

from collections.abc import Callable
from typing import Any

import llvmlite.ir as ir
from numba.core import cgutils, types
from numba.extending import intrinsic

_LINE = 64
"""Bytes that come from memory at once."""


def _prefetch(context: Any, array: Any, row: Any) -> tuple[Any, Any]:
    """Ask for a row of an array, whose first axis is contiguous."""
    if not isinstance(array, types.Array):
        raise TypeError("an array is needed")

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        made = context.make_array(signature.args[0])(context, builder, arguments[0])
        at = context.cast(builder, arguments[1], signature.args[1], types.intp)
        width = cgutils.unpack_tuple(builder, made.strides)[0]
        byte = ir.IntType(8).as_pointer()
        begin = builder.ptrtoint(made.data, ir.IntType(64))
        begin = builder.add(begin, builder.mul(at, width))
        ask = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [byte, ir.IntType(32), ir.IntType(32), ir.IntType(32)]),
            "llvm.prefetch.p0i8",
        )
        with cgutils.for_range_slice(builder, ir.Constant(width.type, 0), width, ir.Constant(width.type, _LINE)) as (
            offset,
            _,
        ):
            address = builder.inttoptr(builder.add(begin, offset), byte)
            builder.call(ask, [address, *(ir.Constant(ir.IntType(32), value) for value in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, row), generate


prefetch: Callable[[Any, int], None] = intrinsic(_prefetch)  # type: ignore[assignment]
"""Ask for the memory of a row of an array."""
