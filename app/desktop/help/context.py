"""Which topic goes with what has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QTabBar, QTableView, QTabWidget, QWidget

from app.desktop.help.fields import field_topic
from app.desktop.help.topics import Topic, topic, topics
from app.desktop.looks.plain import looks_like_html, shown_caption

_PROPERTY = "helpTopic"

Giver = Callable[[], "str | Topic | None"]


def set_help(widget: QWidget, about: str | Giver) -> None:
    """Let F1 in this widget, and in all within it that have no help of their own, open a topic.

    `about` is a word of the glossary, an outcome's id or a part of the window (`app.desktop.help.parts`); or a function
    that gives one, or a Topic, when it is asked; None from it means what is around the widget.
    """
    if callable(about):
        widget.help_topic = about  # type: ignore[attr-defined]
    else:
        widget.setProperty(_PROPERTY, about)


def help_for(widget: QWidget | None) -> Topic:
    """The topic for a widget, going up from it: its own, its field, its tooltip, its tab, its panel, the window."""
    within = widget
    while within is not None:
        help_ = _own(within) or _column(within)
        if help_ is not None:
            return help_
        if within is widget:
            told = _tooltip(within)
            if told:
                around = help_for(within.parentWidget())
                title = _name(within) or around.title
                return Topic("", title, "Part of the window", told, see=_keys(around), marked=False)
        help_ = _by_title(within)
        if help_ is not None:
            return help_
        within = within.parentWidget()
    return topics()["window"]


def help_on_action(action: QAction) -> Topic:
    """The topic of an entry of a menu."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = shown_caption(action.text()) or "Menu"
    text = action.statusTip() or _plain(action.toolTip()) or title
    return Topic("", title, "Command", f"{text.rstrip('.')}.", (("Keys", keys),) if keys else (), ("window",))


def _own(widget: QWidget) -> Topic | None:
    give = getattr(widget, "help_topic", None)
    if callable(give):
        given = give()
        if isinstance(given, Topic):
            return given
        known = topic(given) if given else None
        if known is not None:
            return known
    field = field_topic(widget)
    if field is not None:
        return field
    word = widget.property(_PROPERTY)
    if isinstance(word, str) and word:
        return topic(word) or Topic("", _name(widget) or word, "Part of the window", word)
    said = widget.whatsThis()
    return Topic("", _name(widget) or "Help", "Part of the window", _plain(said)) if said else None


def _column(widget: QWidget) -> Topic | None:
    """The column in which the current cell of a table is, where its head says what it means."""
    if not isinstance(widget, QTableView) or not widget.currentIndex().isValid():
        return None
    column, across = widget.currentIndex().column(), Qt.Orientation.Horizontal
    head = widget.model().headerData(column, across, Qt.ItemDataRole.DisplayRole)
    told = widget.model().headerData(column, across, Qt.ItemDataRole.ToolTipRole)
    if not head or not told:
        return None
    return Topic("", str(head), "Column", _plain(str(told)), see=_keys(help_for(widget.parentWidget())))


def _by_title(widget: QWidget) -> Topic | None:
    if isinstance(widget, QTabWidget):
        return _tab(widget.tabBar())
    if isinstance(widget, QTabBar):
        return _tab(widget)
    if isinstance(widget, QDockWidget):
        title = widget.windowTitle()
        return topic(f"{title} panel") or topic(title) or Topic("", title, "Part of the window", f"The panel {title}.")
    return None


def _tab(bar: QTabBar) -> Topic | None:
    at = bar.currentIndex()
    if at < 0:
        return None
    title, told = shown_caption(bar.tabText(at)), _plain(bar.tabToolTip(at))
    known = topic(title)
    if known is not None or not told:
        return known
    return Topic("", title, "Part of the window", told)


def _tooltip(widget: QWidget) -> str:
    return _plain(widget.toolTip())


def _plain(text: str) -> str:
    """Without markup, and without the line breaks that a tooltip needs."""
    if looks_like_html(text):
        return QTextDocumentFragment.fromHtml(text).toPlainText()
    return " ".join(text.split())


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = str(text()) if callable(text) else ""
    return widget.accessibleName() or (shown_caption(said) if isinstance(widget, QAbstractButton) else said)


def _keys(around: Topic) -> tuple[str, ...]:
    return (around.key,) if around.key else around.see
