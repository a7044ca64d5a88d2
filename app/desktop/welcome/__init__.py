"""The first hour: the welcome, new journeys from templates, the tour, and things to try."""

from app.desktop.welcome.first_steps import FirstSteps

__all__ = ["FirstSteps"]
