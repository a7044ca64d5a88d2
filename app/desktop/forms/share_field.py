"""A field of a share: a weight that stands in the file, shown and typed as the percentage that it comes to."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.desktop.forms.amounts import is_number
from app.desktop.forms.field import Field
from app.desktop.forms.key import Key
from app.desktop.forms.line import LineEditor
from app.desktop.forms.numbers import UnfitError
from app.desktop.forms.shares import ALONE, DIGITS, TOO_MUCH, UnfitShareError, after_typing, in_percent, share_of
from app.desktop.forms.source import Parts
from app.typed_number import percent_typed
from app.typed_share import weight_of

_POINT = 0.01


class PercentEditor(LineEditor):
    """A share, 0 to 1, in percent: `30`, `30 %` and `12,5` are all understood."""

    steps = True
    allowed = "a percentage from 0 to 100"
    check: Callable[[float], object] = staticmethod(lambda share: None)
    """raises UnfitError where others leave no room for a share; whoever knows them puts it here"""

    def read(self, text: str) -> float:
        """The share."""
        points = percent_typed(text)
        if points is None or not 0 <= points <= 100:
            raise UnfitError(
                f'"{text.strip()}" is not a valid value: enter {self.allowed}',
                text.strip() in ("-", "%"),
            )
        share = round(points / 100, DIGITS)
        self.check(share)
        return share

    def words(self, value: Any) -> str:
        """The share in percent."""
        return in_percent(value)

    def _means(self, value: Any) -> bool:
        """Whether what is typed is that share, but for the figures that weights are rounded to."""
        try:
            return is_number(value) and math.isclose(self.read(self.line.text()), value, rel_tol=1e-4, abs_tol=1e-9)
        except UnfitError:
            return False

    def stepped(self, value: Any, steps: int, far: bool) -> Any:
        """The share some points higher."""
        known = value if is_number(value) else 0.0
        return round(min(max(known + steps * _POINT * (10 if far else 1), 0.0), 1.0), DIGITS)


def plain(key: Key) -> Key:
    """A key without its unit, which is that of the file."""
    return replace(key, said=replace(key.said, unit=""))


def show_share(field: Field, group_of: Callable[[Parts], list[Parts]], default_at: Callable[[Parts], Any]) -> None:
    """Let a field whose value is a weight show and take the share that it comes to in its group."""
    source = field.context.source
    visited: tuple[int, Parts] | None = None
    stood: tuple[dict[Parts, float], list[Parts]] = ({}, [])

    def weight(parts: Parts) -> float:
        value = source.at(parts)
        value = default_at(parts) if value is None else value
        return float(value) if is_number(value) else 0.0

    def given(parts: Parts) -> Any:
        value = source.at(parts)
        return share_of(parts, group_of(parts), weight) if is_number(value) else value

    def default() -> Any:
        parts = field.context.addresses(field.path)[0]
        return None if default_at(parts) is None else share_of(parts, group_of(parts), weight)

    def weights(value: float) -> list[float]:
        """What is written at each of the addresses for all to have that share; UnfitError where that cannot be."""
        typed = field.context.addresses(field.path)
        together, found = set(typed), []
        for parts in typed:
            group = group_of(parts)
            rest = sum(weight(other) for other in group if other not in together)
            several = sum(other in together for other in group)
            if rest <= 0 and not math.isclose(several * value, 1, rel_tol=1e-4):
                raise UnfitError(f"{ALONE}: {in_percent(1 / several)}", unfinished=True)
            found.append(1 if rest <= 0 else weight_of(value, rest, several))
        if None in found:
            raise UnfitError(TOO_MUCH, unfinished=True)
        return [each for each in found if each is not None]

    def changes(value: float) -> dict[Parts, float]:
        """What is written for the one address; reckoned from what stood there before anything was typed."""
        nonlocal visited, stood
        (parts,) = field.context.addresses(field.path)
        if visited != (field.visit, parts):
            group = group_of(parts)
            visited = (field.visit, parts)
            stood = {each: weight(each) for each in group}, [each for each in group if source.at(each) is not None]
        try:
            return after_typing(parts, value, *stood, one_value=field.context.document.arm is not None)
        except UnfitShareError as error:
            raise UnfitError(str(error), unfinished=True) from None

    def check(value: float) -> object:
        return changes(value) if len(field.addresses) == 1 else weights(value)

    def write(value: float | None) -> bool:
        if value is None:
            return field.write_each([None] * len(field.addresses))
        return field.write_all(changes(value)) if len(field.addresses) == 1 else field.write_each(weights(value))

    assert isinstance(field.editor, PercentEditor)
    field.editor.check = check
    field.value_of, field.default_of, field.write = given, default, write
