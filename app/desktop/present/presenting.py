"""Begins a presentation of the journey that is open; the window stays as it is below it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desktop.canvas import Canvas
from app.desktop.commands.command import Command
from app.desktop.document import Document
from app.desktop.frame.messages import Messages
from app.desktop.looks.theme import Appearance
from app.desktop.present.screen import Screen
from app.desktop.present.slides import slides
from app.desktop.results import ResultsPanel
from app.desktop.results.facts import source

NOTHING = "There is nothing to present yet: the journey has no touchpoint. Add one, or open an example."


class Presenting:
    """Shows the journey, its stages and what the last run found, on the full screen."""

    def __init__(
        self,
        window: QWidget,
        appearance: Appearance,
        document: Document,
        canvas: Canvas,
        results: ResultsPanel,
        messages: Messages,
    ) -> None:
        """Present what these show."""
        self._window, self._appearance, self._document = window, appearance, document
        self._canvas, self._results, self._messages = canvas, results, messages

    def command(self) -> Command:
        """What the View menu has of this."""
        return Command(
            "present",
            "View",
            "Present",
            self.start,
            "F11",
            "Full screen: journey, stages, results",
            group=4,
        )

    def start(self) -> Screen | None:
        """Begin; None where there is nothing to show."""
        journey = self._document.journey
        if not journey.touchpoints:
            self._messages.say("present", NOTHING, "warning")
            return None
        self._messages.put_away("present")
        name = str(self._document.shown.get("name") or self._document.name)
        foot = source(self._results.reading)
        if foot and self._results.is_stale:
            foot += " From before the last edit."
        theme = self._appearance.theme
        shown = slides(name, journey, self._results.sentences())
        screen = Screen(self._window, theme, self._canvas.drawn(theme), shown, foot)
        screen.showFullScreen()
        screen.activateWindow()
        screen.setFocus()
        return screen
