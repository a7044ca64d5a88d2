"""Actions that cannot be sent or shown, or that say what does not count (model 10.3, 10.6)."""

from collections.abc import Iterator

from sim.scenario.action_kinds import ACTION_KINDS, MESSAGES
from sim.scenario.checks.acting import acting_broadcasts, acting_rules
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.journey import Touchpoint
from sim.scenario.orchestration import Action
from sim.scenario.resolve import channel_shares, enabled_channels, enabled_touchpoints
from sim.scenario.scenario import Scenario


def check_actions(scenario: Scenario) -> Iterator[Fault]:
    """Messages without channels, forms of another kind, keys that say nothing, and what is never shown."""
    for number, action in enumerate(scenario.actions):
        if action.enabled:
            key_path: KeyPath = ("actions", number)
            if action.kind in MESSAGES and not action.channels:
                such = next((channel.id for channel in enabled_channels(scenario)), "email")
                problem = f"{ACTION_KINDS[action.kind].one} needs a channel to be sent on"
                yield Fault((*key_path, "channels"), problem, f'list at least one, such as channels = ["{such}"]')
            yield from _form(key_path, action)
            yield from _support(key_path, action)
            yield from _nudge(key_path, action, scenario)
            if action.kind not in MESSAGES:
                yield from _never_shown(key_path, action, scenario)


def _form(key_path: KeyPath, action: Action) -> Iterator[Fault]:
    kind = ACTION_KINDS[action.kind]
    if action.form is None or action.form in kind.forms:
        return
    meant = next(each for each in ACTION_KINDS.values() if action.form in each.forms)
    if kind.forms:
        problem = f'"{action.form}" is a form of {meant.one}, not of {kind.one}'
        remedy = f'set kind = "{meant.id}", or take one of {", ".join(kind.forms)}'
    else:
        problem = f"{kind.one} has no form"
        remedy = f'remove it, or set kind = "{meant.id}"'
    yield Fault((*key_path, "form"), problem, remedy)


def _support(key_path: KeyPath, action: Action) -> Iterator[Fault]:
    if action.support_after is None:
        return
    if action.kind not in MESSAGES:
        problem = f"this has no effect: {ACTION_KINDS[action.kind].one} is shown once, to whoever is there"
        yield Fault((*key_path, "support_after"), problem, "remove it", "warning")
    elif len(action.channels) == 1:
        problem = f'this has no effect: "{action.channels[0]}" is the only channel'
        yield Fault((*key_path, "support_after"), problem, "add a second channel, or remove it", "warning")


def _nudge(key_path: KeyPath, action: Action, scenario: Scenario) -> Iterator[Fault]:
    reachable = {touchpoint.id for touchpoint in enabled_touchpoints(scenario)}
    if action.nudge is not None and action.leads_to in reachable:
        problem = f'this has no effect: a response leads to "{action.leads_to}" (leads_to), which counts'
        yield Fault((*key_path, "nudge"), problem, "remove one of the two", "warning")


def _never_shown(key_path: KeyPath, action: Action, scenario: Scenario) -> Iterator[Fault]:
    """A warning if an on-site action is not on a channel of any touchpoint where it could be shown."""
    enabled = {channel.id: channel.enabled for channel in scenario.channels}
    listed = [channel for channel in action.channels if enabled.get(channel)]
    watched = _watched(action, scenario)
    if watched is None or any(channel not in enabled for channel in action.channels):
        return  # no rule does it, or another finding says why not
    present = dict.fromkeys(
        channel
        for touchpoint in watched
        for channel, share in channel_shares(scenario, touchpoint).items()
        if share > 0
    )
    if present and (not action.channels or not listed or any(channel in present for channel in listed)):
        return
    where = f'"{watched[0].id}"' if len(watched) == 1 else "no touchpoint that its rules watch"
    if present:
        some = " or ".join(f'"{channel}"' for channel in listed)
        problem = f"{where} is {'not ' if len(watched) == 1 else ''}on {some}, so this is never shown"
        yield Fault(
            (*key_path, "channels"),
            problem,
            f"list a channel that customers meet there:  {', '.join(present)}",
            "warning",
        )
    else:
        problem = f"{where} has {'no' if len(watched) == 1 else 'a'} channel, so this is never shown"
        yield Fault(key_path, problem, "let its rules watch a touchpoint that has channels", "warning")


def _watched(action: Action, scenario: Scenario) -> list[Touchpoint] | None:
    """The touchpoints where customers may be when the action is due; None where nothing asks for it."""
    rules = [rule for _, rule, done in acting_rules(scenario) if done.id == action.id]
    broadcasts = [broadcast for _, broadcast, done in acting_broadcasts(scenario) if done.id == action.id]
    if not rules and not broadcasts:
        return None
    touchpoints = {touchpoint.id: touchpoint for touchpoint in enabled_touchpoints(scenario) if not touchpoint.exit}
    watched: set[str] = set(touchpoints) if broadcasts else set()
    for rule in rules:
        here = rule.when.entered or rule.when.leaving
        if isinstance(here, str) and here not in touchpoints:
            return None  # a finding of its own
        fixed = isinstance(here, str) and not rule.when.after and not rule.delay
        watched |= {here} if fixed and isinstance(here, str) else set(touchpoints)
    return [touchpoint for name, touchpoint in touchpoints.items() if name in watched]
