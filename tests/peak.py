"""The most memory that a program ever had, told by itself."""

import os
import sys
from pathlib import Path


def peak() -> int:
    """The most memory that this process ever had, bytes.

    On Linux `getrusage` also counts what the parent had when it started this process, so the kernel's own account of
    this program is read there.
    """
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def where_found() -> dict[str, str]:
    """The environment in which a program started anywhere can import this."""
    return os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
