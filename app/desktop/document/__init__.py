"""The open scenario: its text, what that says, and every change as a step that can be undone."""

from app.desktop.document.document import ARMS, BASE, Document
from app.desktop.document.selection import NOTHING, Selection
from app.desktop.document.text_reading import TextReading

__all__ = ["ARMS", "BASE", "NOTHING", "Document", "Selection", "TextReading"]
