"""A lever that is a number: a slider, and the number to be typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.desktop.forms.shares import TOO_MUCH
from app.desktop.levers.number_field import NumberField
from app.desktop.levers.offered import Lever
from app.desktop.levers.row import LeverRow
from app.desktop.levers.scale import Scale, is_share, number_of, plain_number, scale_of
from app.desktop.levers.slider import MarkedSlider
from app.desktop.levers.writing import Writer
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance


class NumberRow(LeverRow):
    """The slider goes from nothing to twice what is given, or as far as the scenario file allows."""

    def __init__(self, appearance: Appearance, writer: Writer, lever: Lever) -> None:
        """A lever without a value yet."""
        super().__init__(appearance, writer, lever)
        option = number_of(lever.key)
        assert option is not None
        self._option = option
        self.share = is_share(option)
        self._scale: Scale | None = None
        self._before: Any = None
        self.slider = MarkedSlider(appearance, lever.label)
        self.field = NumberField(option, self.share)
        self.field.name(f"{lever.label}: number", f"{lever.meaning} {lever.unit}".strip())
        self.label.setText(lever.label if self.share or not lever.unit else f"{lever.label}, {lever.unit}")
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        across.addWidget(self.slider, 1)
        across.addWidget(self.field)
        self.body.addLayout(across)
        self.slider.begun.connect(self._begin)
        self.slider.moved.connect(self._move)
        self.slider.released.connect(writer.release)
        self.field.begun.connect(self._begin)
        self.field.edited.connect(self._type)
        self.field.refused.connect(self.refuse)
        self.field.given_up.connect(self._give_up)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_value(self) -> None:
        """Put slider, mark and number where they belong."""
        now, before = plain_number(self.value), plain_number(self.baseline)
        self.slider.setEnabled(now is not None)
        self.field.show_value(self.value if now is not None else None, None)
        if now is None:
            self.slider.setToolTip("Currently not a single number")
            return
        held = self.slider.isSliderDown()
        if self._scale is None or not (held or self._scale.holds(now)):
            known = (now,) if before is None else (now, before)
            self._scale = scale_of(self._option, known)
        mark = None if before is None or not self._scale.holds(before) else self._scale.step_at(before)
        step = self.slider.value() if held else self._scale.step_at(now)
        self.slider.show_step(step, self._scale.steps, mark)
        self.slider.setAccessibleDescription(f"{self.words(now)} {self.lever.unit}".strip())

    def words(self, value: Any) -> str:
        """The number with its unit; a share in percent."""
        if plain_number(value) is None:
            return "none" if value is None else "not a single number"
        return self.field.words(value) + (f" {self.lever.unit}" if self.lever.unit and not self.share else "")

    def put(self, value: Any) -> None:
        """Have the document say that; for a share, the weight that makes it."""
        if self.lever.is_share:
            value = self.writer.weight(self.lever, value)
        if value is None and self.lever.is_share:
            self.refuse(TOO_MUCH)
        else:
            super().put(value)

    def set_tip(self, tip: str) -> None:
        """Explain the lever."""
        for widget in (self.label, self.slider, self.field.line):
            widget.setToolTip(plain_tip(tip, wraps=True))

    def _begin(self) -> None:
        self._before = self.value
        self.writer.begin()

    def _move(self, step: int) -> None:
        assert self._scale is not None
        self.put(self._scale.value(step))

    def _type(self, value: Any) -> None:
        if value != self.value:
            self.put(value)
            self.writer.release()

    def _give_up(self) -> None:
        self.take_back()
        if self.value != self._before:
            self.put(self._before)

    def _restyle(self) -> None:
        digits = self.field.fontMetrics().horizontalAdvance("100,000 %")
        self.field.setFixedWidth(digits + GRID)
