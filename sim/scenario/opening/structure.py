"""The tables of a file as a Scenario; what does not fit the models becomes findings in plain words."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from sim.scenario.addresses.address import label_of
from sim.scenario.findings import MOST, Fault, KeyPath, rest
from sim.scenario.opening.error_locations import follow
from sim.scenario.opening.error_wording import fault_of
from sim.scenario.scenario import Scenario

FORMAT = 1
"""The newest version of the file format that is known here."""


def structured(tables: dict[str, Any]) -> Scenario | list[Fault]:
    """The scenario that the tables say, or everything about their keys and types that is wrong."""
    version = tables.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        problem = f"format {version} is newer than this version of the program reads ({FORMAT})"
        return [Fault(("format",), problem, "update the program")]
    faults = list(duplicates(tables))
    faults[MOST:] = rest(len(faults) - MOST)
    try:
        scenario = Scenario.model_validate(tables)
    except ValidationError as error:
        return [*faults, *_faults(error, tables)]
    return faults or scenario


def duplicates(tables: dict[str, Any]) -> Iterable[Fault]:
    """Items of one list that say the same id, or parallel transitions without one."""
    lists: list[tuple[KeyPath, Any]] = [((key,), items) for key, items in tables.items() if isinstance(items, list)]
    experiment = tables.get("experiment")
    if isinstance(experiment, dict):
        lists.append((("experiment", "arms"), experiment.get("arms")))
    for key_path, items in lists:
        seen: set[str] = set()
        for position, item in enumerate(items if isinstance(items, list | tuple) else ()):
            label = label_of(item)
            if label is None:
                continue
            if label in seen and "id" in item:
                yield Fault((*key_path, position, "id"), f'a second "{label}"', "give each its own ID")
            elif label in seen:
                problem = f'a second transition from "{item["from"]}" to "{item["to"]}"'
                yield Fault((*key_path, position), problem, 'give it an ID, such as id = "second", or remove it')
            seen.add(label)


def _faults(error: ValidationError, tables: dict[str, Any]) -> list[Fault]:
    faults: dict[tuple[KeyPath, str], Fault] = {}
    errors = error.errors(include_url=False, include_input=False)
    more = rest(len(errors) - MOST)
    del errors[MOST:]
    for each in errors:
        if each["type"] == "missing" and isinstance(each["loc"][-1], int):  # an item that a list lacks
            each["type"], each["loc"] = "too_short", each["loc"][:-1]
    locations = [(follow(each["loc"], tables), each) for each in errors]
    meant = {location.choice for location, _ in locations if location.choice is not None and not location.strays}
    for location, each in locations:
        if location.strays:
            if location.choice in meant:
                continue
            location = follow(location.choice or (), tables)
        fault = fault_of(location, each["type"], each.get("ctx", {}))
        faults.setdefault((fault.key_path, fault.problem), fault)
    return [*faults.values(), *more]
