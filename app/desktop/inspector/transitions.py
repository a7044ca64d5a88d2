"""The transitions into and out of a touchpoint, to go to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.document import Selection
from app.desktop.document.drawn_journey import DrawnJourney, Transition
from app.desktop.inspector.why import percent, share_of
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID


class Link(QAbstractButton):
    """A line of text that leads somewhere, with a figure at its end; the text is cut short where there is no room."""

    def __init__(self, words: str, figure: str) -> None:
        """A link that says that."""
        super().__init__()
        self.setText(words)
        self.figure = figure
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """One line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text() + self.figure) + 3 * GRID, metrics.height() + GRID)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the text, and a frame where the keyboard is."""
        painter = QPainter(self)
        role = QPalette.ColorRole
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), self.palette().color(role.Base))
        painter.setPen(self.palette().color(role.Link))
        room = self.rect().adjusted(GRID // 2, 0, -GRID // 2, 0)
        metrics = self.fontMetrics()
        left = room.width() - metrics.horizontalAdvance(self.figure) - GRID
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(self.palette().color(role.PlaceholderText))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.figure)
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow it with Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class TransitionsList(QWidget):
    """A button for each transition, with its share and delay."""

    selection_requested = Signal(object)
    """a Selection that somebody wants to see"""

    def __init__(self) -> None:
        """An empty list."""
        super().__init__()
        self.buttons: dict[str, Link] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID, 0, 0, 0)
        self._layout.setSpacing(0)
        self._shown: tuple[object, ...] = ()

    def show_transitions(self, journey: DrawnJourney, id_: str) -> None:
        """List the transitions of that touchpoint, made anew only where something about them changed."""
        out = [transition for transition in journey.transitions if transition.source == id_]
        into = [transition for transition in journey.transitions if transition.target == id_]
        lines = [
            (transition.key, _name(journey, transition.target), _figure(journey, transition)) for transition in out
        ]
        others = [
            (transition.key, _name(journey, transition.source), _figure(journey, transition)) for transition in into
        ]
        if (now := (tuple(lines), tuple(others))) == self._shown:
            return
        self._shown = now
        had = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons.clear()
        self._add("Leads to", "→", lines, "Nowhere yet")
        self._add("Reached from", "←", others, "Nowhere yet")
        if had in self.buttons:
            self.buttons[had].setFocus()

    def _add(self, title: str, sign: str, lines: list[tuple[str, str, str]], nothing: str) -> None:
        head = PlainLabel(title)
        head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._layout.addWidget(head)
        if not lines:
            self._layout.addWidget(PlainLabel(nothing))
        for key, name, figure in lines:
            button = Link(f"{sign} {name}", figure)
            button.setAccessibleName(f"{title} {name}, {figure}")
            button.setToolTip(plain_tip(f"{title} {name}: {figure}. Press to see this transition."))
            button.clicked.connect(
                lambda _=False, key=key: self.selection_requested.emit(Selection(transitions=frozenset({key})))
            )
            self.buttons[key] = button
            self._layout.addWidget(button)


def _name(journey: DrawnJourney, id_: str) -> str:
    touchpoint = journey.touchpoint(id_)
    return touchpoint.name if touchpoint is not None else id_


def _figure(journey: DrawnJourney, transition: Transition) -> str:
    return percent(share_of(journey, transition)) + (f", {transition.delay}" if transition.delay else "")
