"""Filling in the fields of a page as a scenario file says it: with mouse clicks, and by typing texts and numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.desktop.forms import Field, words
from app.desktop.forms.choosing import ChoiceEditor, Switch, WeightEditor
from app.desktop.forms.conditions import ConditionRows
from app.desktop.forms.distribution import DistributionEditor
from app.desktop.forms.entries import Entries
from app.desktop.forms.families import family_of
from app.desktop.forms.group import Fold, Group, Presence
from app.desktop.forms.hours import HoursEditor
from app.desktop.forms.line import LineEditor
from app.desktop.forms.longtext import LongTextEditor
from app.desktop.forms.numbers import text_of
from app.desktop.forms.several import SeveralEditor
from app.desktop.forms.share_field import PercentEditor
from app.desktop.forms.source import Source
from app.desktop.forms.subjects import OPERATORS, said_of, sort_of
from app.desktop.rules.triggers import KINDS, KindEditor, kind_of
from sim.scenario.addresses.address import joined
from tests.desktop.hands import Key, turn
from tests.desktop.mouse import bring, choose, click, click_entry, close_popup, drag, write

Parts = tuple[str, ...]


class Filler:
    """Fills in what a page shows; `fields` gives them by address."""

    def __init__(self, source: Source, fields: Callable[[], dict[str, Field]]) -> None:
        self.source, self._fields = source, fields

    def fill(self, base: Parts, item: Mapping[str, Any]) -> None:
        """Give all values of a table; what a new one says beyond them is taken away."""
        for key, value in item.items():
            self.give((*base, key), value)
        for key in set(self.source.at(base) or {}) - set(item):
            self.clear((*base, key))

    def field(self, parts: Parts) -> Field:
        """The field at an address."""
        found = self._fields()
        address = joined(parts)
        assert address in found, (address, sorted(found))
        return found[address]

    def clear(self, parts: Parts) -> None:
        """Leave a line empty."""
        editor = self.field(parts).editor
        assert isinstance(editor, LineEditor), parts
        write(editor.line, "")

    def give(self, parts: Parts, value: Any) -> None:
        """Give one value, or a whole table."""
        if self.source.at(parts) == value and type(self.source.at(parts)) is type(value):
            return
        field = self.field(parts)
        editor = field.editor
        bring(field)
        match editor:
            case KindEditor():
                kind = kind_of(value)
                assert kind is not None
                if kind_of(self.source.at(parts)) != kind:
                    choose(editor.box, KINDS[kind].words)
                self.fill(parts, value)
            case Presence():
                click(editor.box, _mark(editor.box))
                self.fill(parts, value)
            case Fold():
                if not editor.open:
                    click(editor.button)
                group = field.parentWidget()
                assert isinstance(group, Group)
                for name in value:
                    if isinstance(group, Entries) and name not in (self.source.at(parts) or {}):
                        add_entry(group, name)
                self.fill(parts, value)
            case DistributionEditor():
                self._distribution(parts, editor, value)
            case HoursEditor():
                paint(editor, value)
            case ConditionRows():
                self._conditions(editor, value)
            case SeveralEditor():
                self._tick(editor, value)
            case ChoiceEditor():
                choose(editor.box, *self._names(value))
            case Switch():
                click(editor.box, _mark(editor.box))
            case WeightEditor():
                choose(editor.box, {True: "Yes", False: "No"}[value])
            case PercentEditor():
                write(editor.line, f"{100 * value:.10g} %")
            case LineEditor():
                write(editor.line, _typed(value))
            case LongTextEditor():
                click(editor.page)
                QTest.keyClicks(editor.page, value)
                turn()
            case _:
                raise AssertionError((parts, editor))
        assert self.source.at(parts) == value, (parts, self.source.at(parts), value, field.words)

    def _distribution(self, parts: Parts, editor: DistributionEditor, value: Any) -> None:
        family = family_of(value)
        assert family is not None
        choose(editor.box, family.words)
        for name in family.only:
            write(editor.parameters[name].line, _typed(value[name] if isinstance(value, Mapping) else value))

    def _conditions(self, editor: ConditionRows, conditions: list[Any]) -> None:
        for number, (subject, operator, value) in enumerate(conditions):
            click(editor.add)
            row = editor.rows[number]
            choose(row.subject, said_of(subject, self.source).label)
            if row.condition[1] != operator:
                choose(row.operator.box, OPERATORS[sort_of(subject)][operator])
            if row.condition[2] == value:
                continue
            match row.value:
                case SeveralEditor():
                    self._tick(row.value, value)
                case ChoiceEditor():
                    choose(row.value.box, *self._names(value))
                case LineEditor():
                    write(row.value.line, _typed(value))

    def _tick(self, editor: SeveralEditor, values: list[str]) -> None:
        """Open the list, tick what is wanted, untick what is not, and close it."""
        wanted = [self._names(value)[0] for value in values]
        click(editor.button)
        assert editor.menu.isVisible()
        for text in wanted:
            action = next(action for action in editor.menu.actions() if action.text() == text)
            if not action.isChecked():
                click(editor.menu, editor.menu.actionGeometry(action).center())
        for action in editor.menu.actions():
            if action.isChecked() and action.text() not in wanted:
                click(editor.menu, editor.menu.actionGeometry(action).center())
        close_popup(editor.window())
        assert not editor.menu.isVisible()

    def _names(self, value: Any) -> list[str]:
        """What a value may be called in a list: by its name, or as a word."""
        kinds = ("touchpoints", "channels", "segments", "actions", "stages")
        named = [self.source.named(kind).get(value) for kind in kinds] if isinstance(value, str) else []
        choice = words.choice(value)
        return [*(name for name in named if name), choice, f"{choice} (default)"]


def add_entry(entries: Entries, name: str) -> None:
    """Type the name of something that can be added, and click it in the list that opens; or accept where none does."""
    line, popup = entries.adder.line, entries.adder.completer.popup()
    click(line)
    QTest.keyClicks(line, name)
    turn()
    if not popup.isVisible():
        QTest.keyClick(line, Key.Key_Return)
        turn()
        return
    model = popup.model()
    listed = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    (row,) = [row for row, said in enumerate(listed) if said.split()[-1] == name]
    click_entry(popup, model.index(row, 0))


def paint(editor: HoursEditor, weights: list[float]) -> None:
    """Paint weights into the grid: with each weight in turn, down the days or along the hours."""
    grid = editor.grid
    days = len(weights) // 24 if len(weights) > 24 else 1
    columns = len(weights) // days
    lines = (
        [[(column, row) for row in range(days)] for column in range(columns)]
        if days > 1
        else [[(column, 0) for column in range(columns)]]
    )

    def weight(cell: tuple[int, int]) -> float:
        return weights[cell[1] * columns + cell[0]]

    for brush in sorted(set(weights)):
        write(editor.brush, _typed(brush))
        bring(grid)
        for line in lines:
            stroke: list[tuple[int, int]] = []
            for cell in [*line, None]:
                if cell is not None and weight(cell) == brush:
                    stroke.append(cell)
                elif stroke:
                    drag(grid, [grid.cell(*each).center() for each in (stroke[0], stroke[-1])])
                    stroke = []


def _typed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    return text_of(value)


def _mark(box: QAbstractButton) -> QPoint:
    """Where the box to be ticked is, left of its words."""
    return QPoint(10, box.height() // 2)
