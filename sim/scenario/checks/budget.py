"""Budgets that say nothing, or that let something never be sent (model 17)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.addresses.address import parts_of
from sim.scenario.changes import changes_of
from sim.scenario.checks.acting import taken
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario

_EQUAL = 1e-9
"""Two amounts of money as close as this are equal (model 17)."""


def check_budget(scenario: Scenario) -> Iterator[Fault]:
    """A budget of no money, one below what a single send costs, and one for sends that cost nothing."""
    budget = scenario.orchestration.budget
    if budget is None:
        return
    key_path: KeyPath = ("orchestration", "budget")
    if budget.per_day is None and budget.total is None:
        yield Fault(key_path, "this budget sets no amount", "give per_day or total, such as budget = { per_day = 100 }")
        return
    costs = list(_costs(scenario))
    if not costs:
        return
    cost, what = max(costs)
    if cost == 0 and not _costs_later(scenario):
        problem = "sending costs nothing, so this limits nothing"
        yield Fault(key_path, problem, "give actions or channels a cost, or remove the budget", "warning")
    days = min(scenario.orchestration.tick, scenario.horizon)
    if budget.per_day is not None and cost > budget.per_day * days + _EQUAL:
        problem = (
            f"{what} costs {cost:g}, but from one planning interval to the next there is only {budget.per_day * days:g}"
        )
        yield Fault(
            (*key_path, "per_day"), problem, f"give at least {cost / days:g}, or a longer planning interval", "warning"
        )
    if budget.total is not None and cost > budget.total + _EQUAL:
        problem = f"{what} costs {cost:g}, but for the whole run there is only {budget.total:g}"
        yield Fault((*key_path, "total"), problem, f"give at least {cost:g}", "warning")


def _costs(scenario: Scenario) -> Iterator[tuple[float, str]]:
    """What each send costs that the rules and broadcasts could make and the budget counts, and what is sent."""
    channels = enabled_channels(scenario)
    for action in dict.fromkeys(action.id for actions in taken(scenario) for action in actions):
        sent = next(each for each in scenario.actions if each.id == action)
        if sent.transactional:
            continue
        if sent.kind not in MESSAGES:
            yield sent.cost, f'"{action}"'
            continue
        for channel in channels:
            if channel.id in sent.channels:
                yield sent.cost + channel.cost, f'"{action}" on "{channel.id}"'


def _costs_later(scenario: Scenario) -> bool:
    """Whether a phase, season or shock gives a cost to what costs nothing otherwise."""
    return any(_is_cost(address) for _, _, each in changes_of(scenario) if each.enabled for address in each.set)


def _is_cost(address: str) -> bool:
    try:
        kind, *_, key = parts_of(address)
    except ValueError:  # no address, or a single key: a finding of its own
        return False
    return kind in ("actions", "channels") and key == "cost"
