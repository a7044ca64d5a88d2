"""Moments of a run: a scenario writes them as a date or as a day."""

import datetime

from sim.scenario.orchestration import Moment
from sim.scenario.scenario import Scenario


def day_of(moment: Moment, scenario: Scenario) -> float:
    """The day of the run at which the moment is; a date stands for its midnight, below 0 for one before the start."""
    if isinstance(moment, datetime.date):
        return float((moment - scenario.start_date).days)
    return float(moment)
