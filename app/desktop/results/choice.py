"""Choices above the charts."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from app.desktop.looks.plain import plain_tip


class Choice(QComboBox):
    """A choice that keeps what was asked for, also while it is not on offer."""

    chosen = Signal()
    """somebody chose something else"""

    def __init__(self, name: str, tip: str) -> None:
        """An empty choice with a name for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(tip))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._wish: str | None = None
        self.activated.connect(self._choose)

    def offer(self, options: Iterable[tuple[str, str, str]]) -> None:
        """Offer these, each an id, a text and a tooltip; the wish is chosen where it is among them, else the first."""
        offered = list(options)
        if [self.itemData(number) for number in range(self.count())] != [id_ for id_, _, _ in offered] or [
            self.itemText(number) for number in range(self.count())
        ] != [text for _, text, _ in offered]:
            self.clear()
            for number, (id_, text, tip) in enumerate(offered):
                self.addItem(text, id_)
                self.setItemData(number, plain_tip(tip), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(max(self.findData(self._wish), 0) if offered else -1)
        self.setVisible(len(offered) > 1)

    def ask_for(self, id_: str) -> None:
        """Choose that, now or as soon as it is on offer."""
        self._wish = id_
        number = self.findData(id_)
        if number >= 0:
            self.setCurrentIndex(number)
        self.chosen.emit()

    @property
    def current(self) -> str:
        """The id of what is chosen; empty where nothing is on offer."""
        return self.currentData() or ""

    def _choose(self) -> None:
        self._wish = self.current
        self.chosen.emit()
