"""A run that stops more often than it needs to, at moments at which nothing happens."""

from dataclasses import replace

from sim.engine import Program
from sim.engine.program.program import Change


def in_slices(program: Program) -> Program:
    """The same program, which stops at every midnight."""
    changing = {change.begin: change for change in program.changes}
    values, stops = program.fields, []
    for time in sorted({*changing, *map(float, range(1, int(program.horizon) + 1))}):
        values = changing[time].fields if time in changing else values
        stops.append(Change(time, values))
    return replace(program, changes=tuple(stop for stop in stops if stop.begin <= program.horizon))
