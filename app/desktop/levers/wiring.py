"""How the levers hang together with the rest of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QDockWidget

from app.desktop.levers.panel import LeversPanel
from app.desktop.live import Live
from app.desktop.runs import RunList


def connect_levers(levers: LeversPanel, live: Live, runs: RunList, results: QDockWidget) -> None:
    """Offer the stored runs as baselines, and have the curves in sight while a lever moves."""

    def offer_runs() -> None:
        live.baselines.offer_runs([runs.table.run(row) for row in range(runs.table.count)])

    def bring_results() -> None:
        if live.on and not results.widget().isVisible():
            results.show()
            results.raise_()

    levers.writer.begun.connect(bring_results)
    runs.listed.connect(offer_runs)
