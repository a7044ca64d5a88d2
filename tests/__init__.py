"""Tests; they mirror `sim/` and `app/`."""
