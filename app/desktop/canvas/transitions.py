"""Transitions as they are drawn: what is written on them, how wide they are, and where their labels are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.desktop.canvas.detail import FULL, Detail
from app.desktop.canvas.geometry import Box
from app.desktop.canvas.label_spots import LabelSpots
from app.desktop.canvas.look import Look
from app.desktop.canvas.route import Route
from app.desktop.document.drawn_journey import Transition

_WIDEST, _USUAL = 9.0, 1.5
_MAIN_AT_LEAST = 3.0
_AROUND_DIGITS = 3.0
"""the room above and below the digits of a label"""
_MARK_IN, _MARK_OUT, _MARK_APART, _MARK_ROOM = 6.0, 8.0, 4.0, 12.0
"""a mark of those who leave: how far it reaches into its card and beyond its edge, its distance from the next, and its
room beside the words
"""
MARK_ARROW = 0.7
"""the room for its arrow, in lines"""


_NOWHERE = Box(0, 0, 0, 0)


@dataclass
class TransitionFigure:
    """A transition, ready to be drawn."""

    transition: Transition
    route: Route
    share: str
    """its label"""
    below: str
    """what stands below that in quiet type: how many went, and the delay"""
    width: float
    main: bool
    """whether it is on the main way of a run"""
    leaves: bool
    """whether it leads to where customers are lost: then it is a mark on its card, and no line"""
    label: Box = _NOWHERE
    written: bool = False
    """whether its label is drawn"""
    both: bool = False
    """whether what stands below is drawn, too"""
    share_at: QPointF = field(default_factory=QPointF)
    below_at: QPointF = field(default_factory=QPointF)

    def is_like(self, other: TransitionFigure) -> bool:
        """Whether both are drawn the same, wherever their labels are."""
        mine, others = (
            (each.transition, each.route, each.share, each.below, each.width, each.main, each.leaves)
            for each in (self, other)
        )
        return mine == others

    @cached_property
    def path(self) -> QPainterPath:
        """The route for Qt."""
        return self.route.path()

    @cached_property
    def lines(self) -> list[QLineF]:
        """The route in straight pieces, which Qt draws three times as fast."""
        return self.route.lines()

    @cached_property
    def arrow(self) -> QPolygonF:
        """Its head."""
        return arrow_head(self.route, self.width)

    @property
    def box(self) -> Box:
        """What holds all of it."""
        return self.label if self.leaves else self.route.box(16 + self.width)

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


def widths(transitions: Iterable[Transition], chosen: Mapping[str, float], main: frozenset[str]) -> dict[str, float]:
    """How wide each transition is drawn, in half pixels: by what went along it after a run."""
    most = max(chosen.values(), default=0.0)
    if most <= 0:
        return {transition.key: _USUAL for transition in transitions}
    return {
        transition.key: max(
            round(2 * (1.0 + (_WIDEST - 1) * chosen.get(transition.key, 0.0) / most)) / 2,
            _MAIN_AT_LEAST if transition.key in main else 0.0,
        )
        for transition in transitions
    }


def put_label(figure: TransitionFigure, spots: LabelSpots, detail: Detail, look: Look) -> None:
    """Give a transition's label its place; where there is none, or no type that can be read, it is not drawn."""
    share, small = look.share_type(detail.shares or FULL.shares), look.quiet_type(FULL.small)
    high = share.metrics.capHeight() + 2 * _AROUND_DIGITS  # shares have no letters that go below the line
    share_wide = share.metrics.horizontalAdvance(figure.share)
    below_wide = small.metrics.horizontalAdvance(figure.below)
    size = share_wide + 8, high
    larger = max(share_wide, below_wide) + 8, high + small.line
    figure.both = detail.is_full and bool(figure.below)
    figure.label, figure.written = spots.spot(figure.transition.key, figure.route, *(larger if figure.both else size))
    if figure.both and not figure.written:
        figure.both = False
        figure.label, figure.written = spots.spot(figure.transition.key, figure.route, *size)
    figure.written = figure.written and detail.shares > 0
    if figure.written:
        spots.take(figure.label)
    middle, baseline = figure.label.left + figure.label.width / 2, figure.label.top + high - _AROUND_DIGITS
    figure.share_at = QPointF(middle - share_wide / 2, baseline)
    figure.below_at = QPointF(middle - below_wide / 2, figure.label.top + high + small.metrics.ascent())


def put_mark(figure: TransitionFigure, card: Box, number: int, spots: LabelSpots, detail: Detail, look: Look) -> None:
    """Give a transition to where customers are lost its mark at a corner of its card, the `number`th there."""
    type_ = look.share_type(detail.shares or FULL.shares)
    wide = type_.metrics.horizontalAdvance(figure.share) + MARK_ARROW * type_.line + _MARK_ROOM
    aside = number * (wide + _MARK_APART)
    rights = card.right + _MARK_OUT - wide - aside, card.left - _MARK_OUT + aside
    corners = [
        Box(left, top, wide, type_.line)
        for top in (card.bottom - _MARK_IN, card.top + _MARK_IN - type_.line)
        for left in rights
    ]
    figure.label = next(
        (
            box
            for box in corners
            if spots.is_free(box, card) and not spots.hidden(figure.transition.key, box, box.middle)
        ),
        corners[0],
    )
    figure.written = detail.shares > 0
    spots.take(figure.label)
    figure.share_at = QPointF(figure.label.left + _MARK_ROOM / 2, figure.label.top + type_.metrics.ascent())


def arrow_head(route: Route, width: float) -> QPolygonF:
    """The triangle at the end of a route."""
    (x0, y0), (x1, y1) = route.points[-2:]
    length = math.dist((x0, y0), (x1, y1)) or 1.0
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    long, half = 8.0 + width, 3.5 + width * 0.6
    x, y = x1 - dx * long, y1 - dy * long
    return QPolygonF([QPointF(x1, y1), QPointF(x - dy * half, y + dx * half), QPointF(x + dy * half, y - dx * half)])
