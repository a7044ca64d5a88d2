"""Writing scenario files: a new one from its tables, or an old one with its comments and order kept."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.addresses.changing import AddressError, destination, with_value
from sim.scenario.addresses.overriding import written_out
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.tables import value_at
from sim.scenario.toml.notation import block_text, is_block_list
from sim.scenario.toml.scanning import scanned
from sim.scenario.toml.splicing import Splicing
from sim.scenario.toml.text import shared_tables


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
    try:
        return _edited(text, changes)
    except ScenarioError:
        if len(changes) < 2:
            raise
    for address, value in changes.items():  # one after the other, which tells at which of them it is wrong
        text = _edited(text, {address: value})
    return text


def _edited(text: str, changes: Mapping[str, Any]) -> str:
    """The text with all changes; in the end it is read once to see that it says what it should."""
    tables = shared_tables(text, None)
    splicing = Splicing(scanned(text))
    for number, (address, value) in enumerate(changes.items(), 1):
        try:
            key_path, new = destination(tables, address, written_out(value), add="extends" in tables)
        except AddressError as error:
            raise ScenarioError([Finding(None, None, address, error.problem, error.remedy)]) from None
        splicing.put(tables, key_path, new)
        tables = with_value(tables, key_path, new)
        emptied = new is None and not value_at(tables, key_path[:-1])  # a list may be empty then, or gone
        if emptied or number == len(changes):
            tables = _told(splicing.text(), tables, address)
    return splicing.text()


def _told(text: str, tables: Mapping[str, Any], address: str) -> dict[str, Any]:
    """What the text says, which is to be these tables."""
    try:
        told = shared_tables(text, None)
    except ScenarioError:
        told = {}
    if _filled(told) != _filled(tables):
        problem = "this file is laid out in a way that cannot be changed here without harm"
        raise ScenarioError([Finding(None, None, address, problem, "change it by hand")])
    return told


def _filled(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Without lists that have lost their last item: a text that has a header for each item has none for the list."""
    return {key: value for key, value in tables.items() if value != []}
