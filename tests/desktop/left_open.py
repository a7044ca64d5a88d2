"""Every kind of field that the window has, typed into and left open."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget

from app.desktop.document import Selection
from app.desktop.forms.adding import Adder
from app.desktop.forms.subject_box import SubjectBox
from app.desktop.window import Window
from tests.desktop.hands import turn

TYPED = "Wxyz"
"""what is typed where a text fits"""


@dataclass(frozen=True)
class Kind:
    """A kind of field, how it is come by, and what is typed."""

    name: str
    reach: Callable[[Window], QWidget]
    """opens one; where the keyboard is then"""
    typed: str = TYPED
    said: str = f'= "{TYPED}"'
    """how the document says it once it is taken over; empty where it cannot be"""
    own: bool = False
    """whether it is of no document"""

    def type_into(self, window: Window) -> None:
        """Type, and leave the field open."""
        field = self.reach(window)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        QTest.keyClicks(field, self.typed)
        turn()


def _view(window: Window, touchpoint: int) -> None:
    window.views.setCurrentIndex(touchpoint)
    window.activateWindow()
    turn()


def _on_canvas(act: Callable[[Window], object]) -> Callable[[Window], QWidget]:
    def reach(window: Window) -> QWidget:
        _view(window, 0)
        act(window)
        turn()
        found = [
            each
            for kind in (QLineEdit, QPlainTextEdit)
            for each in window.canvas.view.viewport().findChildren(kind)
            if each.isVisible()
        ]
        assert len(found) == 1
        return found[0]

    return reach


def _edit_selected(window: Window, **selected: str) -> None:
    window.editor.select(Selection(**{kind: frozenset({id_}) for kind, id_ in selected.items()}))
    window.canvas.view.setFocus()
    QTest.keyClick(window.canvas.view, Qt.Key.Key_F2)


def _cell_of(view: QAbstractItemView) -> QWidget:
    turn()
    (field,) = [each for each in view.viewport().findChildren(QLineEdit) if each.isVisible()]
    return field


def _in_table(view: str, row: int, head: str) -> Callable[[Window], QWidget]:
    def reach(window: Window) -> QWidget:
        _view(window, window.views.indexOf(window.table))
        rows = getattr(window.table, view)
        model = rows.model()
        column = next(number for number, one in enumerate(model.columns) if one.head == head)
        rows.edit_cell(model.index(row if row >= 0 else model.rowCount() + row, column))
        return _cell_of(rows)

    return reach


def _in_map(row: str) -> Callable[[Window], QWidget]:
    def reach(window: Window) -> QWidget:
        _view(window, window.views.indexOf(window.journey_map))
        grid = window.journey_map.grid
        titles = [one.title for one in grid.sheet_model.sheet.rows]
        grid.open_cell(grid.sheet_model.index(titles.index(row), 0))
        turn()
        (field,) = [each for each in grid.viewport().findChildren(QPlainTextEdit) if each.isVisible()]
        return field

    return reach


def _arm(window: Window) -> QWidget:
    window.scenario.list.setCurrentRow(2)
    window.scenario.list.editItem(window.scenario.list.item(2))
    return _cell_of(window.scenario.list)


def _setting(section: str, address: str) -> Callable[[Window], QWidget]:
    def reach(window: Window) -> QWidget:
        _view(window, window.views.indexOf(window.sections))
        window.sections.open(section)
        turn()
        return window.sections.fields()[address].input

    return reach


def _in_settings(section: str, kind: type[Adder] | type[SubjectBox]) -> Callable[[Window], QWidget]:
    def reach(window: Window) -> QWidget:
        _view(window, window.views.indexOf(window.sections))
        window.sections.open(section)
        turn()
        return next(each.line for each in window.sections.page.findChildren(kind) if each.isVisible())

    return reach


def _lever(window: Window) -> QWidget:
    window.docks()[-1].show()
    window.docks()[-1].raise_()
    turn()
    return next(each for each in window.levers.findChildren(QLineEdit) if each.isVisible())


def _new_page(window: Window) -> QWidget:
    window.first_steps.show_new()
    turn()
    assert window.first_steps.new is not None
    return window.first_steps.new.name


KINDS = (
    Kind("a touchpoint's name on the canvas", _on_canvas(lambda window: _edit_selected(window, touchpoints="page"))),
    Kind(
        "a transition's share on the canvas",
        _on_canvas(lambda window: _edit_selected(window, transitions="page/cart")),
        "7.25",
        "share = 0.29",
    ),
    Kind("a new touchpoint on the canvas", _on_canvas(lambda window: window.canvas.add_beside())),
    Kind("a note on the canvas", _on_canvas(lambda window: _edit_selected(window, notes="note"))),
    Kind("a touchpoint's name in the table", _in_table("touchpoints", 0, "Name")),
    Kind("a share in the table", _in_table("transitions", 0, "Share"), "7.25", "share = 0.29"),
    Kind("a new touchpoint in the table", _in_table("touchpoints", -1, "Name")),
    Kind("a goal in the journey map", _in_map("Customer goal")),
    Kind("an arm's name", _arm),
    Kind("a text of a form", _setting("scenario", "name")),
    Kind("a long text", _setting("scenario", "about")),
    Kind("a number of a form", _setting("scenario", "horizon"), "123.5", "123.5"),
    Kind("a name of something new", _in_settings("channels", Adder), TYPED, 'id = "wxyz"'),
    Kind("a lever", _lever, "7.25", "mix = 0.3625"),
    Kind("a share that is none", _on_canvas(lambda window: _edit_selected(window, transitions="page/cart")), TYPED, ""),
    Kind("a share in the table that is none", _in_table("transitions", 0, "Share"), TYPED, ""),
    Kind("a number that is none", _setting("scenario", "horizon"), TYPED, ""),
    Kind("a number that is not finished", _setting("scenario", "horizon"), "12e", ""),
    Kind("a subject that is looked for", _in_settings("rules", SubjectBox), TYPED, ""),
    Kind("a journey that is not made yet", _new_page, TYPED, "", own=True),
)

_OF_EACH_PART = ("a note on the canvas", "a touchpoint's name in the table", "a number that is none")
FEW = tuple(kind for kind in KINDS if kind.name in _OF_EACH_PART)
"""one that has its own field, one in a cell, one that does not fit"""
