"""Arrivals that nobody can buy, friends without end, and ticks that never come or never end (model 14, 18, 19)."""

import math
from collections.abc import Iterator

from sim.scenario.changes import changes_of
from sim.scenario.findings import Fault
from sim.scenario.resolve import enabled_touchpoints, policy_of
from sim.scenario.scenario import Scenario

MOST_TICKS = 1_000_000
"""One every five minutes for ten years."""
MOST_FRIENDS = 1000
"""Friends whom one visit brings."""


def check_sharing(scenario: Scenario) -> Iterator[Fault]:
    """Money for a disabled channel, at least one friend for each visit, a tick as long as the run, or far too short."""
    yield from _acquisition(scenario)
    yield from _bought_while_down(scenario)
    yield from _referrals(scenario)
    yield from _tick(scenario)


def _acquisition(scenario: Scenario) -> Iterator[Fault]:
    for number, channel in enumerate(scenario.channels):
        if not channel.enabled and channel.acquisition is not None and channel.acquisition.spend > 0:
            problem = "the channel is disabled, so this brings nobody"
            remedy = f"enable it (channels.{channel.id}.enabled), or set spend = 0"
            yield Fault(("channels", number, "acquisition", "spend"), problem, remedy, "warning")


def _bought_while_down(scenario: Scenario) -> Iterator[Fault]:
    buying = {f"channels.{channel.id}.enabled" for channel in scenario.channels if channel.acquisition is not None}
    for kind, number, part in changes_of(scenario):
        for address, value in part.set.items() if part.enabled else ():
            if address in buying and value is False:
                problem = "arrivals that are bought on it keep coming while it is down"
                remedy = "compare an arm with a lower spend, if they are to stay away"
                yield Fault((kind, number, "set", address), problem, remedy, "warning")


def _referrals(scenario: Scenario) -> Iterator[Fault]:
    referrals = scenario.referrals
    told = {touchpoint.id for touchpoint in enabled_touchpoints(scenario)}
    if referrals is None:
        return
    # Sentiment is between -1 and 1; what is larger than the limit by far need not be known.
    most = referrals.rate * math.exp(min(abs(referrals.sentiment), 100.0))
    if most > MOST_FRIENDS:
        problem = f"a visit may bring {most:,.3g} friends, and at most {MOST_FRIENDS:,} can be simulated"
        yield Fault(("referrals", "rate"), problem, "give a lower rate, or count sentiment less")
    elif referrals.rate >= 1 and not told.isdisjoint(referrals.at):
        problem = f"{referrals.rate:g} friends for each visit, who bring friends in turn, may grow without end"
        remedy = "give a rate below 1; a run with 20 times as many friends as other customers stops"
        yield Fault(("referrals", "rate"), problem, remedy, "warning")


def _tick(scenario: Scenario) -> Iterator[Fault]:
    plans, policy = scenario.orchestration, policy_of(scenario)
    ticks = scenario.horizon / plans.tick
    if policy.acts and ticks > MOST_TICKS:
        problem = f"{ticks:,.0f} planning intervals in {scenario.horizon:g} days are too many to simulate"
        yield Fault(
            ("orchestration", "tick"), problem, "make the planning interval longer: it is in days, and 1 is a day"
        )
    if plans.tick < scenario.horizon:
        return
    lost = ["nothing is learned"] if policy.learns else []
    lost += ["the budget is shared out only once"] if plans.budget is not None else []
    if lost:
        problem = f"the brand plans only once, at the start, so {' and '.join(lost)}"
        remedy = f"give fewer days than the horizon ({scenario.horizon:g}), such as {min(1.0, scenario.horizon / 10):g}"
        yield Fault(("orchestration", "tick"), problem, remedy, "warning")
