"""The discrete-event engine: a scenario's program, the compiled private lane, the SimPy lane, the history."""

from sim.draws import cache
from sim.engine.history import History
from sim.engine.program import Program, compile_program
from sim.engine.simulate import simulate

__all__ = ["History", "Program", "cache", "compile_program", "simulate"]
