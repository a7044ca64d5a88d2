"""Identities that nothing could tell: channels on which nothing is left, and methods that have nothing to go by."""

from collections import Counter
from collections.abc import Iterator

from sim.scenario.findings import Fault, KeyPath
from sim.scenario.identity import Identity, left_on
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario


def check_identity(scenario: Scenario) -> Iterator[Fault]:
    """Warnings of what cannot link any records of `[identity]`; none without it."""
    identity = scenario.identity
    if identity is None:
        return
    left = {channel.id: left_on(channel.kind, channel.identifiers) for channel in enabled_channels(scenario)}
    if len(left) < 2:
        problem = "records are linked across channels, and fewer than two are enabled"
        yield Fault(("identity",), problem, "enable another channel, or remove [identity]", "warning")
        return
    for number, channel in enumerate(scenario.channels):
        if channel.enabled and not any(left[channel.id].values()):
            problem = "customers leave nothing on this channel, so it is never linked to another"
            remedy = "give the share who leave one of the identifiers, such as identifiers = { email = 0.5 }"
            yield Fault(("channels", number, "identifiers"), problem, remedy, "warning")
    if "deterministic" in identity.methods:
        yield from _keys(identity, Counter(kind for kinds in left.values() for kind, share in kinds.items() if share))
    elif "graph" in identity.methods and "probabilistic" not in identity.methods:
        remedy = 'add "deterministic" or "probabilistic", or leave all methods out'
        yield Fault(("identity", "methods"), 'the method "graph" alone links no records', remedy, "warning")


def _keys(identity: Identity, channels: Counter[str]) -> Iterator[Fault]:
    """Warnings of keys of the deterministic method that fewer than two channels have."""
    key_path: KeyPath = ("identity", "keys")
    if not identity.keys:
        remedy = 'list some, such as ["email", "phone"], or leave "deterministic" out of the methods'
        yield Fault(key_path, "without keys the deterministic method links no records", remedy, "warning")
    for number, kind in enumerate(identity.keys):
        if channels[kind] < 2:
            where = "on one channel alone" if channels[kind] else "on no channel"
            remedy = f"give the share who leave it (channels.ID.identifiers.{kind}), or remove the key"
            yield Fault((*key_path, number), f'"{kind}" is left {where}, so it links nothing', remedy, "warning")
