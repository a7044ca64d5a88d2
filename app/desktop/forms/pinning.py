"""The menu of a field: a value that can be moved is pinned as a lever there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from app.desktop.forms.field import Field


def offer_lever(field: Field, menu: QMenu, event: QContextMenuEvent) -> None:
    """Show the menu of a field, with an entry that has its value among the levers where it can be one."""
    from app.desktop.levers.offered import can_be_lever  # levers are made of fields' parts

    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if len(field.addresses) == 1 and not field.fixed and can_be_lever(field.context.source, field.address):
        if menu.actions():
            menu.addSeparator()
        pin = menu.addAction("Pin as a lever")
        pin.setToolTip("Add this value to the levers")
        pin.triggered.connect(lambda: field.context.document.lever_wanted.emit(field.address))
    if menu.actions():
        menu.popup(event.globalPos())
    else:
        menu.deleteLater()
