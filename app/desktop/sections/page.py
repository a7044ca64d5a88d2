"""What all pages of settings share: a heading, a sentence, what is wrong with the whole, and the way to a field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms import Field, Form
from app.desktop.forms.group import Fold, Group
from app.desktop.forms.revealing import reveal
from app.desktop.forms.source import Source
from app.desktop.forms.words import sentence
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.rules.editor import RuleEditor
from app.desktop.sections.sections import Section

Parts = tuple[str, ...]
MakeEditor = Callable[[Appearance, Document], QWidget]
"""Makes an editor with `show_item(address)`, for what is set in words instead of fields"""


class Scroll(QScrollArea):
    """Scrolls up and down only: what is in it is as wide as there is room."""

    def __init__(self, content: QWidget) -> None:
        """Show that."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)


class Page(QWidget):
    """One section."""

    def __init__(self, appearance: Appearance, document: Document, section: Section) -> None:
        """A page with its heading and nothing below it."""
        super().__init__()
        self.appearance, self.document, self.section = appearance, document, section
        self.source = Source(document)
        self.rests = False
        """whether nobody sees the page, so that it need not follow the document"""
        self.setAccessibleName(section.title)
        self.heading = PlainLabel(section.title)
        self.heading.setWordWrap(True)
        self.what = PlainLabel(section.what)
        self.what.setWordWrap(True)
        self.what.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.what.setAccessibleName(f"What {section.title.lower()} are about")
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("Findings about the whole section")
        self.said.hide()
        self.top = QVBoxLayout()
        self.top.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        self.top.setSpacing(GRID // 2)
        for label in (self.heading, self.what, self.said):
            self.top.addWidget(label)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GRID)
        self.rows.addLayout(self.top)
        document.read_again.connect(self._say)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._say()

    def fields(self) -> dict[str, Field]:
        """All fields on the page, by address."""
        for editor in self.findChildren(RuleEditor):
            editor.complete()
        for form in self.findChildren(Form):
            form.complete()
        there = [field for field in self.findChildren(Field) if self._is_there(field)]
        return {address: field for field in there for address in field.addresses}

    def reveal(self, parts: Parts) -> Field | None:
        """Bring the field of an address, or the one around it, into view, and the keyboard to it."""
        return reveal(self.fields(), parts)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow the document again."""
        super().showEvent(event)
        self._rest(False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Let the document go on alone: nobody sees these fields."""
        super().hideEvent(event)
        self._rest(True)

    def _rest(self, on: bool) -> None:
        self.rests = on
        for form in self.findChildren(Form):
            form.rest(on)
        self._say()

    def _is_there(self, field: Field) -> bool:
        """Whether nobody put it away, as rows are that will be deleted; folded up or not shown yet is there."""
        widget: QWidget | None = field
        while widget is not None and widget is not self:
            parent = widget.parentWidget()
            folded = isinstance(parent, Group) and widget is parent.inside and isinstance(parent.head.editor, Fold)
            put_away = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            if put_away and not folded:
                return False
            widget = parent
        return True

    def _say(self) -> None:
        """What was found about the list or table as a whole, which no field shows."""
        if self.rests:
            return
        reading = vars(self.document).get("reading")
        lines = [
            f"{'✕ Error' if finding.level == 'error' else '⚠ Warning'}: "
            + sentence(f"{finding.problem}; {finding.remedy}" if finding.remedy else finding.problem)
            for finding in (reading.findings if reading is not None else ())
            if self.section.address and self.source.parts_of_finding(finding) in self.section.roots
        ]
        palette = self.said.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self.appearance.theme.error))
        self.said.setPalette(palette)
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))

    def _restyle(self) -> None:
        self.heading.setFont(self.appearance.theme.font("large", bold=True))
        self._say()


class TablePage(Page):
    """A single table: its form, or an editor of its own."""

    def __init__(
        self, appearance: Appearance, document: Document, section: Section, make: MakeEditor | None = None
    ) -> None:
        """The page of that section."""
        super().__init__(appearance, document, section)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(2 * GRID, 0, 2 * GRID, 2 * GRID)
        if make is not None:
            editor = make(appearance, document)
            editor.show_item(section.address)  # type: ignore[attr-defined]
            rows.addWidget(editor)
        else:
            form = Form(appearance, document)
            form.context.explains = True
            form.edit(section.model, section.address, section.keys)
            rows.addWidget(form)
        rows.addStretch(1)
        self.rows.addWidget(Scroll(inside), 1)
