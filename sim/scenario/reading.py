"""Opening a scenario: from a file or a stored text, with everything that is wrong found at once."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from sim.scenario.arms import check_settings
from sim.scenario.checks import check
from sim.scenario.files import Document, document_of_text, read_document
from sim.scenario.findings import Fault, Finding, ScenarioError
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.structure import structured
from sim.scenario.writing import new_text


def load(path: str | PathLike[str]) -> Scenario:
    """The scenario in a file; ScenarioError holds everything that is wrong with it."""
    return open_scenario(path).scenario


def open_scenario(path: str | PathLike[str], text: str | None = None) -> ScenarioFile:
    """A scenario file with its text and warnings; ScenarioError holds everything that is wrong with it.

    With `text`, the file is taken to say that: it is being edited and not saved yet.
    """
    where = Path(path)
    return _checked(read_document(where, text), where)


def parse(text: str, name: str = "scenario") -> ScenarioFile:
    """A scenario from a text that stands alone, such as a stored one; findings call it `name`."""
    return _checked(document_of_text(text, name), None)


def _checked(document: Document, path: Path | None) -> ScenarioFile:
    scenario = structured(document.tables)
    if not isinstance(scenario, Scenario):
        raise ScenarioError(_sorted(document, scenario))
    faults = check(scenario)
    if all(fault.level == "warning" for fault in faults):
        faults = (*faults, *check_settings(scenario, faults))
    findings = _sorted(document, faults)
    if any(finding.level == "error" for finding in findings):
        raise ScenarioError(findings)
    text = document.sources.files[0].text if document.whole else new_text(document.tables)
    return ScenarioFile(path, text, scenario, tuple(findings), document.tables, document.sources)


def _sorted(document: Document, faults: Iterable[Fault]) -> list[Finding]:
    """The findings in the order of the files and their lines."""
    order = {source.name: number for number, source in enumerate(document.sources.files)}
    findings = dict.fromkeys(document.finding(fault) for fault in faults)
    return sorted(findings, key=lambda finding: (order.get(finding.file or "", 0), finding.line or 0, finding.address))
