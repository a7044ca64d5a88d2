"""Chance: counter-based draws and the distributions made from them (model section 3)."""
