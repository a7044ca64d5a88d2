"""The glossary: a list of topics that can be searched, and what is said about the one that is chosen."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.desktop.help.keys import key_topics
from app.desktop.help.pages import beside, page_text
from app.desktop.help.topics import Topic, linked, topic, topics
from app.desktop.looks.theme import GRID, Appearance

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
"""pages are Markdown; what looks like HTML in them is text"""
_KEY = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class HelpPanel(QWidget):
    """What the words mean; F1 brings the one that is wanted."""

    def __init__(self, appearance: Appearance) -> None:
        """All topics are listed, and nothing is chosen."""
        super().__init__()
        self._appearance = appearance
        self._shown: Topic | str | None = None
        self._before: list[Topic | str] = []
        self.setAccessibleName("Glossary")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search for a word")
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName("Search the glossary")
        self.field.setToolTip("Type part of a word, or of its meaning")
        self.field.textChanged.connect(self._list)
        self.field.installEventFilter(self)
        self.back = QPushButton("Back")
        self.back.setAccessibleName("Back to the previous topic")
        self.back.setToolTip("Go back to the previous topic")
        self.back.clicked.connect(self._go_back)
        self.list = QListWidget()
        self.list.setAccessibleName("Words")
        self.list.currentItemChanged.connect(self._choose)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = _Text()
        self.text.setAccessibleName("What it means")
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.text.anchorClicked.connect(self._follow)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.list)
        self.split.addWidget(self.text)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.field, 1)
        top.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID)
        rows.addLayout(top)
        rows.addWidget(self.split, 1)
        self.setFocusProxy(self.field)
        appearance.changed.connect(self._restyle)
        self._list("")
        self._restyle()

    @property
    def shown(self) -> Topic | str | None:
        """The topic that is shown, or the name of a page."""
        return self._shown

    def browse(self) -> None:
        """Show the list, to search in it."""
        self.list.show()
        self.field.setFocus()

    def explain(self, about: Topic) -> None:
        """Show a topic and, for the room, nothing else until somebody searches."""
        self.list.hide()
        self.show_topic(about)

    def show_topic(self, about: Topic) -> None:
        """Show a topic, which need not be one of the list."""
        self._keep()
        self._show(about)
        if about.key and self.field.text():
            self.field.clear()
        self._mark(about.key)

    def show_page(self, page: str) -> None:
        """Show a page of the documentation, or what stands below one of its headings."""
        self._keep()
        self._show(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Let the arrow keys go through the list while the field has the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.show()
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _list(self, wanted: str) -> None:
        known = [*topics().values(), *(key_topics().values() if wanted.strip() else ())]
        ranked = ((each.fits(wanted), number) for number, each in enumerate(known))
        matching = [
            known[number] for _, number in sorted((rank, number) for rank, number in ranked if rank is not None)
        ]
        self.list.blockSignals(True)
        self.list.clear()
        for each in matching:
            item = QListWidgetItem(each.title if each.kind == "Word" else f"{each.title}   ·   {each.kind.lower()}")
            item.setData(_KEY, each.key)
            self.list.addItem(item)
        self.list.blockSignals(False)
        if wanted:
            self.list.show()
            self.list.setCurrentRow(0)

    def _mark(self, key: str) -> None:
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if key and self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)
                self.list.scrollToItem(self.list.item(row), QListWidget.ScrollHint.PositionAtCenter)
        self.list.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._keep()
            key = item.data(_KEY)
            self._show(topics().get(key) or key_topics()[key])

    def _keep(self) -> None:
        if self._shown is not None:
            self._before.append(self._shown)

    def _go_back(self) -> None:
        if self._before:
            self._show(self._before.pop())
            self._mark(self._shown.key if isinstance(self._shown, Topic) else "")

    def _follow(self, link: QUrl) -> None:
        kind, _, name = link.toString().partition(":")
        target = topic(name) if kind == "topic" else None
        if target is not None:
            self.show_topic(target)
        elif kind == "page":
            self.show_page(name)
        elif kind in ("http", "https"):
            from PySide6.QtGui import QDesktopServices

            QDesktopServices.openUrl(link)
        elif isinstance(self._shown, str):
            self.show_page(beside(self._shown, link.toString()))

    def _show(self, about: Topic | str) -> None:
        self._shown = about
        self.back.setEnabled(bool(self._before))
        if isinstance(about, Topic):
            self.text.setHtml(_html(about, self._appearance))
            return
        text = page_text(about)
        if text is None:
            self.text.setPlainText(f"The page {about} is not part of this installation.")
        else:
            self.text.document().setMarkdown(text, _MARKDOWN)

    def _restyle(self) -> None:
        if self._shown is None:
            self._show(topics()["glossary"])
        else:
            self._show(self._shown)


class _Text(QTextBrowser):
    """Shows text only: no picture is loaded and no style sheet, wherever it may be."""

    def loadResource(self, kind: int, name: QUrl) -> object:  # noqa: N802 (Qt's name)
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32)  # given none that is a picture, Qt reads the file itself
        nothing.fill(Qt.GlobalColor.transparent)
        return nothing


def _html(about: Topic, appearance: Appearance) -> str:
    theme = appearance.theme
    small, large = theme.points("small"), theme.points("large")
    parts = [
        f'<p style="color:{theme.quiet}; font-size:{small}pt; margin:0">{html.escape(about.kind)}</p>',
        f'<p style="font-size:{large}pt; font-weight:bold; margin:0 0 {GRID}px 0">{html.escape(about.title)}</p>',
        f"<p>{linked(about.text, about.key, marked=about.marked)}</p>",
    ]
    parts += [
        f'<p style="margin:{GRID // 2}px 0"><span style="color:{theme.quiet}">{html.escape(name)}:</span> '
        f"{html.escape(value)}</p>"
        for name, value in about.facts
    ]
    seen = [topics()[key] for key in about.see if key in topics()]
    links = [f'<a href="topic:{html.escape(each.key)}">{html.escape(each.title)}</a>' for each in seen]
    if links:
        parts.append(f"<p>See also: {', '.join(links)}</p>")
    if about.page:
        name = about.page.partition("#")[0]
        parts.append(f'<p><a href="page:{html.escape(about.page)}">Read more in {html.escape(_PAGES[name])}</a></p>')
    return f'<body style="color:{theme.text}">{"".join(parts)}</body>'


_PAGES = {
    "glossary.md": "the glossary page",
    "reference/outcomes.md": "the reference of outcomes",
    "reference/scenario.md": "the reference of the scenario file",
    "tutorial/the-window.md": "the tutorial on the window",
}
