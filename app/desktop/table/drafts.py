"""The last row of each table: what is typed or chosen there becomes a new touchpoint or transition."""

from __future__ import annotations

from collections.abc import Callable

from app.desktop.table.steps import Steps
from app.desktop.table.touchpoint_columns import NAME
from app.desktop.table.transition_columns import SOURCE, TARGET


class TouchpointDraft:
    """A touchpoint that has no name yet."""

    def __init__(self, steps: Steps, beside: Callable[[], str | None]) -> None:
        """Added beside the touchpoint that `beside` gives."""
        self._steps, self._beside = steps, beside

    def text(self, column: int) -> str:
        """What stands in a cell."""
        return "New touchpoint…" if column == NAME else ""

    def editable(self, column: int) -> bool:
        """Whether a field opens in a cell."""
        return column == NAME

    def change(self, column: int, value: str) -> bool:
        """Add a touchpoint of that name."""
        return bool(value.strip()) and self._steps.add_touchpoint(value, self._beside())


class TransitionDraft:
    """A transition whose ends are not both chosen yet."""

    def __init__(self, steps: Steps, changed: Callable[[], None]) -> None:
        """Neither end is; `changed` is called when one is."""
        self._steps, self._changed = steps, changed
        self.source: str | None = None
        """the touchpoint that it is to leave"""

    def begin(self, source: str | None) -> None:
        """Leave that touchpoint, or one that is still to be chosen."""
        self.source = source
        self._changed()

    def text(self, column: int) -> str:
        """What stands in a cell."""
        if column == SOURCE:
            return self._steps.name(self.source) if self.source is not None else "New transition from…"
        return "to…" if column == TARGET and self.source is not None else ""

    def editable(self, column: int) -> bool:
        """Whether a field opens in a cell."""
        return column == SOURCE or (column == TARGET and self.source is not None)

    def change(self, column: int, value: str) -> bool:
        """Take the end that was chosen; with both, there is a new transition."""
        if column == SOURCE:
            self.begin(value)
            return True
        source = self.source
        if source is None:
            return False
        self.begin(None)
        return self._steps.join(source, value)
