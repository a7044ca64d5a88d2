"""A new journey, before anything is drawn."""

from typing import Final

BLANK: Final = """\
format = 1
id = "new-journey"
name = "New journey"
horizon = 90

[population]
size = 10000
"""
