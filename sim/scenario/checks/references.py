"""Ids that name nothing, or something that is disabled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.findings import Fault, Place
from sim.scenario.journey import COVARIATES
from sim.scenario.nearest import did_you_mean
from sim.scenario.orchestration import Action, Broadcast, Rule
from sim.scenario.resolve import segments, stages
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Names:
    """The ids of one kind, and whether each is enabled."""

    what: str
    """one of them, such as `touchpoint`"""
    enabled: Mapping[str, bool]

    def check(self, place: Place, name: str, owner_enabled: bool = True) -> Iterator[Fault]:
        """A fault if the name is unknown, or disabled although its owner is not."""
        if name not in self.enabled:
            problem = f'there is no {self.what} "{name}"'
            yield Fault(place, problem, did_you_mean(name, self.enabled, f"{self.what}s"))
        elif owner_enabled and not self.enabled[name]:
            problem = f'the {self.what} "{name}" is disabled'
            yield Fault(place, problem, f"enable it, or leave it out here ({self.what}s.{name}.enabled)", "warning")


def names(what: str, items: Iterable[Any]) -> Names:
    """The ids of the items of one kind."""
    return Names(what, {item.id: getattr(item, "enabled", True) for item in items})


def check_references(scenario: Scenario) -> Iterator[Fault]:
    """Names of channels, touchpoints, desks, stages, actions, … that are unknown or disabled."""
    channels = names("channel", scenario.channels)
    touchpoints = names("touchpoint", scenario.touchpoints)
    yield from _at_touchpoints(scenario, channels)
    yield from _at_transitions(scenario, touchpoints)
    for number, segment in enumerate(scenario.segments):
        for key, listed in (("affinity", segment.affinity), ("opt_in", segment.opt_in)):
            for channel in listed:
                yield from channels.check(("segments", number, key, channel), channel, owner_enabled=False)
    for number, survey in enumerate(scenario.surveys):
        yield from _all_of(touchpoints, ("surveys", number, "at"), survey.at, survey.enabled)
    if scenario.referrals is not None:
        yield from _all_of(touchpoints, ("referrals", "at"), scenario.referrals.at)
    yield from _of_actions(scenario, channels, touchpoints)
    yield from _of_orchestration(scenario, channels)


def _all_of(known: Names, place: Place, listed: Iterable[str], owner_enabled: bool = True) -> Iterator[Fault]:
    for number, name in enumerate(listed):
        yield from known.check((*place, number), name, owner_enabled)


def _at_touchpoints(scenario: Scenario, channels: Names) -> Iterator[Fault]:
    known_stages = names("stage", stages(scenario))
    desks = names("desk", scenario.desks)
    for number, touchpoint in enumerate(scenario.touchpoints):
        place: Place = ("touchpoints", number)
        if touchpoint.stage is not None:
            yield from known_stages.check((*place, "stage"), touchpoint.stage)
        if touchpoint.desk is not None:
            yield from desks.check((*place, "desk"), touchpoint.desk, touchpoint.enabled)
        listed = touchpoint.channels
        some_work = any(channels.enabled.get(channel) for channel in listed or ())
        for position, channel in enumerate(listed or ()):
            step = channel if isinstance(listed, Mapping) else position
            yield from channels.check((*place, "channels", step), channel, touchpoint.enabled and some_work)


def _at_transitions(scenario: Scenario, touchpoints: Names) -> Iterator[Fault]:
    left_out: dict[str, int] = {}
    for number, way in enumerate(scenario.transitions):
        for key, name in (("from", way.source), ("to", way.target)):
            yield from touchpoints.check(("transitions", number, key), name, owner_enabled=False)
            if way.enabled and not touchpoints.enabled.get(name, True):
                left_out[name] = left_out.get(name, 0) + 1
        for covariate in way.effects:
            if covariate not in COVARIATES:
                problem = f'there is no covariate "{covariate}"'
                remedy = did_you_mean(covariate, COVARIATES, "covariates")
                yield Fault(("transitions", number, "effects", covariate), problem, remedy)
    for number, touchpoint in enumerate(scenario.touchpoints):
        if touchpoint.id in left_out:
            count = left_out[touchpoint.id]
            ways = "1 transition is" if count == 1 else f"{count} transitions are"
            problem = f"{ways} left out with this disabled touchpoint"
            yield Fault(("touchpoints", number, "enabled"), problem, "disable them too if that is meant", "warning")


def _of_actions(scenario: Scenario, channels: Names, touchpoints: Names) -> Iterator[Fault]:
    actions = names("action", scenario.actions)
    groups = names("segment", segments(scenario))
    for number, action in enumerate(scenario.actions):
        yield from _of_action(("actions", number), action, channels, touchpoints)
    for number, rule in enumerate(scenario.rules):
        yield from _of_rule(("rules", number), rule, actions, touchpoints)
    for number, broadcast in enumerate(scenario.broadcasts):
        yield from _of_broadcast(("broadcasts", number), broadcast, actions, groups)


def _of_action(place: Place, action: Action, channels: Names, touchpoints: Names) -> Iterator[Fault]:
    yield from _all_of(channels, (*place, "channels"), action.channels, action.enabled)
    if action.leads_to is not None:
        yield from touchpoints.check((*place, "leads_to"), action.leads_to, action.enabled)


def _of_rule(place: Place, rule: Rule, actions: Names, touchpoints: Names) -> Iterator[Fault]:
    yield from actions.check((*place, "do"), rule.do, rule.enabled)
    yield from _all_of(actions, (*place, "alternatives"), rule.alternatives, rule.enabled)
    for key in ("entered", "without", "leaving"):
        name = getattr(rule.when, key)
        if isinstance(name, str):
            yield from touchpoints.check((*place, "when", key), name, rule.enabled)


def _of_broadcast(place: Place, broadcast: Broadcast, actions: Names, groups: Names) -> Iterator[Fault]:
    yield from actions.check((*place, "do"), broadcast.do, broadcast.enabled)
    yield from _all_of(groups, (*place, "segments"), broadcast.segments)


def _of_orchestration(scenario: Scenario, channels: Names) -> Iterator[Fault]:
    capped = Names("channel", {"total": True, **channels.enabled})
    for channel in scenario.orchestration.caps:
        yield from capped.check(("orchestration", "caps", channel), channel)
