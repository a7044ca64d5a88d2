"""Distributions as a scenario file writes them: a number, or a table with a `family`."""

import math
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from sim.scenario.key import ItsOwn, Key, Plain
from sim.scenario.model import Finite, Many, NonNegative, Part, Positive


def _exp(exponent: float) -> float:
    try:
        return math.exp(exponent)
    except OverflowError:
        return math.inf


FARTHEST = 1e100
"""No draw may be larger: its square is summed up over customers."""
_UNLIKELIEST = 37.0
"""The least chance of a draw is `exp` of minus this: draws have 53 bits."""

StandardDeviation = Annotated[ItsOwn[NonNegative], Key(label="Standard deviation")]
FirstShape = Annotated[Plain[Positive], Key(label="First shape")]
SecondShape = Annotated[Plain[Positive], Key(label="Second shape")]


def _refuse_tail(exponent: float, remedy: str) -> None:
    """Refuse a distribution whose largest draw is `exp(exponent)`, if that is too large."""
    if exponent > math.log(FARTHEST):
        raise ValueError(f"a few draws would be too large to calculate with; {remedy}")


class Fixed(Part):
    """Always the same value; a plain number means this too."""

    family: Literal["fixed"] = "fixed"
    """names the distribution"""
    value: ItsOwn[Finite]
    """the value"""

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return self.value


class Exponential(Part):
    """Memoryless, with the given mean."""

    family: Literal["exponential"]
    """names the distribution"""
    mean: ItsOwn[NonNegative]
    """its mean"""

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return self.mean


class Lognormal(Part):
    """Skewed to the right: `median` and `sigma`, or `mean` and `sd`."""

    family: Literal["lognormal"]
    """names the distribution"""
    median: ItsOwn[Positive] | None = None
    """half of the values lie below (with `sigma`)"""
    sigma: Plain[NonNegative] | None = None
    """standard deviation of the logarithm (with `median`)"""
    mean: ItsOwn[Positive] | None = None
    """its mean (with `sd`)"""
    sd: StandardDeviation | None = None
    """its standard deviation (with `mean`)"""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = {name for name in ("median", "sigma", "mean", "sd") if getattr(self, name) is not None}
        if given not in ({"median", "sigma"}, {"mean", "sd"}):
            names = " and ".join(sorted(given)) or "nothing"
            raise ValueError(f"a lognormal with {names}; give either median and sigma, or mean and sd")
        if not math.isfinite(self.mean_value()):
            raise ValueError("a lognormal whose mean is beyond any number; make sigma or sd smaller")
        location, spread = self.log_parameters()
        _refuse_tail(location + math.sqrt(2 * _UNLIKELIEST) * spread, "make sigma or sd smaller")
        return self

    def log_parameters(self) -> tuple[float, float]:
        """Mean and standard deviation of the logarithm."""
        if self.median is not None and self.sigma is not None:
            return math.log(self.median), self.sigma
        assert self.mean is not None
        assert self.sd is not None
        ratio = self.sd / self.mean
        variance = math.log1p(ratio * ratio)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        if self.mean is not None and self.sd is not None and math.isfinite(self.sd / self.mean):
            return self.mean
        mu, sigma = self.log_parameters()
        return _exp(mu + sigma * sigma / 2)


class Normal(Part):
    """Symmetric, with the given mean and standard deviation."""

    family: Literal["normal"]
    """names the distribution"""
    mean: ItsOwn[Finite]
    """its mean"""
    sd: StandardDeviation
    """its standard deviation"""

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return self.mean


class Gamma(Part):
    """Positive, with the given mean; the larger the shape, the narrower."""

    family: Literal["gamma"]
    """names the distribution"""
    mean: ItsOwn[Positive]
    """its mean"""
    shape: Plain[Positive]
    """the larger, the narrower"""

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return self.mean


