"""What a lever says goes into the document: one step for as long as a hand is on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.desktop.document import Document
from app.desktop.forms.addressed import key_at
from app.desktop.forms.shares import beside
from app.desktop.forms.source import Source, is_same_for_all_arms, write
from app.desktop.levers.offered import Lever
from app.desktop.levers.scale import plain_number
from app.typed_share import weight_of
from sim.scenario.addresses.address import parts_of


class Writer(QObject):
    """Writes values into the scenario, or into the selected arm; a drag is one step to undo."""

    begun = Signal()
    """somebody took hold of a lever"""
    released = Signal()
    """somebody let go of one"""

    def __init__(self, document: Document, source: Source) -> None:
        """Write into that document."""
        super().__init__()
        self._document, self.source = document, source
        self._visit = 0
        self._said = ""
        document.refused.connect(self._hear)

    def begin(self) -> None:
        """What follows is a step of its own."""
        self._visit += 1
        self.begun.emit()

    def release(self) -> None:
        """The hand is off the lever."""
        self.released.emit()

    def write(self, label: str, values: Mapping[str, Any]) -> str:
        """Set values by address; why they cannot be set, or nothing."""
        document = self._document
        changes = dict(values)
        if document.arm is not None:
            for address, value in values.items():
                parts = parts_of(address)
                if is_same_for_all_arms(address):
                    continue
                base = self.source.at(parts, base=True)
                if base is None and (key := key_at(parts)) is not None:
                    base = key.default
                # An arm says only what differs.
                changes[address] = None if value == base else value
        self._said = ""
        done = write(document, f"Change {label[:1].lower()}{label[1:]}", changes, f"lever:{label}#{self._visit}")
        return "" if done else self._said or "This cannot be changed here"

    def weight(self, lever: Lever, share: float) -> float | None:
        """The weight that makes a share beside those of others; None where they leave too little."""
        others = [self.source.at(parts) for parts in beside(self._document.shown, lever.parts)]
        default = plain_number(lever.key.default) or 0.0
        weights = [default if other is None else plain_number(other) or 0.0 for other in others]
        return weight_of(share, sum(weights))

    def _hear(self, words: str) -> None:
        self._said = words
