"""What pops up over the window's parts: words for marketers, none of those that files and programs are written in."""

import re

from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.document import Selection
from app.desktop.sections.items_page import ItemsPage
from app.desktop.sections.sections import SECTIONS
from app.desktop.window import Window
from tests.desktop.everything import EVERYTHING
from tests.desktop.reading_all import all_texts

ADDRESS = re.compile(r"\b[a-z_]+\.[a-z_-]+(\.[a-z_0-9-]+)*\b")
"""such as channels.email.mix"""
OF_PROGRAMS = re.compile(r"`|\b[a-z]+_[a-z_]+\b|\b(float|int|null|enum|array|tick|bool)\b")


def told(within: QWidget) -> set[str]:
    """All that pops up over a part of the window."""
    return {text for where, text in all_texts(within) if text and ("tooltip" in where or "ToolTip" in where)}


def test_no_tooltip_is_written_in_the_words_of_a_program(window: Window) -> None:
    window.document.new(EVERYTHING)
    texts = told(window)
    for selection in (
        Selection(touchpoints=frozenset({"page"})),
        Selection(touchpoints=frozenset({"cart"})),
        Selection(transitions=frozenset({"page/gone"})),
        Selection(notes=frozenset({"note"})),
    ):
        window.editor.select(selection)
        QApplication.processEvents()
        texts |= told(window.inspector)
    for section in SECTIONS:
        page = window.sections.open(section.id)
        for row in range(page.list.count() if isinstance(page, ItemsPage) else 1):
            if isinstance(page, ItemsPage):
                page.list.setCurrentRow(row)
            QApplication.processEvents()
            texts |= told(page)
    window.levers.pin("channels.email.open_rate")
    texts |= told(window.levers)
    assert len(texts) > 300
    assert sorted(text for text in texts if ADDRESS.search(text) or OF_PROGRAMS.search(text)) == []
