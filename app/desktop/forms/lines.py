"""The kinds of one-line fields: text, numbers, dates, lists and values in the notation of the file."""

from __future__ import annotations

import contextlib
import datetime
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from app.desktop.forms.key import Key
from app.desktop.forms.line import LineEditor
from app.desktop.forms.numbers import UnfitError, number_in, stepped, text_of
from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.shape import Shape, shapes
from sim.scenario.toml.notation import value_text

Names = Callable[[], Mapping[str, str]]
"""What there is to choose from: names by id"""


class TextEditor(LineEditor):
    """A short text."""

    def __init__(self, key: Key) -> None:
        """A text for that key."""
        super().__init__(key.required)
        self._key = key

    def read(self, text: str) -> str:
        """The text, without blanks around it."""
        plain = text.strip()
        problem = self._key.problem(plain)
        if problem:
            raise UnfitError(problem)
        return plain

    def nothing(self) -> Any:
        """An empty text where one is needed."""
        return "" if self.required and not self._key.is_id else super().nothing()


class IdEditor(TextEditor):
    """An id: taken once it is whole, for half of it would be the name of something else."""

    def _typed(self, text: str) -> None:
        self._touched = self.line.unsaved = True

    def rehearse(self) -> None:
        """Try what is typed where it fits."""
        with contextlib.suppress(UnfitError):
            if self._touched and self.line.text().strip():
                self.edited.emit(self.read(self.line.text()))


class NumberEditor(LineEditor):
    """A number or a whole number within its limits."""

    steps = True

    def __init__(self, option: Shape, required: bool = False) -> None:
        """A number of that kind."""
        super().__init__(required)
        self._option = option

    def read(self, text: str) -> int | float:
        """The number."""
        return number_in(text, self._option)

    def words(self, value: Any) -> str:
        """The number, as short as it can be."""
        return text_of(value)

    def stepped(self, value: Any, steps: int, far: bool) -> Any:
        """The number some steps further."""
        known = isinstance(value, int | float) and not isinstance(value, bool)
        return stepped(value if known else 0, self._option, steps, far)


class DateEditor(LineEditor):
    """A date; where the key allows it, also a day of the run."""

    steps = True

    def __init__(self, key: Key) -> None:
        """A date for that key."""
        super().__init__(key.required)
        self._number = next((option for option in key.options if option.plain in (int, float)), None)

    def read(self, text: str) -> Any:
        """The date or day."""
        try:
            return datetime.date.fromisoformat(text.strip())
        except ValueError:
            if self._number is None:
                raise UnfitError(
                    f'"{text.strip()}" is not a date, such as 2026-01-05', _may_become_date(text)
                ) from None
        if _may_become_date(text) and "-" in text.strip()[1:]:
            raise UnfitError(f'"{text.strip()}" is not a date, such as 2026-01-05', unfinished=True)
        return number_in(text, self._number)

    def words(self, value: Any) -> str:
        """The date as the file writes it."""
        return value.isoformat() if isinstance(value, datetime.date) else text_of(value)

    def stepped(self, value: Any, steps: int, far: bool) -> Any:
        """Some days, or months of 30 days, further."""
        if isinstance(value, datetime.date):
            try:
                return value + datetime.timedelta(days=steps * (30 if far else 1))
            except OverflowError:
                return value
        return value if self._number is None else stepped(value or 0, self._number, steps, far)


class ItemsEditor(LineEditor):
    """A list of plain values on a line, with commas between them."""

    def __init__(self, key: Key, names: Names | None = None) -> None:
        """A list for that key; with `names`, of ids that there are."""
        super().__init__(key.required)
        self._key, self._names = key, names
        listed = next(option for option in key.options if option.items)
        self._item = shapes(listed.items[0])[0]

    def read(self, text: str) -> list[Any]:
        """The values."""
        pieces = [piece.strip() for piece in text.strip().strip("[]").split(",")]
        values = [self._one(piece) for piece in pieces if piece]
        problem = self._key.problem(values)
        if problem:
            raise UnfitError(problem, unfinished=text.rstrip().endswith(","))
        return values

    def _one(self, piece: str) -> Any:
        if self._item.plain in (int, float):
            return number_in(piece, self._item)
        id_ = piece.strip('"')
        known = self._names() if self._names is not None else {}
        by_name = {name.lower(): known_id for known_id, name in known.items()}
        id_ = by_name.get(id_.lower(), id_)
        if known and id_ not in known:
            raise UnfitError(f'There is no "{id_}": {did_you_mean(id_, known, "names")}', _begins_one(id_, known))
        return id_

    def words(self, value: Any) -> str:
        """The values with commas between them."""
        return ", ".join(text_of(item) if not isinstance(item, bool) else value_text(item) for item in value)


class NotationEditor(LineEditor):
    """Any value, written as in the file."""

    def __init__(self, key: Key) -> None:
        """A value for that key."""
        super().__init__(key.required)
        self._key = key

    def read(self, text: str) -> Any:
        """The value."""
        try:
            tables = tomllib.loads(f"value = {text.strip()}")
        except (ValueError, RecursionError):
            raise UnfitError(
                f"This is not written as in a scenario file: enter {self._key.allowed}", unfinished=True
            ) from None
        problem = "" if list(tables) == ["value"] else "Enter a single value"
        problem = problem or self._key.problem(tables["value"])
        if problem:
            raise UnfitError(problem)
        return tables["value"]

    def words(self, value: Any) -> str:
        """The value in the notation of the file."""
        return value_text(value)


class FreeEditor(NotationEditor):
    """Any value: a text as it is, several texts with commas between them, everything else as in the file."""

    _sort = ""

    def show_value(self, value: Any, default: Any, various: bool = False) -> None:
        """Show it, and take what is typed for a value of the same sort."""
        texts = isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
        self._sort = "texts" if texts else "text" if isinstance(value, str) or value is None else ""
        super().show_value(value, default, various)

    def read(self, text: str) -> Any:
        """The value."""
        if self._sort == "text":
            return text.strip()
        if self._sort == "texts":
            return [piece.strip() for piece in text.split(",") if piece.strip()]
        return super().read(text)

    def words(self, value: Any) -> str:
        """The text, the texts, or the notation of the file."""
        return value if isinstance(value, str) else ", ".join(value) if self._sort == "texts" else super().words(value)

    def nothing(self) -> Any:
        """An empty text stays one."""
        return "" if self._sort == "text" else super().nothing()


def _may_become_date(text: str) -> bool:
    return len(text.strip()) < 10 and all(letter.isdigit() or letter == "-" for letter in text.strip())


def _begins_one(id_: str, known: Mapping[str, str]) -> bool:
    return any(other.startswith(id_) or name.lower().startswith(id_.lower()) for other, name in known.items())
