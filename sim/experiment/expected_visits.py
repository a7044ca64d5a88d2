"""How many visits a customer makes, estimated before anything is simulated: too many would never end."""

from typing import TYPE_CHECKING, Final

from sim.scenario import Finding, Scenario
from sim.scenario.resolve import enabled_touchpoints, enabled_transitions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST: Final = 1_000_000
"""Visits of one customer; a visit every five minutes for ten years."""


DENSE: Final = 500
"""Touchpoints up to which all pairs of them are looked at."""


def visits_of_a_customer(scenario: Scenario) -> float:
    """About how many visits the reference customer makes before the horizon.

    The expected number until an exit, for a customer who is followed for a time that is exponentially distributed
    with the horizon as its mean: then a delay of mean d is survived with a probability of about 1 / (1 + d / horizon).
    Time spent at desks is not counted, nor is the activity clock.
    """
    import numpy as np

    touchpoints = enabled_touchpoints(scenario)
    index = {touchpoint.id: number for number, touchpoint in enumerate(touchpoints)}
    shares = np.zeros(len(touchpoints))
    transitions = [
        transition for transition in enabled_transitions(scenario) if not touchpoints[index[transition.source]].exit
    ]
    for transition in transitions:
        shares[index[transition.source]] += transition.share
    transitions = [transition for transition in transitions if 0 < shares[index[transition.source]] < np.inf]
    source = [index[transition.source] for transition in transitions]
    target = [index[transition.target] for transition in transitions]
    survived = [
        transition.share / (1.0 + max(transition.delay.mean_value(), 0.0) / scenario.horizon)
        for transition in transitions
    ]
    starts = np.array([float(touchpoint.start) for touchpoint in touchpoints])
    visits = _solved(target, source, survived / shares[source], starts / max(starts.sum(), 1e-300))
    total = float(visits.sum())
    # Where hardly any time passes, rounding leaves a number that may be negative.
    return total if total >= 0 and np.isfinite(total) else float("inf")


def too_many_visits(scenario: Scenario) -> list[Finding]:
    """That customers would go round almost without end, if so."""
    visits = visits_of_a_customer(scenario)
    if visits <= MOST:
        return []
    about = f"about {visits:,.0f}" if visits < 1e12 else "more than a trillion"
    problem = f"a customer would make {about} visits in {scenario.horizon:g} days"
    remedy = f"make the horizon shorter or the delays longer, both are in days; up to {MOST:,} visits can be simulated"
    return [Finding(None, None, "horizon", problem, remedy)]


def _solved(row: list[int], column: list[int], value: "Floats", right: "Floats") -> "Floats":
    """Solve (1 - M) x = right for M with these values, added up where they share a position."""
    import warnings

    import numpy as np

    if len(right) > DENSE:
        from scipy.sparse import csc_array, eye_array
        from scipy.sparse.linalg import spsolve

        whole = eye_array(len(right), format="csc") - csc_array((value, (row, column)), shape=(len(right),) * 2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a matrix that is singular; the result says so too
            return np.asarray(spsolve(whole, right), np.float64)
    dense = np.eye(len(right))
    np.subtract.at(dense, (row, column), value)
    try:
        return np.asarray(np.linalg.solve(dense, right), np.float64)
    except np.linalg.LinAlgError:
        return np.full(len(right), np.inf)
