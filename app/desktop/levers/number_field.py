"""The number beside a slider; shares in percent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from app.desktop.forms.lines import NumberEditor
from app.desktop.forms.numbers import UnfitError, number_in
from app.desktop.forms.share_field import PercentEditor
from sim.scenario.shape import Shape, limit


class NumberField(NumberEditor):
    """A number that is typed or stepped; where it is a share, `30` means 30 %."""

    def __init__(self, option: Shape, share: bool) -> None:
        """A number of that kind."""
        super().__init__(option, required=True)
        self.share = share
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, text: str) -> int | float:
        """The number; a percent sign may be left out. What cannot be is told in percent, too."""
        if not self.share:
            return super().read(text)
        try:
            return number_in(text if "%" in text else f"{text.strip()} %", self._option)
        except UnfitError as error:
            if limit(self._option.limits, "ge") == 0 and limit(self._option.limits, "le") == 1:
                words = f'"{text.strip()}" is not a valid value: enter {PercentEditor.allowed}'
                raise UnfitError(words, error.unfinished) from None
            raise

    def words(self, value: Any) -> str:
        """The number, a share in percent."""
        if not self.share or not isinstance(value, int | float):
            return super().words(value)
        return f"{value * 100:.6g} %"
