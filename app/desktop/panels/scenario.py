"""The scenario and its arms: which one is shown and edited, and what an arm changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.document import Document
from app.desktop.fields.cell_field import CellField, Index
from app.desktop.forms.addressed import key_at
from app.desktop.forms.shares import in_percent, of_items, share_in
from app.desktop.forms.words import choice
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.gains import Gain
from app.shown.address_words import address_in_words
from app.shown.colours import arm_style
from sim.scenario import edit
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.toml.notation import value_text

_ID = Qt.ItemDataRole.UserRole
_FIRST_ARM = "All other arms are compared with the first"
_GAIN = Qt.ItemDataRole.UserRole + 1
_SENTENCE = Qt.ItemDataRole.UserRole + 2
_TEXT_MARGIN = 3
"""pixels that the style keeps free beside the text of an entry"""
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LONGEST_VALUE = 12
_ROOMY = 25 * GRID
"""height at the usual type from which on there is room for what arms are about, below their names"""


class _ArmField(CellField):
    """The field for the name of an arm; below the name stands what a run found of it."""

    def __init__(self, document: Document, appearance: Appearance, view: QListWidget) -> None:
        super().__init__(view)
        self._document, self._appearance, self._view = document, appearance, view
        self.roomy = True
        """whether there is room for what a run found"""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        size = super().sizeHint(option, index)
        return size + QSize(0, self._gain_height(option, index)) if self._gain(index) else size

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 (Qt's name)
        super().initStyleOption(option, index)
        if self._gain(index):
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        gain = self._gain(index)
        if not gain:
            return
        left, width = self._gain_span(option, index)
        height = self._gain_height(option, index)
        within = QRect(left, option.rect.bottom() - height - GRID // 4, width, height)
        theme = self._appearance.theme
        painter.save()
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(theme.quiet))
        painter.drawText(within, _WRAPPED, gain)
        painter.restore()

    def _gain_span(self, option: QStyleOptionViewItem, index: Index) -> tuple[int, int]:
        """Where what a run found begins, below the name, and how wide it may be."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        view = self._view.viewport().rect()
        shown.rect = QRect(view.left(), option.rect.top(), view.width(), option.rect.height())
        within = self._view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, shown, self._view)
        return within.left() + _TEXT_MARGIN, view.right() - within.left() - 2 * _TEXT_MARGIN

    def _gain_height(self, option: QStyleOptionViewItem, index: Index) -> int:
        """The height of its lines."""
        _, width = self._gain_span(option, index)
        metrics = QFontMetrics(self._appearance.theme.font("small"))
        return metrics.boundingRect(QRect(0, 0, width, 0), _WRAPPED, self._gain(index)).height()

    def _gain(self, index: Index) -> str:
        """What a run found, where it is shown."""
        return str(index.data(_GAIN) or "") if self.roomy else ""

    def where(self) -> str:
        opened = self._opened()
        return f"Name of {opened[1].data()}" if opened is not None else ""

    def rehearse(self) -> None:
        opened = self._opened()
        if opened is not None:
            self._document.rename_arm(opened[1].data(_ID), self.open_text())


class _Arms(QListWidget):
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the selected one in sight."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())


