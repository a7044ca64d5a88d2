"""The window: draw a journey, run it, compare, keep every run."""

from app.desktop.unkept_sources import keep_no_sources

keep_no_sources()  # before anything else of the window is loaded
