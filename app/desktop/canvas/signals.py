"""What the canvas asks of the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class CanvasSignals(QWidget):
    """The requests of the canvas; it changes nothing itself until the next map arrives."""

    selection_changed = Signal(object)
    """the new `Selection`"""
    moved = Signal(object)
    """a tuple of `Move`: cards and notes go there"""
    connect_requested = Signal(str, str)
    """a transition from the first touchpoint to the second"""
    quick_add_requested = Signal(object)
    """a `QuickAdd`"""
    delete_requested = Signal(object)
    """the `Selection` to delete"""
    share_edit_requested = Signal(str, float)
    """the key of a transition and its new share"""
    rename_requested = Signal(str, str)
    """the id of a touchpoint and its new name"""
    note_changed = Signal(str, str)
    """the id of a note and its new text"""
    finding_clicked = Signal(str)
    """the address of the finding"""
    context_requested = Signal(object)
    """where on the screen a menu is asked for, as a QPoint"""

    def hint(self, text: str) -> None:
        """Say that at the lower edge of the canvas; nothing for an empty text."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's
