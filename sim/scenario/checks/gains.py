"""Gains that never count, and next best action without any (model 29)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.findings import Fault
from sim.scenario.orchestration import Gain
from sim.scenario.scenario import Scenario


def check_gains(scenario: Scenario) -> Iterator[Fault]:
    """A policy that knows of no gain, a gain told twice, and one on a channel that its action does not have."""
    plans = scenario.orchestration
    if plans.policy == "next_best_action" and not scenario.gains:
        does = "does what each rule says" if plans.fallback == "rule" else "sends nothing"
        problem = f"there are no gains to go by, so next best action always {does}"
        yield Fault(("orchestration", "policy"), problem, "add gains, or choose another policy", "warning")
    actions = {action.id: action for action in scenario.actions}
    seen: dict[tuple[str | None, ...], Gain] = {}
    for number, gain in enumerate(scenario.gains):
        of = (gain.action, gain.channel, gain.segment, gain.stage)
        if of in seen:
            problem = f'"{seen[of].id}" is of the same action, channel, segment and stage already, and the first counts'
            yield Fault(("gains", number), problem, "remove one of them, or name another segment or stage", "warning")
        seen.setdefault(of, gain)
        action = actions.get(gain.action)
        if action is None or gain.channel is None:
            continue
        if gain.channel not in action.channels and (action.channels or action.kind in MESSAGES):
            problem = f'"{gain.action}" does not have the channel "{gain.channel}", so this never counts'
            remedy = f"list the channel in actions.{gain.action}.channels, or name another one"
            yield Fault(("gains", number, "channel"), problem, remedy, "warning")
