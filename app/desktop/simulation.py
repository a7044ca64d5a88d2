"""Running the document, and showing what runs found: this one, a stored one, several side by side."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.desktop.document import Document
from app.desktop.document.text_reading import tables_in
from app.desktop.fields.open_fields import OpenFields
from app.desktop.frame.messages import Messages
from app.desktop.jobs import Job, Runner
from app.desktop.results import ResultsPanel
from app.desktop.runs import RunList, RunReader, open_run
from sim.scenario import ScenarioError
from sim.scenario.walking import said_at

if TYPE_CHECKING:
    from sim.experiment import Results

_READ_EVERY_MS = 200
"""While a run goes on its results are shown so often: to draw each replication at once would take up the window."""
_APART = ("name", "about", "layout", "annotations")
"""What may differ without making results stale."""


class Simulation(QObject):
    """The window's run: begun, followed, shown, and whether it still is of the document as it stands."""

    changed = Signal()
    """a job went on, or other results are shown"""
    results_shown = Signal()
    """other results, or more of them, are shown"""
    _loaded = Signal()
    results_wanted = Signal()
    """somebody waits for results, which are to be in sight"""
    findings_wanted = Signal()
    """the document cannot be run, and its findings say why"""

    def __init__(
        self,
        document: Document,
        panel: ResultsPanel,
        runs: RunList,
        messages: Messages,
        fields: OpenFields,
        db: Path | None,
    ) -> None:
        """Run the document, with what stands in open `fields`, into the store `db` (default: in the user's folder)."""
        super().__init__(panel)
        self._fields = fields
        self._document, self._panel, self._runs, self._messages, self._db = document, panel, runs, messages, db
        self.runner = Runner(db)
        self.runner.store_changed.connect(runs.refresh)
        self.runner.preparing.connect(self._tell_of_preparing)
        self._preparing = False
        """whether it has been said that the engine is being compiled"""
        self.job: Job | None = None
        self.results: Results | None = None
        self.run: str | None = None
        self._reader: RunReader | None = None
        self._when_over: Callable[[], object] = _nothing
        """what somebody wants done once nothing is run any more"""
        self._soon = QTimer(self, singleShot=True, interval=_READ_EVERY_MS)
        self._soon.timeout.connect(self._read)
        self._ran: Mapping[str, Any] | None = None
        """the tables that the results shown are of, or that are being run; None before the first results"""
        self._left = False
        """whether another text is about to take the place of the one that the results are of"""
        self._followed: Job | None = None
        """the job whose results are shown as they arrive"""
        self._next_chart = QTimer(self, singleShot=True, interval=0)
        self._next_chart.timeout.connect(self._make_charts)
        self._loaded.connect(self._make_charts)
        document.leaving.connect(self._leave)
        document.changed.connect(self._compare_with_run)
        document.read_again.connect(self._put_errors_away)
        panel.run_requested.connect(self.start)
        runs.run_chosen.connect(self.show_run)
        runs.compare_requested.connect(self.show_several)
        runs.resume_requested.connect(self.resume)
        runs.extend_requested.connect(self.extend)

    @property
    def busy(self) -> bool:
        """Whether a run is under way or waits."""
        return self.job is not None and not self.job.over

    @property
    def stale(self) -> bool:
        """Whether the results shown are of this document before it was edited."""
        return self._ran is not None and _told(self._ran) != _told(self._document.tables)

    @property
    def of_another(self) -> str:
        """What journey the results are of that are shown; empty where it is this one, as it stands or stood."""
        results = self.results
        if results is None or results.scenario.id == self._document.tables.get("id"):
            return ""
        return f"“{results.scenario.name or results.scenario.id}”"

    def start(self) -> None:
        """Run the document as it stands, under all its arms."""
        from sim.experiment import plan

        self._fields.take_for("this run")
        reading = self._document.reading
        if reading.file is None:
            count = reading.errors
            words = "one error" if count == 1 else f"{count} errors"
            show = ("Show the errors", self.findings_wanted.emit)
            self._messages.say("errors", f"This journey cannot be run yet: it has {words}.", "error", [show])
            self.findings_wanted.emit()
            return
        try:
            made = plan(reading.file)
        except ScenarioError as error:
            self._messages.say("run", str(error), "error")
            return
        self._ran = self._document.tables
        self._follow(self.runner.start(made, reading.file.text), made)

    def _put_errors_away(self) -> None:
        """Say no longer that errors are in the way once they are mended."""
        if self._document.reading.file is not None:
            self._messages.put_away("errors")

    def compare_with(self, paths: Sequence[Path]) -> None:
        """Run the document and other scenario files as the arms of one run, over the same customers."""
        from app.runs.file_arms import files_as_arms
        from sim.experiment import plan
        from sim.scenario import open_scenario

        self._fields.take_for("this run")
        reading = self._document.reading
        if reading.file is None:
            self.start()  # which says what is wrong
            return
        try:
            files = [reading.file, *(open_scenario(path) for path in paths)]
            made = plan(reading.file, arms=files_as_arms([self._document.name, *map(str, paths)], files))
        except ScenarioError as error:
            self._messages.say("run", str(error), "error")
            return
        self._ran = self._document.tables
        self._follow(self.runner.start(made, reading.file.text), made)

    def resume(self, run: str) -> None:
        """Go on with a stored run that was interrupted."""
        self._follow(self.runner.resume(run), None)

    def extend(self, run: str, replications: int) -> None:
        """Go on with a stored run up to more replications."""
        self._follow(self.runner.extend(run, replications), None)

    def more(self) -> None:
        """Run twice as many replications of the run that is shown."""
        if self.run is not None and self.results is not None and not self.busy:
            self.extend(self.run, 2 * max(len(self.results.replications), 1))

    def show_run(self, run: str) -> None:
        """Show what a stored run found."""
        self._bring_results()
        self._show_from_store(run)

    def show_several(self, runs: list[str]) -> None:
        """Show stored runs side by side."""
        from sim.store import StoreError

        several = []
        try:
            for run in runs:
                kept, results = open_run(self._db, run)
                several.append((f"{kept.name} ({kept.id})", results))
        except StoreError as error:
            self._messages.say("store", str(error), "error")
            return
        self.results_wanted.emit()
        self._panel.show_several(several)
        self._panel.tabs.setCurrentWidget(self._panel.charts.compare)

    def warm(self) -> None:
        """Make ready what the first run and its results need, so that nobody waits for it then."""
        self.runner.prepare()
        threading.Thread(target=self._load, name="loading", daemon=True).start()

    def _tell_of_preparing(self, words: str) -> None:
        """Say so above the canvas, until it is over or somebody puts the message away."""
        if not words:
            self._messages.put_away("engine")
        elif self._preparing:
            self._messages.change("engine", words)
        else:
            self._messages.say("engine", words, stays=True)
        self._preparing = bool(words)

    def ask_to_leave(self, now: Callable[[], object], later: Callable[[], object]) -> None:
        """Ask what becomes of what is run, before the window closes: `now`, or `later` when it is over."""
        self._when_over = _nothing
        self._messages.say(
            "leaving",
            _what_closing_ends(self.runner.jobs),
            "warning",
            [
                ("Stop the run and close", now),
                ("Close when it has finished", lambda: self._wait(later)),
                ("Stay here", _nothing),
            ],
            stays=True,
        )

    def _wait(self, then: Callable[[], object]) -> None:
        def stay() -> None:
            self._when_over = _nothing

        self._when_over = then
        self._messages.say(
            "leaving", "The window will close when the run has finished.", answers=[("Stay here", stay)], stays=True
        )

    def close(self) -> None:
        """End what is under way; what is finished is kept."""
        self._soon.stop()
        if self._reader is not None:
            self._reader.stop()
        self.runner.close()

    def _load(self) -> None:
        """Load what is large and not needed to show the window; in a thread of its own."""
        for name in ("scipy.special", "sim.experiment", "app.desktop.results.charts"):
            import_module(name)
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._loaded.emit()

    def _make_charts(self) -> None:
        """Make one chart after the other, and let what else there is to do come between two."""
        if self._panel.make_a_chart():
            self._next_chart.start()
        else:
            gc.freeze()  # what is loaded by now stays; looking through it for garbage would hold up frames for 80 ms

    def _follow(self, job: Job, plan: Any) -> None:
        self._messages.put_away("run")
        self.job = self._followed = job
        self._plan = plan
        job.changed.connect(self._hear)
        job.replications_stored.connect(self._read_soon)
        job.ended.connect(self._end)
        self._bring_results()
        self.changed.emit()

    def _bring_results(self) -> None:
        self._panel.leave_live()
        self.results_wanted.emit()

    def _hear(self) -> None:
        self._runs.mark_under_way(self.job.run if self.job and not self.job.over else None)
        self.changed.emit()

    def _read_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        self._soon.stop()
        job = self._followed
        if job is None or job.run is None:
            return
        if self._reader is None or self._reader.run_id != job.run:
            self._read_from(RunReader(self._db, job.run, self._plan, self))
        assert self._reader is not None
        self._reader.refresh()

    def _end(self) -> None:
        job = self.job
        assert job is not None
        self._runs.mark_under_way(None)
        self._runs.refresh()
        self._read()
        if job.state == "failed":
            answers = [("Resume", lambda run=job.run: self.resume(run))] if job.run is not None else []
            self._messages.say("run", job.message, "error", answers)
        self.changed.emit()
        self._messages.put_away("leaving")
        if not self.runner.jobs:
            then, self._when_over = self._when_over, _nothing
            then()

    def _show_from_store(self, run: str) -> None:
        self._read_from(RunReader(self._db, run, None, self))
        assert self._reader is not None
        self._reader.refresh()

    def _read_from(self, reader: RunReader) -> None:
        if self._reader is not None:
            self._reader.stop()
            self._reader.deleteLater()
        self._reader = reader
        # In a turn of its own: reading has just taken one.
        reader.results_read.connect(self._show, Qt.ConnectionType.QueuedConnection)
        reader.failed.connect(lambda words: self._messages.say("store", words, "error"))

    def _show(self, results: Results) -> None:
        if self.sender() is not self._reader:
            return  # another run was chosen meanwhile
        assert self._reader is not None
        kept = self._reader.run
        if kept is not None and (self._ran is None or self.run != kept.id):
            self._ran = tables_in(kept.scenario_text, None)
        self.results, self.run = results, self._reader.run_id
        self._panel.show_results(results, kept.name if kept is not None else "")
        self._compare_with_run()
        self.results_shown.emit()
        self.changed.emit()

    def _leave(self) -> None:
        self._left = True

    def _forget(self) -> None:
        """Show nothing of a journey that was left. Its run goes on, and the list of runs has what it finds."""
        self._soon.stop()
        if self._reader is not None:
            self._reader.stop()
            self._reader.deleteLater()
        self._reader = self._followed = self.results = self.run = self._ran = None
        self._panel.forget()

    def _compare_with_run(self) -> None:
        if self._left and (self._ran is None or self.stale):
            self._forget()
        self._left = False
        self._panel.set_stale(self.stale or bool(self.of_another), self.of_another)
        self.changed.emit()


def _nothing() -> None:
    """What is done where nobody waits for the end of a run."""


def _what_closing_ends(jobs: Sequence[Job]) -> str:
    """What becomes of a run that is under way, and of those that wait, where the window closes."""
    kept = jobs[0].stored
    if kept:
        many = "1 replication that is finished is" if kept == 1 else f"{kept:,} replications that are finished are"
        said = f"The {many} kept, and Resume in the list of runs continues it."
    else:
        said = "None of its replications is finished yet."
    waiting = len(jobs) - 1
    more = f" {waiting:,} more {'waits' if waiting == 1 else 'wait'} and would not be begun." if waiting else ""
    return f"A run is in progress, and closing would stop it. {said}{more}"


def _told(tables: Mapping[str, Any]) -> dict[str, Any]:
    """All that a run hangs on: without what only describes for people."""
    return {key: _simulated(key, value) for key, value in tables.items() if key not in _APART}


def _simulated(kind: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    items = (item if isinstance(item, Mapping) else {"": item} for item in value)
    return [{key: each for key, each in item.items() if not _is_only_shown(kind, key)} for item in items]


@cache
def _is_only_shown(kind: str, key: str) -> bool:
    return said_at((kind, "any", key)).only_shown
