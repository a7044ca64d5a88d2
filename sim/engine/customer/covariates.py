"""The indices of the covariates of a choice in its arrays, by name (model 2.4)."""

from sim.scenario.journey import COVARIATES

PROPENSITY = COVARIATES.index("propensity")
AFFINITY = COVARIATES.index("affinity")
PERSONALIZATION = COVARIATES.index("personalization")
SENTIMENT = COVARIATES.index("sentiment")
FATIGUE = COVARIATES.index("fatigue")
LOST_CONTEXT = COVARIATES.index("lost_context")
BAD_EXPERIENCE = COVARIATES.index("bad_experience")
WAIT = COVARIATES.index("wait")
EFFORT = COVARIATES.index("effort")
INCENTIVE = COVARIATES.index("incentive")
PRICE = COVARIATES.index("price")
NUDGE = COVARIATES.index("nudge")
COUNT = len(COVARIATES)
