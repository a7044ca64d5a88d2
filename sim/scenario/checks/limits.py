"""Limits on messages that let none through, or that limit nothing (model 10.5)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import MESSAGES
from sim.scenario.did_you_mean import nearest
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.orchestration import Cap
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario

_WHOLE_DAY = 24.0 - 1e-9


def check_limits(scenario: Scenario) -> Iterator[Fault]:
    """Caps of 0, of part of a calendar day or of channels without messages, and quiet hours around the clock."""
    used = _channels_of_messages(scenario, transactional=False)
    expected = _channels_of_messages(scenario, transactional=True)
    enabled = {channel.id for channel in enabled_channels(scenario)}
    for name, cap in scenario.orchestration.caps.items():
        key_path: KeyPath = ("orchestration", "caps", name)
        yield from _cap(key_path, name, cap)
        if name in enabled and name not in used:
            remedy = "remove the cap, or list the channel in a message"
            problem = f'no message is sent on "{name}"'
            if name in expected:
                problem += " but transactional ones, which no cap stops"
            yield Fault(key_path, problem, remedy, "warning")
    for number, channel in enumerate(scenario.channels):
        hours = channel.quiet_hours
        if hours is not None and hours[1] - hours[0] >= _WHOLE_DAY:
            problem = "these quiet hours cover the whole day: no message is ever sent"
            remedy = "give hours such as [21, 8], or leave the channel out of the messages"
            yield Fault(("channels", number, "quiet_hours"), problem, remedy)


def _cap(key_path: KeyPath, name: str, cap: Cap) -> Iterator[Fault]:
    if cap.max == 0:
        if name == "total":
            remedy = 'give at least 1, or set orchestration.policy = "none" or orchestration.holdout = 1'
        else:
            remedy = "give at least 1, or leave the channel out of the messages"
        yield Fault((*key_path, "max"), "a cap of 0 lets no message through", remedy)
    if cap.period == "calendar" and not cap.days.is_integer():
        problem = f"calendar days are whole, and {cap.days:g} is not"
        yield Fault((*key_path, "days"), problem, 'give a whole number, or set period = "rolling"')


def _channels_of_messages(scenario: Scenario, *, transactional: bool) -> set[str | None]:
    """The channels that messages list, disabled ones too; a misspelt one, a finding of its own, as it was meant."""
    known = [channel.id for channel in scenario.channels]
    return {
        channel if channel in known else nearest(channel, known)
        for action in scenario.actions
        if action.kind in MESSAGES and action.transactional == transactional
        for channel in action.channels
    }
