"""The coefficients of the choice: what moves customers on, sideways or out, with what each does in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms import Field, words
from app.desktop.forms.context import Context
from app.desktop.forms.key import Key, keys_of
from app.desktop.forms.making import editor_for
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines, meaning_of_word
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.rules.effects import comparisons, effect_words
from sim.scenario.addresses.address import parts_of
from sim.scenario.journey import COVARIATES, DEFAULT_COEFFICIENTS, ROLES, Coefficients
from sim.scenario.said import worded

_HEADS: Final = {
    "progress": ("Go on", "Transitions that lead on"),
    "neutral": ("Sideways", "Transitions that lead neither on nor out"),
    "exit": ("Leave", "Transitions that lead out"),
}
_ABOUT: Final = (
    "How strongly each of these moves a customer's choice between transitions. 0 has no effect; above 0 draws "
    "customers "
    "to transitions of that kind, below 0 keeps them away from these. Grey figures are defaults."
)
_STRICTLY: Final = (
    "More exactly, these are odds: against the other transitions, all else being equal. The sentence compares with a "
    "customer who differs in this alone."
)
_LETTERS: Final = 9
"""Average letters for which a figure has room."""


class CoefficientsEditor(QWidget):
    """A table of all covariates by role; below each the sentence that its values make, which follows the typing."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """The coefficients of that document."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self._context = Context(appearance, document)
        self._context.bases, self._context.title = [("coefficients",)], "coefficients"
        self._fields: dict[tuple[str, str], Field] = {}
        self._words: dict[str, QLabel] = {}
        self._small: list[QLabel] = []
        self._bold: list[QLabel] = []
        self.setAccessibleName("Behaviour coefficients")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        about = self._quiet(_ABOUT)
        about.setToolTip(plain_tip(in_lines(_STRICTLY)))
        layout.addWidget(about)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        layout.addLayout(self._grid)
        self._source = self._quiet("")
        layout.addWidget(self._source)
        layout.addStretch(1)
        self._make()
        document.changed.connect(self._follow)
        document.read_again.connect(self._read)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._read()
        self.refresh()

    def show_item(self, address: str) -> None:
        """Put the keyboard to the figure at an address such as `coefficients.exit.wait`; show all for a shorter one."""
        parts = parts_of(address)
        field = self._fields.get((parts[1], parts[2])) if len(parts) > 2 else None
        self._read()
        self.refresh()
        if field is not None:
            field.input.setFocus()

    def fields(self) -> dict[str, Field]:
        """All fields by address."""
        return {field.address: field for field in self._fields.values()}

    def words(self, covariate: str) -> str:
        """What a covariate does, as it is said now."""
        return self._words[covariate].text()

    def refresh(self) -> None:
        """Show what the document says now."""
        for field in self._fields.values():
            field.refresh()
        for covariate, label in self._words.items():
            label.setText(effect_words(covariate, dict(self._values(covariate))))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow the document again."""
        super().showEvent(event)
        self.refresh()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as anybody likes."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the figures as much room as there is."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the figures as much room as they need now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._fields:
            self._arrange()

    def _follow(self) -> None:
        """Let the document go on alone while nobody sees these figures."""
        if self.isVisible():
            self.refresh()

    def _make(self) -> None:
        keys = {key.name: key for key in keys_of(Coefficients)}
        for column, role in enumerate(ROLES, 1):
            head = self._quiet(_HEADS[role][0])
            head.setWordWrap(False)
            head.setToolTip(plain_tip(_HEADS[role][1]))
            self._grid.addWidget(head, 0, column)
        sources = dict.fromkeys(each.source for each in comparisons().values())
        for number, covariate in enumerate(COVARIATES):
            self._make_row(keys[covariate], 1 + 3 * number, with_source=len(sources) > 1)
        if len(sources) == 1:
            self._source.setText(f"Where the defaults come from: {next(iter(sources))}.")

    def _make_row(self, key: Key, row: int, with_source: bool) -> None:
        label = PlainLabel(worded(key.name))
        source = comparisons()[key.name].source
        explained = meaning_of_word(key.name.replace("_", " "))
        said = [f"{words.sentence(key.meaning)}.", explained, f"Where the default comes from: {source}."]
        label.setToolTip(plain_tip("\n".join(in_lines(each) for each in said if each)))
        self._bold.append(label)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignBottom)
        for column, role in enumerate(ROLES, 1):
            editor = editor_for(self._context, key)
            editor.says_default = False  # the text above does, for all of them
            field = Field(self._context, key, (role, key.name), editor)
            default = DEFAULT_COEFFICIENTS[role][key.name]
            field.default_of = lambda default=default: default  # type: ignore[misc]
            field.arrange(True, 0, 0)
            field.label.hide()
            field.grid.setContentsMargins(0, GRID // 2, 0, 0)
            field.editor.name(f"{worded(key.name)}: {_HEADS[role][1].lower()}", key.meaning)
            self._fields[role, key.name] = field
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        does = self._quiet("")
        does.setAccessibleName(f"What {worded(key.name).lower()} does")
        does.setToolTip(plain_tip(in_lines(_STRICTLY)))
        does.setContentsMargins(GRID, 0, 0, GRID)
        self._words[key.name] = does
        self._grid.addWidget(does, row + 1, 0, 1, 1 + len(ROLES))
        if with_source:
            self._grid.addWidget(self._quiet(f"Default: {source}"), row + 2, 0, 1, 1 + len(ROLES))

    def _quiet(self, text: str) -> QLabel:
        label = PlainLabel(text)
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._small.append(label)
        return label

    def _values(self, covariate: str) -> Iterator[tuple[str, float]]:
        for role in ROLES:
            field = self._fields[role, covariate]
            given: Any = field.given
            fits = isinstance(given, int | float) and not isinstance(given, bool)
            yield role, float(given) if fits else DEFAULT_COEFFICIENTS[role][covariate]

    def _arrange(self) -> None:
        wanted = self.fontMetrics().averageCharWidth() * _LETTERS + 2 * GRID
        names = max(label.fontMetrics().horizontalAdvance(label.text()) for label in self._bold)
        room = (self.width() - names - 3 * GRID) // len(ROLES) - GRID
        for field in self._fields.values():
            field.setFixedWidth(max(min(wanted, room), 6 * GRID))

    def _read(self) -> None:
        self._context.read_findings()
        for field in self._fields.values():
            field.say()

    def _restyle(self) -> None:
        theme = self.appearance.theme
        for label in self._small:
            label.setFont(theme.font("small"))
        for label in self._bold:
            label.setFont(theme.font("normal", bold=True))
        self._arrange()
        for field in self._fields.values():
            field.say()
