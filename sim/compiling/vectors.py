"""Eight numbers at once: arithmetic written down for LLVM, which makes of it whatever the processor has.

Processors with registers of 512 bits take eight in one instruction, others four or two.
"""

# mypy: disable-error-code="no-untyped-call"
# (LLVM's interface has no types.)

from typing import Any

import llvmlite.ir as ir
from numba.core import cgutils

COUNT = 8
"""How many at once."""

BYTE, I32, I64, F64 = ir.IntType(8), ir.IntType(32), ir.IntType(64), ir.DoubleType()
_WHOLE, _FLOAT = ir.VectorType(I64, COUNT), ir.VectorType(F64, COUNT)


class Eight:
    """Eight whole numbers (64 bits, without sign) or eight floats, with the operators that Python has for one.

    The other side may be eight of the same kind, or a plain number that stands for eight like it.
    """

    def __init__(self, builder: Any, value: Any) -> None:
        """A vector that LLVM knows."""
        self.builder = builder
        self.value = value

    def like(self, other: "Eight | float") -> "Eight":
        """Eight of this kind."""
        if isinstance(other, Eight):
            return other
        kind = self.value.type
        return Eight(self.builder, ir.Constant(kind, [kind.element(other)] * COUNT))

    def _with(self, other: "Eight | float", whole: str, real: str) -> "Eight":
        made = getattr(self.builder, whole if self.value.type == _WHOLE else real)
        return Eight(self.builder, made(self.value, self.like(other).value))

    def __add__(self, other: "Eight | float") -> "Eight":
        """The sums."""
        return self._with(other, "add", "fadd")

    def __sub__(self, other: "Eight | float") -> "Eight":
        """The differences."""
        return self._with(other, "sub", "fsub")

    def __mul__(self, other: "Eight | float") -> "Eight":
        """The products."""
        return self._with(other, "mul", "fmul")

    def __truediv__(self, other: "Eight | float") -> "Eight":
        """The quotients of floats."""
        return self._with(other, "", "fdiv")

    def __and__(self, other: "Eight | float") -> "Eight":
        """The bits of whole numbers that are set in both."""
        return self._with(other, "and_", "")

    def __or__(self, other: "Eight | float") -> "Eight":
        """The bits of whole numbers that are set in either."""
        return self._with(other, "or_", "")

    def __xor__(self, other: "Eight | float") -> "Eight":
        """The bits of whole numbers that are set in one."""
        return self._with(other, "xor", "")

    def __lshift__(self, bits: int) -> "Eight":
        """Whole numbers moved up by so many bits."""
        return self._with(bits, "shl", "")

    def __rshift__(self, bits: int) -> "Eight":
        """Whole numbers moved down by so many bits."""
        return self._with(bits, "lshr", "")

    def plus(self, one: "Eight | float", other: "Eight | float") -> "Eight":
        """These and the product of two more; rounded once where the processor can, else twice."""
        kind = ir.FunctionType(_FLOAT, [_FLOAT] * 3)
        made = cgutils.get_or_insert_function(self.builder.module, kind, f"llvm.fmuladd.v{COUNT}f64")
        return Eight(self.builder, self.builder.call(made, [self.like(one).value, self.like(other).value, self.value]))

    def bits(self) -> "Eight":
        """The bits of floats as whole numbers, or of whole numbers as floats."""
        return Eight(self.builder, self.builder.bitcast(self.value, _FLOAT if self.value.type == _WHOLE else _WHOLE))

    def above(self, other: "Eight | float") -> Any:
        """Where these floats are more than the others."""
        return self.builder.fcmp_ordered(">", self.value, self.like(other).value)

    def where(self, holds: Any, other: "Eight | float") -> "Eight":
        """These where it holds, elsewhere the others."""
        return Eight(self.builder, self.builder.select(holds, self.value, self.like(other).value))

    def least(self) -> tuple[Any, Any]:
        """The first of these floats, none of which is NaN, that no other is below: its position and its value."""
        builder = self.builder
        kind = ir.FunctionType(F64, [_FLOAT])
        reduce = cgutils.get_or_insert_function(builder.module, kind, f"llvm.vector.reduce.fmin.v{COUNT}f64")
        value = builder.call(reduce, [self.value], fastmath=("nnan",))
        same = builder.fcmp_ordered("==", self.value, spread(builder, value).value)
        there = builder.zext(builder.bitcast(same, ir.IntType(COUNT)), I64)
        return builder.cttz(there, ir.Constant(ir.IntType(1), 1)), value


def spread(builder: Any, number: Any) -> Eight:
    """One number that LLVM knows, eight times."""
    none = ir.Constant(ir.VectorType(number.type, COUNT), ir.Undefined)
    first = builder.insert_element(none, number, ir.Constant(I32, 0))
    return Eight(builder, builder.shuffle_vector(first, none, ir.Constant(ir.VectorType(I32, COUNT), [0] * COUNT)))


def widened(builder: Any, narrow: Any) -> Eight:
    """Eight smaller whole numbers as such of 64 bits."""
    return Eight(builder, builder.zext(narrow, _WHOLE))


class Row:
    """A contiguous array that compiled code was given."""

    def __init__(self, context: Any, builder: Any, kind: Any, array: Any) -> None:
        """The array, of that Numba type."""
        self._builder = builder
        self._array = context.make_array(kind)(context, builder, array)

    def length(self, axis: int = 0) -> Any:
        """How many elements it has along an axis."""
        return cgutils.unpack_tuple(self._builder, self._array.shape)[axis]

    def load(self, position: Any) -> Any:
        """Eight of its elements, from a position on."""
        return self._builder.load(self._at(position), align=self._align())

    def store(self, eight: Any, position: Any) -> None:
        """Keep eight elements from a position on."""
        self._builder.store(eight, self._at(position), align=self._align())

    def one(self, position: int) -> Any:
        """One element."""
        return self._builder.load(self._builder.gep(self._array.data, [I64(position)]))

    def _at(self, position: Any) -> Any:
        data = self._builder.gep(self._array.data, [position])
        return self._builder.bitcast(data, ir.VectorType(self._array.data.type.pointee, COUNT).as_pointer())

    def _align(self) -> int:
        return {BYTE: 1, I32: 4}.get(self._array.data.type.pointee, 8)
