"""What all fields of a form share."""

from __future__ import annotations

from collections.abc import Callable

from app.desktop.document import Document
from app.desktop.forms.source import Parts, Source, within
from app.desktop.looks.theme import Appearance
from sim.scenario import Finding


class Context:
    """The document, what it says, and which of its tables are edited."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Nothing is edited yet."""
        self.appearance, self.document = appearance, document
        self.source = Source(document)
        self.bases: list[Parts] = [()]
        """where the tables are that are edited together"""
        self.title = ""
        """what is edited, for the names of steps"""
        self.findings: list[tuple[Finding, Parts]] = []
        """what was found in these tables"""
        self.spare = 0
        """pixels at the right that fields leave free, where the form has more room than they need"""
        self.explains = False
        """whether the room that is left says what each field means"""
        self._said = ""
        document.refused.connect(self._hear)

    def addresses(self, path: Parts) -> list[Parts]:
        """The addresses, as parts, at a path from the tables."""
        return [(*base, *path) for base in self.bases]

    def read_findings(self) -> None:
        """Look for what was found in these tables."""
        # Asking the document for its reading would find everything at once, which takes longer than a frame.
        reading = vars(self.document).get("reading")
        if reading is not None:
            told = [(finding, self.source.parts_of_finding(finding)) for finding in reading.findings]
            self.findings = [
                (finding, parts) for finding, parts in told if any(within(base, parts) for base in self.bases)
            ]

    def refusal_of(self, change: Callable[[], bool]) -> str:
        """Make a change; why it cannot be made, or nothing."""
        self._said = ""
        return "" if change() or self.document.rehearsing else self._said or "This cannot be changed here"

    def _hear(self, words: str) -> None:
        self._said = words
