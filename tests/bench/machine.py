"""The machine that the figures are of."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numba", "numpy", "simpy", "ciw", "mesa", "salabim")


def machine() -> str:
    """Processor, cores, memory, and the versions that matter."""
    parts = [processor(), f"{os.cpu_count()} cores", memory(), f"{platform.system()} {platform.machine()}"]
    parts.append(f"Python {platform.python_version()}")
    return ", ".join([*parts, *(f"{name} {found}" for name in _PACKAGES if (found := installed(name)))])


def processor() -> str:
    """The model of the processor, as it names itself."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"


def memory() -> str:
    """The memory of the machine."""
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return "memory unknown"
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 1e9:.0f} GB"


def installed(package: str) -> str:
    """The version of an installed package; empty where it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
