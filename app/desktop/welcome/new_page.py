"""A new journey: blank, or from a template and six figures."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.desktop.fields.open_field import OpenField
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.welcome.figure_field import FigureField
from app.first_steps.templates import Template, scenario_text, templates, written

_ID = Qt.ItemDataRole.UserRole
_LIST = 24 * GRID
"""the width of the list at the usual type"""
_NAME = 60 * GRID


class NewPage(QWidget, OpenField):
    """The templates, and what the chosen one asks."""

    own = True
    why = "has not been made into a journey yet"

    blank_wanted = Signal()
    left = Signal()
    """nothing is to be made"""
    made = Signal(str)
    """with the text of the scenario"""

    def __init__(self, appearance: Appearance) -> None:
        """The first template is chosen."""
        super().__init__()
        self._appearance = appearance
        self.setAccessibleName("New journey")
        self.fields: list[FigureField] = []
        self._kept: dict[str, dict[str, str]] = {}
        """what was typed for templates that were chosen before"""
        self._chosen: Template | None = None
        self.heading = PlainLabel("New journey")
        self.list = QListWidget()
        self.list.setAccessibleName("Template")
        self.list.setToolTip("What kind of journey it is")
        for template in templates().values():
            item = QListWidgetItem(template.name)
            item.setData(_ID, template.id)
            item.setToolTip(plain_tip(template.sentence))
            self.list.addItem(item)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemActivated.connect(lambda _: self.name.setFocus())
        self.blank = _button("Blank journey", "Draw a journey from scratch")
        self.back = _button("Back", "Cancel (Esc)")
        self.make = _button("Create journey", "Create a journey from these figures; nothing is saved yet")
        self.make.setDefault(True)
        self.blank.clicked.connect(self.blank_wanted)
        self.back.clicked.connect(self.left)
        self.make.clicked.connect(self._make)
        self.about = PlainLabel()
        self.about.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the journey")
        self.name.setToolTip("What it is called in the window and in reports")
        self.name.setMaximumWidth(_NAME)
        self.name.returnPressed.connect(self._make)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("Whether the figures are valid")
        self._build()
        appearance.changed.connect(self._dress)
        self._dress()
        self.list.setCurrentRow(0)
        self.stay_known()

    def open_text(self) -> str:
        """What is typed for a journey that is not made yet."""
        if self._chosen is None or not self.isVisible():
            return ""
        said = [self.name.text()] if self.name.text() != _name_of(self._chosen) else []
        for field in self.fields:
            if field.line.text() != written(field.figure.default):
                said.append(f"{field.figure.label}: {field.line.text()}")
        return ", ".join(said)

    def where(self) -> str:
        """What the page is called."""
        return self.heading.text()

    def choose(self, id_: str) -> None:
        """Show what that template asks."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == id_:
                self.list.setCurrentRow(row)

    def field(self, id_: str) -> FigureField:
        """The field of that figure."""
        return next(field for field in self.fields if field.figure.id == id_)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As small as anybody likes: the figures can be scrolled."""
        return QSize(1, 1)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.list, 1)
        left.addWidget(self.blank)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 2 * GRID, 0)
        self._rows.setSpacing(GRID // 2)
        label = PlainLabel("Name")
        label.setBuddy(self.name)
        self._rows.addWidget(self.about)
        self._rows.addWidget(label)
        self._rows.addWidget(self.name)
        self._rows.addSpacing(GRID)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        self._rows.addLayout(self._questions)
        self._rows.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setAccessibleName("Figures")
        self.scroll.setWidget(inside)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.make)
        buttons.addWidget(self.back)
        buttons.addWidget(self.said, 1)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addWidget(self.scroll, 1)
        right.addLayout(buttons)
        across = QHBoxLayout()
        across.setSpacing(3 * GRID)
        across.addLayout(left)
        across.addLayout(right, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        rows.setSpacing(GRID)
        rows.addWidget(self.heading)
        rows.addLayout(across, 1)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        if self._chosen is not None:
            self._kept[self._chosen.id] = {field.figure.id: field.line.text() for field in self.fields}
        self._chosen = templates()[item.data(_ID)]
        self.about.setText(self._chosen.sentence)
        self.name.setText(_name_of(self._chosen))
        for field in self.fields:
            field.hide()
            self._questions.removeWidget(field)
            field.deleteLater()
        self.fields = [FigureField(self._appearance, figure) for figure in self._chosen.figures]
        before: QWidget = self.name
        for field in self.fields:
            field.line.setText(self._kept.get(self._chosen.id, {}).get(field.figure.id, field.line.text()))
            field.changed.connect(self._tell)
            field.accepted.connect(self._make)
            self._questions.addWidget(field)
            QWidget.setTabOrder(before, field.line)
            before = field.line
        for button in (self.make, self.back):
            QWidget.setTabOrder(before, button)
            before = button
        self._tell()

    def _tell(self) -> None:
        wrong = [field.figure.label for field in self.fields if field.answer is None]
        self.make.setEnabled(not wrong)
        many = f"{len(wrong)} figures are not valid yet" if len(wrong) > 1 else f"Not valid yet: {''.join(wrong)}"
        self.said.setText(many if wrong else "")

    def _make(self) -> None:
        assert self._chosen is not None
        answers = {field.figure.id: field.answer for field in self.fields}
        given = {id_: answer for id_, answer in answers.items() if answer is not None}
        if len(given) == len(self.fields):
            self.made.emit(scenario_text(self._chosen, given, self.name.text()))
        else:
            wrong = next(field for field in self.fields if field.answer is None)
            wrong.line.setFocus()

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.heading.setFont(theme.font("large", bold=True))
        self.list.setFixedWidth(round(_LIST * (1 + theme.scale) / 2))


def _name_of(template: Template) -> str:
    """What a journey made from that is called at first."""
    return f"My {template.name[0].lower()}{template.name[1:]}"


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words)
    button.setToolTip(plain_tip(tip))
    button.setAutoDefault(True)
    return button
