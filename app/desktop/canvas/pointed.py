"""What is under a point of the canvas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.desktop.canvas.geometry import Box
from app.desktop.canvas.scene import JourneyScene

_ROUND = 11.0
"""how near the middle of a port or badge counts as on it"""
_BESIDE = 5.0
_STEPS = np.linspace(0.0, 1.0, 25)
_WEIGHTS = np.stack(
    [(1 - _STEPS) ** 3, 3 * _STEPS * (1 - _STEPS) ** 2, 3 * _STEPS**2 * (1 - _STEPS), _STEPS**3], axis=1
)


@dataclass(frozen=True)
class Pointed:
    """A thing on the canvas: `touchpoint`, `port`, `note`, `transition`, `share` (its label) or `finding`."""

    kind: str
    id: str
    """its id or key; for a finding kind and id, such as `touchpoints.cart`"""


class Finder:
    """Finds what is under a point or in a rectangle; keeps boxes and curves as arrays until a figure changes."""

    def __init__(self, scene: JourneyScene) -> None:
        """Look in that scene."""
        self._scene = scene
        self._version = -1
        self._card_ids: list[str] = []
        self._transition_keys: list[str] = []
        self._cards: NDArray[np.float64] = np.empty((0, 4))
        self._transitions: NDArray[np.float64] = np.empty((0, 4))
        self._labels: NDArray[np.float64] = np.empty((0, 4))
        self._points: NDArray[np.float64] = np.empty((0, len(_STEPS), 2))

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
        hit = np.flatnonzero(_holding(self._cards, x, y))
        if hit.size:
            return Pointed("touchpoint", self._card_ids[int(hit[-1])])
        for id_, note in scene.notes.items():
            if note.box.left <= x <= note.box.right and note.box.top <= y <= note.box.bottom:
                return Pointed("note", id_)
        return self._transition_under(x, y, scale)

    def _transition_under(self, x: float, y: float, scale: float) -> Pointed | None:
        candidates = np.flatnonzero(_holding(self._transitions, x, y))
        if not candidates.size:
            return None
        for number in candidates:
            label = self._scene.transitions[self._transition_keys[int(number)]].label
            if label.left <= x <= label.right and label.top <= y <= label.bottom:
                return Pointed("share", self._transition_keys[int(number)])
        points = self._points[candidates]
        apart = _distance(points, x, y)
        nearest = int(apart.argmin())
        figure = self._scene.transitions[self._transition_keys[int(candidates[nearest])]]
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
        numbers = np.flatnonzero(_touching(self._transitions, box, 0.0))
        ends = self._points[numbers]
        # Many a long curve has the rectangle in its box but passes by: of those left, some part of the curve is in it.
        pieces = np.concatenate([np.minimum(ends[:, :-1], ends[:, 1:]), np.maximum(ends[:, :-1], ends[:, 1:])], axis=2)
        seen = _touching(pieces.reshape(-1, 4), box, 20.0).reshape(len(numbers), len(_STEPS) - 1).any(axis=1)
        labelled = _touching(self._labels[numbers], box, 20.0)
        return [self._transition_keys[int(number)] for number in numbers[seen | labelled]]

    def _refresh(self) -> None:
        scene = self._scene
        if self._version == scene.version:
            return
        self._version = scene.version
        self._card_ids, self._transition_keys = list(scene.cards), list(scene.transitions)
        self._cards = _edges([figure.box for figure in scene.cards.values()])
        corners = np.array(
            [
                ((c.x0, c.y0), (c.x1, c.y1), (c.x2, c.y2), (c.x3, c.y3))
                for c in (figure.curve for figure in scene.transitions.values())
            ]
        ).reshape(-1, 4, 2)
        self._labels = labels = _edges([figure.label for figure in scene.transitions.values()])
        self._points = _WEIGHTS @ corners
        margin = 20.0
        self._transitions = np.concatenate(
            [
                np.minimum(self._points.min(axis=1) - margin, labels[:, :2]),
                np.maximum(self._points.max(axis=1) + margin, labels[:, 2:] + (margin, 0.0)),
            ],
            axis=1,
        )


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


def _distance(points: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    """How far each polyline is from a point."""
    start, along = points[:, :-1], np.diff(points, axis=1)
    to = np.array((x, y)) - start
    length = np.maximum((along**2).sum(axis=2), 1e-9)
    share = np.clip((to * along).sum(axis=2) / length, 0.0, 1.0)
    apart: NDArray[np.float64] = np.hypot(*np.moveaxis(to - share[..., None] * along, 2, 0)).min(axis=1)
    return apart


def _near(point: tuple[float, float], x: float, y: float, reach: float) -> bool:
    return (point[0] - x) ** 2 + (point[1] - y) ** 2 <= reach * reach
