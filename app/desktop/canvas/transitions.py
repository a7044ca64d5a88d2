"""Transitions as they are drawn: their curves, labels and widths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.desktop.canvas.geometry import Box, Curve, curve, sides
from app.desktop.canvas.look import Look
from app.desktop.document.drawn_journey import Transition

_PORT_STEP, _PORT_STEP_ACROSS = 12.0, 104.0
"""between ends at one side of a card, down and across; across there must be room for labels"""
_ALONG_CURVE = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9)
_BESIDE_CURVE = (0.0, -12.0, 12.0, -24.0, 24.0)
_TILE = 96.0
_WIDEST = 9.0
LABEL_HEIGHT = 16.0


@dataclass
class TransitionFigure:
    """A transition, ready to be drawn."""

    transition: Transition
    curve: Curve
    share: str
    """its label"""
    below: str
    """what stands below that in quiet type: how many went, and the delay"""
    width: float
    label: Box
    share_at: QPointF
    below_at: QPointF

    @cached_property
    def path(self) -> QPainterPath:
        """The curve for Qt."""
        return self.curve.path()

    @cached_property
    def lines(self) -> list[QLineF]:
        """The curve in straight pieces, which Qt draws three times as fast."""
        return self.curve.lines()

    @cached_property
    def arrow(self) -> QPolygonF:
        """Its head."""
        return arrow_head(self.curve, self.width)

    @property
    def box(self) -> Box:
        """What holds all of it."""
        return self.curve.box(16 + self.width)

    @property
    def badge(self) -> tuple[float, float]:
        """Where the sign of a finding goes."""
        return self.label.right + 10, self.label.top + self.label.height / 2


def labels(transitions: Iterable[Transition], chosen: Mapping[str, float]) -> dict[str, tuple[str, str]]:
    """What is written on each transition: its percentage of what leaves its touchpoint; below it how many went in a
    run, and the delay.
    """
    transitions = tuple(transitions)
    totals: dict[str, float] = {}
    for transition in transitions:
        if transition.enabled:
            totals[transition.source] = totals.get(transition.source, 0.0) + transition.share
    written = {}
    for transition in transitions:
        total = totals.get(transition.source, 0.0)
        label = (
            percent(transition.share / total)
            if transition.enabled and total > 0
            else "off"
            if not transition.enabled
            else "0 %"
        )
        taken = [f"{chosen[transition.key]:,.0f}"] if transition.key in chosen else []
        written[transition.key] = (label, " · ".join([*taken, transition.delay] if transition.delay else taken))
    return written


def percent(share: float) -> str:
    """A share in words, with more digits where it is small."""
    points = 100 * share
    if 0 < points < 0.1:
        return "< 0.1 %"
    return f"{points:.1f} %" if 0 < points < 9.95 and abs(points - round(points)) >= 0.05 else f"{points:.0f} %"


def widths(transitions: Iterable[Transition], chosen: Mapping[str, float]) -> dict[str, float]:
    """How wide each transition is drawn, in half pixels: by what went along it after a run."""
    most = max(chosen.values(), default=0.0)
    if most <= 0:
        return {transition.key: 1.5 for transition in transitions}
    return {
        transition.key: round(2 * (1.0 + (_WIDEST - 1) * chosen.get(transition.key, 0.0) / most)) / 2
        for transition in transitions
    }


class Router:
    """Finds the curves of transitions: those at one side of a card leave and enter it beside each other."""

    def __init__(self) -> None:
        """Begin with no cards."""
        self.boxes: dict[str, Box] = {}
        self.ends: dict[str, list[Transition]] = {}
        self._ports: dict[tuple[str, bool], float] = {}

    def take(self, boxes: dict[str, Box], transitions: Iterable[Transition]) -> None:
        """Use those cards and transitions from now on."""
        self.boxes = boxes
        self.ends = {}
        for transition in transitions:
            if transition.source in boxes and transition.target in boxes:
                self.ends.setdefault(transition.source, []).append(transition)
                if transition.target != transition.source:
                    self.ends.setdefault(transition.target, []).append(transition)

    def around(self, cards: Iterable[str]) -> set[str]:
        """Those cards and the ones a transition away: all whose ends move when the former do."""
        around = set(cards)
        for card in tuple(around):
            for transition in self.ends.get(card, ()):
                around |= {transition.source, transition.target}
        return around

    def arrange(self, cards: Iterable[str]) -> None:
        """Put the ends at each side of those cards beside each other, in the order of where they lead."""
        for card in cards:
            at_side: dict[str, list[tuple[float, bool, str]]] = {}
            for transition in self.ends.get(card, ()):
                if transition.source == transition.target:
                    continue
                a, b = sides(self.boxes[transition.source], self.boxes[transition.target])
                leaves = transition.source == card
                side = a if leaves else b
                x, y = self.boxes[transition.target if leaves else transition.source].middle
                at_side.setdefault(side, []).append((y if side in ("left", "right") else x, leaves, transition.key))
            for side, ends in at_side.items():
                # What leads to the same card and back must not swap places at its two ends: leaving is first on the
                # right and lower sides, entering on the others.
                leaving_first = side in ("right", "bottom")
                ends.sort(key=lambda end: (end[0], end[1] != leaving_first, end[2]))
                room = 44.0 if side in ("left", "right") else 144.0
                step = min(_PORT_STEP if side in ("left", "right") else _PORT_STEP_ACROSS, room / max(1, len(ends) - 1))
                for number, (_, leaves, key) in enumerate(ends):
                    self._ports[key, leaves] = (number - (len(ends) - 1) / 2) * step

    def curve(self, transition: Transition) -> Curve:
        """The curve of a transition between two of the cards."""
        return curve(
            self.boxes[transition.source],
            self.boxes[transition.target],
            self._ports.get((transition.key, True), 0.0),
            self._ports.get((transition.key, False), 0.0),
        )


class Labels:
    """Finds a free spot on each curve for its label."""

    def __init__(self, cards: Iterable[Box]) -> None:
        """Keep clear of those cards."""
        self._tiles: dict[tuple[int, int], list[Box]] = {}
        for box in cards:
            self.take(box)

    def take(self, box: Box) -> None:
        """Keep that spot clear."""
        for tile in _tiles(box):
            self._tiles.setdefault(tile, []).append(box)

    def drop(self, box: Box) -> None:
        """Use that spot again."""
        for tile in _tiles(box):
            boxes = self._tiles.get(tile, [])
            if box in boxes:
                boxes.remove(box)

    def spot(self, line: Curve, width: float, height: float) -> Box:
        """Where the label goes: the clear spot nearest to the middle of the curve, else where it hides least."""
        best, least = Box(0, 0, 0, 0), math.inf
        for aside, t in product(_BESIDE_CURVE, _ALONG_CURVE):
            x, y = line.at(t)
            box = Box(x - width / 2, y - height / 2 + aside, width, height)
            touched = {other for tile in _tiles(box) for other in self._tiles.get(tile, ()) if box.touches(other)}
            if not touched:
                return box
            if len(touched) < least:
                best, least = box, len(touched)
        return best


def transition_figure(
    transition: Transition, line: Curve, written: tuple[str, str], width: float, room: Labels, look: Look
) -> TransitionFigure:
    """A transition along that curve, with its label where there is room."""
    share, below = written
    share_wide = look.share_metrics.horizontalAdvance(share)
    below_wide = look.small_metrics.horizontalAdvance(below) if below else 0.0
    box = room.spot(line, max(share_wide, below_wide) + 8, LABEL_HEIGHT + (LABEL_HEIGHT - 2 if below else 0.0))
    room.take(box)
    middle, baseline = box.left + box.width / 2, box.top + look.share_metrics.ascent()
    return TransitionFigure(
        transition,
        line,
        share,
        below,
        width,
        box,
        QPointF(middle - share_wide / 2, baseline),
        QPointF(middle - below_wide / 2, baseline + LABEL_HEIGHT - 2),
    )


def arrow_head(line: Curve, width: float) -> QPolygonF:
    """The triangle at the end of a curve."""
    dx, dy = line.x3 - line.x2, line.y3 - line.y2
    length = math.hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    long, half = 8.0 + width, 3.5 + width * 0.6
    x, y = line.x3 - dx * long, line.y3 - dy * long
    return QPolygonF(
        [QPointF(line.x3, line.y3), QPointF(x - dy * half, y + dx * half), QPointF(x + dy * half, y - dx * half)]
    )


def _tiles(box: Box) -> list[tuple[int, int]]:
    return [
        (column, row)
        for column in range(int(box.left // _TILE), int(box.right // _TILE) + 1)
        for row in range(int(box.top // _TILE), int(box.bottom // _TILE) + 1)
    ]
