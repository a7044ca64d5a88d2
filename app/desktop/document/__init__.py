"""The open scenario: its text, what that says, and every change as a step that can be undone."""

from app.desktop.document.document import BASE, Document
from app.desktop.document.reading import Reading
from app.desktop.document.selection import NOTHING, Selection

__all__ = ["BASE", "NOTHING", "Document", "Reading", "Selection"]
