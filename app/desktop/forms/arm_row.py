"""The line below a field that says what the selected arm changes there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip


class ArmRow(QWidget):
    """Says that the arm has a value of its own here, with a button to take it back, or that no arm can have one."""

    def __init__(self, field: QWidget) -> None:
        """Belongs to that field; nothing is said yet."""
        super().__init__(field)
        self.words = PlainLabel("Changed in this arm")
        self.words.setWordWrap(True)
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.revert = QToolButton()
        self.revert.setText("Revert")
        self.revert.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.revert.setToolTip("Reset this arm to the scenario's own value")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.revert)
        self.hide()

    def name(self, title: str) -> None:
        """Name the button after its field."""
        self.revert.setAccessibleName(f"Reset {title} to the scenario's own value")

    def show_marked(self, marked: list[str]) -> None:
        """Show which addresses the arm sets here; where there are none, that none can."""
        self.revert.setVisible(bool(marked))
        self.words.setText("Changed in this arm" if marked else "The same in all arms")
        self.setToolTip(plain_tip(", ".join(marked)))
