"""The foot of the levers: whether a few customers are simulated while somebody edits, and against what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from app.desktop.document import Document
from app.desktop.forms.choosing import Box
from app.desktop.live.live import Live
from app.desktop.looks.one_line import OneLine
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines
from app.desktop.looks.theme import GRID

_MEANING = (
    "While you edit, a few customers are simulated in the background, with the same luck as in the baseline. Their "
    "curves stand under Results, in the tab Live; nothing of it is stored."
)


class LiveBar(QWidget):
    """Switch, seconds, baseline."""

    refused = Signal(str)
    """why a baseline cannot be chosen"""

    def __init__(self, document: Document, live: Live) -> None:
        """Show and change how `live` stands."""
        super().__init__()
        self._live = live
        self.switch = QCheckBox("Live")
        self.switch.setAccessibleName("Live: simulate a few customers while editing")
        self.switch.setToolTip(plain_tip(in_lines(_MEANING)))
        self.words = OneLine()
        self.words.setAccessibleName("State of the live figures")
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.against = PlainLabel("Compared with")
        self.baseline = Box(lambda: None)
        self.baseline.setAccessibleName("Baseline")
        self.baseline.setToolTip("What the live curves are compared with; its values are marked on the levers")
        self.baseline.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.against.setBuddy(self.baseline)
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.switch, 0, 0)
        grid.addWidget(self.words, 0, 1)
        grid.addWidget(self.against, 1, 0)
        grid.addWidget(self.baseline, 1, 1)
        self._offered: list[tuple[str, str, str]] = []
        self.switch.toggled.connect(live.switch)
        self.baseline.activated.connect(self._choose)
        live.changed.connect(self.fill)
        live.baselines.changed.connect(self.fill_baselines)
        live.baselines.listed.connect(self.fill_baselines)
        document.changed.connect(self.fill_baselines)
        self.fill()
        self.fill_baselines()

    def fill(self) -> None:
        """Say how things stand."""
        self.switch.blockSignals(True)
        self.switch.setChecked(self._live.on)
        self.switch.blockSignals(False)
        self.words.setText(self._live.words)
        self.words.setToolTip(plain_tip(self._live.words))

    def fill_baselines(self) -> None:
        """Offer what there is to compare with."""
        offered = self._live.baselines.offered()
        if offered != self._offered:
            self._offered = offered
            self.baseline.clear()
            for id_, words, _ in offered:
                self.baseline.addItem(words, id_)
        self.baseline.setCurrentIndex(max(self.baseline.findData(self._live.baselines.chosen), 0))

    def _choose(self, number: int) -> None:
        said = self._live.baselines.choose(str(self.baseline.itemData(number)))
        if said:
            self.refused.emit(said)
            self.fill_baselines()
