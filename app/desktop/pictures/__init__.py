"""Pictures of what the window shows: for files, the clipboard and paper."""

from app.desktop.pictures.picture import Picture
from app.desktop.pictures.taking import Pictured, Taking

__all__ = ["Picture", "Pictured", "Taking"]
