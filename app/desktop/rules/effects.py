"""What the coefficients of the choice do, in words computed from their values."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.desktop.rules.amounts import listing
from app.files.shipped import shipped
from sim.scenario.journey import ROLES

DOES: Final = {"progress": "go on", "neutral": "go sideways", "exit": "leave"}
"""What a customer does who takes a transition of each role."""
_BEYOND: Final = 1000


@dataclass(frozen=True)
class Comparison:
    """With whom a coefficient is explained."""

    who: str
    step: float
    """how far this customer's covariate lies from everybody else's"""
    source: str
    """where the default comes from"""
    only: str = ""
    """which transitions it acts on, where not on all"""


@cache
def comparisons() -> dict[str, Comparison]:
    """Whom each covariate compares with everybody else, by covariate."""
    told = tomllib.loads((shipped("assets") / "coefficients.toml").read_text(encoding="utf-8"))
    source = str(told.pop("source"))
    return {name: Comparison(**{"source": source, **entry}) for name, entry in told.items()}


def effect_words(covariate: str, coefficients: Mapping[str, float]) -> str:
    """What the coefficients of one covariate do, by role, in a sentence or two.

    A coefficient b makes the odds of a transition of its role exp(b x) times as high, where x is the covariate
    (multinomial logit; model 2.4).
    """
    compared = comparisons()[covariate]
    said = [f"{likely(value * compared.step)} {DOES[role]}" for role in ROLES if (value := coefficients.get(role, 0.0))]
    if not said:
        return f"{compared.who} chooses like everybody else."
    return " ".join(filter(None, (f"{compared.who} is {listing(said)}.", compared.only)))


def likely(exponent: float) -> str:
    """What it means that odds are exp(exponent) times as high: `2.3 times as likely to`, `26 % less likely to`."""
    if exponent > math.log(_BEYOND):
        return "all but certain to"
    factor = math.exp(exponent)
    if factor >= 1.95:
        times = f"{factor:.2g}" if factor < 100 else f"{factor:.0f}"
        return "twice as likely to" if times == "2" else f"{times} times as likely to"
    percent = 100 * abs(factor - 1)
    amount = f"{percent:.2g}" if percent < 99.5 else f"{percent:.0f}" if factor > 1 else "over 99"
    return f"{amount}\N{NO-BREAK SPACE}% {'more' if factor >= 1 else 'less'} likely to"
