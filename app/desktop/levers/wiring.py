"""How the levers hang together with the rest of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget

    from app.desktop.window import Window

_STATUS_MS = 6000


def connect_levers(window: Window, results: QDockWidget) -> None:
    """Let the window say what the levers tell, offer its runs as baselines, and have the curves in sight."""

    def offer_runs() -> None:
        table = window.runs.table
        window.live.baselines.offer_runs([table.run(row) for row in range(table.count)])

    def bring_results() -> None:
        if window.live.on and not window.results.isVisible():
            results.show()
            results.raise_()

    window.levers.message.connect(lambda words: window.statusBar().showMessage(words, _STATUS_MS))
    window.levers.writer.begun.connect(bring_results)
    window.runs.listed.connect(offer_runs)
