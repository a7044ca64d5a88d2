"""SQLite and Parquet: runs and what was measured in them, and event logs."""

from sim.store.listing import ListedRun
from sim.store.opening import StoreError, at_home, default_path
from sim.store.run import LATEST, Run, Status, StoredArm
from sim.store.sink import Sink
from sim.store.store import Store, text_hash

__all__ = [
    "LATEST",
    "ListedRun",
    "Run",
    "Sink",
    "Status",
    "Store",
    "StoreError",
    "StoredArm",
    "at_home",
    "default_path",
    "text_hash",
]
