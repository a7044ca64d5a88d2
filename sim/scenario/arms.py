"""Arms: the scenario with some values changed, side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.scenario.addresses.address import address_of, joined, parts_of
from sim.scenario.addresses.changing import AddressError, destination, with_value
from sim.scenario.addresses.overriding import written_out
from sim.scenario.changes import CHANGING, changes_of
from sim.scenario.checks import check
from sim.scenario.declared import same_for_all_arms
from sim.scenario.experiment import Arm
from sim.scenario.findings import Fault, Finding, Rest, ScenarioError, not_worded, rest
from sim.scenario.opening.extends import refused
from sim.scenario.opening.files import MOST_ARMS, settings_of_file
from sim.scenario.opening.scenario_file import ScenarioFile
from sim.scenario.opening.structure import structured
from sim.scenario.regimes import regimes
from sim.scenario.scenario import Scenario
from sim.scenario.tables import Tables, tables_of
from sim.scenario.uncertain import check_uncertain


@dataclass(frozen=True)
class Variant:
    """One arm, ready to be simulated."""

    id: str
    name: str
    scenario: Scenario


def variants(source: ScenarioFile | Scenario, arms: Sequence[Arm] | None = None) -> tuple[Variant, ...]:
    """The scenario under each of the arms, in their order: those given, or else the scenario's own.

    Without any arm there is one variant, `base`. ScenarioError holds what is wrong with the arms, each finding at
    `experiment.arms.ID.set."ADDRESS"`.
    """
    base = source.scenario if isinstance(source, ScenarioFile) else source
    chosen = base.experiment.arms if arms is None else arms
    if not chosen:
        return (Variant("base", "Base", base),)
    if len(chosen) > MOST_ARMS:
        raise ScenarioError([Finding(None, None, "experiment.arms", *_too_many(chosen))])
    made: list[Variant] = []
    findings: list[Finding] = []
    more = 0
    tables = _without_arms(base)
    before = _told(check(base), tables)
    known: set[str] = set()
    for arm in chosen:
        key_path = ("experiment", "arms", arm.id)
        if arm.id in known:
            findings.append(Finding(None, None, joined(key_path), f'a second arm "{arm.id}"', "give each its own ID"))
            continue
        known.add(arm.id)
        changed, faults = _changed(tables, settings_of(arm, source), before)
        findings += [
            Finding(
                None, None, joined((*key_path, *(str(step) for step in fault.key_path))), fault.problem, fault.remedy
            )
            for fault in faults
            if fault.level == "error" and not isinstance(fault, Rest)
        ]
        more += not_worded(faults)
        if changed is not None:
            whole = changed.model_copy(update={"experiment": base.experiment})
            made.append(Variant(arm.id, arm.label, whole))
    if findings:
        raise ScenarioError(findings, more)
    return tuple(made)


def check_settings(scenario: Scenario, known: Iterable[Fault] | None = None) -> Iterator[Fault]:
    """What is wrong with the values that arms, shocks, seasons and phases set, and with uncertain values.

    `known` is what `check` finds in the scenario itself, where that was asked already.
    """
    if not (scenario.experiment.arms or any(changes_of(scenario)) or scenario.uncertainty):
        return
    if len(scenario.experiment.arms) > MOST_ARMS:
        yield Fault(("experiment", "arms"), *_too_many(scenario.experiment.arms))
        return
    tables = _without_arms(scenario)
    before = _told(check(scenario) if known is None else known, tables)
    for number, arm in enumerate(scenario.experiment.arms):
        for fault in _changed(tables, arm.set, before)[1]:
            yield replace(fault, key_path=("experiment", "arms", number, *fault.key_path))
    otherwise = {**tables, **{kind: [] for kind in CHANGING}}
    alone = True
    for kind, number, item in changes_of(scenario):
        for fault in _for_a_while(otherwise, item.set, before):
            alone = False
            yield replace(fault, key_path=(kind, number, *fault.key_path))
    if alone:
        yield from _together(scenario)
    yield from check_uncertain(scenario)


def _too_many(arms: Sequence[Arm]) -> tuple[str, str]:
    return f"{len(arms):,} arms are too many to be compared", f"give at most {MOST_ARMS}, or run files one by one"


def _without_arms(scenario: Scenario) -> Tables:
    """The tables of a scenario but for its arms: none of them changes another, and reading all for each takes long."""
    tables = tables_of(scenario)
    experiment = {key: value for key, value in tables.get("experiment", {}).items() if key != "arms"}
    return {**tables, "experiment": experiment}


def _together(scenario: Scenario) -> Iterator[Fault]:
    """What is wrong where phases, seasons and shocks, each right by itself, stand at the same time."""
    kinds = [kind for kind, _, _ in changes_of(scenario)]
    if len(kinds) < 2:
        return
    try:
        regimes(scenario)
    except ScenarioError as error:
        for finding in (each for each in error.findings if each.address):
            together = " and ".join(dict.fromkeys(kinds))
            problem = f"with what the {together} set together, {finding.address} is wrong: {finding.problem}"
            yield Fault((kinds[-1],), problem, finding.remedy)


def settings_of(arm: Arm, source: ScenarioFile | Scenario) -> Mapping[str, Any]:
    """All that the arm sets, its file's differences first."""
    if arm.extends is None:
        return arm.set
    if not isinstance(source, ScenarioFile) or source.path is None:
        problem = "a scenario without a file has nothing beside it to extend"
        where = joined(("experiment", "arms", arm.id, "extends"))
        raise ScenarioError([Finding(None, None, where, problem, "open the scenario from its file")])
    refusal = refused(arm.extends)
    if refusal is not None:
        raise ScenarioError([Finding(None, None, joined(("experiment", "arms", arm.id, "extends")), *refusal)])
    return {**settings_of_file(source.path.parent / arm.extends, source.tables), **arm.set}


