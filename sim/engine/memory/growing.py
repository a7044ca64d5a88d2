"""What a lane keeps in arrays that grow: events, changes of status, friends who were told, facts."""

import numpy as np

EVENT = np.dtype(
    [
        ("time", "f8"),
        ("value", "f8"),
        ("customer", "i4"),
        ("touchpoint", "i4"),
        ("channel", "i2"),
        ("rule", "i2"),
        ("action", "i2"),
        ("event", "i1"),
    ],
    align=True,
)
"""One recorded event."""

CHANGE = np.dtype([("time", "f8"), ("customer", "i4"), ("status", "i1")], align=True)
"""One change of status."""

FRIEND = np.dtype([("number", "u8"), ("arrival", "f8")], align=True)
"""A friend who was told and is to arrive."""

FACT = np.dtype(
    [("time", "f8"), ("money", "f8"), ("next", "i4"), ("heard", "i2"), ("action", "i2"), ("kind", "i1")], align=True
)
"""A fact of a profile that will be forgotten; `next` is the one after it of the same customer, -1 for none. `heard`: of
a message, where `OutreachLane.heard` counts it, -1 of anything else. `action`: of a message and of a response to one,
-1 of anything else."""

TOLD = np.dtype(
    [
        ("time", "f8"),
        ("money", "f8"),
        ("next", "i4"),
        ("profile", "i4"),
        ("heard", "i2"),
        ("action", "i2"),
        ("kind", "i1"),
    ],
    align=True,
)
"""A fact in a mixed profile, likewise."""
