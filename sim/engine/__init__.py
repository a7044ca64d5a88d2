"""The discrete-event engine: a scenario's program, the private lane, the SimPy lane, the history.

What compiles is loaded at first use: whoever only hands out tasks, or reads what a history says, needs none of it.
"""

from typing import TYPE_CHECKING, Any

from sim.engine.memory.history import History

if TYPE_CHECKING:
    from sim.engine.program.compile import compile_program
    from sim.engine.program.program import Program
    from sim.engine.simulating import simulate

__all__ = ["History", "Program", "compile_program", "simulate"]


def __getattr__(name: str) -> Any:
    if name == "simulate":
        from sim.engine.simulating import simulate

        return simulate
    if name == "compile_program":
        from sim.engine.program.compile import compile_program

        return compile_program
    if name == "Program":
        from sim.engine.program.program import Program

        return Program
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
