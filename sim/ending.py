"""Signals that ask a process to end: Ctrl-C, and what a system sends that shuts down or closes a terminal."""

import signal
from typing import Final

ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
"""Those that this system has."""


def leave_to_parent() -> None:
    """Hear none of them: they reach all processes of a program, and the first of them ends the others."""
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
