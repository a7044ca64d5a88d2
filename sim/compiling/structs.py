"""Structs of many fields: made from a tuple of values, and handed on without counting who refers to them.

Numba counts references with atomic operations: for every struct handed to a function, for every array taken out of a
struct. A step of a customer does that some hundred times, which takes longer than the step itself. So the functions
that Python calls, which hold the structs, hand on bare pointers to them; arrays taken out through these own nothing.
"""

# mypy: disable-error-code="assignment, no-untyped-call, override, untyped-decorator"
# (Numba's interface for extensions has no types that fit it.)

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from numba.core import cgutils, types
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.experimental import structref
from numba.experimental.jitclass.base import imp_dtor
from numba.extending import intrinsic, models, register_model


class StructType(types.StructRef):
    """A kind of struct with a name of its own, where Numba's has the names and types of all fields.

    That would be part of the name of each function that is given one, thousands of letters long.
    """

    def __init__(self, fields: tuple[tuple[str, types.Type], ...]) -> None:
        """The type for structs of these fields; literal values are forgotten, so that all of a kind have one type."""
        super().__init__(fields)
        digest = hashlib.sha256(self.name.encode()).hexdigest()[:16]
        self.name = f"{self._typename} {digest}"

    def preprocess_fields(self, fields: tuple[tuple[str, types.Type], ...]) -> tuple[tuple[str, types.Type], ...]:
        """The fields without literal values."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


Struct = TypeVar("Struct")


def maker(proxy: type[Struct], kind: type[StructType], names: Sequence[str]) -> Callable[[tuple[Any, ...]], Struct]:
    """What makes, in compiled code, a struct of this kind of the values of its fields; in Python it is a `proxy`.

    Numba's own constructors are functions with a statement for each field, which take seconds to compile.
    """
    structref.define_boxing(kind, proxy)

    def make(_: Any, values: Any) -> Any:
        struct = kind(tuple(zip(names, values, strict=True)))

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            payload = struct.get_data_type()
            room = context.data_model_manager[payload].get_value_type()
            made = context.make_helper(builder, struct)
            made.meminfo = context.nrt.meminfo_alloc_dtor(
                builder,
                context.get_constant(types.uintp, context.get_abi_sizeof(room)),
                imp_dtor(context, builder.module, struct),
            )
            payload_at = builder.bitcast(context.nrt.meminfo_data(builder, made.meminfo), room.as_pointer())
            fields = cgutils.create_struct_proxy(payload)(context, builder, ref=payload_at)
            for number, name in enumerate(names):
                given, kept = values[number], struct.field_dict[name]
                value = context.cast(builder, builder.extract_value(arguments[0], number), given, kept)
                context.nrt.incref(builder, kept, value)
                setattr(fields, name, value)
            return made._getvalue()

        return struct(values), generate

    made: Callable[[tuple[Any, ...]], Struct] = intrinsic(make)
    return made


def setter(names: Sequence[str]) -> Callable[[Any, tuple[Any, ...]], None]:
    """What sets, in compiled code, these fields of a struct to the values of a tuple, each in its order."""

    def put(_: Any, struct: Any, values: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            fields = structref._Utils(context, builder, struct).get_data_struct(arguments[0])
            for number, name in enumerate(names):
                given, kept = values[number], struct.field_dict[name]
                value = context.cast(builder, builder.extract_value(arguments[1], number), given, kept)
                context.nrt.incref(builder, kept, value)
                context.nrt.decref(builder, kept, getattr(fields, name))
                setattr(fields, name, value)
            return context.get_dummy_value()

        return types.none(struct, values), generate

    setting: Callable[[Any, tuple[Any, ...]], None] = intrinsic(put)
    return setting


class BorrowedType(types.Type):
    """A pointer to the fields of a struct that somebody else keeps."""

    def __init__(self, struct: types.StructRef) -> None:
        """The type for pointers to this kind of struct."""
        self.struct = struct
        super().__init__(name=f"borrowed {struct.name}")

    @property
    def key(self) -> Any:
        """Two are the same if their structs are."""
        return self.struct


@register_model(BorrowedType)
class _BorrowedModel(models.OpaqueModel):
    """A plain pointer."""


def _borrowed(context: Any, struct: Any) -> tuple[Any, Any]:
    """A pointer to a struct's fields, good while the caller holds the struct."""
    if isinstance(struct, BorrowedType):
        return struct(struct), lambda context, builder, signature, arguments: arguments[0]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        value = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
        return context.nrt.meminfo_data(builder, value.meminfo)

    return BorrowedType(struct)(struct), generate


borrowed: Callable[[Struct], Struct] = intrinsic(_borrowed)
"""The same struct, to be handed on by compiled code while it holds the struct."""


@infer_getattr
class _BorrowedFields(AttributeTemplate):
    key = BorrowedType

    def generic_resolve(self, borrowed_type: BorrowedType, name: str) -> Any:
        return borrowed_type.struct.field_dict.get(name)


def _fields(context: Any, builder: Any, borrowed_type: BorrowedType, pointer: Any) -> Any:
    payload = borrowed_type.struct.get_data_type()
    kind = context.data_model_manager[payload].get_value_type()
    return cgutils.create_struct_proxy(payload)(context, builder, ref=builder.bitcast(pointer, kind.as_pointer()))


@lower_getattr_generic(BorrowedType)
def _get(context: Any, builder: Any, borrowed_type: BorrowedType, pointer: Any, name: str) -> Any:
    kind = borrowed_type.struct.field_dict[name]
    # The struct keeps the array; that nothing is owned here is known when compiling, so no code is made to count.
    value = _view(context, builder, kind, getattr(_fields(context, builder, borrowed_type, pointer), name))
    return impl_ret_borrowed(context, builder, kind, value)


@lower_setattr_generic(BorrowedType)
def _set(context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> None:
    borrowed_type, value_type = signature.args
    fields = _fields(context, builder, borrowed_type, arguments[0])
    field_type = borrowed_type.struct.field_dict[name]
    value = context.cast(builder, arguments[1], value_type, field_type)
    before = getattr(fields, name)
    context.nrt.incref(builder, field_type, value)
    context.nrt.decref(builder, field_type, before)
    setattr(fields, name, value)


def _view(context: Any, builder: Any, kind: types.Type, value: Any) -> Any:
    if not isinstance(kind, types.Array):
        return value
    array = context.make_array(kind)(context, builder, value)
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    return array._getvalue()
