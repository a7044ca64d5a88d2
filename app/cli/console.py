"""A console on which texts only say something."""

from typing import Any

from rich.console import Console
from rich.text import Text

from app.cli.visible import visible


class VisibleConsole(Console):
    """Writes characters that are not shown out; what it draws itself, it draws."""

    def render_str(self, text: str, **manner: Any) -> Text:
        """What every text comes to before it is measured and printed."""
        return super().render_str(visible(text), **manner)
