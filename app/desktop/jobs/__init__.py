"""Simulations outside the window's process: what is started, how far it is, how it ends."""

from app.desktop.jobs.job import Job
from app.desktop.jobs.runner import Runner

__all__ = ["Job", "Runner"]
