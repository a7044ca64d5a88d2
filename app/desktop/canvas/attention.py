"""What the person at the screen points at, and what stands out because of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF

from app.desktop.canvas.pointed import Pointed
from app.desktop.canvas.scene import JourneyScene


@dataclass
class Attention:
    """What the person at the screen points at and what the gesture under way shows."""

    hovered: Pointed | None = None
    current: Pointed | None = None
    """the touchpoint or note that keys act on"""
    focused: bool = False
    target: str | None = None
    """the card where a connection would end"""
    line: QLineF | None = None
    band: QRectF | None = None
    standing_out: frozenset[str] | None = None
    """touchpoints that are presented, whatever else is pointed at"""


@dataclass(frozen=True)
class Lit:
    """What everything else stands back for."""

    transitions: frozenset[str]
    cards: frozenset[str]


def lit(attention: Attention, scene: JourneyScene) -> Lit | None:
    """What is pointed at, else what is selected, with what leads there and away; None where nothing stands back."""
    if attention.standing_out is not None:
        return _presented(attention.standing_out, scene)
    hovered, selection = attention.hovered, scene.selection
    cards, keys = selection.touchpoints, selection.transitions
    if hovered is not None and hovered.kind in ("touchpoint", "port"):
        cards, keys = frozenset({hovered.id}), frozenset()
    elif hovered is not None and hovered.kind in ("transition", "share"):
        cards, keys = frozenset(), frozenset({hovered.id})
    elif len(cards) == len(scene.cards):
        return None
    cards, keys = cards & scene.cards.keys(), keys & scene.transitions.keys()
    if not cards and not keys:
        return None
    shown = set(keys)
    for key, figure in scene.transitions.items():
        if figure.transition.source in cards or figure.transition.target in cards:
            shown.add(key)
    ends = {scene.transitions[key].transition.source for key in shown}
    ends |= {scene.transitions[key].transition.target for key in shown}
    return Lit(frozenset(shown), cards | ends)


def _presented(cards: frozenset[str], scene: JourneyScene) -> Lit:
    """These cards, the transitions among them, and who is lost at them."""
    among = {
        key
        for key, figure in scene.transitions.items()
        if figure.transition.source in cards and (figure.leaves or figure.transition.target in cards)
    }
    return Lit(frozenset(among), cards)
