"""A small shop in the tables, and hands that edit it with keys only."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.looks.theme import Appearance
from app.desktop.table import JourneyTable
from app.desktop.table.view import RowsView

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHOP = """\
format = 1
id = "shop"
name = "Shop"
horizon = 90
population = { size = 100 }

[[channels]]
id = "web"
name = "Website"

[[channels]]
id = "app"

[[touchpoints]]
id = "bought"
name = "Bought"
stage = "purchase"
goal = { kind = "conversion", margin = 0.4 }

# Where most give up.
[[touchpoints]]
id = "cart"
name = "Cart"
stage = "consideration"
channels = { web = 0.7, app = 0.3 }

[[touchpoints]]
id = "ad"
name = "Ad"
stage = "awareness"
start = true

[[touchpoints]]
id = "left"
name = "Left"
stage = "retention"
exit = "churn"

[[transitions]]
from = "cart"
to = "bought"
share = 35

[[transitions]]
from = "ad"
to = "cart"
share = 1
delay = 2

[[transitions]]
from = "cart"
to = "left"
share = 65

[layout]
cart = [300, 40]
"""


def heads(view: RowsView) -> list[str]:
    model = view.model()
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def column(view: RowsView, head: str) -> list[str]:
    model, at = view.model(), heads(view).index(head)
    return [model.index(row, at).data() for row in range(model.rowCount() - 1)]


def cell(view: RowsView, head: str, name: str) -> QModelIndex:
    """The cell under a head, in the row that has that name in its second or fourth column."""
    model = view.model()
    for row in range(model.rowCount()):
        if name in (model.index(row, 1).data(), model.index(row, 3).data()):
            return model.index(row, heads(view).index(head))
    raise KeyError(name)


def field(view: RowsView) -> Any:
    """The field that is open."""
    found = [child for kind in (QComboBox, QLineEdit) for child in view.viewport().findChildren(kind)]
    shown = [child for child in found if child.isVisible() and child.parent() is view.viewport()]
    assert len(shown) == 1
    return shown[0]


def type_into(qtbot: QtBot, view: RowsView, at: QModelIndex, text: str) -> None:
    """Go to a cell, open it, replace what is there, and accept."""
    view.setFocus()
    view.setCurrentIndex(at)
    qtbot.keyClick(view, KEY.Key_Return)
    opened = field(view)
    qtbot.keyClick(opened, KEY.Key_A, CONTROL)
    if text:
        qtbot.keyClicks(opened, text)
    else:
        qtbot.keyClick(opened, KEY.Key_Delete)
    qtbot.keyClick(opened, KEY.Key_Return)


def is_equal(table: JourneyTable, document: Document) -> bool:
    """Whether the table shows what the document says, cell by cell."""
    journey = document.journey
    fresh = JourneyTable(Appearance(), document)
    same = [
        column(mine, head) == column(new, head)
        for mine, new in ((table.touchpoints, fresh.touchpoints), (table.transitions, fresh.transitions))
        for head in heads(mine)
    ]
    fresh.deleteLater()
    document.changed.disconnect(fresh._follow)
    return all(same) and table.shown() == (frozenset(journey.touchpoints), frozenset(journey.transitions))