class Weibull(Part):
    """Positive; a shape below 1 means that the longer one has waited, the longer one will."""

    family: Literal["weibull"]
    """names the distribution"""
    scale: ItsOwn[Positive]
    """63 % of the values lie below"""
    shape: Plain[Positive]
    """below 1: many short and a few very long; 1: exponential; above 1: around the scale"""

    @model_validator(mode="after")
    def _tail(self) -> Self:
        _refuse_tail(math.log(self.scale) + math.log(_UNLIKELIEST) / self.shape, "make the shape larger")
        return self

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return _exp(math.log(self.scale) + math.lgamma(1 + 1 / self.shape))


class Uniform(Part):
    """Equally likely between `low` and `high`."""

    family: Literal["uniform"]
    """names the distribution"""
    low: ItsOwn[Finite]
    """smallest value"""
    high: ItsOwn[Finite]
    """largest value"""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError("high is below low; swap them")
        return self

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return (self.low + self.high) / 2


class Beta(Part):
    """Between 0 and 1."""

    family: Literal["beta"]
    """names the distribution"""
    a: FirstShape
    """first shape"""
    b: SecondShape
    """second shape; the mean is a / (a + b)"""

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        return self.a / (self.a + self.b)


class BetaPrime(Part):
    """The odds of a beta: positive, with a heavy tail."""

    family: Literal["betaprime"]
    """names the distribution"""
    a: FirstShape
    """first shape"""
    b: SecondShape
    """second shape; the mean is a / (b - 1), infinite where b is 1 or less"""

    @model_validator(mode="after")
    def _tail(self) -> Self:
        _refuse_tail(math.log(max(self.a, 1.0)) + _UNLIKELIEST / self.b, "make b larger")
        return self

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at; infinite where b is 1 or less."""
        return self.a / (self.b - 1) if self.b > 1 else math.inf


class Empirical(Part):
    """Equally spaced quantiles from the smallest to the largest value, linear in between."""

    family: Literal["empirical"]
    """names the distribution"""
    quantiles: Annotated[ItsOwn[Many[Finite]], Field(min_length=2)]
    """values at equally spaced ranks, ascending, from the smallest to the largest"""

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if any(after < before for before, after in zip(self.quantiles, self.quantiles[1:], strict=False)):
            raise ValueError("the quantiles do not ascend; sort them from smallest to largest")
        return self

    def mean_value(self) -> float:
        """The mean, in the unit of the key it stands at."""
        inner = sum(self.quantiles) - (self.quantiles[0] + self.quantiles[-1]) / 2
        return inner / (len(self.quantiles) - 1)


def _family(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("family", "missing"))
    return str(getattr(value, "family", "fixed"))


def _number(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"family": "fixed", "value": value} if number else value


class _NumberOrTable(Part):
    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: Any) -> Any:
        return _number(value)


class FixedOrNumber(Fixed, _NumberOrTable):
    """A number, or `{family = "fixed", value = …}`."""


Distribution = Annotated[
    Annotated[FixedOrNumber, Tag("fixed")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Weibull, Tag("weibull")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[BetaPrime, Tag("betaprime")]
    | Annotated[Empirical, Tag("empirical")],
    Discriminator(_family),
]
"""A number, or a table whose `family` names one of the distributions above."""

FAMILIES: dict[str, type[Part]] = {
    "fixed": FixedOrNumber,
    "exponential": Exponential,
    "lognormal": Lognormal,
    "normal": Normal,
    "gamma": Gamma,
    "weibull": Weibull,
    "uniform": Uniform,
    "beta": Beta,
    "betaprime": BetaPrime,
    "empirical": Empirical,
}
"""The table of each family."""


class Spread(Part):
    """A mean and how far customers differ from it; the family is the trait's own."""

    mean: ItsOwn[Finite]
    """the mean"""
    sd: StandardDeviation = 0.0
    """the standard deviation"""

    def mean_value(self) -> float:
        """The mean, in the trait's unit."""
        return self.mean


def _trait_form(value: Any) -> str:
    if isinstance(value, dict) and "family" not in value:
        return "spread"
    return "spread" if isinstance(value, Spread) else "distribution"


TraitValue = Annotated[
    Annotated[Spread, Tag("spread")] | Annotated[Distribution, Tag("distribution")],
    Discriminator(_trait_form),
]
"""A number, `{mean, sd}` in the trait's own family, or any distribution."""
