"""What is selected, on the canvas and in the table alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What is selected, by id or key."""

    places: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is selected."""
        return bool(self.places or self.ways or self.notes)

    def has(self, kind: str, id_: str) -> bool:
        """Whether the `place`, `way` or `note` of that id is in it."""
        return id_ in self._of(kind)

    def toggled(self, kind: str, id_: str) -> Selection:
        """The selection with that one put in, or taken out if it was in."""
        return self._with(kind, self._of(kind) ^ {id_})

    def joined(self, other: Selection) -> Selection:
        """Both together."""
        return Selection(self.places | other.places, self.ways | other.ways, self.notes | other.notes)

    def _of(self, kind: str) -> frozenset[str]:
        return {"place": self.places, "way": self.ways, "note": self.notes}[kind]

    def _with(self, kind: str, ids: frozenset[str]) -> Selection:
        return Selection(**{"places": self.places, "ways": self.ways, "notes": self.notes} | {f"{kind}s": ids})


def only(kind: str, id_: str) -> Selection:
    """The selection of one `place`, `way` or `note`."""
    return Selection().toggled(kind, id_)


NOTHING = Selection()
