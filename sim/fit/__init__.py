"""An event log to a scenario."""

from sim.fit.errors import FitError
from sim.fit.fitting import Fitted, fit
from sim.fit.log_reading import Manner

__all__ = ["FitError", "Fitted", "Manner", "fit"]
