"""What is under a point of the canvas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.scene import JourneyScene

_ROUND = 11.0
"""how near the middle of a port or badge counts as on it"""
_BESIDE = 5.0
_AROUND = 20.0
"""how far beyond its line a transition may be drawn"""


@dataclass(frozen=True)
class Pointed:
    """A thing on the canvas: `touchpoint`, `port`, `note`, `transition`, `share` (its label) or `finding`."""

    kind: str
    id: str
    """its id or key; for a finding kind and id, such as `touchpoints.cart`"""


class Finder:
    """Finds what is under a point or in a rectangle; keeps boxes and lines as arrays until a figure changes."""

    def __init__(self, scene: JourneyScene) -> None:
        """Look in that scene."""
        self._scene = scene
        self._version = -1
        self._card_ids: list[str] = []
        self._transition_keys: list[str] = []
        self._cards: NDArray[np.float64] = np.empty((0, 4))
        self._labels: NDArray[np.float64] = np.empty((0, 4))
        self._pieces: NDArray[np.float64] = np.empty((0, 4))
        """the straight pieces of all lines, from one end (x, y) to the other"""
        self._owners: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        """which transition each piece is of"""

    def under(self, x: float, y: float, scale: float, port_of: str | None = None) -> Pointed | None:
        """What is drawn uppermost at that point; a port only on the card that shows it."""
        self._refresh()
        scene = self._scene
        round_ = _ROUND if scale >= 1 else _ROUND / max(scale, 0.4)
        if port_of in scene.cards and _near(scene.cards[port_of].port, x, y, round_):
            return Pointed("port", port_of)
        for address in scene.levels:
            kind, _, id_ = address.partition(".")
            figure = scene.cards.get(id_) if kind == "touchpoints" else scene.transitions.get(id_)
            if figure is not None and _near(figure.badge, x, y, round_):
                return Pointed("finding", address)
        labels = [self._transition_keys[int(number)] for number in np.flatnonzero(_holding(self._labels, x, y))]
        labels = [key for key in labels if scene.transitions[key].written]
        for key in labels:
            if scene.transitions[key].leaves:
                return Pointed("share", key)
        hit = np.flatnonzero(_holding(self._cards, x, y))
        if hit.size:
            return Pointed("touchpoint", self._card_ids[int(hit[-1])])
        for id_, note in scene.notes.items():
            if note.box.left <= x <= note.box.right and note.box.top <= y <= note.box.bottom:
                return Pointed("note", id_)
        return Pointed("share", labels[0]) if labels else self._transition_under(x, y, scale)

    def _transition_under(self, x: float, y: float, scale: float) -> Pointed | None:
        if not len(self._pieces):
            return None
        apart = _distance(self._pieces, x, y)
        nearest = int(apart.argmin())
        figure = self._scene.transitions[self._transition_keys[int(self._owners[nearest])]]
        if apart[nearest] > _BESIDE / min(scale, 1.0) + figure.width / 2:
            return None
        return Pointed("transition", figure.transition.key)

    def cards_in(self, box: Box) -> list[str]:
        """The touchpoints whose cards touch a rectangle, in the order of drawing."""
        self._refresh()
        return [self._card_ids[int(number)] for number in np.flatnonzero(_touching(self._cards, box, 24.0))]

    def transitions_in(self, box: Box) -> list[str]:
        """The transitions that may be seen in a rectangle, in the order of drawing."""
        self._refresh()
        ends = self._pieces
        edges = np.concatenate([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])], axis=1)
        seen = np.zeros(len(self._transition_keys), dtype=bool)
        seen[self._owners[_touching(edges, box, _AROUND)]] = True
        seen |= _touching(self._labels, box, _AROUND)
        return [self._transition_keys[int(number)] for number in np.flatnonzero(seen)]

    def _refresh(self) -> None:
        scene = self._scene
        if self._version == scene.version:
            return
        self._version = scene.version
        self._card_ids, self._transition_keys = list(scene.cards), list(scene.transitions)
        self._cards = _edges([figure.box for figure in scene.cards.values()])
        self._labels = _edges([figure.label for figure in scene.transitions.values()])
        pieces, owners = [], []
        for number, figure in enumerate(scene.transitions.values()):
            for a, b in pairwise(figure.route.points):
                if not figure.leaves:
                    pieces.append((*a, *b))
                    owners.append(number)
        self._pieces = np.array(pieces, dtype=float).reshape(-1, 4)
        self._owners = np.array(owners, dtype=np.intp)


def _edges(boxes: list[Box]) -> NDArray[np.float64]:
    """Left, upper, right and lower edges."""
    edges = np.array(boxes, dtype=float).reshape(-1, 4)
    edges[:, 2:] += edges[:, :2]
    return edges


def _holding(edges: NDArray[np.float64], x: float, y: float) -> NDArray[np.bool_]:
    return (edges[:, 0] <= x) & (edges[:, 1] <= y) & (edges[:, 2] >= x) & (edges[:, 3] >= y)


def _touching(edges: NDArray[np.float64], box: Box, margin: float) -> NDArray[np.bool_]:
    return (
        (edges[:, 0] <= box.right + margin)
        & (edges[:, 1] <= box.bottom + margin)
        & (edges[:, 2] >= box.left - margin)
        & (edges[:, 3] >= box.top - margin)
    )


def _distance(pieces: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    """How far each straight piece is from a point."""
    start, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    to = np.array((x, y)) - start
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip((to * along).sum(axis=1) / length, 0.0, 1.0)
    apart: NDArray[np.float64] = np.hypot(*(to - share[:, None] * along).T)
    return apart


def _near(point: tuple[float, float], x: float, y: float, reach: float) -> bool:
    return (point[0] - x) ** 2 + (point[1] - y) ** 2 <= reach * reach
