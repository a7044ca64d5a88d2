"""Channels and desks at which nobody could be met."""

from collections.abc import Iterator

from sim.scenario.channels_and_desks import Desk
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario
from sim.scenario.weekdays import weekdays


def check_channels_and_desks(scenario: Scenario) -> Iterator[Fault]:
    """Touchpoints whose channels are all disabled, and desks that say nothing clear about who works when."""
    enabled = {channel.id for channel in enabled_channels(scenario)}
    known = {channel.id for channel in scenario.channels}
    for number, touchpoint in enumerate(scenario.touchpoints):
        listed = set(touchpoint.channels or ())
        if touchpoint.enabled and not touchpoint.exit and listed and listed <= known - enabled:
            problem = "all channels of this touchpoint are disabled"
            remedy = "enable one, list another, or disable the touchpoint (enabled = false)"
            yield Fault(("touchpoints", number, "channels"), problem, remedy)
    for number, desk in enumerate(scenario.desks):
        yield from _desk(("desks", number), desk)


def _desk(key_path: KeyPath, desk: Desk) -> Iterator[Fault]:
    if desk.agents is not None and desk.shifts:
        yield Fault(
            (*key_path, "agents"), "both agents and shifts are set", "keep one of them: agents work around the clock"
        )
    if desk.agents is None and not desk.shifts:
        yield Fault(key_path, "nobody works here", "add agents (around the clock) or shifts")
    for number, shift in enumerate(desk.shifts):
        try:
            weekdays(shift.days)
        except ValueError as error:
            problem, _, remedy = str(error).partition("; ")
            yield Fault((*key_path, "shifts", number, "days"), problem, remedy)
    if desk.enabled and (desk.agents == 0 or (desk.shifts and not any(shift.agents for shift in desk.shifts))):
        key = "agents" if desk.agents == 0 else "shifts"
        yield Fault((*key_path, key), "no agent ever works here", "give at least one agent", "warning")
