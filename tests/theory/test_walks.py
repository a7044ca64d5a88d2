"""The gambler's ruin: a walk between two ends (Feller 1968, chapter XIV)."""

import pytest

from sim.engine import compile_program, simulate
from tests.builders import scenario
from tests.shared import reference
from tests.theory.estimate import agrees


@pytest.mark.parametrize("case", ["gambler_ruin_check", "gambler_ruin_biased"])
def test_the_gamblers_ruin_has_the_right_odds_and_length(case):
    expected = reference("markov_absorption_cases.json")[case]
    p, goal, start = expected["p"], expected["N"], expected["start"]
    names = ["ruined", *(f"has-{money}" for money in range(1, goal)), "rich"]
    touchpoints = [{"id": name, "start": money == start} for money, name in enumerate(names)]
    touchpoints[0] |= {"exit": "churn"}
    touchpoints[-1] |= {"exit": "completed"}
    transitions = [
        {"from": names[money], "to": names[money + step], "share": share, "delay": 1}
        for money in range(1, goal)
        for step, share in ((1, p), (-1, 1 - p))
    ]
    of = scenario(
        horizon=2000, population={"size": 2000}, channels=None, touchpoints=touchpoints, transitions=transitions
    )
    program = compile_program(of, of)
    customers = [simulate(program, 11, replication).customers for replication in range(20)]
    assert all((one.status >= 2).all() for one in customers)
    assert agrees([(one.status == 3).mean() for one in customers], expected["P_win"], width=0.03)
    assert agrees([one.exit.mean() for one in customers], expected["E_steps"], width=0.03)
