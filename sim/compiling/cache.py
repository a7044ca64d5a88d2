"""Where compiled code is kept between runs.

Numba notices a change of the file that a compiled function stands in, but not of the functions that it calls in other
files. So the folder is named after all sources that are compiled, and after everything else that shapes the machine
code.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

_NAME = re.compile("compiled-[0-9a-f]{20}")
_SIM = Path(__file__).resolve().parent.parent
COMPILED_PACKAGES = ("compiling", "draws", "population", "engine")
"""The packages of `sim` that hold compiled functions."""
COMPILED_ELSEWHERE = ("outcomes/estimating.py", "scenario/content.py", "scenario/policies.py")
"""The files elsewhere that hold compiled functions, or constants which these take in."""
_ASKING = 20.0
"""seconds"""
_KEPT = 8
_KEPT_DAYS = 30
"""Folders of other states of the sources: so many, and for so long after they were used last."""
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def sources_hash(root: Path = _SIM) -> str:
    """Hash of every source below `root` that shapes compiled code, and of Numba, Python and the processor."""
    digest = hashlib.sha256()
    compiled = [file for package in COMPILED_PACKAGES for file in sorted((root / package).rglob("*.py"))]
    for file in (*compiled, *(root / name for name in COMPILED_ELSEWHERE)):
        name = file.relative_to(root).as_posix()
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    for part in (
        version("numba"),
        version("llvmlite"),
        version("numpy"),
        sys.version,
        platform.machine(),
        _processor(),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:20]


@cache
def own_hash() -> str:
    """The hash of what this process runs: read once, as the sources were when it was asked for first."""
    return sources_hash()


_TELL_PROCESSOR = """
from llvmlite import binding
print(binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten())
"""


class _Known:
    """What another process said."""

    processor: str | None = None


def ask_about_processor() -> None:
    """Have another process look at the processor: in this one, which compiles nothing, LLVM would take 10 MB."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if _Known.processor is None and "llvmlite" not in sys.modules and not getattr(sys, "frozen", False):
            asked = [sys.executable, "-I", "-c", _TELL_PROCESSOR]
            said = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_ASKING)
            if said.returncode == 0:
                _Known.processor = said.stdout.strip()


def _processor() -> str:
    """Name and features of the processor, as the compiler sees it."""
    if _Known.processor is not None:
        return _Known.processor
    from llvmlite import binding

    features = binding.get_host_cpu_features().flatten()
    return f"{binding.get_host_cpu_name()} {features}".strip()


@cache
def folder() -> Path:
    """The folder for this state of the sources: in the user's cache, or a temporary one where none can be written.

    What is in it is run. So it belongs to this user, who alone can write into it: none is used that somebody else made.
    """
    name = f"compiled-{own_hash()}"
    usual = user_cache_path("journey-sandbox")
    with contextlib.suppress(OSError):
        usual.mkdir(parents=True, exist_ok=True)
        if _made(usual / name):
            (usual / name).touch()  # so that it counts as used
            return usual / name
    user = os.getuid() if hasattr(os, "getuid") else "user"
    # The same one for all processes of a run and for the next run. Whoever else may write here may have made some.
    for number in range(100):
        private = Path(tempfile.gettempdir()) / f"journey-sandbox-{user}-{number}"
        with contextlib.suppress(OSError):
            if _made(private) and _made(private / name):
                return private / name
    return Path(tempfile.mkdtemp(prefix="journey-sandbox-"))


def _made(folder: Path) -> bool:
    """Whether the folder is there, made now if need be, and this user's alone; OSError where it cannot be made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if not os.access(folder, os.W_OK):
        return False
    if not hasattr(os, "getuid"):  # on Windows, these folders are the user's own by where they are
        return True
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def sweep() -> None:
    """Remove the code of other states of the sources that nobody seems to use any more."""
    used: list[tuple[float, Path]] = []
    for path in folder().parent.glob("compiled-*"):
        with contextlib.suppress(OSError):
            if _NAME.fullmatch(path.name) and path.is_dir() and path != folder():
                used.append((path.lstat().st_mtime, path))
    used.sort(reverse=True)
    old = time.time() - _KEPT_DAYS * 86_400
    for index, (last, path) in enumerate(used):
        if index >= _KEPT or last < old:
            shutil.rmtree(path, ignore_errors=True)


def prepare() -> None:
    """Direct Numba to the folder; to be called before the first compiled function is defined."""
    os.environ["NUMBA_CACHE_DIR"] = str(folder())
    if "numba" in sys.modules:
        from numba import config

        setattr(config, "CACHE_DIR", str(folder()))  # noqa: B010 (its settings are not declared)


def is_warm() -> bool:
    """Whether the engine has been compiled before in its present state, so that a run starts at once."""
    return any(folder().rglob("entry._do-*.nbc"))
