"""The table view: touchpoints and transitions as rows, edited in place."""

from app.desktop.table.journey_table import JourneyTable

__all__ = ["JourneyTable"]
