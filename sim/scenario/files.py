"""A scenario file together with the files it extends, as one set of tables."""

import os
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.addresses import address_of
from sim.scenario.document import Tables, at_place
from sim.scenario.findings import Fault, Finding, Level, Place, ScenarioError
from sim.scenario.merging import differences, merged
from sim.scenario.sources import Source, Sources
from sim.scenario.structure import duplicates
from sim.scenario.text import read_text, tables_of_text

NOT_OF_AN_ARM = (
    *("format", "id", "name", "about", "experiment", "uncertainty"),
    *("fitted", "layout", "annotations"),
)
"""Tables that say nothing about what is simulated, so that an arm cannot change them."""


@dataclass(frozen=True)
class Document:
    """What was read: merged tables, and the texts they came from."""

    tables: Tables
    sources: Sources
    whole: bool
    """whether the first text says it all: it extends nothing"""

    def finding(self, fault: Fault) -> Finding:
        """The finding for a fault, with its file and line."""
        file, line = self.sources.locate(self.tables, fault.place)
        return Finding(file, line, address_of(self.tables, fault.place), fault.problem, fault.remedy, fault.level)

    def error(self, place: Place, problem: str, remedy: str, level: Level = "error") -> ScenarioError:
        """An error with one finding."""
        return ScenarioError([self.finding(Fault(place, problem, remedy, level))])


def document_of_text(text: str, name: str) -> Document:
    """A text that stands alone; ScenarioError if it is no TOML or extends something."""
    tables = tables_of_text(text, name)
    document = Document(tables, Sources((Source(name, text, tables),)), whole=True)
    for place in [("extends",), *_extending_arms(tables)]:
        if at_place(tables, place) is not None:
            raise document.error(place, "this text stands alone: there is no file beside it", "open it as a file")
    return document


def read_document(path: Path, text: str | None = None) -> Document:
    """A file merged over those it extends, its arms' files too; ScenarioError says what cannot be read.

    With `text`, the file is taken to say that.
    """
    document = _with_bases(path, (), text)
    tables = document.tables
    arms = _extending_arms(tables)
    if not arms:
        return document
    tables = {**tables, "experiment": {**tables["experiment"], "arms": list(tables["experiment"]["arms"])}}
    for place in arms:
        number = place[2]
        arm = dict(tables["experiment"]["arms"][number])
        beside = _beside(path, place, document)
        arm.pop("extends")
        given = arm.get("set")
        arm["set"] = {**settings_of_file(beside, tables), **(given if isinstance(given, dict) else {})}
        tables["experiment"]["arms"][number] = arm
    return Document(tables, document.sources, whole=False)


def settings_of_file(path: Path, base: Tables) -> Tables:
    """What an arm's file changes in the base, by address; ScenarioError says what cannot be read."""
    changes = {key: value for key, value in _with_bases(path, ()).tables.items() if key not in NOT_OF_AN_ARM}
    return differences(base, merged(base, changes))


def _with_bases(path: Path, above: tuple[Path, ...], text: str | None = None) -> Document:
    name = str(path)
    text = read_text(path, name) if text is None else text
    tables = tables_of_text(text, name)
    source = Source(name, text, tables)
    alone = Document(tables, Sources((source,)), whole=True)
    repeated = list(duplicates(tables))
    if "extends" not in tables:
        return alone
    if repeated:
        raise ScenarioError(alone.finding(fault) for fault in repeated)
    base_path = _beside(path, ("extends",), alone)
    chain = (*above, path.resolve())
    if base_path.resolve() in chain:
        raise alone.error(
            ("extends",), f'"{tables["extends"]}" extends this file in turn', "let one of them stand alone"
        )
    base = _with_bases(base_path, chain)
    repeated = list(duplicates(base.tables))
    if repeated:
        raise ScenarioError(base.finding(fault) for fault in repeated)
    own = {key: value for key, value in tables.items() if key != "extends"}
    return Document(merged(base.tables, own), Sources((source, *base.sources.files)), whole=False)


def _beside(path: Path, place: Place, document: Document) -> Path:
    """The file that `extends` at this place names; it must be there."""
    name = at_place(document.tables, place)
    if not isinstance(name, str) or not name or "\0" in name:
        raise document.error(place, "this names no file", 'write a file name in quotes, such as "base.toml"')
    beside = path.parent / name
    if not os.path.isfile(beside):
        try:
            read_text(beside)
        except ScenarioError as error:
            finding = error.findings[0]
            raise document.error(place, f'"{name}": {finding.problem}', finding.remedy) from None
    return beside


def _extending_arms(tables: Tables) -> list[Place]:
    """The places of the arms' `extends`."""
    experiment = tables.get("experiment")
    arms = experiment.get("arms") if isinstance(experiment, dict) else None
    listed = arms if isinstance(arms, list) else []
    return [
        ("experiment", "arms", number, "extends")
        for number, arm in enumerate(listed)
        if isinstance(arm, dict) and "extends" in arm
    ]
