"""The channel mix: a slider for each channel; what one gets the others give."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.forms.telling import Telling, beside
from app.desktop.levers.mix import moved, shares
from app.desktop.levers.number_field import NumberField
from app.desktop.levers.slider import MarkedSlider
from app.desktop.levers.writing import Writer
from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.terms import in_lines
from app.desktop.looks.theme import GRID, Appearance
from sim.scenario.addresses.address import joined
from sim.scenario.model import Probability
from sim.scenario.shape import shapes

_STEPS = 200
"""steps of half a percent"""
_MEANING = (
    "How much of the contacts each channel takes, together 100 %. Moving one takes from the others in proportion, or "
    "gives to them."
)


class MixRows(QWidget):
    """One slider per enabled channel."""

    def __init__(self, appearance: Appearance, writer: Writer, channels: Mapping[str, str]) -> None:
        """Sliders for the channels, names by id."""
        super().__init__()
        self.writer = writer
        self.setAccessibleName("Channel mix")
        self._appearance = appearance
        self.message = Telling(self, self)
        self.weights: dict[str, float] = {}
        self._held: dict[str, float] = {}
        """the weights when somebody took hold: what the others give and get back is in these proportions"""
        self._head = head = PlainLabel("Channel mix")
        head.setToolTip(plain_tip(in_lines(_MEANING)))
        grid = QGridLayout()
        grid.setContentsMargins(GRID, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(grid)
        self.sliders: dict[str, MarkedSlider] = {}
        self.fields: dict[str, NumberField] = {}
        self._names: dict[str, QLabel] = {}
        for row, (id_, name) in enumerate(channels.items()):
            label = PlainLabel(name)
            slider = MarkedSlider(appearance, f"Share of {name} in the channel mix")
            field = NumberField(shapes(Probability)[0], share=True)
            field.name(f"Share of {name} in percent", _MEANING)
            slider.begun.connect(self._begin)
            slider.moved.connect(lambda at, id_=id_: self._move(id_, at / _STEPS))
            slider.released.connect(self._release)
            field.begun.connect(self._begin)
            field.edited.connect(lambda share, id_=id_: self._type(id_, share))
            field.refused.connect(self.refuse)
            field.given_up.connect(self._give_up)
            grid.addWidget(label, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(field, row, 2)
            self.sliders[id_], self.fields[id_], self._names[id_] = slider, field, label
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_weights(self, weights: Mapping[str, float], baseline: Mapping[str, float]) -> None:
        """Show the mix, and mark that of the baseline."""
        self.take_back()
        self.weights = dict(weights)
        now, before = shares(weights), shares({id_: baseline[id_] for id_ in weights if id_ in baseline})
        for id_, slider in self.sliders.items():
            share = now.get(id_, 0.0)
            step = slider.value() if slider.isSliderDown() else round(share * _STEPS)
            slider.show_step(step, _STEPS, round(before[id_] * _STEPS) if id_ in before else None)
            slider.setAccessibleDescription(f"{share * 100:.1f} %")
            self.fields[id_].show_value(round(share, 3), None)
            told = f"{self._names[id_].text()}: {share * 100:.1f} % of the mix"
            told += f"; baseline {before[id_] * 100:.1f} %" if id_ in before else ""
            slider.setToolTip(plain_tip(f"{told}\n{in_lines(_MEANING)}"))
            self._names[id_].setToolTip(slider.toolTip())

    def refuse(self, words: str) -> None:
        """Say why something is not taken; that moves nothing."""
        theme = self._appearance.theme
        self.message.tell(f"✕ Not saved: {words}", QColor(theme.error), theme)

    def take_back(self) -> None:
        """Nothing is wrong any more."""
        self.message.tell("", QColor(), self._appearance.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep what is wrong beside the heading."""
        super().resizeEvent(event)
        self.message.stand(beside(self._head))

    def _begin(self) -> None:
        self._held = dict(self.weights)
        self.writer.begin()

    def _move(self, id_: str, share: float) -> None:
        if not self._held or set(self._held) != set(self.weights):
            self._begin()
        self._put(moved(self._held, id_, share))

    def _release(self) -> None:
        if not any(slider.isSliderDown() for slider in self.sliders.values()):
            self.writer.release()

    def _type(self, id_: str, share: float) -> None:
        if round(shares(self.weights).get(id_, 0.0), 3) != share:
            self._move(id_, share)
            self.writer.release()

    def _give_up(self) -> None:
        self.take_back()
        if self._held and self._held != self.weights:
            self._put(self._held)

    def _put(self, weights: Mapping[str, float]) -> None:
        mixed = {joined(("channels", id_, "mix")): weight for id_, weight in weights.items()}
        said = self.writer.write("Channel mix", mixed)
        if said:
            self.refuse(said)

    def _restyle(self) -> None:
        for id_, field in self.fields.items():
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("100.0 %") + GRID)
            self._names[id_].setMaximumWidth(field.fontMetrics().horizontalAdvance("Social media"))
            self._names[id_].setWordWrap(True)
