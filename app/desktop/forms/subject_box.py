"""The list from which is chosen what a condition looks at: in groups, and searched by typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from app.desktop.fields.open_field import OpenField
from app.desktop.forms.choosing import Box
from app.desktop.forms.line import Line
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import said_of, subjects_in
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.terms import meaning_of_word
from app.desktop.looks.theme import GRID

_BESIDE = 6 * GRID
"""room beside the longest entry for a scroll bar"""
_SHOWN = 16
_SUBJECT = Qt.ItemDataRole.UserRole


class SubjectBox(Box, OpenField):
    """Everything that a condition can look at; typing a part of its name finds it."""

    chosen = Signal(str)
    """the subject that somebody picked"""

    def __init__(self, source: Source, came: Callable[[], None]) -> None:
        """`came` is called when the keyboard comes here."""
        super().__init__(came)
        self._source = source
        self.subject = ""
        self._listed: list[tuple[str, str, str, str]] = []
        self._searched: list[tuple[str, str, str, str]] = []
        self._entries = QStandardItemModel(self)
        self._labels = QStringListModel(self)
        self.setModel(self._entries)
        self.setEditable(True)
        self.line = Line(self)
        self.setLineEdit(self.line)
        self.setMaxVisibleItems(_SHOWN)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._completer = completer = QCompleter(self._labels, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        completer.activated.connect(self._take_text)
        self.activated.connect(self._take_row)
        self.line.came.connect(self._find)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(lambda: self._take_text(self.line.text()))
        self.line.left.connect(lambda: self._take_text(self.line.text()))
        self.line.escaped.connect(self._show)
        self.stay_known()

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        """Open the list, as wide as its longest name."""
        self.view().setMinimumWidth(self._wide())
        super().showPopup()

    def show_subject(self, subject: str) -> None:
        """Show it, also where there is no such thing."""
        self.subject = subject
        self._fill()
        if not self.line.unsaved:
            self._show()

    def open_text(self) -> str:
        """What is typed to find a subject, before one is chosen."""
        return self.line.text().strip() if self.line.unsaved and not self.isHidden() else ""

    def where(self) -> str:
        """What the list is called."""
        return self.accessibleName()

    def take(self) -> None:
        """Take the subject that is called so; where there is none, what is typed stays."""
        subject = self._called(self.line.text())
        if subject:
            self._pick(subject)

    def drop(self) -> None:
        """Show what is chosen."""
        self._show()

    def _show(self) -> None:
        self.line.unsaved = False
        row = self._entries.match(self._entries.index(0, 0), _SUBJECT, self.subject, 1, Qt.MatchFlag.MatchExactly)
        self.setCurrentIndex(row[0].row() if row else -1)
        said = said_of(self.subject, self._source).label
        self.setEditText(said if row else f"{said} (missing)")
        self.line.setCursorPosition(0)

    def _fill(self) -> None:
        """Make the entries anew where there are others; the headings of groups cannot be chosen."""
        listed = [
            (said.group, subject, said.label, said.term)
            for subjects in subjects_in(self._source).values()
            for subject in subjects
            for said in [said_of(subject, self._source)]
        ]
        if listed == self._listed:
            return
        self._listed = listed
        self._entries.clear()
        group = ""
        rows = []
        bold = self.font()
        bold.setBold(True)
        for of, subject, label, term in listed:
            if of != group:
                group = of
                heading = QStandardItem(of)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(bold)
                rows.append(heading)
            item = QStandardItem(label)
            item.setData(subject, _SUBJECT)
            item.setToolTip(plain_tip(meaning_of_word(term) if term else label))
            rows.append(item)
        self._entries.appendColumn(rows)

    def _find(self) -> None:
        """Have the names that typing finds; nobody needs them before the keyboard comes here."""
        if self._searched is not self._listed:
            self._searched = self._listed
            self._labels.setStringList([label for _, _, label, _ in self._listed])
            self._completer.popup().setMinimumWidth(self._wide())

    def _wide(self) -> int:
        """So wide must a list be that no name in it is cut off."""
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(label) for _, _, label, _ in self._listed) + _BESIDE

    def _typed(self, text: str) -> None:
        self._find()
        self.line.unsaved = True

    def _take_row(self, row: int) -> None:
        subject = self._entries.item(row).data(_SUBJECT)
        if isinstance(subject, str):
            self._pick(subject)

    def _take_text(self, text: str) -> None:
        """Take what is called so; else go back."""
        subject = self._called(text)
        if self.line.unsaved and subject:
            self._pick(subject)
        elif self.line.unsaved:
            self._show()

    def _called(self, text: str) -> str:
        """The subject that is called so, or the only one in which that occurs; empty where there is none."""
        wanted = text.strip().lower()
        exact = [subject for _, subject, label, _ in self._listed if label.lower() == wanted]
        near = [subject for _, subject, label, _ in self._listed if wanted and wanted in label.lower()]
        matching = exact or (near if len(near) == 1 else [])
        return matching[0] if matching else ""

    def _pick(self, subject: str) -> None:
        self.line.unsaved = False
        if subject == self.subject:
            self._show()
        else:
            self.chosen.emit(subject)
