"""Pictures of the views: what the view in front looks like on paper, in a file and on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from app.desktop.canvas import Canvas
from app.desktop.commands.command import Command
from app.desktop.document import Document
from app.desktop.frame.messages import Messages
from app.desktop.frame.views import Views
from app.desktop.journey_map import JourneyMapView
from app.desktop.looks.theme import Theme
from app.desktop.pictures import Picture, Pictured, Taking
from app.desktop.pictures.taking import WAYS
from app.desktop.results.facts import facts
from app.desktop.simulation import Simulation

_KEYS = {"copy": "Ctrl+Shift+C", "print": "Ctrl+P"}
NOTHING = "There is nothing to take along yet: the journey has no touchpoint. Add one, or open an example."


class ViewPictures:
    """Takes the view in front along; the canvas where that is a table or the settings."""

    def __init__(
        self,
        views: Views,
        canvas: Canvas,
        journey_map: JourneyMapView,
        document: Document,
        simulation: Simulation,
        taking: Taking,
        messages: Messages,
    ) -> None:
        """Pictures of those views."""
        self._views, self._canvas, self._document = views, canvas, document
        self._simulation, self._taking, self._messages = simulation, taking, messages
        self._journey_map = journey_map

    def commands(self) -> list[Command]:
        """What the File menu has of this."""
        return [
            *(
                Command(f"take-{way}", "File", words, self._taker(way), _KEYS.get(way, ""), tip, group=2)
                for way, (words, tip) in WAYS.items()
            ),
            Command(
                "map-pdf",
                "File",
                "Save journey map as PDF …",
                self._take_map,
                "",
                "Whatever is in front",
                group=2,
            ),
        ]

    def _taker(self, way: str) -> Callable[[], None]:
        return lambda: self.take(way)

    def take(self, way: str) -> None:
        """Take the view in front along."""
        front = self._views.currentWidget()
        self._take(self._journey_map.pictured if front is self._journey_map else self.canvas, way)

    def _take(self, pictured: Pictured, way: str) -> None:
        if not self._document.journey.touchpoints and not self._document.journey.notes:
            self._messages.say("picture", NOTHING, "warning")
            return
        self._messages.put_away("picture")
        self._taking.take(pictured, way)

    def _take_map(self) -> None:
        self._take(self._journey_map.pictured, "pdf")

    def canvas(self, theme: Theme) -> Picture:
        """The journey as it is drawn."""
        drawn = self._canvas.drawn(theme)
        name = journey_name(self._document)
        return Picture(name, drawn.size, drawn.draw, theme, name, self._source())

    def _source(self) -> str:
        results, flow = self._simulation.results, self._canvas.flow
        if results is None or not flow.of:
            return "As it is drawn in Journey Sandbox; not simulated yet."
        before = " before the last edit" if self._simulation.stale else ""
        return f"Visits and shares under {flow.of}. Simulated with Journey Sandbox{before}: {facts(results)}."


def journey_name(document: Document) -> str:
    """What the journey is called."""
    return str(document.shown.get("name") or document.tables.get("name") or document.name)
