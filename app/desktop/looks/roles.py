"""The colours of the window by what they are for, each for light and dark. Nowhere else does the window name one.

The colours of arms are in `app/shown/colours.py`, since files and reports have them, too.
"""

from __future__ import annotations


class Role:
    """What a colour is for; a theme has it as an attribute, `#rrggbb`."""

    def __init__(self, light: str, dark: str) -> None:
        """The colour on a light ground, and on a dark one."""
        self._light, self._dark = light, dark

    def __get__(self, theme: Roles, of: type | None = None) -> str:
        """The colour of that theme."""
        return self._dark if theme.dark else self._light


class Roles:
    """All of them: grounds, what is drawn on them, and what answers the mouse and the keyboard."""

    dark: bool

    # grounds, from the furthest to the nearest
    paper = Role("#f5f6f8", "#141619")
    """what the journey is drawn on"""
    band = Role("#eceef2", "#1b1e22")
    """every other stage on it"""
    panel = Role("#ffffff", "#1f2226")
    """what panels, bars, forms and charts stand on"""
    field = Role("#ffffff", "#17191c")
    """what is written into, and what lists stand on"""
    stripe = Role("#f6f7f9", "#1c1f23")
    """every other row of a list"""
    card = Role("#ffffff", "#2a2e33")
    """a touchpoint, and whatever else lies above the rest: menus, messages"""

    # what is read and drawn
    text = Role("#191c20", "#eef0f2")
    """what is to be read"""
    quiet = Role("#586069", "#a6adb5")
    """what may be read"""
    line = Role("#dde1e6", "#3a4047")
    """what only separates: it may be faint, for nothing is read from it"""
    stroke = Role("#7f878f", "#8b939b")
    """a transition, a border or axis that something is read from"""
    good = Role("#00704d", "#2fc79a")
    """what is well"""
    warning = Role("#945700", "#e8a825")
    """what is doubtful"""
    error = Role("#b83800", "#ff9470")
    """what is wrong"""

    # what answers
    accent = Role("#0069a6", "#5ab6ea")
    """what asks to be pressed, what leads somewhere, what is on"""
    accent_near = Role("#00568a", "#86cbf2")
    """the same under the mouse"""
    on_accent = Role("#ffffff", "#0d1a22")
    """what is read on either"""
    chosen = Role("#dcebf6", "#1f3c50")
    """the ground of what is selected"""
    near = Role("#eef1f4", "#2b3036")
    """the ground of what the mouse is over"""
    pressed = Role("#e1e5ea", "#363c43")
    """the ground of what is held down or is on"""
    focus = Role("#0069a6", "#5ab6ea")
    """the ring around what has the keyboard"""
