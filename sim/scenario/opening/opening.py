"""Opening a scenario: from a file or a stored text, with everything that is wrong found at once."""

from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

from sim.scenario.arms import check_settings, variants
from sim.scenario.checks import check
from sim.scenario.findings import Fault, Finding, Rest, ScenarioError, listed, not_worded
from sim.scenario.garbage_collection import without_collecting
from sim.scenario.opening.files import Document, document_of_text, read_document
from sim.scenario.opening.scenario_file import ScenarioFile
from sim.scenario.opening.structure import structured
from sim.scenario.scenario import Scenario
from sim.scenario.toml.text import check_size
from sim.scenario.toml.writing import new_text
from sim.shipped import find_scenario


def load(path: str | PathLike[str]) -> Scenario:
    """The scenario in a file, or the one that ships under this id; ScenarioError holds everything that is wrong."""
    try:
        source = find_scenario(str(path))
    except ValueError as error:
        problem, remedy = str(error).split("; ", 1)
        raise ScenarioError([Finding(str(path), None, "", problem, remedy)]) from None
    return open_scenario(source).scenario


def open_scenario(path: str | PathLike[str], text: str | None = None) -> ScenarioFile:
    """A scenario file with its text and warnings; ScenarioError holds everything that is wrong with it.

    With `text`, the file is taken to say that: it is being edited and not saved yet.
    """
    where = Path(path)
    return _checked(read_document(where, text), where)


def parse(text: str, name: str = "scenario") -> ScenarioFile:
    """A scenario from a text that stands alone, such as a stored one; findings call it `name`."""
    check_size(text, name)
    return _checked(document_of_text(text, name), None)


def parse_changed(text: str, name: str) -> Scenario:
    """The scenario that was once written out after values were changed; it may be what `override` lets it be.

    ScenarioError holds everything that is wrong with it.
    """
    document = document_of_text(text, name)
    scenario = structured(document.tables)
    if not isinstance(scenario, Scenario):
        raise ScenarioError(_sorted(document, scenario))
    faults = [fault for fault in check(scenario, changed=True) if fault.level == "error"]
    if faults:
        raise ScenarioError(_sorted(document, faults))
    return scenario


def under_arm(text: str, path: Path | None, arm: str | None) -> tuple[Scenario, Scenario]:
    """The scenario of a text, of a file or standing alone, and what it is under one of its arms (None: as it is).

    What is wrong with other arms is left aside. Raises ScenarioError as reading the whole does.
    """
    document = document_of_text(text, "scenario") if path is None else read_document(path, text)
    experiment = document.tables.get("experiment", {})
    if isinstance(experiment, dict) and isinstance(experiment.get("arms"), list):
        chosen = [each for each in experiment["arms"] if isinstance(each, dict) and each.get("id") == arm]
        document = replace(document, tables={**document.tables, "experiment": {**experiment, "arms": chosen}})
    file = _checked(document, path)
    arms = [each for each in file.scenario.experiment.arms if each.id == arm]
    return file.scenario, variants(file, arms)[0].scenario if arms else file.scenario


@without_collecting()
def _checked(document: Document, path: Path | None) -> ScenarioFile:
    scenario = structured(document.tables)
    if not isinstance(scenario, Scenario):
        raise ScenarioError(_sorted(document, scenario), not_worded(scenario))
    faults = check(scenario)
    if all(fault.level == "warning" for fault in faults):
        faults = (*faults, *check_settings(scenario, faults))
    findings = _sorted(document, faults)
    if any(finding.level == "error" for finding in findings):
        raise ScenarioError(findings, not_worded(faults))
    text = document.sources.files[0].text if document.whole else new_text(document.tables)
    return ScenarioFile(path, text, scenario, listed(findings), document.tables, document.sources)


def _sorted(document: Document, faults: Iterable[Fault]) -> list[Finding]:
    """The findings in the order of the files and their lines."""
    order = {source.name: number for number, source in enumerate(document.sources.files)}
    own = (document.finding(fault) for fault in faults if not isinstance(fault, Rest))
    findings = dict.fromkeys((*document.doubts, *own))
    return sorted(findings, key=lambda finding: (order.get(finding.file or "", 0), finding.line or 0, finding.address))
