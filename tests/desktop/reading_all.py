"""Reading whatever a window shows, as a person would: after Qt has made of each text what it makes of it."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDockWidget,
    QGraphicsItem,
    QGraphicsTextItem,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStatusBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from app.desktop.looks.plain import looks_like_html

Found = tuple[str, str]
"""where a text stands, and how it reads"""
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
)
_GUESSED = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole)


def all_texts(within: QWidget) -> Iterator[Found]:
    """Every text of a widget and all that it holds, in sight or not, with what pops up over it."""
    for widget in [within, *within.findChildren(QWidget)]:
        for what, text in _texts_of(widget):
            if text:
                yield f"{what} of {type(widget).__name__} {widget.objectName()}", text


def guessed(text: str) -> str:
    """How a text reads where Qt guesses whether it is HTML: tooltips, and labels that have no format."""
    return QTextDocumentFragment.fromHtml(text).toPlainText() if looks_like_html(text) else text


def _texts_of(widget: QWidget) -> Iterator[Found]:
    yield "tooltip", guessed(widget.toolTip())
    yield "what's this", guessed(widget.whatsThis())
    yield "title", widget.windowTitle()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield from _of_actions(widget.actions())
    match widget:
        case QLabel():
            yield "text", _of_label(widget)
        case QPushButton() | QToolButton():
            yield "text", without_keys(widget.text())
        case QAbstractButton():
            yield "text", widget.text()
        case QLineEdit():
            yield "text", widget.text()
            yield "placeholder", widget.placeholderText()
        case QTextEdit() | QPlainTextEdit():
            yield "text", widget.toPlainText()
        case QTabBar():
            for tab in range(widget.count()):
                yield "tab", without_keys(widget.tabText(tab))
                yield "tooltip of a tab", guessed(widget.tabToolTip(tab))
        case QMenu():
            yield "title", without_keys(widget.title())
        case QStatusBar():
            yield "message", widget.currentMessage()
        case QDockWidget():
            yield "title", without_keys(widget.windowTitle())
        case QComboBox():
            yield from _of_model(widget.model())
        case QHeaderView():
            pass
        case QAbstractItemView() if widget.model() is not None:
            yield from _of_model(widget.model())
        case QGraphicsView() if widget.scene() is not None:
            yield from _of_items(widget.scene().items())


def _of_label(label: QLabel) -> str:
    if label.textFormat() == Qt.TextFormat.PlainText:
        return without_keys(label.text()) if label.buddy() is not None else label.text()
    if label.textFormat() == Qt.TextFormat.AutoText:
        return guessed(label.text())
    return QTextDocumentFragment.fromHtml(label.text()).toPlainText()


def _of_actions(actions: Iterable[QAction]) -> Iterator[Found]:
    for action in actions:
        yield "action", without_keys(action.text())
        yield "tooltip of an action", guessed(action.toolTip())


def _of_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[Found]:
    within = parent if parent is not None else QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(within)
    rows = model.rowCount(within)
    for column in range(columns):
        yield from ((f"head, {role.name}", _in_role(model.headerData(column, Qt.Orientation.Horizontal, role), role))
                    for role in _ROLES)  # fmt: skip
    for row in range(rows):
        for column in range(columns):
            index = model.index(row, column, within)
            yield from ((f"item, {role.name}", _in_role(index.data(role), role)) for role in _ROLES)
        first = model.index(row, 0, within)
        if model.rowCount(first):
            yield from _of_model(model, first)


def _in_role(said: object, role: Qt.ItemDataRole) -> str:
    text = said if isinstance(said, str) else ""
    return guessed(text) if role in _GUESSED else text


def _of_items(items: Iterable[QGraphicsItem]) -> Iterator[Found]:
    for item in items:
        yield "tooltip of something drawn", guessed(item.toolTip())
        if isinstance(item, QGraphicsTextItem):
            yield "drawn text", item.toPlainText()


def without_keys(text: str) -> str:
    """Without the signs that mark a key: of two, one is shown."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
