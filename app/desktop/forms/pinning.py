"""The menu of a field: a value that can be moved is pinned as a lever there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from app.desktop.forms.context import Context


def offer_lever(context: Context, addresses: Sequence[str], menu: QMenu, event: QContextMenuEvent) -> None:
    """Show the menu of a field, with an entry that has its value among the levers where it can be one.

    `addresses` are those at which the field can write now.
    """
    from app.desktop.levers.offered import can_be_lever  # levers are made of fields' parts

    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if len(addresses) == 1 and can_be_lever(context.source, addresses[0]):
        if menu.actions():
            menu.addSeparator()
        pin = menu.addAction("Pin as a lever")
        pin.setToolTip("Add this value to the levers")
        pin.triggered.connect(lambda: context.document.lever_wanted.emit(addresses[0]))
    if menu.actions():
        menu.popup(event.globalPos())
    else:
        menu.deleteLater()
