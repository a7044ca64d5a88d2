"""What is summed and counted for each segment at touchpoints and in surveys: the rows of the lane's totals, by name."""

TOUCHPOINT_SUMS = ("days", "emotion", "effort", "value", "wait")
DAYS = TOUCHPOINT_SUMS.index("days")
EMOTION = TOUCHPOINT_SUMS.index("emotion")
EFFORT = TOUCHPOINT_SUMS.index("effort")
VALUE = TOUCHPOINT_SUMS.index("value")
WAIT = TOUCHPOINT_SUMS.index("wait")

TOUCHPOINT_COUNTS = ("visits", "experiences", "bad", "lost", "goals", "bad_dropped")
VISITS = TOUCHPOINT_COUNTS.index("visits")
EXPERIENCES = TOUCHPOINT_COUNTS.index("experiences")
BAD = TOUCHPOINT_COUNTS.index("bad")
LOST = TOUCHPOINT_COUNTS.index("lost")
GOALS = TOUCHPOINT_COUNTS.index("goals")
BAD_DROPPED = TOUCHPOINT_COUNTS.index("bad_dropped")

SURVEY_COUNTS = ("asked", "answered", "promoters", "detractors", "true_promoters", "true_detractors")
ASKED = SURVEY_COUNTS.index("asked")
ANSWERED = SURVEY_COUNTS.index("answered")
PROMOTERS = SURVEY_COUNTS.index("promoters")
DETRACTORS = SURVEY_COUNTS.index("detractors")
TRUE_PROMOTERS = SURVEY_COUNTS.index("true_promoters")
TRUE_DETRACTORS = SURVEY_COUNTS.index("true_detractors")

SURVEY_SUMS = ("total", "true_total")
TOTAL = SURVEY_SUMS.index("total")
TRUE_TOTAL = SURVEY_SUMS.index("true_total")
