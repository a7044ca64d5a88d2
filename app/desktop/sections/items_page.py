"""The page of a list: its items, what can be done with them, and the fields of the one that is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.document import Document
from app.desktop.forms import Field, Form
from app.desktop.forms.adding import Adder
from app.desktop.forms.words import sentence
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.rules.editor import RuleEditor
from app.desktop.sections import items
from app.desktop.sections.page import MakeEditor, Page, Parts, Scroll
from app.desktop.sections.sections import Section
from app.desktop.table.signs import finding_sign
from sim.scenario.addresses.address import joined, label_of, parts_of

_LABEL = Qt.ItemDataRole.UserRole
_BESIDE = 480
"""pixels at the usual type from which the list stands beside the fields"""
_LIST = 240
_LIST_ABOVE = 144
_UNLIMITED = 16777215


class ItemsPage(Page):
    """A list of tables: segments, channels, rules."""

    structure_changed = Signal(str, object)
    """items came, went or moved: what was done, and the tables before"""
    go_requested = Signal(str)
    """the address of something else that somebody wants to see"""

    def __init__(
        self, appearance: Appearance, document: Document, section: Section, make: MakeEditor | None = None
    ) -> None:
        """The page of that section; `make` makes the editor of an item where fields are not enough."""
        super().__init__(appearance, document, section)
        self._make = make
        self._filling = False
        one = section.one
        self.selected = ""
        """by what the item is addressed that is shown"""
        self._wanted = ""
        """the one that somebody chose or added last: shown again where it comes back"""
        self.list = _ItemList()
        self.list.setAccessibleName(f"{section.title}: list")
        self.list.setToolTip("Delete removes, Ctrl+D duplicates, Alt+Up and Alt+Down move the selected one")
        self.adder = Adder(appearance, one, tuple, lambda name: "" if name else "Enter a name first")
        self.adder.line.setToolTip(
            plain_tip(f"Type the name of a new {one} and press Enter; its ID is made from the name")
        )
        self.duplicate, self.delete = (
            self._button("Duplicate", f"Add a copy of this {one}"),
            self._button("Delete", f"Remove this {one}; undo brings it back"),
        )
        self.up, self.down = (
            self._button("↑", f"Move this {one} up", "Move up"),
            self._button("↓", f"Move this {one} down", "Move down"),
        )
        self.empty = PlainLabel(f"No {section.title.lower()} yet. Type a name and press Add.")
        self.empty.setWordWrap(True)
        self.form = Form(appearance, document) if make is None else None
        if self.form is not None:
            self.form.context.explains = True
        self.editor = make(appearance, document) if make is not None else None
        if isinstance(self.editor, RuleEditor):
            self.editor.go_requested.connect(self.go_requested)
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        self.title.setContentsMargins(GRID, 0, 0, 0)  # as far in as the labels below
        self.title.setAccessibleName(f"The {one} that is shown")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(2 * GRID, 0, 2 * GRID, 2 * GRID)
        rows.addWidget(self.title)
        rows.addWidget(self.empty)
        self._shown: QWidget = self.form or self.editor  # type: ignore[assignment]
        rows.addWidget(self._shown)
        rows.addStretch(1)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(2 * GRID, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        self.adder.layout().setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.adder)
        column.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID // 2)
        for button in (self.duplicate, self.delete):
            buttons.addWidget(button, 1)
        for button in (self.up, self.down):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._column = beside
        self._scroll = Scroll(inside)
        self._inside = rows
        self._beside: bool | None = None
        """whether the list stands beside the fields, or scrolls with them; None before it stands anywhere"""
        self._parts = QHBoxLayout()
        self._parts.setSpacing(GRID)
        self._parts.addWidget(self._scroll, 3)
        self.rows.addLayout(self._parts, 1)
        self.adder.added.connect(self.add)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.asked.connect(lambda what: self._acts[what]())
        self._acts: dict[str, Callable[[], None]] = {
            "duplicate": self.add_copy,
            "delete": self.remove,
            "up": lambda: self.move(-1),
            "down": lambda: self.move(1),
        }
        for button, act in zip((self.duplicate, self.delete, self.up, self.down), self._acts.values(), strict=True):
            button.clicked.connect(lambda _=False, act=act: act())
        document.changed.connect(self.fill)
        document.read_again.connect(self.fill)
        document.id_changed.connect(self._follow_id)
        self._restyle()
        self.fill()

    # What is shown

    def fill(self) -> None:
        """Show the items that there are, and the fields of the one that is selected."""
        if self.rests:
            return
        shown = self.document.shown if self.section.id != "arms" else self.document.tables
        labels = items.labels_in(shown, self.section)
        listed = items.items_in(shown, self.section)
        before = [self.list.item(row).data(_LABEL) for row in range(self.list.count())]
        self._filling = True
        if before != labels:
            self.list.clear()
            for label in labels:
                entry = QListWidgetItem()
                entry.setData(_LABEL, label)
                self.list.addItem(entry)
        levels = self._levels()
        for row, (label, item) in enumerate(zip(labels, listed, strict=True)):
            entry, level = self.list.item(row), levels.get(label)
            title = items.title_of(item, label)
            off = isinstance(item, dict) and item.get("enabled") is False
            entry.setText(f"{title} (off)" if off else title)
            entry.setIcon(finding_sign(level, self.appearance.theme) if level else QIcon())
            said = f"{entry.text()}{f', {level}' if level else ''}"
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            entry.setToolTip(plain_tip(f"ID: {label}" + (f"\n{sentence(level)} here" if level else "")))
        if self._wanted in labels:
            self.selected = self._wanted
        elif self.selected not in labels:
            at = before.index(self.selected) if self.selected in before else 0
            self.selected = labels[min(at, len(labels) - 1)] if labels else ""
        if labels:
            self.list.setCurrentRow(labels.index(self.selected))
        self._filling = False
        self._show()

    def select(self, label: str) -> bool:
        """Show that item; False where there is none."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_LABEL) == label:
                self.list.setCurrentRow(row)
                return True
        return False

    def reveal(self, parts: Parts) -> Field | None:
        """Bring the field of an address into view: of its item first."""
        base = parts_of(self.section.address)
        if len(parts) > len(base) and not self.select(parts[len(base)]):
            return None
        field = super().reveal(parts)
        if field is None:
            self.list.setFocus()
        return field

    # Steps

    def add(self, name: str) -> None:
        """Add an item of that name, and go to its fields."""
        if self.section.id == "arms":
            made = self.document.add_arm(name)
            if self.document.arm == made:
                self._wanted = made
                self.fill()
            return
        tables = self.document.tables  # where it is added; what an arm alone has is not there for all
        item = items.new_item(tables, self.section, name, taken=items.labels_in(self.document.shown, self.section))

        def added(text: str) -> str:
            return items.add(items.with_action(text, tables, item), self.section, item)

        if self._do(f"Add {name}", added, str(item["id"])):
            fields = [field for field in self.fields().values() if not field.fixed]
            (fields[0].input if fields else self.list).setFocus()

    def add_copy(self) -> None:
        """Add the selected item once more."""
        if self.selected:
            copy = items.copy_of(self._tables(), self.section, self.selected)
            self._do(
                f"Duplicate {self.selected}", lambda text: items.add(text, self.section, copy), str(label_of(copy))
            )

    def remove(self) -> None:
        """Delete the selected item."""
        gone = self.selected
        if gone:
            self.document.once_agreed(
                {self.section.address: [gone]},
                lambda: self._do(f"Delete {gone}", lambda text: items.remove(text, self.section, gone)),
            )

    def move(self, by: int) -> None:
        """Move the selected item up (-1) or down (1)."""
        moved = self.selected
        if moved:
            self._do(f"Move {moved}", lambda text: items.move(text, self.section, moved, by), moved)

    def _do(self, label: str, change: Callable[[str], str], then: str = "") -> bool:
        before, arm = self.document.tables, self.document.arm
        self._wanted, kept = then or self.selected, self._wanted
        done = self.document.apply(label, change)
        if not done:
            self._wanted = kept
            self.fill()
        elif arm is not None and self.section.id != "arms":
            self.structure_changed.emit(label, before)
        return done

    def _follow_id(self, kind: str, old: str, new: str) -> None:
        """Show what has another id now."""
        if kind == self.section.address and self._wanted in (old, ""):
            self._wanted = new
            self.fill()

    def _tables(self) -> dict[str, object]:
        return self.document.tables if self.section.id == "arms" else self.document.shown

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.selected = self._wanted = item.data(_LABEL)
            self._show()
            self._scroll.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        row, there = self.list.currentRow(), bool(self.selected)
        for widget in (self._shown, self.title, self.duplicate, self.delete):
            widget.setVisible(there) if widget in (self._shown, self.title) else widget.setEnabled(there)
        self.empty.setVisible(not there)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(there and row < self.list.count() - 1)
        if not there:
            return
        self.title.setText(self.list.currentItem().text())
        address = joined((*parts_of(self.section.address), self.selected))
        if self.form is None:
            if getattr(self, "_edited", "") != address:
                self._edited = address
                self.editor.show_item(address)  # type: ignore[union-attr]
        elif self.form.context.bases != [tuple(parts_of(address))]:
            self.form.edit(self.section.model, address, title=self.selected)

    def _levels(self) -> dict[str, str]:
        """What was found of each item: `error` or `warning`."""
        reading = vars(self.document).get("reading")
        base = parts_of(self.section.address)
        levels: dict[str, str] = {}
        for finding in reading.findings if reading is not None else ():
            parts = self.source.parts_of_finding(finding)
            if len(parts) > len(base) and parts[: len(base)] == base:
                label = parts[len(base)]
                levels[label] = "error" if "error" in (finding.level, levels.get(label)) else "warning"
        return levels

    # How it looks

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Put the list beside the fields, or above them where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _rest(self, on: bool) -> None:
        self.rests = on
        self.fill()  # first, as the item that is shown may be gone
        super()._rest(on)

    def _arrange(self) -> None:
        scale = self.appearance.theme.scale
        beside = self.width() >= _BESIDE * scale
        if beside != self._beside:
            self._beside = beside
            (self._parts if beside else self._inside).insertWidget(0, self._column)
        least = self._column.minimumSizeHint().width()
        wide = max(min(round(_LIST * scale), self.width() // 3), least)
        self._column.setMinimumWidth(wide if beside else 0)
        self._column.setMaximumWidth(wide if beside else _UNLIMITED)
        self._column.setMaximumHeight(_UNLIMITED if beside else round(_LIST_ABOVE * scale))

    def _button(self, words: str, tip: str, name: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(name or words)
        button.setMinimumWidth(1)  # else the style asks for so much that the list cannot be narrow
        return button

    def _restyle(self) -> None:
        super()._restyle()
        if hasattr(self, "title"):
            self.title.setFont(self.appearance.theme.font(bold=True))
            side = round(14 * self.appearance.theme.scale)
            self.list.setIconSize(QSize(side, side))
            metrics = QFontMetrics(self.appearance.theme.font())
            for button in (self.duplicate, self.delete):
                button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + 2 * GRID)
            for button in (self.up, self.down):
                button.setFixedWidth(round(3.5 * GRID * self.appearance.theme.scale))
            self._arrange()


class _ItemList(QListWidget):
    """The items; keys do to the selected one what the buttons do."""

    asked = Signal(str)
    """what is to be done: `duplicate`, `delete`, `up` or `down`"""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(GRID * 8)
        self.setMinimumWidth(1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _asked_by(event):
            event.accept()  # else Ctrl+D would duplicate what is selected on the canvas
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        what = _asked_by(event)
        if what:
            self.asked.emit(what)
        else:
            super().keyPressEvent(event)


def _asked_by(event: QKeyEvent) -> str:
    modifiers, key = event.modifiers(), event.key()
    if key == Qt.Key.Key_Delete:
        return "delete"
    if key == Qt.Key.Key_D and modifiers & Qt.KeyboardModifier.ControlModifier:
        return "duplicate"
    if modifiers & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return "up" if key == Qt.Key.Key_Up else "down"
    return ""
