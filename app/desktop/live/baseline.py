"""What the levers are compared with: the scenario as saved, an arm as it stood when it was chosen, or a stored run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.desktop.document import ARMS, Document
from app.desktop.document.text_reading import arms_in, tables_in
from app.processes.live.messages import Side

if TYPE_CHECKING:
    from sim.store import ListedRun

SAVED: Final = "saved"
_BASE: Final = "base"
_ARM, _RUN = "arm:", "run:"
_MOST: Final = 10


class Baselines(QObject):
    """The choice of what to compare with."""

    changed = Signal()
    """another baseline"""
    listed = Signal()
    """other runs can be chosen"""

    def __init__(self, document: Document, db: Path | None, parent: QObject) -> None:
        """As saved, at first."""
        super().__init__(parent)
        self._document, self._db = document, db
        self.chosen = SAVED
        self._pinned: Side | None = None
        """kept as it stood when it was chosen"""
        self._runs: tuple[ListedRun, ...] = ()
        self._saved = self._read_saved()
        self._called: dict[str, str] = {}
        """what arms are called in the saved text that have another id since"""
        document.id_changed.connect(self._follow_id)

    @property
    def side(self) -> Side:
        """The baseline; as saved, it is that of the arm that is being edited, where that was saved."""
        if self._pinned is not None:
            return self._pinned
        text, path, arms = self._saved
        arm = self._document.arm
        arm = arm if arm in arms else self._called.get(arm or "")
        arm = arm if arm in arms else None
        return Side(text, path, arm, "As saved" if arm is None else f"{arms[arm]} as saved")

    def offered(self) -> list[tuple[str, str, str]]:
        """What can be chosen: an id, words, and what it means."""
        id_ = self._document.tables.get("id")
        offers = [(SAVED, "As saved", "The scenario, or the selected arm, as last saved or opened")]
        if self._document.arms or self._is_blank:
            offers.append((_BASE, "Scenario, from now", "The scenario without any arm, as it is now"))
        offers += [
            (
                f"{_ARM}{arm['id']}",
                f"{arm.get('name') or arm['id']}, from now",
                "This arm, as it is when you choose it",
            )
            for arm in self._document.arms
        ]
        offers += [
            (f"{_RUN}{run.id}", f"Run {run.id}", f"The scenario that the stored run of {run.started[:16]} simulated")
            for run in self._runs
            if run.scenario == id_
        ]
        return offers[: len(self._document.arms) + _MOST]

    def begin(self) -> None:
        """Compare with the journey as it stands, where only a blank one was ever saved."""
        if self.chosen == SAVED and self._is_blank and self._document.journey.touchpoints:
            self.choose(_BASE)

    @property
    def _is_blank(self) -> bool:
        return not tables_in(*self._saved[:2]).get("touchpoints")

    def leave(self) -> None:
        """Compare with nothing of a journey that is left."""
        self.chosen, self._pinned = SAVED, None

    def offer_runs(self, runs: Sequence[ListedRun]) -> None:
        """Offer these stored runs, where they are of this scenario."""
        self._runs = tuple(runs)
        self.listed.emit()

    def choose(self, id_: str) -> str:
        """Compare with that; why it cannot be, or nothing."""
        document = self._document
        pinned: Side | None = None
        if id_.startswith(_RUN):
            from sim.store import Store, StoreError

            run = id_.removeprefix(_RUN)
            try:
                with Store(self._db, read_only=True, wait=0) as store:
                    pinned = Side(store.run(run).scenario_text, None, None, f"Run {run}")
            except StoreError as error:
                return str(error)
        elif id_ != SAVED:
            arm = id_.removeprefix(_ARM) if id_.startswith(_ARM) else None
            names = {str(each["id"]): str(each.get("name") or each["id"]) for each in document.arms}
            pinned = Side(document.text, document.path, arm, names.get(arm or "", "Scenario"))
        self.chosen, self._pinned = id_, pinned
        self.changed.emit()
        return ""

    def _follow_id(self, kind: str, old: str, new: str) -> None:
        """Go on comparing with an arm that has another id."""
        if kind == ARMS:
            self._called[new] = self._called.get(old, old)
            if self.chosen == f"{_ARM}{old}":
                self.chosen = f"{_ARM}{new}"
            self.changed.emit()

    def follow_file(self) -> None:
        """The document was opened or saved: what is compared with may be another."""
        if (self._document.saved_text, self._document.path) != self._saved[:2]:
            self._saved = self._read_saved()
            self.changed.emit()

    def _read_saved(self) -> tuple[str, Path | None, dict[str, str]]:
        """The text as saved, its file, and the names of its arms."""
        text, path = self._document.saved_text, self._document.path
        arms = arms_in(tables_in(text, path))
        return text, path, {str(arm["id"]): str(arm.get("name") or arm["id"]) for arm in arms}
