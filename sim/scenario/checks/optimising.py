"""Messages that are optimised for each customer, where nothing comes of it (model 33)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.checks.acting import taken
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.resolve import policy_of
from sim.scenario.scenario import Scenario


def check_optimising(scenario: Scenario) -> Iterator[Fault]:
    """A channel that is chosen twice, and warnings where nobody sends anything that could be optimised."""
    at: KeyPath = ("orchestration", "optimise")
    if not scenario.orchestration.optimise:
        return
    if not policy_of(scenario).acts:
        problem = "nothing is optimised: without a policy only what is transactional is sent, and that goes out at once"
        yield Fault(at, problem, 'set orchestration.policy = "rules", or leave this out', "warning")
        return
    policy = scenario.orchestration.policy
    if "channel" in scenario.orchestration.optimise and policy_of(scenario).chooses:
        problem = f'the policy "{policy}" chooses the channel itself, so it cannot be optimised beside that'
        yield Fault(at, problem, 'leave "channel" out, or set orchestration.policy = "rules"')
    if not any(action.kind in MESSAGES and not action.transactional for all_ in taken(scenario) for action in all_):
        problem = "nothing is optimised: no rule sends a message that may wait for a better hour"
        yield Fault(at, problem, "add a rule for a message that is not transactional, or leave this out", "warning")
