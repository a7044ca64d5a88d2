import numpy as np
import pytest
from scipy import stats

from sim.engine import compile_program
from sim.engine.customer.choice import choose
from sim.engine.customer.visit import draw_visit
from sim.engine.memory.lane import new_lane
from sim.population import draw_population
from sim.scenario.journey import COVARIATES, DEFAULT_COEFFICIENTS
from tests.builders import scenario

SHARES = {"forward": 3.0, "aside": 2.0, "out": 1.0}
ROLES = {"forward": "progress", "aside": "neutral", "out": "exit"}


@pytest.mark.parametrize("covariate", COVARIATES)
def test_the_race_follows_the_multinomial_logit_for_each_covariate(covariate):
    of = scenario(
        population={"size": 20_000},
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "forward", "stage": "purchase", "goal": {"kind": "conversion"}},
            {"id": "aside"},
            {"id": "out", "exit": "churn"},
        ],
        transitions=[
            *({"from": "start", "to": to, "share": share, "delay": 1} for to, share in SHARES.items()),
            {"from": "forward", "to": "out", "share": 1},
            {"from": "aside", "to": "out", "share": 1},
        ],
    )
    program = compile_program(of, of)
    lane = new_lane(program, draw_population(program.population, 7, 0), recording=False).lane
    x = np.zeros(len(COVARIATES))
    x[COVARIATES.index(covariate)] = 0.8
    winners = []
    for i in range(20_000):
        draw_visit(program.tables, lane, i, 0, 0)
        winners.append(choose(program.tables, lane, i, 0, x)[0])
    appeal = {to: share * np.exp(0.8 * DEFAULT_COEFFICIENTS[ROLES[to]][covariate]) for to, share in SHARES.items()}
    expected = np.array(list(appeal.values())) / sum(appeal.values()) * len(winners)
    assert stats.chisquare(np.bincount(winners, minlength=3), expected).pvalue > 0.001
