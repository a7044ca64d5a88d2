"""What is selected, on the canvas and in the table alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What is selected, by id or key."""

    touchpoints: frozenset[str] = frozenset()
    transitions: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is selected."""
        return bool(self.touchpoints or self.transitions or self.notes)

    def has(self, kind: str, id_: str) -> bool:
        """Whether the `touchpoint`, `transition` or `note` of that id is in it."""
        return id_ in self._of(kind)

    def toggled(self, kind: str, id_: str) -> Selection:
        """The selection with that one put in, or taken out if it was in."""
        return self._with(kind, self._of(kind) ^ {id_})

    def joined(self, other: Selection) -> Selection:
        """Both together."""
        return Selection(
            self.touchpoints | other.touchpoints, self.transitions | other.transitions, self.notes | other.notes
        )

    def _of(self, kind: str) -> frozenset[str]:
        return {"touchpoint": self.touchpoints, "transition": self.transitions, "note": self.notes}[kind]

    def _with(self, kind: str, ids: frozenset[str]) -> Selection:
        return Selection(
            **{"touchpoints": self.touchpoints, "transitions": self.transitions, "notes": self.notes}
            | {f"{kind}s": ids}
        )


def only(kind: str, id_: str) -> Selection:
    """The selection of one `touchpoint`, `transition` or `note`."""
    return Selection().toggled(kind, id_)


NOTHING = Selection()
