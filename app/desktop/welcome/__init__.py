"""The first hour: the welcome, new journeys from templates, the tour, and things to try."""

from app.desktop.welcome.first_steps import FirstSteps
from app.desktop.welcome.things_dock import ThingsDock
from app.desktop.welcome.things_panel import ThingsPanel

__all__ = ["FirstSteps", "ThingsDock", "ThingsPanel"]
