"""The canvas on which a journey is drawn: it shows a `DrawnJourney` and asks for changes by signals."""

from app.desktop.canvas.canvas import Canvas
from app.desktop.canvas.picture import DrawnPicture
from app.desktop.canvas.tidy import tidy
from app.desktop.canvas.values import Flow, Move, QuickAdd
from app.desktop.document.selection import Selection

__all__ = ["Canvas", "DrawnPicture", "Flow", "Move", "QuickAdd", "Selection", "tidy"]
