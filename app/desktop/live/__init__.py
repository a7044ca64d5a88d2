"""Live what-if: a few customers simulated while somebody edits, against a baseline."""

from app.desktop.live.live import Live

__all__ = ["Live"]
