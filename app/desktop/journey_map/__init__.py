"""The journey map: stages as columns, with what customers want, do, meet and feel, and what is at stake."""

from app.desktop.journey_map.view import JourneyMapView

__all__ = ["JourneyMapView"]
