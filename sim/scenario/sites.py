"""The texts under which a scenario's chances are drawn, and whether two of them would share their luck (model 3.1)."""

from collections.abc import Iterator
from zlib import crc32

from sim.scenario.findings import Fault, KeyPath
from sim.scenario.identity import KINDS
from sim.scenario.orchestration import Broadcast, Rule
from sim.scenario.people import Traits
from sim.scenario.resolve import segments
from sim.scenario.scenario import Scenario


def site_texts(scenario: Scenario) -> Iterator[tuple[str, KeyPath]]:
    """Every text that stands for a site, and where it comes from; what is disabled counts, as an arm may enable it."""
    yield "arrival", ("population", "arrivals")
    yield "consent", ("segments",)
    yield "holdout", ("orchestration", "holdout")
    for trait in Traits.model_fields:
        yield f"trait:{trait}", ("segments",)
    for number, segment in enumerate(segments(scenario)):
        yield f"segment:{segment.id}", ("segments", number)
        for attribute, values in segment.attributes.items():
            for value in values:
                yield f"attribute:{attribute}={value}", ("segments", number, "attributes", attribute, value)
    for number, channel in enumerate(scenario.channels):
        yield f"channel:{channel.id}", ("channels", number)
    for number, touchpoint in enumerate(scenario.touchpoints):
        yield f"touchpoint:{touchpoint.id}", ("touchpoints", number)
        listed = every_channel(scenario) if touchpoint.channels is None else touchpoint.channels
        for channel_id in () if touchpoint.exit else listed:
            yield f"touchpoint:{touchpoint.id}@{channel_id}", ("touchpoints", number)
    for number, survey in enumerate(scenario.surveys):
        for touchpoint_id in survey.at:
            yield f"survey:{survey.id}@{touchpoint_id}", ("surveys", number)
    for number, action in enumerate(scenario.actions):
        for channel_id in action.channels or every_channel(scenario):
            yield f"action:{action.id}@{channel_id}", ("actions", number)
    key_paths = [("rules", number) for number in range(len(scenario.rules))]
    key_paths += [("broadcasts", number) for number in range(len(scenario.broadcasts))]
    rules: tuple[Rule | Broadcast, ...] = (*scenario.rules, *scenario.broadcasts)
    for key_path, rule in zip(key_paths, rules, strict=True):
        yield f"rule:{rule.id}", key_path
        for text in _candidates(rule, scenario):
            yield f"rule:{rule.id}/{text}", key_path
    yield "referrals", ("referrals",)
    if scenario.identity is not None:
        yield from _identifiers(scenario)
    for number, transition in enumerate(scenario.transitions):
        yield f"transition:{transition.key}", ("transitions", number)


def _identifiers(scenario: Scenario) -> Iterator[tuple[str, KeyPath]]:
    """Sites of what customers leave behind."""
    yield "identity", ("identity",)
    for number, channel in enumerate(scenario.channels):
        for kind in KINDS:
            yield f"channel:{channel.id}@{kind}", ("channels", number)


def _candidates(rule: Rule | Broadcast, scenario: Scenario) -> Iterator[str]:
    """Sites of what a policy that chooses may take for a rule."""
    taken = {rule.do, *(rule.alternatives if isinstance(rule, Rule) else ())}
    for action in scenario.actions:
        if action.id in taken:
            for channel_id in action.channels or every_channel(scenario):
                yield f"action:{action.id}@{channel_id}"


def every_channel(scenario: Scenario) -> list[str]:
    """The ids of all channels."""
    return [channel.id for channel in scenario.channels]


def check_sites(scenario: Scenario) -> Iterator[Fault]:
    """Different texts with the same CRC-32, which would always have the same luck."""
    taken: dict[int, str] = {}
    collided = False
    for text, key_path in sorted(site_texts(scenario), key=lambda site: "@" in site[0]):
        other = taken.setdefault(crc32(text.encode()), text)
        if other != text and not (collided and "@" in text):  # two channels that collide do so at every touchpoint
            collided = True
            problem = f'"{text}" would draw the same random numbers as "{other}"'
            yield Fault(
                key_path, problem, "rename one of the two: their names happen to lead to the same random numbers"
            )
