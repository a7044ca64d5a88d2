"""Who is who: what customers leave behind, and what the brand makes of it (model 23 and 24)."""

from sim.identity.kept import resolution_of
from sim.identity.links import Links
from sim.identity.measures import Measures
from sim.identity.records import Records, draw_records
from sim.identity.resolution import Resolution, resolve

__all__ = [
    "Links",
    "Measures",
    "Records",
    "Resolution",
    "draw_records",
    "resolution_of",
    "resolve",
]
