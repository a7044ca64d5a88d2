"""Who is who: what customers leave behind, and what the brand makes of it (model 23 and 24)."""

from sim.identity.kept import is_kept, kept_resolutions, resolution_of
from sim.identity.links import Links
from sim.identity.measures import Measures
from sim.identity.probabilistic import MissingSplinkError
from sim.identity.records import Records, draw_records
from sim.identity.resolution import Resolution, resolve

__all__ = [
    "Links",
    "Measures",
    "MissingSplinkError",
    "Records",
    "Resolution",
    "draw_records",
    "is_kept",
    "kept_resolutions",
    "resolution_of",
    "resolve",
]
