"""How the levers hang together with the rest of the window."""

from __future__ import annotations

from collections.abc import Callable

from app.desktop.levers.panel import LeversPanel
from app.desktop.live import Live
from app.desktop.runs import RunList


def connect_levers(levers: LeversPanel, live: Live, runs: RunList, bring_results: Callable[[], object]) -> None:
    """Offer the stored runs as baselines, and have the curves in sight while a lever moves."""

    def offer_runs() -> None:
        live.baselines.offer_runs([runs.table.run(row) for row in range(runs.table.count)])

    levers.writer.begun.connect(lambda: live.on and bring_results())
    runs.listed.connect(offer_runs)
