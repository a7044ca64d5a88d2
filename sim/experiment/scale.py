"""A run with another number of customers than its scenario has: what is scaled alike, and what is not."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sim.population import expected_arrivals, expected_bought
from sim.scenario import Scenario, override
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.distributions import Distribution
from sim.scenario.key import ITS_OWN
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.said import said_of
from sim.scenario.uncertain import fitted
from sim.scenario.walking import labels_at, said_at, saying

_SIZE: Final = ("population", "size")
_BUDGET: Final = ("orchestration", "budget")
_AMOUNTS: Final = {
    ("money", "setup"): ("set-up", ""),
    ("money", "per_month"): ("running cost", " a month"),
    (*_BUDGET, "per_day"): ("budget", " a day"),
    (*_BUDGET, "total"): ("budget", " for the run"),
}
"""How money that is there once is told, by address; all else by its label."""


def with_customers(scenario: Scenario, customers: int) -> Scenario:
    """The scenario with so many customers, and as many times more or fewer bought visits.

    What is spent on a channel and where its visits saturate are scaled alike, so that as large a share of all arrivals
    is bought, each at the same price. What else there is once for all customers stays: `not_scaled` lists it.
    Raises ScenarioError where there cannot be so many.
    """
    factor = customers / scenario.population.size
    if factor == 1:
        return scenario
    values: dict[str, Any] = {
        joined(parts): fitted(parts, value * factor)
        for parts, value in saying(scenario, "scaled")
        if parts != _SIZE and factor > 0
    }
    scaled = override(scenario, {joined(_SIZE): customers, **values})
    unsure = {
        address: _times(spread, factor) if _is_amount(address) else spread
        for address, spread in scaled.uncertainty.items()
    }
    return scaled.model_copy(update={"uncertainty": unsure})


def scale_note(population: int, scenarios: Sequence[Scenario], currency: str) -> str | None:
    """What to say of arms that were simulated with another number of customers than the scenario has; None otherwise.

    `Simulated with 2,000 of 12,000 customers: bought visits scaled alike; not scaled: 4 agents at Contact centre.`
    """
    size = scenarios[0].population.size if scenarios else population
    if size == population:
        return None
    how = f"{size:,} of {population:,}" if size < population else f"{size:,} instead of {population:,}"
    alike = ["bought visits scaled alike"] if any(expected_bought(each) for each in scenarios) else []
    fixed = not_scaled(scenarios, currency)
    told = [*alike, *([f"not scaled: {', '.join(fixed)}"] if fixed else [])]
    return f"Simulated with {how} customers{': ' if told else ''}{'; '.join(told)}."


def not_scaled(scenarios: Sequence[Scenario], currency: str) -> list[str]:
    """What all customers share and more or fewer of them do not change, in words; arms together."""
    said = []
    agents: dict[str, list[int]] = {}
    for scenario in scenarios:
        for name, counts in _agents(scenario):
            agents.setdefault(name, []).extend(counts)
    for name, counts in agents.items():
        low, high = min(counts), max(counts)
        number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        said.append(f"{number} agent{'' if low == high == 1 else 's'} at {name}")
    amounts: dict[tuple[str, ...], set[float]] = {}
    for scenario in scenarios:
        for parts, value in saying(scenario, "once"):
            idle = parts[:2] == _BUDGET and scenario.orchestration.policy == "none"
            if parts[0] != "desks" and not idle and value > 0:
                amounts.setdefault(parts, set()).add(value)
    for parts in [*_AMOUNTS, *(each for each in amounts if each not in _AMOUNTS)]:
        if parts in amounts:
            ends = dict.fromkeys((min(amounts[parts]), max(amounts[parts])))
            before, after = _AMOUNTS.get(parts, (labels_at(parts)[-1].lower(), ""))
            said.append(f"{before} {' to '.join(map(_amount, ends))} {currency}{after}")
    unsure = sorted(
        {
            address
            for scenario in scenarios
            for address, spread in scenario.uncertainty.items()
            if _is_amount(address) and not _has_size(spread)
        }
    )
    return said + unsure


def arrivals_words(scenarios: Iterable[Scenario]) -> str:
    """How many arrivals runs of the arms have on average: `about 15,161 arrivals (3,161 bought)`.

    Empty where they are those of the population, one for each customer, and nobody brings friends.
    """
    arms = list(scenarios)
    expected = [expected_arrivals(scenario) for scenario in arms]
    friends = any(scenario.referrals is not None and scenario.referrals.rate > 0 for scenario in arms)
    exact = all(
        round(each.total) == scenario.population.size and not each.bought
        for each, scenario in zip(expected, arms, strict=True)
    )
    if exact and not friends:
        return ""
    parts = [f"{_span(each.bought for each in expected)} bought"] if any(each.bought for each in expected) else []
    parts += ["friends on top"] if friends else []
    told = f"about {_span(each.total for each in expected)} arrivals"
    return f"{told} ({', '.join(parts)})" if parts else told


def _span(counts: Iterable[float]) -> str:
    rounded = [round(count) for count in counts]
    return " to ".join(f"{count:,}" for count in dict.fromkeys((min(rounded), max(rounded))))


def _agents(scenario: Scenario) -> Iterable[tuple[str, list[int]]]:
    """The desks that customers come to, by name, and how many agents they have at one time and another."""
    visited = {touchpoint.desk for touchpoint in enabled_touchpoints(scenario)}
    for desk in scenario.desks:
        if desk.enabled and desk.id in visited:
            on_shift = [shift.agents for shift in desk.shifts]
            yield desk.name or desk.id, on_shift or [desk.agents or 0]


def _amount(money: float) -> str:
    return f"{money:,.2f}".removesuffix(".00")


def _is_amount(address: str) -> bool:
    """Whether an address is that of something that is scaled with the customers."""
    return said_at(parts_of(address)).of_all == "scaled"


def _has_size(spread: Distribution) -> bool:
    """Whether a distribution has something to multiply; a beta always lies between 0 and 1."""
    return any(_sizes(spread))


def _sizes(spread: Distribution) -> list[str]:
    """What of a distribution is as large as its values are: what has their unit; the rest is its shape."""
    family = type(spread)
    return [name for name in family.model_fields if said_of(family, name).unit == ITS_OWN]


def _times(spread: Distribution, factor: float) -> Distribution:
    """The distribution of a value so many times as large; those without a size stay as they are."""
    told = {name: getattr(spread, name) for name in _sizes(spread) if getattr(spread, name) is not None}
    larger = {
        name: tuple(one * factor for one in value) if isinstance(value, tuple) else value * factor
        for name, value in told.items()
    }
    return spread.model_copy(update=larger)
