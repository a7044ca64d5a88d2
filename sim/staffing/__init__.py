"""How many agents a desk needs, half hour by half hour (model 36)."""

from sim.staffing.asked import HalfHour, half_hours
from sim.staffing.erlang import Level, level
from sim.staffing.needed import Aim, UnreachableError, needed, rostered

__all__ = ["Aim", "HalfHour", "Level", "UnreachableError", "half_hours", "level", "needed", "rostered"]
