"""Writing scenario files: a new one from its tables, or an old one with its comments and order kept."""

import copy
from collections.abc import Mapping
from typing import Any

from sim.scenario.changing import AddressError, assign, change
from sim.scenario.findings import Finding, Place, ScenarioError
from sim.scenario.notation import block_text, is_block_list
from sim.scenario.overriding import written_out
from sim.scenario.splicing import spliced
from sim.scenario.text import tables_of_text


def new_text(tables: Mapping[str, Any]) -> str:
    """The TOML text of the tables of a scenario: single values first, then a block for each table and list item."""
    single = {
        key: value for key, value in tables.items() if not isinstance(value, Mapping) and not is_block_list(value)
    }
    blocks = [block_text((), single)]
    for key, value in tables.items():
        if isinstance(value, Mapping):
            blocks.append(block_text((key,), value))
        elif is_block_list(value):
            blocks.append(block_text((), {key: value}))
    return "\n\n".join(block for block in blocks if block) + "\n"


def edit(text: str, changes: Mapping[str, Any]) -> str:
    """The text with each address in `changes` set to its value, everything else as it was; None removes the key.

    A file that extends another may set what only the other has. ScenarioError says what is wrong with the text or an
    address; the values are checked when the text is read again.
    """
    tables = tables_of_text(text, None)
    for address, value in changes.items():
        before = copy.deepcopy(tables)
        steps: list[tuple[Place, Any]] = []

        def note(container: Any, place: Place, new: Any, steps: list[tuple[Place, Any]] = steps) -> None:
            steps.append((place, copy.deepcopy(new)))
            assign(container, place, new)

        try:
            change(tables, address, written_out(value), note, add="extends" in tables)
        except AddressError as error:
            raise ScenarioError([Finding(None, None, address, error.problem, error.remedy)]) from None
        try:
            for place, new in steps:
                text = spliced(text, before, place, new)
                before = tables_of_text(text, None)
        except ScenarioError:
            before = {}
        if before != tables:
            problem = "this file is laid out in a way that cannot be changed here without harm"
            raise ScenarioError([Finding(None, None, address, problem, "change it by hand")])
    return text
