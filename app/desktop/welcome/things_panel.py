"""Things to try with the example that is open; each makes a new arm."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.document.text_reading import overrides_in
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines
from app.desktop.looks.theme import GRID, Appearance
from app.first_steps.things_to_try import Thing, things_to_try
from sim.scenario.toml.notation import value_text

_NOTHING = "Open an example (File, Open a shipped scenario) to see ideas to try with it."


class ThingsPanel(QScrollArea):
    """What to try, why, and a button that does it."""

    tried = Signal()
    """another arm is there"""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Follow the document."""
        super().__init__()
        self._appearance, self._document = appearance, document
        self.things: tuple[Thing, ...] = ()
        self.buttons: list[QPushButton] = []
        self._titles: list[QLabel] = []
        self._shown: str | None = None
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("Result")
        self.setAccessibleName("Things to try")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(QWidget())
        document.changed.connect(self._follow)
        appearance.changed.connect(self._dress)
        self._fill("")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As small as anybody likes: it can be scrolled."""
        return QSize(1, 1)

    def try_it(self, thing: Thing) -> None:
        """Make an arm of it and say what to do next; where it is there already, select it."""
        arms = {str(arm["id"]): overrides_in(self._document.tables, str(arm["id"])) for arm in self._document.arms}
        wanted = thing.overrides(arms)
        there = [str(arm["id"]) for arm in self._document.arms if arm.get("name") == thing.title]
        same = next((arm for arm in there if arms[arm] == wanted), None)
        if same is not None:
            self._document.select_arm(same)
            self._say(f"“{thing.title}” is already one of the arms. Press Run (F5) to compare it.")
            return
        before = len(self._document.arms)
        self._document.add_arm(thing.title, wanted)
        if len(self._document.arms) > before:
            self._say(f"“{thing.title}” is now a new arm. Press Run (F5) to compare it with the others.")
            self.tried.emit()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _follow(self) -> None:
        id_ = str(self._document.tables.get("id", ""))
        id_ = id_ if id_ in things_to_try() else ""
        if id_ != self._shown:
            self._fill(id_)

    def _fill(self, id_: str) -> None:
        self._shown = id_
        self.things = things_to_try().get(id_, ())
        self.buttons.clear()
        self._titles.clear()
        self.said.hide()
        self.said.setText("")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID // 2)
        rows.addWidget(self._words("Each makes a new arm; run it, and compare." if self.things else _NOTHING, True))
        rows.addWidget(self.said)
        for thing in self.things:
            self._add(rows, thing)
        rows.addStretch(1)
        self.setWidget(inside)  # the one before goes
        self._dress()

    def _add(self, rows: QVBoxLayout, thing: Thing) -> None:
        title = self._words(thing.title)
        title.setContentsMargins(0, GRID, 0, 0)
        self._titles.append(title)
        button = QPushButton("Try it")
        button.setAccessibleName(f"Try it: {thing.title}")
        changes = "\n".join(in_lines(f"{address} = {value_text(value)}") for address, value in thing.do.items())
        button.setToolTip(plain_tip(f"Make an arm that changes\n{changes}"))
        button.clicked.connect(lambda _=False: self.try_it(thing))
        self.buttons.append(button)
        rows.addWidget(title)
        rows.addWidget(self._words(thing.why))
        rows.addWidget(button)

    def _words(self, text: str, quiet: bool = False) -> QLabel:
        label = PlainLabel(text)
        label.setWordWrap(True)
        if quiet:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _dress(self) -> None:
        for title in self._titles:
            title.setFont(self._appearance.theme.font("normal", bold=True))
