"""The two-minute tour: what to see and to do in the window, one thing after the other."""

from app.desktop.tour.sights import Sights
from app.desktop.tour.tour import Tour

__all__ = ["Sights", "Tour"]
