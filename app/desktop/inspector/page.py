"""One page of the inspector: a heading and what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desktop.document import Document, Selection
from app.desktop.forms import Field, Form
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance


class Page(QWidget):
    """What is shown of one kind of selection."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """A page without anything on it."""
        super().__init__()
        self.appearance, self.document = appearance, document
        self.forms: list[Form] = []
        self._titles: list[QLabel] = []
        self.kind = PlainLabel()
        self.kind.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.heading = PlainLabel()
        self.heading.setWordWrap(True)
        self.heading.setAccessibleName("Selected item")
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(GRID, GRID, GRID, GRID)
        self.rows.setSpacing(GRID // 2)
        self.rows.addWidget(self.kind)
        self.rows.addWidget(self.heading)
        appearance.changed.connect(self.restyle)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as anybody likes."""
        return QSize(1, super().minimumSizeHint().height())

    def show_selection(self, selection: Selection) -> None:
        """Show that."""
        raise NotImplementedError  # abstract: Qt's metaclass leaves no room for ABC's

    def refresh(self) -> None:
        """Show what the document says now; forms do so by themselves."""

    def fields(self) -> dict[str, Field]:
        """All fields by address."""
        return {
            address: field for form in self.forms if not form.isHidden() for address, field in form.fields().items()
        }

    def add_form(self) -> Form:
        """One more form on the page."""
        form = Form(self.appearance, self.document)
        self.forms.append(form)
        self.rows.addWidget(form)
        return form

    def add_title(self, words: str, tip: str = "") -> QLabel:
        """A heading within the page."""
        title = PlainLabel(words)
        title.setToolTip(plain_tip(tip))
        title.setWordWrap(True)
        title.setContentsMargins(0, GRID, 0, 0)
        self._titles.append(title)
        self.rows.addWidget(title)
        return title

    def restyle(self) -> None:
        """Take the sizes of the theme."""
        theme = self.appearance.theme
        self.heading.setFont(theme.font("large", bold=True))
        self.kind.setFont(theme.font("small"))
        for title in self._titles:
            title.setFont(theme.font("normal", bold=True))
