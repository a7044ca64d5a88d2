"""A scenario file together with the files it extends, as one set of tables."""

from dataclasses import dataclass, replace
from pathlib import Path

from sim.scenario.addresses.address import address_of
from sim.scenario.declared import same_for_all_arms
from sim.scenario.findings import Fault, Finding, KeyPath, Level, ScenarioError
from sim.scenario.opening.extends import LARGEST_IN_ALL, MOST, Texts, outside, refused, unreadable
from sim.scenario.opening.merging import differences, merged
from sim.scenario.opening.sources import Source, Sources
from sim.scenario.opening.structure import duplicates
from sim.scenario.tables import Tables, value_at
from sim.scenario.toml.text import tables_of_text

MOST_ARMS = 200
"""Each is compared with the first, by every outcome."""


@dataclass(frozen=True)
class Document:
    """What was read: merged tables, and the texts they came from."""

    tables: Tables
    sources: Sources
    whole: bool
    """whether the first text says it all: it extends nothing"""
    doubts: tuple[Finding, ...] = ()
    """what is doubtful about the files that were read"""

    def finding(self, fault: Fault) -> Finding:
        """The finding for a fault, with its file and line."""
        file, line = self.sources.locate(self.tables, fault.key_path)
        return Finding(file, line, address_of(self.tables, fault.key_path), fault.problem, fault.remedy, fault.level)

    def error(self, key_path: KeyPath, problem: str, remedy: str, level: Level = "error") -> ScenarioError:
        """An error with one finding."""
        return ScenarioError([self.finding(Fault(key_path, problem, remedy, level))])


def document_of_text(text: str, name: str) -> Document:
    """A text that stands alone; ScenarioError if it is no TOML or extends something."""
    tables = tables_of_text(text, name)
    document = Document(tables, Sources((Source(name, text, tables),)), whole=True)
    for key_path in [("extends",), *_extending_arms(tables)]:
        if value_at(tables, key_path) is not None:
            raise document.error(key_path, "this text stands alone: there is no file beside it", "open it as a file")
    return document


def read_document(path: Path, text: str | None = None) -> Document:
    """A file merged over those it extends, its arms' files too; ScenarioError says what cannot be read.

    With `text`, the file is taken to say that.
    """
    reader = _Reader(path.parent)
    document = reader.with_bases(path, (), text)
    tables = document.tables
    arms = _extending_arms(tables)
    if arms and len(tables["experiment"]["arms"]) <= MOST_ARMS:
        tables = {**tables, "experiment": {**tables["experiment"], "arms": list(tables["experiment"]["arms"])}}
        for key_path in arms:
            number = key_path[2]
            arm = dict(tables["experiment"]["arms"][number])
            beside = reader.beside(path, key_path, document)
            arm.pop("extends")
            given = arm.get("set")
            arm["set"] = {**reader.settings(beside, tables), **(given if isinstance(given, dict) else {})}
            tables["experiment"]["arms"][number] = arm
        document = Document(tables, document.sources, whole=False)
    return replace(document, doubts=tuple(reader.doubts))


def settings_of_file(path: Path, base: Tables) -> Tables:
    """What an arm's file changes in the base, by address; ScenarioError says what cannot be read."""
    return _Reader(path.parent).settings(path, base)


class _Reader:
    """Reads the files of one scenario."""

    def __init__(self, folder: Path) -> None:
        """The folder of the file that is opened."""
        self.folder = folder
        self.texts = Texts()
        self.doubts: list[Finding] = []

    def with_bases(self, path: Path, above: tuple[Path, ...], text: str | None = None) -> Document:
        """A file merged over those it extends; `above` are those that extend it, links followed."""
        name = str(path)
        text, tables = self.texts.of(path, text)
        source = Source(name, text, tables)
        alone = Document(tables, Sources((source,)), whole=True)
        if "extends" not in tables:
            return alone
        repeated = list(duplicates(tables))
        if repeated:
            raise ScenarioError(alone.finding(fault) for fault in repeated)
        base_path = self.beside(path, ("extends",), alone)
        chain = (*above, path.resolve())
        if base_path.resolve() in chain:
            problem = f'"{tables["extends"]}" extends this file in turn'
            raise alone.error(("extends",), problem, "remove extends from one of them")
        if len(chain) > MOST:
            problem = f"{MOST} files extend one another on the way to this one"
            raise alone.error(("extends",), problem, "put some of them together")
        base = self.with_bases(base_path, chain)
        if self.texts.too_large:
            problem = f"the files that extend one another have more than {LARGEST_IN_ALL / 1e6:g} MB"
            raise alone.error(("extends",), problem, "make them smaller")
        repeated = list(duplicates(base.tables))
        if repeated:
            raise ScenarioError(base.finding(fault) for fault in repeated)
        own = {key: value for key, value in tables.items() if key != "extends"}
        return Document(merged(base.tables, own), Sources((source, *base.sources.files)), whole=False)

    def settings(self, path: Path, base: Tables) -> Tables:
        """What an arm's file changes in the base, by address."""
        said = self.with_bases(path, ()).tables
        changes = {key: value for key, value in said.items() if not same_for_all_arms(key)}
        return differences(base, merged(base, changes))

    def beside(self, path: Path, key_path: KeyPath, document: Document) -> Path:
        """The file that `extends` at this key path names; it must be there."""
        name = value_at(document.tables, key_path)
        refusal = refused(name)
        if refusal is not None:
            raise document.error(key_path, *refusal)
        beside = path.parent / str(name)
        refusal = unreadable(beside)
        if refusal is not None:
            raise document.error(key_path, f'"{name}": {refusal[0]}', refusal[1])
        if outside(beside, self.folder):
            problem = f'"{name}" is outside the folder of this file, and was read'
            remedy = "copy it to this folder if the file is to be passed on"
            self.doubts.append(document.finding(Fault(key_path, problem, remedy, "warning")))
        return beside


def _extending_arms(tables: Tables) -> list[KeyPath]:
    """The key paths of the arms' `extends`."""
    experiment = tables.get("experiment")
    arms = experiment.get("arms") if isinstance(experiment, dict) else None
    listed = arms if isinstance(arms, list) else []
    return [
        ("experiment", "arms", number, "extends")
        for number, arm in enumerate(listed)
        if isinstance(arm, dict) and "extends" in arm
    ]