class ScenarioPanel(QWidget):
    """A list of the scenario and its arms; below it, what the selected arm changes."""

    def __init__(self, appearance: Appearance, document: Document) -> None:
        """Show the document, now and whenever it changes."""
        super().__init__()
        self._document = document
        self._appearance = appearance
        self._filling = False
        self.list = _Arms()
        self.list.setAccessibleName("Scenario and arms")
        self.list.setToolTip(
            "The scenario itself, and its arms: the scenario with some values changed. What you edit goes into the "
            "one that is selected."
        )
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._field = _ArmField(document, appearance, self.list)
        self.list.setItemDelegate(self._field)
        self.list.currentItemChanged.connect(self._select)
        self.list.itemChanged.connect(self._rename)
        self.add = QPushButton("Add arm")
        self.add.setToolTip("The same scenario with some values changed, for comparison")
        self.add.clicked.connect(self.add_arm)
        self.delete = QPushButton("Delete arm")
        self.delete.setToolTip("Remove the selected arm; undo brings it back")
        self.delete.clicked.connect(self.delete_arm)
        self.what = PlainLabel()
        self.what.setWordWrap(True)
        self.changes = QTableWidget(0, 3)
        self.changes.setHorizontalHeaderLabels(["Value", "Here", ""])
        self.changes.setAccessibleName("What this arm changes")
        self.changes.verticalHeader().hide()
        self.changes.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.changes.setWordWrap(False)
        self.changes.setShowGrid(False)
        across = self.changes.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # The address gives way to what fits less well into an ellipsis.
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.changes.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.list, 3)
        layout.addLayout(buttons)
        layout.addWidget(self.what)
        layout.addWidget(self.changes, 2)
        document.changed.connect(self.fill)
        appearance.changed.connect(self.fill)
        self.fill()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the list of arms its room."""
        super().resizeEvent(event)
        self._make_room()

    def fill(self) -> None:
        """Show what the document says now."""
        self._filling = True
        scale = self._appearance.theme.scale
        self.list.setIconSize(QSize(int(24 * scale), int(16 * scale)))
        tables = self._document.tables
        title = str(tables.get("name") or tables.get("id") or "Scenario")
        rows: list[tuple[str, str | None]] = [(title, None)]
        rows += [(str(arm.get("name") or arm["id"]), str(arm["id"])) for arm in self._document.arms]
        # Rows that stay are kept: a name may just be being typed into one of them.
        if [self.list.item(row).data(_ID) for row in range(self.list.count())] != [arm for _, arm in rows]:
            self.list.clear()
            for text, arm in rows:
                self._add_row(text, arm)
        for row, (text, arm) in enumerate(rows):
            self.list.item(row).setText(text)
            self.list.item(row).setIcon(_swatch(row - 1 if arm is not None else None, self._appearance))
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == self._document.arm:
                self.list.setCurrentRow(row)
            self._explain(self.list.item(row))
        self._filling = False
        self.delete.setEnabled(self._document.arm is not None)
        self._fill_changes()

    def show_gains(self, gains: Mapping[str, Gain]) -> None:
        """Say below the names of arms what a run found of them; nothing of those that it has not."""
        self._filling = True
        for row in range(self.list.count()):
            item = self.list.item(row)
            gain = gains.get(str(item.data(_ID))) if item.data(_ID) is not None else None
            if item.data(_GAIN) != (gain.words if gain else None):
                item.setData(_GAIN, gain.words if gain else None)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, gain.words.replace("\n", ", ") if gain else "")
                item.setData(_SENTENCE, gain.sentence if gain else None)
                self._explain(item)
        self._filling = False

    def _explain(self, item: QListWidgetItem) -> None:
        """What a run found of an arm; of the selected one also what it changes, for which low panels have no room."""
        if item.data(_ID) is None:
            return
        told = [str(item.data(_SENTENCE) or _FIRST_ARM)]
        if item.data(_ID) == self._document.arm and self._document.overrides:
            told += ["This arm changes:"]
            told += [
                f"{address_in_words(address, self._document.shown)}: {self._said(address, value)}"
                for address, value in self._document.overrides.items()
            ]
        item.setToolTip(plain_tip("\n".join(told), wraps=True))

    def add_arm(self) -> None:
        """Add an arm under a name that nobody has yet, and begin to edit its name."""
        names = {str(arm.get("name")) for arm in self._document.arms}
        number = next(n for n in range(1, 1000) if f"New arm {n}" not in names)
        self._document.add_arm(f"New arm {number}")
        self.list.editItem(self.list.currentItem())

    def delete_arm(self) -> None:
        """Remove the selected arm."""
        arm = self._document.arm
        if arm is not None:
            address = joined(("experiment", "arms", arm))
            self._document.apply(f"Delete arm {arm}", lambda text: edit(text, {address: None}))

    def _add_row(self, text: str, arm: str | None) -> None:
        item = QListWidgetItem(text)
        item.setData(_ID, arm)
        if arm is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.addItem(item)

    def _select(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._document.select_arm(item.data(_ID))

    def _rename(self, item: QListWidgetItem) -> None:
        arm, name = item.data(_ID), item.text().strip()
        if self._filling or arm is None or not name:
            return
        id_ = self._document.id_of_named_arm(arm, name)
        self._filling = True  # so that the row stays, into which somebody may still be typing
        item.setData(_ID, id_)
        self._filling = False
        self._document.rename_arm(arm, name)

    def _fill_changes(self) -> None:
        overrides = self._document.overrides
        arm = self._document.arm
        if arm is None:
            self.what.setText("Edits change the scenario, and so all its arms.")
        elif overrides:
            self.what.setText("This arm changes:")
        else:
            self.what.setText("This arm changes nothing yet. Your edits will apply to this arm only.")
        self.changes.setRowCount(len(overrides))
        for row, (address, value) in enumerate(overrides.items()):
            self._fill_change(row, address, value)
        if overrides:
            self.changes.resizeRowsToContents()
            rows = sum(self.changes.rowHeight(row) for row in range(len(overrides)))
            head = self.changes.horizontalHeader().sizeHint().height()
            self.changes.setMaximumHeight(head + rows + 2 * self.changes.frameWidth())
        self._make_room()

    def _make_room(self) -> None:
        """Where there is little height, show the names of all arms instead of what tooltips say as well."""
        roomy = self.height() >= _ROOMY * self._appearance.theme.scale
        self.what.setVisible(roomy)
        self.changes.setVisible(roomy and self.changes.rowCount() > 0)
        if roomy != self._field.roomy:
            self._field.roomy = roomy
            self.list.scheduleDelayedItemsLayout()

    def _said(self, address: str, value: Any) -> str:
        """What an arm sets, as its field has it: weights as the percentage that they come to, choices in words."""
        try:
            parts = parts_of(address)
        except ValueError:  # no address; a finding tells of it
            return value_text(value)
        key = key_at(parts)
        if key is not None and of_items(parts, key):
            share = share_in(self._document.shown, parts, key.default)
            return in_percent(share) if share is not None else value_text(value)
        if isinstance(value, bool) or (key is not None and value in key.literals):
            return choice(value)
        return value_text(value)

    def _fill_change(self, row: int, address: str, value: Any) -> None:
        about, said = address_in_words(address, self._document.shown), self._said(address, value)
        for column, whole, shown in ((0, about, about), (1, said, _shortened(said))):
            item = QTableWidgetItem(shown)
            item.setToolTip(plain_tip(whole))
            self.changes.setItem(row, column, item)
        revert = QToolButton()
        revert.setText("↶")
        revert.setAutoRaise(True)
        revert.setToolTip(plain_tip(f"Reset to the scenario's value: {about}"))
        revert.setAccessibleName(f"Reset to the scenario's value: {about}")
        revert.clicked.connect(lambda _=False: self._document.revert(address))
        self.changes.setCellWidget(row, 2, revert)


def _shortened(text: str) -> str:
    """A value as far as there is room for it; its tooltip has all of it."""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def _swatch(number: int | None, appearance: Appearance) -> QIcon:
    """A line in the colour and style in which the arm is drawn; a ring for the scenario itself."""
    theme = appearance.theme
    wide, tall = int(24 * theme.scale), int(16 * theme.scale)
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        picture = QPixmap(QSize(wide, tall))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mode == QIcon.Mode.Selected:  # the colours are meant for the paper, not for the bar that says "selected"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.field))
            painter.drawRoundedRect(0, 0, wide, tall, 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if number is None:
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawEllipse((wide - tall) // 2 + 3, 3, tall - 6, tall - 6)
        else:
            style = arm_style(number, theme.dark)
            pen = QPen(QColor(style.colour), 3)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if style.dashes:
                pen.setDashPattern([max(dash / 3, 0.5) for dash in style.dashes])
            painter.setPen(pen)
            painter.drawLine(1, tall // 2, wide - 1, tall // 2)
        painter.end()
        icon.addPixmap(picture, mode)
    return icon
