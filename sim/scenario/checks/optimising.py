"""Messages that are optimised for each customer, where nothing comes of it (model 33)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.checks.acting import taken
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.resolve import enabled_actions, policy_of
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
    yield from _content(scenario)
    if not any(action.kind in MESSAGES and not action.transactional for all_ in taken(scenario) for action in all_):
        problem = "nothing is optimised: no rule sends a message that may wait for a better hour"
        yield Fault(at, problem, "add a rule for a message that is not transactional, or leave this out", "warning")


def _content(scenario: Scenario) -> Iterator[Fault]:
    """Content that is chosen twice, or among nothing."""
    at: KeyPath = ("orchestration", "optimise")
    if "content" not in scenario.orchestration.optimise:
        return
    if policy_of(scenario).chooses:
        policy = scenario.orchestration.policy
        problem = f'the policy "{policy}" chooses the action itself, so its content cannot be optimised beside that'
        yield Fault(at, problem, 'leave "content" out, or set orchestration.policy = "rules"')
        return
    looks = [[action.content for action in actions if action.kind in MESSAGES] for actions in taken(scenario)]
    if not any(each != others[0] for others in looks for each in others):
        problem = "no content is optimised: no rule has alternatives whose content is another"
        remedy = "give a rule alternatives, and its actions and these a content, such as content.tone"
        yield Fault(at, problem, remedy, "warning")


def check_likings(scenario: Scenario) -> Iterator[Fault]:
    """A warning for each content that a segment likes although no action has it."""
    there = {content for action in enabled_actions(scenario) for content in action.content.items()}
    for number, segment in enumerate(scenario.segments):
        for trait, values in segment.content.items():
            for value in values:
                if (trait, value) in there:
                    continue
                had = dict.fromkeys(of for of_trait, of in there if of_trait == trait)
                remedy = f"there are: {', '.join(had)}" if had else f"give an action content.{trait}"
                problem = f'no action has the {trait.replace("_", " ")} "{value}", so nobody sees it'
                yield Fault(("segments", number, "content", trait, value), problem, remedy, "warning")
