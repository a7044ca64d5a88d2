"""An event log to a scenario."""

from sim.fit.errors import FitError
from sim.fit.fitting import Fitted, fit

__all__ = ["FitError", "Fitted", "fit"]
