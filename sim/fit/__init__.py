"""An event log to a scenario."""

from sim.fit.errors import FitError
from sim.fit.files.log_reading import Manner
from sim.fit.fitting import Fitted, fit

__all__ = ["FitError", "Fitted", "Manner", "fit"]
