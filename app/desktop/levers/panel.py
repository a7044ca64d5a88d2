"""The dock of levers: those that the scenario has, those that somebody pinned, and the switch of the live curves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.desktop.document import Document
from app.desktop.forms import shares
from app.desktop.forms.source import Source, in_tables
from app.desktop.frame.settings import Settings
from app.desktop.levers.choice_row import ChoiceRow
from app.desktop.levers.mix_rows import MixRows
from app.desktop.levers.number_row import NumberRow
from app.desktop.levers.offered import Lever, can_be_lever, levers, mixed_channels
from app.desktop.levers.row import LeverRow
from app.desktop.levers.writing import Writer
from app.desktop.live import Live
from app.desktop.live.bar import LiveBar
from app.desktop.looks.plain import PlainLabel
from app.desktop.looks.theme import GRID, Appearance

EMPTY = "Levers appear here once there is a journey: draw or open one."
HINT = "Right-click a value in the inspector to pin it here."


class LeversPanel(QWidget):
    """Moves values of the scenario, or of the selected arm, as everything else does."""

    message = Signal(str)
    """for the status bar"""

    def __init__(self, appearance: Appearance, document: Document, settings: Settings, live: Live) -> None:
        """The levers of that document."""
        super().__init__()
        self.appearance, self.document, self.settings, self.live = appearance, document, settings, live
        self.setAccessibleName("Levers")
        self.source = Source(document)
        self.writer = Writer(document, self.source)
        self.mix: MixRows | None = None
        self.rows: list[LeverRow] = []
        self._of: object = None
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, GRID, GRID, GRID)
        self._list.setSpacing(GRID)
        self._list.addStretch(1)
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setContentsMargins(GRID, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        self._area = area
        self.bar = LiveBar(document, live)
        self.bar.refused.connect(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self.bar)
        document.changed.connect(self.refresh)
        document.lever_wanted.connect(self.pin)
        document.addresses_changed.connect(self._follow_ids)
        live.baselines.changed.connect(self.refresh)
        self.writer.begun.connect(live.begin)
        self.writer.released.connect(self._released)
        self.refresh()

    def row(self, address: str) -> LeverRow:
        """The lever at an address; KeyError where there is none."""
        for row in self.rows:
            if row.lever.address == address:
                return row
        raise KeyError(address)

    def refresh(self) -> None:
        """Show what the document says now."""
        channels = mixed_channels(self.source) if self.document.journey.touchpoints else {}
        offered = levers(self.source, self.settings.pinned(self._scenario))
        of = (channels, [(lever.parts, lever.label, lever.unit, lever.pinned) for lever in offered])
        if of != self._of:
            self._of = of
            self._make(channels, offered)
        baseline = self.live.baseline_tables
        marked = {parts for parts, _ in self.source.overrides()}
        if self.mix is not None:
            self.mix.show_weights(
                {id_: self._weight(self.source.at(("channels", id_, "mix"))) for id_ in channels},
                {id_: self._weight(in_tables(baseline, ("channels", id_, "mix"))) for id_ in channels},
            )
        for row in self.rows:
            parts = row.lever.parts
            now, before = self.source.at(parts), in_tables(baseline, parts)
            if row.lever.is_share:
                default = row.lever.key.default
                now, before = (shares.share_in(tables, parts, default) for tables in (self.document.shown, baseline))
            row.show_values(now, before, parts in marked)

    def pin(self, address: str) -> None:
        """Have the value at an address among the levers, now and whenever this scenario is open."""
        kept = self.settings.pinned(self._scenario)
        if not can_be_lever(self.source, address):
            self.message.emit("Only a number or one of a few values can be a lever")
            return
        if address not in kept:
            self.settings.pin(self._scenario, [*kept, address])
        self.refresh()
        self.message.emit(f"{self.row(address).lever.label} is now among the levers")

    def unpin(self, address: str) -> None:
        """Take it off again."""
        kept = self.settings.pinned(self._scenario)
        self.settings.pin(self._scenario, [each for each in kept if each != address])
        self.refresh()

    def _follow_ids(self, after: Callable[[str], str]) -> None:
        """Have what is pinned under other addresses, too; those before stay for whoever undoes that."""
        kept = self.settings.pinned(self._scenario)
        both = dict.fromkeys(each for address in kept for each in (address, after(address)))
        if len(both) > len(kept):
            self.settings.pin(self._scenario, list(both))
            self.refresh()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Make the live curves ready as soon as the mouse comes."""
        super().enterEvent(event)
        if self.document.journey.touchpoints:
            self.live.begin()

    @property
    def _scenario(self) -> str:
        return str(self.document.tables.get("id") or "scenario")

    def _released(self) -> None:
        self.live.show_chart()
        self.live.release()

    def _make(self, channels: dict[str, str], offered: list[Lever]) -> None:
        """All rows anew: others are offered."""
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.hint:
                widget.hide()
                widget.deleteLater()
        self.mix = MixRows(self.appearance, self.writer, channels) if channels else None
        if self.mix is not None:
            self._list.addWidget(self.mix)
        self.rows = []
        for lever in offered:
            row = (ChoiceRow if lever.is_choice else NumberRow)(self.appearance, self.writer, lever)
            row.unpinned.connect(self.unpin)
            self.rows.append(row)
            self._list.addWidget(row)
        self.hint.setText(HINT if offered else EMPTY)
        self._list.addWidget(self.hint)
        self._list.addStretch(1)
        self._keep_whole()

    def event(self, event: QEvent) -> bool:
        """Ask for more width where the rows do: the list scrolls down only, and would cut them."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._keep_whole()
        return super().event(event)

    def _keep_whole(self) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._inside.minimumSizeHint().width() + bar)

    @staticmethod
    def _weight(value: Any) -> float:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else 1.0
