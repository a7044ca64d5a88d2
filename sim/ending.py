"""Signals that ask a process to end: Ctrl-C, and what a system sends that shuts down or closes a terminal."""

import signal
from typing import Final

ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
"""Those that this system has."""


def hear_none() -> None:
    """Hear none of them from now on: another process of the program ends this one, or it is about to end."""
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
