"""The personas of a scenario: its segments, with what their cards say of a typical member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.desktop.journey_map.cells import Cell, Edit, Kind, Row, Sheet
from app.desktop.looks.terms import meaning

_KEYS: Final = (
    ("quote", "In their words", False, "What would they say?"),
    ("about", "Who it is", False, "Who is this, in a sentence or two?"),
    ("goals", "Wants", True, "What do they want, whatever the brand does?"),
    ("pain_points", "Is troubled by", True, "What puts them off?"),
    ("preferred_channels", "Likes to be met", True, "Where do they like to be met?"),
)
"""Keys of a card, what they are called, whether they are lists, and what an empty cell asks."""


@dataclass(frozen=True)
class Persona:
    """A segment as somebody whom one could meet."""

    id: str
    name: str
    share: float
    """of all customers, from 0 to 1"""
    card: tuple[tuple[str, tuple[str, ...]], ...]
    """what its card says, by key"""

    def said(self, key: str) -> tuple[str, ...]:
        """What the card says under a key."""
        return dict(self.card).get(key, ())


def personas(tables: Mapping[str, Any]) -> tuple[Persona, ...]:
    """Those of a scenario's tables, in their order."""
    found = tables.get("segments")
    items = [each for each in found if _has_id(each)] if isinstance(found, Sequence) else []
    weights = [_weight(item.get("share", 1.0)) for item in items]
    total = sum(weights) or 1.0
    return tuple(
        Persona(
            item["id"],
            item["name"] if isinstance(item.get("name"), str) and item["name"] else worded(item["id"]),
            weight / total,
            tuple((key, _lines(card.get(key))) for key, *_ in _KEYS),
        )
        for item, weight in zip(items, weights, strict=True)
        for card in [item.get("persona") if isinstance(item.get("persona"), Mapping) else {}]
    )


def card_of(persona: Persona) -> Sheet:
    """The card of a persona: one row, with what the file says of it."""
    cells = []
    for key, title, many, hint in _KEYS:
        lines = persona.said(key)
        cells.append(
            Cell(
                text="\n".join(lines),
                items=lines if many else (),
                hint=hint,
                tip=f"{title}: {'; '.join(lines) or hint}",
                edit=Edit(("segments", persona.id, "persona", key), many),
            )
        )
    return Sheet(
        tuple(title for _, title, _, _ in _KEYS), rows=(Row(persona.name, "persona", Kind.LIST, tuple(cells)),)
    )


def tip_of(persona: Persona) -> str:
    """What a persona's card is, and what it says first."""
    said = "\n".join((*persona.said("quote"), *persona.said("about")))
    return f"{persona.name}: {persona.share * 100:.0f} % of customers\n{said}\n\n{meaning('persona')}"


def worded(id_: str) -> str:
    """An id as a name."""
    return id_.replace("_", " ").replace("-", " ").capitalize()


def _lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(line for line in value.splitlines() if line.strip())
    if isinstance(value, Sequence):
        return tuple(str(each) for each in value)
    return () if value is None else (str(value),)


def _has_id(item: Any) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("id"), str)


def _weight(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else 0.0
