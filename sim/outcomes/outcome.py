"""What an outcome is: its name, unit and definition, what it needs, and how people read its values."""

from dataclasses import dataclass
from typing import Final, Literal

from sim.outcomes.intervals import Limits, difference_limits
from sim.outcomes.needs import NEEDS, Need, can
from sim.scenario.scenario import Scenario

Unit = Literal["share", "customers", "per customer", "days", "minutes", "money", "ratio", "score"]
Better = Literal["higher", "lower"] | None

_MOST_DECIMALS: Final = 15
"""Digits after the point beyond which nothing differs but by rounding."""
_LOWEST: Final[dict[Unit, float]] = {"customers": 0, "per customer": 0, "days": 0, "minutes": 0}
"""What no value of the unit can be below."""


@dataclass(frozen=True)
class Headline:
    """That a sentence may be made of how two arms differ in an outcome."""

    turn: int
    """the lower, the rather it is read: a sentence is about the first outcome that both arms have"""
    doing: str
    """what the customers do whose share it is, after "60 more customers per 1,000 …" """


@dataclass(frozen=True)
class Point:
    """A point of a curve over time that an outcome is."""

    curve: str
    """the curve's id"""
    day: float
    """the day on which it is read off; infinite for where the run ends"""


@dataclass(frozen=True)
class Outcome:
    """One outcome: the single place for its label, unit and definition."""

    id: str
    label: str
    """what people read above a column"""
    unit: Unit
    definition: str
    """one or two plain sentences, for tooltips and the reference page"""
    better: Better = None
    """which way is good; None where that depends"""
    decimals: int = 1
    """digits shown after the point, in the unit people read (percent for shares)"""
    needs: tuple[Need, ...] = ()
    """what a scenario must have for the outcome to exist; where it has not, the outcome is absent, never zero"""
    paired: bool = False
    """whether only a comparison of two arms has it"""
    among: str | None = None
    """the outcome that says in how many runs something happens, where this one is told of those alone; both are told in
    one row, and arms are not compared by this one, for these need not be the same replications"""
    bounds: Limits | None = None
    """the lowest and the highest value that there can be, where the unit does not say so"""
    factors: bool = False
    """whether chance multiplies the value rather than adding to it, as with money per something"""
    of_runs: bool = False
    """whether each run either has it (1) or not (0), so that the mean is a share of runs"""

    main: bool = False
    """whether a summary shows it"""
    headline: Headline | None = None
    """whether, and how, a sentence may be made of it"""
    of_all: bool = False
    """whether it depends on how many customers there are, so that fewer of them do not tell it"""
    point: Point | None = None
    """the point of a curve that it is"""
    at_least_by: str | None = None
    """the outcome that says what share is not over yet: where there is some, this one is a lower limit"""
    left_of: tuple[str, ...] = ()
    """the sums of money that it is what is left of: their size tells how precise it is"""
    ratio_of: tuple[str, str] | None = None
    """the outcomes of which it divides the first by the second; where only a comparison has it, their differences"""
    axis_unit: str = ""
    """what an axis of a score is in"""

    @property
    def limits(self) -> Limits:
        """The lowest and the highest value that there can be."""
        if self.bounds is not None:
            return self.bounds
        return (0.0, 1.0) if self.unit == "share" else (_LOWEST.get(self.unit), None)

    @property
    def difference_limits(self) -> Limits:
        """The lowest and the highest difference that there can be."""
        return self.limits if self.paired else difference_limits(self.limits)

    def possible(self, scenario: Scenario) -> bool:
        """Whether a run of the scenario can have all that the outcome needs."""
        return all(can(need, scenario) for need in self.needs)

    @property
    def measured(self) -> bool:
        """Whether this version can simulate what the outcome needs."""
        return not any(NEEDS[need].later for need in self.needs)

    @property
    def in_each_arm(self) -> bool:
        """Whether this version can measure it in each arm."""
        return self.measured and not self.paired

    def is_live(self, *, fewer: bool) -> bool:
        """Whether it is told while somebody changes the scenario, of all customers or of `fewer`."""
        return (self.main or self.headline is not None) and not (fewer and self.of_all)

    def shown(self, value: float | None, currency: str = "") -> str:
        """The value as people read it: shares in percent, money with its currency; an en dash where there is none."""
        if value is None:
            return "–"
        if self.unit == "share":
            return f"{value * 100:z,.{self.decimals}f} %"
        return f"{value:z,.{self.decimals}f}{_suffix(self.unit, currency)}"

    def shown_difference(self, value: float | None, currency: str = "") -> str:
        """A difference as people read it, with its sign; shares in percentage points.

        One that the usual digits would show as 0 gets as many as it takes, for a sign needs a figure behind it.
        """
        if value is None:
            return "–"
        scale, suffix = (100.0, " points") if self.unit == "share" else (1.0, _suffix(self.unit, currency))
        return f"{signed(value * scale, self.decimals)}{suffix}"


def signed(value: float, decimals: int) -> str:
    """The value with its sign and so many digits after the point: more where these would show 0 and it is not.

    What is nothing, or too little to be printed, has no sign.
    """
    more = decimals
    while value != 0 and round(value, more) == 0 and more < _MOST_DECIMALS:
        more += 1
    return f"{value:+,.{more}f}" if round(value, more) else f"{0:.{decimals}f}"


def _suffix(unit: Unit, currency: str) -> str:
    if unit == "money":
        return f" {currency}" if currency else ""
    return {"days": " d", "minutes": " min"}.get(unit, "")
