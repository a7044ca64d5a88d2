"""Days, weeks and months of the calendar, from the day on which a run starts."""

import datetime
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Period = Literal["day", "week", "month"]
PERIODS: Final[tuple[Period, ...]] = get_args(Period)


def first_days(days: int, start: datetime.date, per: Period) -> NDArray[np.int64]:
    """The first day (from 0) of each period of a run of so many days, ascending.

    Weeks begin on Mondays, months on their first; the run's first day begins its first period, whatever day that is.
    """
    every = np.arange(days)
    if per == "day":
        return every
    date = np.datetime64(start, "D") + every
    # 1970-01-01 was a Thursday: the fourth day of its week.
    period = (date.astype(np.int64) + 3) // 7 if per == "week" else date.astype("datetime64[M]").astype(np.int64)
    return np.flatnonzero(np.diff(period, prepend=period[:1] - 1))


def dates(first: NDArray[np.int64], start: datetime.date) -> list[str]:
    """The dates of days of the run, as `2026-01-05`."""
    return [str(date) for date in np.datetime64(start, "D") + first]
