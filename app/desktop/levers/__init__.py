"""Levers: the values that are tried out most, side by side."""

from app.desktop.levers.panel import LeversPanel
from app.desktop.levers.wiring import connect_levers

__all__ = ["LeversPanel", "connect_levers"]
