"""A form: the fields of a table of the scenario, or of several alike that are edited together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms.context import Context
from app.desktop.forms.field import Field
from app.desktop.forms.group import Group, column_for
from app.desktop.forms.key import Key, keys_of
from app.desktop.forms.making import Row, row_for
from app.desktop.forms.words import sentence
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from sim.scenario.addresses.address import parts_of
from sim.scenario.model import Part

_BESIDE = 20
"""Average letters for which an editor needs room to have its label beside it."""
_MOST_FIELD, _LEAST_FIELD = 76, 46
"""Average letters that a label with its editor takes, where there is more room and where what explains it needs it."""
_FIELDS_SHARE = 0.62
_LEAST_SPARE = 24
_FIRST = 7
"""Rows of a page that are made at once: about as many as are seen first."""
_MOST_LABEL = 0.3
"""Share of the room that labels may take so as to stay on one line."""


class Form(QWidget):
    """Fields made from a model, each of which changes the document where it is edited."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """An empty form."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self.context = Context(appearance, document)
        self.rows: list[Row] = []
        self._waiting: list[Key] = []
        """the keys whose rows are made in the next turn, so that no turn takes long"""
        self._of: tuple[type[Part], tuple[str, ...] | None] | None = None
        self._arranged: tuple[bool, int, int] | None = None
        self._rests = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 4)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("Findings about the whole item")
        self.said.hide()
        self._layout.addWidget(self.said)
        self._layout.addStretch(1)
        document.changed.connect(self.refresh)
        document.read_again.connect(self._read)
        appearance.changed.connect(self._restyle)

    def edit(
        self, model: type[Part], address: str | Sequence[str], only: Sequence[str] | None = None, title: str = ""
    ) -> None:
        """Show the table at an address, or those at several; `only` these keys, in their order.

        The same kind of table as before keeps its fields, so that going from one to the next is quick. An empty
        address is the scenario itself.
        """
        addresses = [address] if isinstance(address, str) else list(address)
        self.context.bases = [parts_of(each) if each else () for each in addresses]
        self.context.title = title
        of = (model, tuple(only) if only is not None else None)
        if of != self._of:
            self._of = of
            self._make(model, only)
        else:
            for row in self.rows:
                row.name()
        self.context.read_findings()
        self.refresh()

    def complete(self) -> None:
        """Make the rows that are still to be made, below those that are seen first."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            rows = self._add(waiting)
            if not self._rests and not self._gone:
                for row in rows:
                    row.refresh()

    def fields(self) -> dict[str, Field]:
        """All fields by address."""
        self.complete()
        fields = [field for row in self.rows for field in (row.fields() if isinstance(row, Group) else [row])]
        return {address: field for field in fields for address in field.addresses}

    def row(self, key: str) -> Row:
        """The field or group of a key of the table itself."""
        self.complete()
        heads = [(row.head if isinstance(row, Group) else row, row) for row in self.rows]
        return next(row for head, row in heads if head.key.name == key)

    def keys(self, model: type[Part]) -> Iterable[Key]:
        """The keys that may be shown; some forms call them otherwise than the file does."""
        return keys_of(model)

    def refresh(self) -> None:
        """Show what the document says now."""
        if self._gone or self._rests:
            return
        for row in self.rows:
            row.refresh()
        self._say()

    @property
    def _gone(self) -> bool:
        """Whether there is nothing to be shown, or no longer."""
        return self._of is None or not all(
            self.context.source.at(base) is not None for base in self.context.bases if len(base) > 1
        )

    def rest(self, on: bool) -> None:
        """Take no notice of the document for as long as nobody sees the form; then show what it says."""
        self._rests = on
        if not on and self._of is not None:
            self.context.read_findings()
            self.refresh()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as anybody likes: labels go above their editors where there is no room beside them."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Put labels beside their editors where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Look again whether there is room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._of is not None:
            self._arrange(again=True)

    def _make(self, model: type[Part], only: Sequence[str] | None) -> None:
        for row in self.rows:
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows.clear()
        known = {key.name: key for key in self.keys(model)}
        listed = [known[name] for name in (only if only is not None else known)]
        first = _FIRST if self.context.explains else len(listed)
        self._waiting = listed[first:]
        self._add(listed[:first])
        if self._waiting:
            QTimer.singleShot(0, self, self.complete)

    def _add(self, keys: Iterable[Key]) -> list[Row]:
        inside = len(self.context.bases[0]) > 1
        rows = [row_for(self.context, key, (key.name,), inside) for key in keys]
        for row in rows:
            self.rows.append(row)
            self._layout.insertWidget(self._layout.count() - 1, row)
            if self.isVisible():
                row.show()  # else only the next turn does, too late for the keyboard to go there
        self._arrange(again=True)
        return rows

    def _arrange(self, again: bool = False) -> None:
        letter = self.fontMetrics().averageCharWidth()
        room = self.width() - self._spare(letter)
        column = column_for(self.rows, self.fontMetrics(), round(room * _MOST_LABEL))
        stacked = room < column + letter * _BESIDE
        wanted = (stacked, column, room)
        if wanted != self._arranged or again:
            self._arranged = wanted
            for row in self.rows:
                row.arrange(*wanted)

    def _spare(self, letter: int) -> int:
        """Have the fields leave free what they need not, and what explains them needs."""
        most = min(_MOST_FIELD * letter, max(round(self.width() * _FIELDS_SHARE), _LEAST_FIELD * letter))
        spare = self.width() - (most if self.context.explains else _MOST_FIELD * letter)
        self.context.spare = spare if spare >= _LEAST_SPARE * letter else 0
        return self.context.spare

    def _read(self) -> None:
        if self._rests:
            return
        self.context.read_findings()
        for row in self.rows:
            row.say()
        self._say()

    def _say(self) -> None:
        """Findings about the table as a whole, which no field shows."""
        lines = [
            sentence(f"{finding.problem}; {finding.remedy}" if finding.remedy else finding.problem)
            for finding, parts in self.context.findings
            if parts and parts in self.context.bases
        ]
        self.said.setText("\n".join(f"⚠ {line}" for line in lines))
        self.said.setVisible(bool(lines))

    def _restyle(self) -> None:
        self._arrange(again=True)
        for row in self.rows:
            row.say()
        self.update()
