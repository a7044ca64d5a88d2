"""The line at the foot of the window: what is or was run, how far it is, and what is wrong with the journey."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from app.desktop.document import Document
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.simulation import Simulation

Worst = Literal["", "good", "warning", "error"]


class Status(QStatusBar):
    """How things stand, in words."""

    findings_wanted = Signal()
    """somebody wants to see what is wrong"""

    def __init__(self, appearance: Appearance) -> None:
        """Empty."""
        super().__init__()
        self._appearance = appearance
        self._worst: Worst = ""
        self._words = PlainLabel()
        self._words.setAccessibleName("Status")
        self._words.setContentsMargins(GRID, 0, 0, 0)
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the run")
        self._progress.setFixedWidth(200)
        self._progress.hide()
        self._checked = QPushButton()
        self._checked.setFlat(True)
        self._checked.setToolTip("Show errors and warnings")
        self._checked.setContentsMargins(GRID, 0, GRID, 0)
        self._checked.clicked.connect(self.findings_wanted)
        appearance.changed.connect(self._dress)
        self.addWidget(self._words, 1)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._checked)

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, document: Document, simulation: Simulation) -> None:
        """Say how things stand."""
        job, busy = simulation.job, simulation.busy
        self._progress.setVisible(busy)
        if busy and job is not None:
            self._progress.setRange(0, job.total)
            self._progress.setValue(job.done)
        self._words.setText(status_words(document, simulation))
        self._worst, words = _checked(document)
        self._checked.setText(words)
        self._dress()

    def _dress(self) -> None:
        """How well the journey is, in the colour of that, too."""
        theme = self._appearance.theme
        colours = {"": theme.quiet, "good": theme.good, "warning": theme.warning, "error": theme.error}
        palette = self._checked.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(colours[self._worst]))
        self._checked.setPalette(palette)


def status_words(document: Document, simulation: Simulation) -> str:
    """`seed 2026 · 50 replications · 10,000 customers · done in 3.1 s · results are current`."""
    parts = []
    results, job = simulation.results, simulation.job
    if results is not None:
        parts = [
            f"seed {results.seed}",
            _count(len(results.replications), "replication"),
            _count(results.scenario.population.size, "customer"),
        ]
    if job is not None and not job.over:
        parts.append(_under_way(simulation))
    elif results is not None:
        other = simulation.of_another
        edited = "results predate your last edit" if simulation.stale else "results are current"
        parts.append(f"results of {other}" if other else edited)
    if not parts:
        journey = document.journey
        parts = [
            _count(len(journey.touchpoints), "touchpoint"),
            _count(len(journey.transitions), "transition"),
            "not run yet",
        ]
    return " · ".join(parts)


def _under_way(simulation: Simulation) -> str:
    job = simulation.job
    assert job is not None
    if job.state == "paused":
        return "paused"
    if job.state != "running":
        return job.message or "starting …"
    left = job.seconds_left
    if job.message:
        return job.message
    return "running" if left is None else f"running, about {_time(left)} left"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _checked(document: Document) -> tuple[Worst, str]:
    """`2 errors, 1 warning`, after the worst of them."""
    if not document.journey.touchpoints:
        return "", "Nothing drawn yet"
    if not document.is_read:
        return "", "Checking …"
    errors = document.reading.errors
    warnings = len(document.reading.findings) - errors
    words = [_count(number, what) for number, what in ((errors, "error"), (warnings, "warning")) if number]
    worst: Worst = "error" if errors else "warning" if warnings else "good"
    return worst, ", ".join(words) or "No problems found"
