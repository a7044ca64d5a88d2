"""A line in which the name of something new is typed or found, with a button that adds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

from PySide6.QtCore import QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QPushButton, QWidget

from app.desktop.fields.open_field import OpenField
from app.desktop.forms.line import Line
from app.desktop.forms.telling import SIGN, Telling
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance

Suggest = Callable[[], Iterable[tuple[str, str]]]
"""What could be added, names with words; asked whenever somebody comes to add"""
_MOMENT = 0.015
"""seconds of one turn that looking for names may take"""
_SHOWN = 12
_OF_THE_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class Adder(QWidget, OpenField):
    """Adds what is typed, or chosen from the list that opens while typing or on the arrow down."""

    added = Signal(str)
    """the name of what is wanted"""

    def __init__(self, appearance: Appearance, what: str, suggest: Suggest, problem: Callable[[str], str]) -> None:
        """`what` is added, such as "limit"; `problem` says why a name cannot be taken."""
        super().__init__()
        self._appearance, self._suggest, self._problem = appearance, suggest, problem
        self._by_words: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        self._coming: Iterator[tuple[str, str]] = iter(())
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look_on)
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(_SHOWN)
        self.completer.popup().setAccessibleName(f"What could be added as {what}")
        self.line = _NameLine(self.completer)
        self.line.setPlaceholderText(f"Add {what} …")
        self.line.setAccessibleName(f"Name of the new {what}")
        self.line.setToolTip("Type a name, or press the down arrow to choose")
        self.line.setCompleter(self.completer)
        self.line.setMinimumWidth(1)
        self.button = QPushButton("Add")
        self.button.setAccessibleName(f"Add {what}")
        self.button.setToolTip(plain_tip(f"Add {what} under this name"))
        self.said = Telling(self, self)
        layout = QGridLayout(self)
        layout.setContentsMargins(GRID, GRID // 4, 0, GRID // 2)
        layout.setHorizontalSpacing(GRID)
        layout.addWidget(self.line, 0, 0)
        layout.addWidget(self.button, 0, 1)
        self.setFocusProxy(self.line)
        self.line.came.connect(self._offer)
        self.line.entered.connect(self._add)
        self.line.escaped.connect(self._clear)
        self.line.textEdited.connect(self._typed)
        self.button.clicked.connect(self._add)
        self.completer.activated[str].connect(self._choose)
        self.stay_known()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the sign of what is wrong at the end of the line."""
        super().resizeEvent(event)
        self.layout().activate()
        line = self.line.geometry()
        self.said.stand(QRect(line.right() - SIGN, line.y(), SIGN, line.height()))
        self.said.raise_()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Look for no more names."""
        super().hideEvent(event)
        self._timer.stop()

    def open_text(self) -> str:
        """The name that is typed."""
        return "" if self.isHidden() else self.line.text().strip()

    def where(self) -> str:
        """What the line is called."""
        return self.line.accessibleName()

    def take(self) -> None:
        """Add what is typed."""
        self._add()

    def rehearse(self) -> None:
        """Ask for it to be added."""
        name = self._name_of(self.line.text().strip())
        if not self._problem(name):
            self.added.emit(name)

    def drop(self) -> None:
        """Empty the line."""
        self._clear()

    def _offer(self) -> None:
        """Look for what could be added."""
        self._offered, self._coming = {}, iter(self._suggest())
        self._look_on()

    def _look_on(self) -> None:
        """Look for a moment; in a large journey there are so many addresses that the rest waits for the next turn."""
        until = perf_counter() + _MOMENT
        for name, words in self._coming:
            self._offered[name if words in ("", name) else f"{words}   {name}"] = name
            if perf_counter() > until:
                self._timer.start()
                return
        self._show_offered()

    def _show_offered(self) -> None:
        if self._offered != self._by_words:
            self._by_words = self._offered
            self._model.setStringList(list(self._offered))
            if self.line.hasFocus() and (self.line.text() or self.line.waits):
                self.line.offer_all()

    def _typed(self) -> None:
        self.line.unsaved = True
        self._say("")

    def _choose(self, words: str) -> None:
        self.line.setText(words)
        self._add()

    def _add(self) -> None:
        typed = self.line.text().strip()
        if not typed and self.line.isVisible():
            self.line.setFocus()
            self.line.offer_all()
            return
        name = self._name_of(typed)
        problem = self._problem(name)
        self._say(problem)
        if not problem:
            self._clear()
            self.added.emit(name)

    def _name_of(self, typed: str) -> str:
        """The name that is meant, which may have been typed in words."""
        return self._by_words.get(typed) or self._named(typed) or typed

    def _named(self, typed: str) -> str | None:
        """The name of what is called so in words."""
        same = [name for said, name in self._by_words.items() if said.partition("   ")[0].lower() == typed.lower()]
        return same[0] if len(same) == 1 else None

    def _clear(self) -> None:
        self.line.clear()
        self.line.unsaved = False
        self._say("")

    def _say(self, problem: str) -> None:
        theme = self._appearance.theme
        self.said.tell(f"✕ Not saved: {problem}" if problem else "", QColor(theme.error), theme)


class _NameLine(Line):
    """Shows all that could be added on the arrow down, and where somebody clicks into an empty line."""

    def __init__(self, completer: QCompleter) -> None:
        super().__init__()
        self._offered = completer
        self.waits = False
        """whether the list is to open as soon as there is one"""

    def offer_all(self) -> None:
        self.waits = not self._offered.model().rowCount()
        if not self.waits:
            self._offered.setCompletionPrefix(self.text())
            self._offered.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        listed = self._offered.popup().isVisible()
        if listed and event.key() in _OF_THE_LIST:
            event.ignore()  # the list takes what nobody wants
        elif event.key() == Qt.Key.Key_Down and not listed:
            self.offer_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        super().mousePressEvent(event)
        if not self.text():
            self.offer_all()