def _told(faults: Iterable[Fault], tables: Tables) -> set[tuple[str, str]]:
    """What is wrong where, without positions."""
    return {(address_of(tables, fault.key_path), fault.problem) for fault in faults}


def _changed(
    tables: Tables, settings: Mapping[str, Any], before: set[tuple[str, str]]
) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of the tables with the settings applied, and what is wrong beyond what was known `before`.

    The key path of a fault is `("set", ADDRESS)`, or nothing if it cannot be put down to one of the settings.
    """
    tables, changed = _applied(tables, settings)
    if not isinstance(changed, Scenario):
        return None, changed
    return changed, list(_consequences(changed, tables, settings, before))


def _for_a_while(base: Tables, settings: Mapping[str, Any], before: set[tuple[str, str]]) -> Iterator[Fault]:
    """What is wrong with values that are set during a run, told like those of an arm.

    Something that is only off for a while is no mistake wherever else it is named, and what becomes doubtful elsewhere
    (a touchpoint that nobody reaches) is meant to pass.
    """
    tables, changed = _applied(base, settings)
    if not isinstance(changed, Scenario):
        yield from changed
        return
    lasting = {address: value for address, value in settings.items() if not _is_switch(parts_of(address))}
    if len(lasting) < len(settings):
        tables, changed = _applied(base, lasting)
    if isinstance(changed, Scenario):
        yield from _consequences(changed, tables, lasting, before, elsewhere=False)


def _is_switch(parts: tuple[str, ...]) -> bool:
    return parts[0] in ("channels", "rules", "broadcasts") and parts[2:] == ("enabled",)


def _applied(tables: Tables, settings: Mapping[str, Any]) -> tuple[Tables, Scenario | list[Fault]]:
    """The tables with the settings applied and their scenario, or what does not fit the addresses and types."""
    faults = []
    for address, value in settings.items():
        try:
            if same_for_all_arms(parts_of(address)[0]):
                raise AddressError("this is the same for all arms", "set it for the whole scenario instead")
            tables = with_value(tables, *destination(tables, address, written_out(value)))
        except AddressError as error:
            faults.append(Fault(("set", address), error.problem, error.remedy))
        except ValueError:
            remedy = "write keys and IDs joined by dots, such as channels.email.mix"
            faults.append(Fault(("set", address), "this is no address", remedy))
    if faults:
        return tables, faults
    changed = structured(tables)
    if isinstance(changed, Scenario):
        return tables, changed
    told = (fault for fault in changed if not isinstance(fault, Rest))
    return tables, [
        *(_put_down(fault, address_of(tables, fault.key_path), settings) for fault in told),
        *rest(not_worded(changed)),
    ]


def _consequences(
    changed: Scenario,
    tables: Tables,
    settings: Mapping[str, Any],
    before: set[tuple[str, str]],
    elsewhere: bool = True,
) -> Iterator[Fault]:
    """What is wrong with the changed scenario that was not known `before`; or doubtful, `elsewhere` too."""
    for fault in check(changed, changed=True):
        address = address_of(tables, fault.key_path)
        own = elsewhere or any(_meet(parts_of(address), parts_of(setting)) for setting in settings)
        if (address, fault.problem) not in before and (own or fault.level == "error"):
            yield _put_down(fault, address, settings)


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one address is the other, or lies within it, or around it."""
    return one[: len(other)] == other[: len(one)]


def _put_down(fault: Fault, address: str, settings: Mapping[str, Any]) -> Fault:
    """The fault at the setting that it comes from."""
    parts = parts_of(address)
    for setting in settings:
        own = parts_of(setting)
        if parts == own:
            return replace(fault, key_path=("set", setting))
        if _meet(parts, own):
            return replace(fault, key_path=("set", setting), problem=f"{address}: {fault.problem}")
    key_path = ("set", *settings) if len(settings) == 1 else ()
    return replace(fault, key_path=key_path, problem=f"{address}: {fault.problem}")
