"""Actions with their channels, as the scenario gives them."""

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.orchestration import Action
from sim.scenario.resolve import channel_shares, enabled_actions, enabled_channels, enabled_touchpoints
from sim.scenario.scenario import Scenario


def action_channels(scenario: Scenario, action: Action) -> tuple[str, ...]:
    """The channels on which an action can happen: its own, or all that are met for an on-site action without any."""
    enabled = [channel.id for channel in enabled_channels(scenario)]
    if action.channels or action.kind in MESSAGES:
        return tuple(channel for channel in action.channels if channel in enabled)
    met = {channel for touchpoint in enabled_touchpoints(scenario) for channel in channel_shares(scenario, touchpoint)}
    met |= {channel.id for channel in scenario.channels if channel.acquisition}  # the first visit of who was bought
    return tuple(channel for channel in enabled if channel in met)


def pairs(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Every enabled action with each of its channels."""
    return tuple(
        (action.id, channel) for action in enabled_actions(scenario) for channel in action_channels(scenario, action)
    )
