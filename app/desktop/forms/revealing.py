"""Bringing the field of an address into view, with the keyboard in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.desktop.forms.field import Field
from app.desktop.forms.group import Fold, Group
from app.desktop.forms.source import Parts, within
from sim.scenario.addresses.address import parts_of

_TURNS = 4
"""So many turns a page may take until all of it has its place."""


def reveal(fields: Mapping[str, Field], parts: Parts) -> Field | None:
    """Unfold what is around the field of an address, or the field around that, and go there; None where none is."""
    around = [(own, field) for address, field in fields.items() if within(own := parts_of(address), parts)]
    if not around:
        return None
    own, field = max(around, key=lambda each: len(each[0]))
    for widget in _above(field):
        if isinstance(widget, Group) and isinstance(widget.head.editor, Fold):
            widget.head.editor.unfold(True)
    target = field.editor.input_at(parts[len(own) :])
    target.setFocus(Qt.FocusReason.OtherFocusReason)
    _stay_with(field, target, _TURNS)
    return field


def _stay_with(field: Field, target: QWidget, turns: int) -> None:
    """Scroll to a field, and again in the turns after: what was just made or unfolded finds its place bit by bit."""
    if turns == _TURNS or QApplication.focusWidget() is target:
        _scroll_to(field, target)
        if turns:
            QTimer.singleShot(0, field, lambda: _stay_with(field, target, turns - 1))


def _scroll_to(field: Field, target: QWidget) -> None:
    for widget in _above(field):
        if isinstance(widget, QScrollArea):
            widget.ensureWidgetVisible(field)
            if target is not field.input:
                widget.ensureWidgetVisible(target)


def _above(widget: QWidget) -> list[QWidget]:
    """The widgets around one, from the nearest on."""
    above: list[QWidget] = []
    while (parent := widget.parentWidget()) is not None:
        above.append(parent)
        widget = parent
    return above
