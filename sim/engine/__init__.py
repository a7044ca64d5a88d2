"""The discrete-event engine: a scenario's program, the private lane, the SimPy lane, the history."""

from sim.engine.memory.history import History
from sim.engine.program.compile import compile_program
from sim.engine.program.program import Program
from sim.engine.simulate import simulate

__all__ = ["History", "Program", "compile_program", "simulate"]
