"""Stored runs: the list of them, and reading one."""

from app.desktop.runs.panel import RunList
from app.desktop.runs.stored import RunReader, open_run

__all__ = ["RunList", "RunReader", "open_run"]
