"""A question in its place: a bar with two answers, and nothing stops for it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID


class Question(QFrame):
    """Asks whether something is to be done; Escape means no."""

    closed = Signal()
    """answered, one way or the other"""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something is asked."""
        super().__init__(parent)
        self.setAccessibleName("Question")
        self.setObjectName("question")
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.yes, self.no = QPushButton(), QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self._do: Callable[[], None] | None = None
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._close)
        self.hide()

    def ask(self, text: str, yes: str, no: str, do: Callable[[], None]) -> None:
        """Show the question; `do` is called where the answer is yes."""
        self.text.setText(text)
        self.text.setAccessibleName(text)
        for button, says in ((self.yes, yes), (self.no, no)):
            button.setText(says)
            button.setAccessibleName(f"{says}: {text}")
        self._do = do
        self.show()
        self.no.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape is no; Enter is the button that has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.yes if self.yes.hasFocus() else self.no).click()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        do = self._do
        self._close()
        if do is not None:
            do()

    def _close(self) -> None:
        self._do = None
        self.hide()
        self.closed.emit()
