"""How compiled functions come together: whole ones hold all that they call, and only those become machine code.

Numba makes machine code of every function, each with all in it that it calls, and so on down: of an engine whose visits
are fifteen calls deep everything is optimised some fifteen times. Here a function that another compiled one calls is a
part. It is lowered to LLVM's form once, and each whole function takes in the parts that it needs and is optimised with
them. Whole is what is called from Python.
"""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (Numba's interface for other compilers has no types.)

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from llvmlite.binding import Linkage
from numba.core import sigutils, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

from sim.compiling import progress
from sim.compiling.alone import alone
from sim.compiling.aside import made_aside
from sim.compiling.kept import CheckedCache

_OPTIONS = {"nopython": True, "nogil": True, "error_model": "numpy"}


class _PartLibrary(JITCodeLibrary):
    """A function in LLVM's form, for others to take in."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        self._finalized = True


class _WholeLibrary(JITCodeLibrary):
    """A function and all that it calls."""

    def add_linking_library(self, library: Any) -> None:
        if library in self._linking_libraries:
            return
        super().add_linking_library(library)
        if isinstance(library, _PartLibrary):
            for needed in library._linking_libraries:
                self.add_linking_library(needed)

    def _optimize_final_module(self) -> None:
        # Nobody else calls what is in here, so arguments that nothing uses (of an array, all but its data) are dropped.
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = "internal"
        super()._optimize_final_module()


class _PlainLibrary(_WholeLibrary):
    """A function that is long and does little, which is not worth the time that optimising it would take."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        pass


class _PartCompiler(Compiler):
    def compile_extra(self, function: Callable[..., Any]) -> Any:
        self.state.library = _PartLibrary(self.state.targetctx.codegen(), function.__qualname__)
        self.state.flags.no_compile = True
        made = super().compile_extra(function)
        # Nobody calls it by an address, so what it is called by need only be its own.
        made = made._replace(entry_point=made.fndesc)
        self.state.targetctx.insert_user_function(made.entry_point, made.fndesc, [made.library])
        return made


class _WholeCompiler(Compiler):
    library: type[JITCodeLibrary] = _WholeLibrary

    def compile_extra(self, function: Callable[..., Any]) -> Any:
        self.state.library = self.library(self.state.targetctx.codegen(), function.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(function)


class _PlainCompiler(_WholeCompiler):
    library = _PlainLibrary


class _Part(CPUDispatcher):
    """A function as other compiled ones call it.

    To them whole numbers of all widths count as one type, and so do constants. Otherwise it would be compiled anew for
    each width and each constant, and all that it calls as well.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        options = _OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        super().__init__(function, targetoptions=options, pipeline_class=_PartCompiler)

    def add_overload(self, made: Any) -> None:
        self.overloads[tuple(made.signature.args)] = made
        progress.part_made()

    def get_call_template(self, args: Any, kws: Any) -> Any:
        _, folded = self._compiler.fold_argument_types(args, kws)
        return super().get_call_template(tuple(map(_widened, folded)), {})


class NotCompiledError(Exception):
    """A function is not on disk, and is not to be compiled here."""


class _Compiling:
    """Whether this process compiles."""

    refused = False


@contextmanager
def compiling_refused() -> Iterator[None]:
    """Let functions only be loaded in this block: compiling takes memory that is not given back."""
    _Compiling.refused = True
    try:
        yield
    finally:
        _Compiling.refused = False


class Whole(CPUDispatcher):
    """A function as Python calls it, its machine code kept on disk."""

    def __init__(self, function: Callable[..., Any], *, plain: bool = False) -> None:
        """This function; of some 160 a run loads few, so what only those need is made when they do."""
        compiler = _PlainCompiler if plain else _WholeCompiler
        super().__init__(function, targetoptions=dict(_OPTIONS), pipeline_class=compiler)
        del self._cache  # Numba's, which keeps nothing
        progress.part_known()

    @cached_property
    def _cache(self) -> CheckedCache:
        """Its machine code on disk."""
        return CheckedCache(self.py_func)

    @cached_property
    def _part(self) -> _Part:
        """The same function for others to take in."""
        return _Part(self.py_func)

    def compile(self, signature: Any) -> Any:
        """The machine code for arguments of these types; what is on disk already waits for nobody."""
        types_of_arguments, _ = sigutils.normalize_signature(signature)
        if self._cache.holds(types_of_arguments):
            return super().compile(signature)
        if _Compiling.refused:
            raise NotCompiledError(self.py_func.__qualname__)
        if made_aside(lambda: self._make(signature)):
            return super().compile(signature)  # from disk
        return self._make(signature)

    def _make(self, signature: Any) -> Any:
        """The machine code, made in this process unless another makes the same just now."""
        with alone(), _without_garbage():
            progress.begin()
            made = super().compile(signature)
            progress.whole_made()
            return made

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """What a compiled function calls is the part."""
        return self._part.get_call_template(args, kws)

    def get_overload(self, signature: Any) -> Any:
        """Likewise."""
        return self._part.get_overload(signature)


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Let nobody look for garbage, which takes a sixth of the time and finds next to none."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _widened(kind: Any) -> Any:
    """The type for signed whole numbers of any width; constants lose their value."""
    plain = types.unliteral(kind)
    signed = isinstance(plain, types.Integer) and plain.name.startswith("int")
    return types.int64 if signed else plain
