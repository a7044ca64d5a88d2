"""Ids that name nothing, or something that is disabled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.journey import COVARIATES, Touchpoint
from sim.scenario.key import LOOKED_UP, Key
from sim.scenario.model import Part
from sim.scenario.resolve import segments, stages
from sim.scenario.said import said_by, said_of
from sim.scenario.scenario import Scenario
from sim.scenario.shape import attribute, fields, shapes_of, tables_in


@dataclass(frozen=True)
class Names:
    """The ids of one kind, and whether each is enabled."""

    what: str
    """one of them, such as `touchpoint`"""
    enabled: Mapping[str, bool]

    def check(self, key_path: KeyPath, name: str, owner_enabled: bool = True) -> Iterator[Fault]:
        """A fault if the name is unknown, or disabled although its owner is not."""
        if name not in self.enabled:
            problem = f'there is no {self.what} "{name}"'
            yield Fault(key_path, problem, did_you_mean(name, self.enabled, f"{self.what}s"))
        elif owner_enabled and not self.enabled[name]:
            problem = f'the {self.what} "{name}" is disabled'
            yield Fault(key_path, problem, f"enable it, or leave it out here ({self.what}s.{name}.enabled)", "warning")


def names(what: str, items: Iterable[Any]) -> Names:
    """The ids of the items of one kind."""
    return Names(what, {item.id: getattr(item, "enabled", True) for item in items})


def check_references(scenario: Scenario) -> Iterator[Fault]:
    """Names of channels, touchpoints, desks, stages, actions, … that are unknown or disabled, wherever they stand."""
    yield from in_table(scenario, (), _known(scenario), works=True)
    yield from _left_out(scenario)


def _known(scenario: Scenario) -> dict[str, Names]:
    """All that keys can refer to, by the word of `declared.LOOKED_UP`."""
    return {
        "actions": names("action", scenario.actions),
        "channels": names("channel", scenario.channels),
        "covariates": Names("covariate", dict.fromkeys(COVARIATES, True)),
        "desks": names("desk", scenario.desks),
        "scores": Names("score", dict.fromkeys(scenario.scores, True)),
        "segments": names("segment", segments(scenario)),
        "stages": names("stage", stages(scenario)),
        "touchpoints": names("touchpoint", scenario.touchpoints),
    }


@dataclass(frozen=True)
class Referring:
    """A key that holds, or leads to, names of something else."""

    key: str
    attribute: str
    texts: Key | None
    """what its text, or its list of them, refers to, if anything"""
    names: Key | None
    """what the names in its table refer to"""
    entries: Key | None
    """what the texts in its table refer to"""
    tables: bool
    """whether there are tables in it whose keys refer to something"""


@cache
def referring_keys(model: type[Part]) -> tuple[Referring, ...]:
    """The keys of a table that refer to something, or hold tables whose keys do."""
    return tuple(each for key in fields(model) if (each := _referring_key(model, key)) is not None)


def _referring_key(model: type[Part], key: str) -> Referring | None:
    options = shapes_of(fields(model)[key])
    refers = said_of(model, key).refers_to in LOOKED_UP
    tables = any(referring_keys(table) for table in tables_in(options))
    if not refers and not tables:
        return None
    free = [option for option in options if option.entries is not None]
    texts = [said_by(each, option.limits) for option in options for each in (option.plain, *option.items)]
    return Referring(
        key=key,
        attribute=attribute(model, key),
        texts=_referring(texts),
        names=_referring(said_by(option.names) for option in free),
        entries=_referring(said_by(option.entries) for option in free),
        tables=tables,
    )


def _referring(said: Iterable[Key]) -> Key | None:
    return next((each for each in said if each.refers_to in LOOKED_UP and each.must), None)


def in_table(table: Part, key_path: KeyPath, known: Mapping[str, Names], works: bool) -> Iterator[Fault]:
    """Names in a table, and in the tables inside it, that are unknown; or disabled, where what names them `works`."""
    works = works and getattr(table, "enabled", True)
    for each in referring_keys(type(table)):
        value = getattr(table, each.attribute)
        if not value or (isinstance(value, str) and each.texts and known[each.texts.refers_to].enabled.get(value)):
            continue  # as nearly all do
        # Where all channels of a touchpoint are disabled, a finding of its own says so.
        some = not isinstance(table, Touchpoint) or each.key != "channels" or _some_work(value, known["channels"])
        yield from _in_value(value, (*key_path, each.key), each, known, works and some)


def _in_value(
    value: Any, key_path: KeyPath, each: Referring, known: Mapping[str, Names], works: bool
) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for name in value if each.names is not None else ():
            yield from _check(name, (*key_path, name), each.names, known, works)
        for name, inner in value.items() if each.entries or each.tables else ():
            yield from _in_single(inner, (*key_path, name), each.entries, known, works)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _in_single(inner, (*key_path, number), each.texts, known, works)
    else:
        yield from _in_single(value, key_path, each.texts, known, works)


def _in_single(
    value: Any, key_path: KeyPath, said: Key | None, known: Mapping[str, Names], works: bool
) -> Iterable[Fault]:
    if isinstance(value, Part):
        return in_table(value, key_path, known, works)
    return _check(value, key_path, said, known, works) if isinstance(value, str) else ()


def _check(name: str, key_path: KeyPath, said: Key | None, known: Mapping[str, Names], works: bool) -> Iterable[Fault]:
    if said is None:
        return ()
    among, works = known[said.refers_to], works and said.must == "work"
    enabled = among.enabled.get(name)
    if enabled or name in said.besides or (enabled is False and not works):
        return ()
    if said.besides:
        among = Names(among.what, {**dict.fromkeys(said.besides, True), **among.enabled})
    return among.check(key_path, name, works)


def _some_work(listed: Iterable[str], channels: Names) -> bool:
    return any(channels.enabled.get(channel) for channel in listed)


def _left_out(scenario: Scenario) -> Iterator[Fault]:
    """Warnings of disabled touchpoints with which transitions are left out that are not disabled themselves."""
    disabled = {touchpoint.id for touchpoint in scenario.touchpoints if not touchpoint.enabled}
    ends = (
        end
        for transition in scenario.transitions
        if transition.enabled
        for end in (transition.source, transition.target)
    )
    left_out = Counter(end for end in ends if end in disabled)
    for number, touchpoint in enumerate(scenario.touchpoints):
        if count := left_out.get(touchpoint.id):
            left = "1 transition is" if count == 1 else f"{count} transitions are"
            problem = f"{left} left out because this touchpoint is disabled"
            yield Fault(("touchpoints", number, "enabled"), problem, "disable them too, if that is intended", "warning")
