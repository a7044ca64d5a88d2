"""Incidence and retention against the cumulative incidence of statsmodels, an implementation that is not ours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from statsmodels.duration.survfunc import CumIncidenceRight

from sim.engine import compile_program, simulate
from sim.engine.memory.history import CHURNED, COMPLETED
from sim.outcomes.incidence import CENSORED, COMPETED, HAPPENED, observe
from sim.outcomes.occupation import daily_status
from tests.builders import scenario
from tests.engine.worlds import shop
from tests.histories import Person, history

HORIZON = 1000.0
EXACT = 1e-12

Floats = NDArray[np.float64]
Causes = NDArray[np.int64]


def theirs(time: Floats, cause: Causes, which: int, at: Floats) -> Floats:
    """Their cumulative incidence of one cause at each of `at`."""
    with np.errstate(divide="ignore", invalid="ignore"):  # in standard errors that nobody asked for
        found = CumIncidenceRight(time, cause)
    if len(found.cinc) < which:  # they list causes up to the largest that occurs
        return np.zeros(at.size)
    steps = np.concatenate((np.zeros(1), found.cinc[which - 1]))
    return steps[np.searchsorted(found.times, at, side="right")]


def ours(time: Floats, cause: Causes, at: Floats) -> Floats:
    """Our incidence of HAPPENED; one horizon ends all observations, so who is censored early begins late."""
    begin = np.where(cause == CENSORED, HORIZON - time, 0.0)
    happened = np.where(cause == HAPPENED, time, np.nan)
    competed = np.where(cause == COMPETED, time, np.nan)
    return observe(np.arange(time.size), begin, happened, competed, HORIZON).incidence.at(at)


endings = st.lists(st.tuples(st.integers(1, 30), st.sampled_from([CENSORED, HAPPENED, COMPETED])), min_size=2)


@given(endings)
def test_incidence_is_theirs_with_many_at_one_time(drawn: list[tuple[int, int]]) -> None:
    time, cause = np.array(drawn, dtype=np.int64).T
    days = np.arange(32.0)
    got, expected = ours(time.astype(float), cause, days), theirs(time.astype(float), cause, HAPPENED, days)
    assert got == pytest.approx(expected, abs=EXACT)


def test_incidence_is_theirs_on_five_thousand_observations() -> None:
    random = np.random.default_rng(1978)
    first, second, seen = random.exponential([20, 35, 30], (5000, 3)).T
    time = np.minimum(np.minimum(first, second), seen)
    cause = np.select([time == first, time == second], [HAPPENED, COMPETED], CENSORED)
    days = np.linspace(0, 100, 401)
    expected = theirs(time, cause, HAPPENED, days)
    assert expected[-1] > 0.5
    assert ours(time, cause, days) == pytest.approx(expected, abs=EXACT)


@given(endings)
def test_shares_gone_and_done_by_whole_days_are_theirs(drawn: list[tuple[int, int]]) -> None:
    time, cause = np.array(drawn, dtype=np.int64).T
    status = {HAPPENED: CHURNED, COMPETED: COMPLETED}
    # Won at 0 and seen leaving, or won so late that the run ends first.
    people = [
        Person(acquired=0, changes=[(float(day), status[why])]) if why else Person(acquired=40 - int(day))
        for day, why in drawn
    ]
    seen = history(scenario(horizon=40), people)
    found = daily_status(seen.customers, seen.log, 40).occupation(np.ones(len(people), np.bool_))
    days = np.arange(31.0)
    for which, gone in status.items():
        expected = theirs(time.astype(float), cause, which, days)
        assert found.shares[gone, :31] == pytest.approx(expected, abs=EXACT)


def test_conversion_in_a_simulated_run_is_theirs() -> None:
    plain = shop().model_copy(update={"horizon": 3.0})
    customers = simulate(compile_program(plain, plain), 5, 0).customers
    came = np.flatnonzero(customers.arrival < plain.horizon)
    observed = observe(came, customers.arrival[came], customers.acquired[came], customers.exit[came], plain.horizon)
    assert {CENSORED, HAPPENED, COMPETED} <= set(observed.cause.tolist())
    days = np.linspace(0, plain.horizon, 200)
    expected = theirs(observed.time, observed.cause.astype(np.int64), HAPPENED, days)
    assert observed.incidence.at(days) == pytest.approx(expected, abs=EXACT)
