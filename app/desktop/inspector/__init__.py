"""The inspector: every value of what is selected."""

from app.desktop.inspector.inspector import Inspector

__all__ = ["Inspector"]
