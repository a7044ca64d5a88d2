"""Small drawn signs: channels, start, goal, exit, desk and findings, each in a square of 16 pixels."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

ICON = 16.0
_KINDS = {
    "web": ("web", "site", "www", "shop", "search", "landing"),
    "app": ("app", "mobile"),
    "email": ("email", "e-mail", "mail", "newsletter"),
    "push": ("push", "notification"),
    "sms": ("sms", "text"),
    "phone": ("phone", "call", "voice"),
    "store": ("store", "branch", "retail", "pos"),
    "social": ("social", "community", "friend"),
    "chat": ("chat", "messenger", "whatsapp", "bot"),
    "ad": ("ad", "ads", "display", "banner", "video", "tv", "paid"),
}


def channel_kind(channel: str) -> str:
    """Which sign a channel gets, by its id; `other` where none suits."""
    words = channel.lower().replace("_", "-").split("-")
    for kind, names in _KINDS.items():
        if channel.lower() in names or any(word in names for word in words):
            return kind
    return "other"


@lru_cache(maxsize=64)
def icon(kind: str) -> QPainterPath:
    """The strokes of a sign."""
    path = QPainterPath()
    _DRAWN.get(kind, _other)(path)
    return path


def _web(path: QPainterPath) -> None:
    path.addEllipse(QRectF(2, 2, 12, 12))
    path.addEllipse(QRectF(5, 2, 6, 12))
    _line(path, (2, 8), (14, 8))


def _app(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(4, 1.5, 8, 13), 2, 2)
    _line(path, (7, 12.2), (9, 12.2))


def _email(path: QPainterPath) -> None:
    path.addRect(QRectF(1.5, 3.5, 13, 9))
    _line(path, (1.5, 4), (8, 9), (14.5, 4))


def _push(path: QPainterPath) -> None:
    path.moveTo(3, 11.5)
    path.cubicTo(5, 9, 3.5, 3, 8, 3)
    path.cubicTo(12.5, 3, 11, 9, 13, 11.5)
    path.closeSubpath()
    _line(path, (6.8, 14), (9.2, 14))


def _sms(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(1.5, 3, 13, 8), 2, 2)
    _line(path, (5, 11), (5, 14), (8, 11))
    _line(path, (4.5, 7), (11.5, 7))


def _phone(path: QPainterPath) -> None:
    path.moveTo(3, 3)
    path.lineTo(5.5, 2.5)
    path.lineTo(7, 6)
    path.lineTo(5.5, 7.2)
    path.cubicTo(6.2, 9, 7, 9.8, 8.8, 10.5)
    path.lineTo(10, 9)
    path.lineTo(13.5, 10.5)
    path.lineTo(13, 13)
    path.cubicTo(8, 14, 2, 8, 3, 3)


def _store(path: QPainterPath) -> None:
    _line(path, (2, 6), (3.5, 2.5), (12.5, 2.5), (14, 6), (2, 6))
    _line(path, (3, 6), (3, 13.5), (13, 13.5), (13, 6))
    _line(path, (6.5, 13.5), (6.5, 9), (9.5, 9), (9.5, 13.5))


def _social(path: QPainterPath) -> None:
    path.addEllipse(QPointF(6, 5.5), 2.4, 2.4)
    path.addEllipse(QPointF(11.8, 6.5), 1.7, 1.7)
    path.moveTo(1.5, 13.5)
    path.cubicTo(2, 8, 10, 8, 10.5, 13.5)
    path.moveTo(11.5, 10.2)
    path.cubicTo(13.5, 10.2, 14.3, 11.5, 14.5, 13.5)


def _chat(path: QPainterPath) -> None:
    path.addEllipse(QRectF(1.5, 2.5, 13, 9))
    _line(path, (5, 11), (4, 14), (8, 11.5))
    for x in (5, 8, 11):
        path.addEllipse(QPointF(x, 7), 0.4, 0.4)


def _ad(path: QPainterPath) -> None:
    _line(path, (2, 6.5), (5, 6.5), (12, 3), (12, 13), (5, 9.5), (2, 9.5), (2, 6.5))
    _line(path, (5, 9.5), (6, 14), (8, 14), (7.3, 10.8))
    _line(path, (14, 7), (14, 9))


def _other(path: QPainterPath) -> None:
    path.addEllipse(QPointF(8, 8), 3, 3)


def _start(path: QPainterPath) -> None:
    _line(path, (2, 8), (11, 8))
    _line(path, (8, 4.5), (11.5, 8), (8, 11.5))
    _line(path, (14, 3), (14, 13))


def _goal(path: QPainterPath) -> None:
    _line(path, (4, 14.5), (4, 2), (13, 5), (4, 8.5))


def _churn(path: QPainterPath) -> None:
    _line(path, (4, 4), (12, 12))
    _line(path, (12, 4), (4, 12))


def _completed(path: QPainterPath) -> None:
    _line(path, (3, 8.5), (6.5, 12), (13, 4))


def _desk(path: QPainterPath) -> None:
    path.addEllipse(QPointF(8, 5), 2.6, 2.6)
    path.moveTo(3.5, 11.5)
    path.cubicTo(4, 8, 12, 8, 12.5, 11.5)
    _line(path, (1.5, 13.5), (14.5, 13.5))


def _line(path: QPainterPath, first: tuple[float, float], *others: tuple[float, float]) -> None:
    path.moveTo(*first)
    for point in others:
        path.lineTo(*point)


_DRAWN = {
    "web": _web,
    "app": _app,
    "email": _email,
    "push": _push,
    "sms": _sms,
    "phone": _phone,
    "store": _store,
    "social": _social,
    "chat": _chat,
    "ad": _ad,
    "other": _other,
    "start": _start,
    "goal": _goal,
    "churn": _churn,
    "completed": _completed,
    "desk": _desk,
}
