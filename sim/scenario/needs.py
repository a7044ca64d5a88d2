"""What a run of a scenario would need that this version does not simulate."""

from collections.abc import Iterator

from sim.scenario.addresses import joined
from sim.scenario.findings import Finding
from sim.scenario.resolve import enabled_desks
from sim.scenario.scenario import Scenario

POLICIES = ("none", "rules", "bandit")
"""The policies that this version simulates."""


def not_simulated_yet(scenario: Scenario) -> list[Finding]:
    """A finding for each part of the scenario that would change a run but is not simulated yet.

    Without a policy, actions, rules, broadcasts and personalization do nothing by definition: they need nothing.
    """
    problem = "this version does not simulate {}"
    return [Finding(None, None, address, problem.format(what), remedy) for address, what, remedy in _needed(scenario)]


def _needed(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    policy = scenario.orchestration.policy
    if policy not in POLICIES:
        yield "orchestration.policy", f'the policy "{policy}" yet', 'set orchestration.policy = "rules"'
    for desk in enabled_desks(scenario):
        if desk.bot is not None:
            yield joined(("desks", desk.id, "bot")), "bots at a desk yet", "remove the bot"
    if scenario.identity is not None:
        yield "identity", "identities yet", "remove the table"
