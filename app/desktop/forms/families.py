"""The families of distributions as they can be chosen, and how one is turned into another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.desktop.forms.key import Key, keys_of
from app.desktop.forms.probability import quantile
from sim.scenario import distributions as d
from sim.scenario.distributions import Distribution
from sim.scenario.model import Part

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Distribution)


@dataclass(frozen=True)
class Family:
    """One entry of the list."""

    id: str
    words: str
    model: type[Part]
    only: tuple[str, ...]
    """the parameters that this form has"""

    @property
    def meaning(self) -> str:
        """What it is, in a sentence."""
        return (self.model.__doc__ or "").strip().split("\n")[0]

    def keys(self) -> list[Key]:
        """Its parameters."""
        by_name = {key.name: key for key in keys_of(self.model)}
        return [by_name[name] for name in self.only]


FAMILIES = (
    Family("fixed", "Always the same", d.Fixed, ("value",)),
    Family("exponential", "Exponential", d.Exponential, ("mean",)),
    Family("lognormal", "Lognormal (median)", d.Lognormal, ("median", "sigma")),
    Family("lognormal-mean", "Lognormal (mean)", d.Lognormal, ("mean", "sd")),
    Family("normal", "Normal", d.Normal, ("mean", "sd")),
    Family("gamma", "Gamma", d.Gamma, ("mean", "shape")),
    Family("weibull", "Weibull", d.Weibull, ("scale", "shape")),
    Family("uniform", "Uniform", d.Uniform, ("low", "high")),
    Family("beta", "Beta", d.Beta, ("a", "b")),
    Family("betaprime", "Beta prime", d.BetaPrime, ("a", "b")),
    Family("empirical", "From data", d.Empirical, ("quantiles",)),
)
SPREAD = Family("spread", "Mean and spread", d.Spread, ("mean", "sd"))


def family_of(value: Any) -> Family | None:
    """The family of a value from a file; None where it is no distribution."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return FAMILIES[0]
    if not isinstance(value, Mapping):
        return None
    id_ = value.get("family")
    if id_ is None:
        return SPREAD if set(value) <= {"mean", "sd"} else None
    if id_ == "lognormal" and set(value) & {"mean", "sd"}:
        id_ = "lognormal-mean"
    return next((family for family in FAMILIES if family.id == id_), None)


def distribution_of(value: Any) -> Distribution | None:
    """The distribution that a value from a file means; None where it is none, or its family goes without saying."""
    try:
        distribution: Distribution = _ADAPTER.validate_python(value)
    except ValidationError:
        return None
    return distribution


def as_family(value: Any, family: Family) -> Any:
    """A value of that family with about the same mean and spread as the value before."""
    before = distribution_of(value)
    given = value if isinstance(value, Mapping) else {}
    mean = before.mean_value() if before is not None else given.get("mean", 1.0)
    mean = float(mean) if isinstance(mean, int | float) and math.isfinite(mean) else 1.0
    spread = given.get("sd")
    if spread is None and before is not None and not isinstance(before, d.Fixed):
        spread = (quantile(before, 0.84) - quantile(before, 0.16)) / 2
    sd = float(spread) if isinstance(spread, int | float) and spread > 0 else abs(mean) / 2 or 1.0
    above = mean if mean > 0 else 1.0
    if family.id == "fixed":
        return _round(mean)
    if family.id == "spread":
        return {"mean": _round(mean), "sd": _round(sd)}
    return {"family": family.id.removesuffix("-mean")} | _parameters(family.id, mean, sd, above, before)


def _parameters(id_: str, mean: float, sd: float, above: float, before: Distribution | None) -> dict[str, Any]:
    ratio = 1 + (sd / above) ** 2
    part = min(max(mean, 0.05), 0.95)
    by_family: dict[str, dict[str, float]] = {
        "exponential": {"mean": max(mean, 0.0)},
        "lognormal": {"median": above / math.sqrt(ratio), "sigma": math.sqrt(math.log(ratio))},
        "lognormal-mean": {"mean": above, "sd": sd},
        "normal": {"mean": mean, "sd": sd},
        "gamma": {"mean": above, "shape": max((above / sd) ** 2, 0.1)},
        "weibull": {"scale": above, "shape": 1.0},
        "uniform": {"low": min(max(mean - 1.7 * sd, 0.0), mean), "high": mean + 1.7 * sd},
        "beta": {"a": 4 * part, "b": 4 * (1 - part)},
        "betaprime": {"a": 2 * above, "b": 3.0},
    }
    if id_ == "empirical":
        if before is None or isinstance(before, d.Fixed):
            return {"quantiles": [_round(above * share) for share in (0, 0.5, 1, 1.5, 2)]}
        return {"quantiles": [_round(quantile(before, share)) for share in (0.01, 0.25, 0.5, 0.75, 0.99)]}
    return {name: _round(value) for name, value in by_family[id_].items()}


def _round(value: float) -> float:
    """To three figures: a beginning to be edited."""
    short = float(f"{value:.3g}")
    return int(short) if short.is_integer() else short
