"""Presenting a journey and its results to people in a room."""

from app.desktop.present.presenting import Presenting

__all__ = ["Presenting"]
