"""A fitted scenario that is asked about days its log has not seen."""

from collections.abc import Iterator

from sim.scenario.findings import Fault
from sim.scenario.scenario import Scenario

HELD_OUT = (
    "where a log of purchases was cut in two halves and the second held out, purchases there came out 27 to 84 % short"
)
"""What was measured (docs/background/fit.md, "Beyond the log")."""

WHY = (
    "a fitted journey has no memory: it takes everybody who was silent for long as gone, and knows no regular customers"
)
"""Why that is so."""


def check_fitted(scenario: Scenario) -> Iterator[Fault]:
    """A warning where the scenario runs for longer than the log that it was fitted to."""
    problem = beyond_log(scenario)
    if problem is not None:
        assert scenario.fitted is not None
        remedy = f"make the horizon at most {scenario.fitted.days:g}, or fit a longer log"
        yield Fault(("horizon",), problem, remedy, "warning")


def beyond_log(scenario: Scenario) -> str | None:
    """What to know of a scenario that runs for longer than its log; None where it does not."""
    fitted = scenario.fitted
    if fitted is None or scenario.horizon <= fitted.days:
        return None
    of = f"fitted to {fitted.days:g} days of {fitted.log}" if fitted.log else f"fitted to {fitted.days:g} days"
    return f"{scenario.horizon:g} days are simulated, but the scenario was {of}; {HELD_OUT} ({WHY})"
