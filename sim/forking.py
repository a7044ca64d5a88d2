"""How workers start on this system."""

import sys
from typing import Final

FORKED: Final = sys.platform == "linux"
"""Whether they are forked from a process that has loaded what they need: they start at once, and share its memory."""
