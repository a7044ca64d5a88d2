"""Lining up cards and notes."""

from __future__ import annotations

from collections.abc import Mapping

from app.desktop.canvas.geometry import GAP_ACROSS, GAP_DOWN, Box, snapped
from app.desktop.document.drawn_journey import Position

HOW = ("left", "top", "row", "column", "distribute-h", "distribute-v")
"""To the leftmost edge, to the uppermost, beside each other, below each other, and with equal gaps across or down."""


def aligned(boxes: Mapping[str, Box], how: str) -> dict[str, Position]:
    """Where the left upper corners go; raises ValueError for an unknown way to align."""
    if how not in HOW:
        raise ValueError(f'no way to align called "{how}"; there are {", ".join(HOW)}')
    if not boxes:
        return {}
    left, top = min(box.left for box in boxes.values()), min(box.top for box in boxes.values())
    if how == "left":
        return {id_: (left, box.top) for id_, box in boxes.items()}
    if how == "top":
        return {id_: (box.left, top) for id_, box in boxes.items()}
    across = how in ("row", "distribute-h")
    order = sorted(boxes, key=lambda id_: boxes[id_][:2] if across else (boxes[id_].top, boxes[id_].left))
    if how == "row":
        return _row(boxes, order, left, top)
    if how == "column":
        return _column(boxes, order, left, top)
    return _distributed(boxes, order, across)


def _row(boxes: Mapping[str, Box], order: list[str], left: float, top: float) -> dict[str, Position]:
    placed = {}
    for id_ in order:
        placed[id_] = (left, top)
        left += boxes[id_].width + GAP_ACROSS
    return placed


def _column(boxes: Mapping[str, Box], order: list[str], left: float, top: float) -> dict[str, Position]:
    placed = {}
    for id_ in order:
        placed[id_] = (left, top)
        top = snapped(top + boxes[id_].height + GAP_DOWN)
    return placed


def _distributed(boxes: Mapping[str, Box], order: list[str], across: bool) -> dict[str, Position]:
    """The outermost stay; the others get equal gaps between them."""
    size, edge = (2, 0) if across else (3, 1)
    first, last = boxes[order[0]], boxes[order[-1]]
    free = last[edge] + last[size] - first[edge] - sum(boxes[id_][size] for id_ in order)
    gap = free / max(1, len(order) - 1)
    placed: dict[str, Position] = {}
    at = first[edge]
    for id_ in order:
        box = boxes[id_]
        to = snapped(at) if id_ not in (order[0], order[-1]) else box[edge]
        placed[id_] = (to, box.top) if across else (box.left, to)
        at += box[size] + gap
    return placed
