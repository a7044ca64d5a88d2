"""Arms: the scenario with some values changed, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.scenario.addresses import address_of, joined, parts_of
from sim.scenario.changing import AddressError, change
from sim.scenario.checks import check
from sim.scenario.document import tables_of
from sim.scenario.files import NOT_OF_AN_ARM, settings_of_file
from sim.scenario.findings import Fault, Finding, ScenarioError
from sim.scenario.overriding import written_out
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.structure import structured
from sim.scenario.study import Arm


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
    made: list[Variant] = []
    findings: list[Finding] = []
    before = _known(base)
    for number, arm in enumerate(chosen):
        place = ("experiment", "arms", arm.id)
        if any(arm.id == other.id for other in chosen[:number]):
            findings.append(Finding(None, None, joined(place), f'a second arm "{arm.id}"', "give each its own id"))
            continue
        changed, faults = _changed(base, _settings(arm, source), before)
        findings += [
            Finding(None, None, joined((*place, *(str(step) for step in fault.place))), fault.problem, fault.remedy)
            for fault in faults
            if fault.level == "error"
        ]
        if changed is not None:
            made.append(Variant(arm.id, arm.label, changed))
    if findings:
        raise ScenarioError(findings)
    return tuple(made)


def check_settings(scenario: Scenario) -> Iterator[Fault]:
    """What is wrong with the values that arms, shocks and phases set, and with the addresses of uncertain values."""
    before = _known(scenario)
    owners: list[tuple[tuple[str, ...], Sequence[Any]]] = [
        (("experiment", "arms"), scenario.experiment.arms),
        (("shocks",), scenario.shocks),
        (("phases",), scenario.phases),
    ]
    for place, items in owners:
        for number, item in enumerate(items):
            for fault in _changed(scenario, item.set, before)[1]:
                yield replace(fault, place=(*place, number, *fault.place))
    for address in scenario.uncertainty:
        try:
            change(tables_of(scenario), address, 0)
        except AddressError as error:
            yield Fault(("uncertainty", address), error.problem, error.remedy)


def _settings(arm: Arm, source: ScenarioFile | Scenario) -> Mapping[str, Any]:
    """All that the arm sets, its file's differences first."""
    if arm.extends is None:
        return arm.set
    if not isinstance(source, ScenarioFile) or source.path is None:
        problem = "a scenario without a file has nothing beside it to extend"
        where = joined(("experiment", "arms", arm.id, "extends"))
        raise ScenarioError([Finding(None, None, where, problem, "open the scenario from its file")])
    return {**settings_of_file(source.path.parent / arm.extends, source.tables), **arm.set}


def _known(base: Scenario) -> set[tuple[str, str]]:
    tables = tables_of(base)
    return {(address_of(tables, fault.place), fault.problem) for fault in check(base)}


def _changed(
    base: Scenario, settings: Mapping[str, Any], before: set[tuple[str, str]]
) -> tuple[Scenario | None, list[Fault]]:
    """The base with the settings applied, and what is wrong with them beyond what was known `before`.

    The place of a fault is `("set", ADDRESS)`, or nothing if it cannot be put down to one of the settings.
    """
    tables = tables_of(base)
    faults = []
    for address, value in settings.items():
        try:
            if parts_of(address)[0] in NOT_OF_AN_ARM:
                raise AddressError("this is the same for all arms", "set it for the whole scenario instead")
            change(tables, address, written_out(value))
        except AddressError as error:
            faults.append(Fault(("set", address), error.problem, error.remedy))
        except ValueError:
            remedy = "write keys and ids joined by dots, such as channels.email.mix"
            faults.append(Fault(("set", address), "this is no address", remedy))
    if faults:
        return None, faults
    changed = structured(tables)
    found = check(changed, changed=True) if isinstance(changed, Scenario) else changed
    for fault in found:
        address = address_of(tables, fault.place)
        if (address, fault.problem) not in before:
            faults.append(_put_down(fault, address, settings))
    return (changed if isinstance(changed, Scenario) else None), faults


def _put_down(fault: Fault, address: str, settings: Mapping[str, Any]) -> Fault:
    """The fault at the setting that it comes from."""
    parts = parts_of(address)
    for setting in settings:
        own = parts_of(setting)
        if parts == own:
            return replace(fault, place=("set", setting))
        if parts[: len(own)] == own or own[: len(parts)] == parts:
            return replace(fault, place=("set", setting), problem=f"{address}: {fault.problem}")
    place = ("set", *settings) if len(settings) == 1 else ()
    return replace(fault, place=place, problem=f"{address}: {fault.problem}")
