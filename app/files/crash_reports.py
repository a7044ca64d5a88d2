"""Reports on what went wrong, for the user to read and to send if they want to; nothing is sent from here."""

from __future__ import annotations

import contextlib
import platform
import secrets
import traceback
from pathlib import Path
from typing import BinaryIO, Final

from app.files.unsaved_texts import now
from sim.held import hold

_MOST: Final = 20
"""Reports that are kept; older ones go."""


def report_on(error: BaseException, where: str = "") -> str:
    """What happened: versions, and the way through the program; the home folder is left out."""
    trace = "".join(traceback.format_exception(error))
    return without_home("\n".join([*_versions(), *([f"where: {where}"] if where else []), "", trace]))


def signature(error: BaseException) -> str:
    """What tells one failure from another: its kind, and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {last.filename}:{last.lineno}" if last is not None else type(error).__name__


def without_home(text: str) -> str:
    """The text with `~` for the home folder, whose name may be somebody's."""
    with contextlib.suppress(RuntimeError):
        home = str(Path.home())
        if len(home) > 1:
            text = text.replace(home, "~")
    return text


def write_report(folder: Path, text: str) -> Path:
    """Write a report and say where; OSError if that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("crash-*.txt"))[: -_MOST + 1]:
        old.unlink(missing_ok=True)
    path = folder / f"crash-{now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.txt"
    path.write_text(text, encoding="utf-8")
    return path


class LastWords:
    """A file into which Python writes where it is when the system ends it, such as after a fault in Qt."""

    def __init__(self, path: Path, held: BinaryIO) -> None:
        """The file `path`, open as `held`."""
        self.path, self.file = path, held

    @classmethod
    def new(cls, folder: Path) -> LastWords:
        """A new one, held by this process; OSError where none can be made."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"last-words-{now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.txt"
        held = hold(path)
        if held is None:
            raise OSError(f"{path}: somebody else holds it")
        return cls(path, held)

    def close(self) -> None:
        """Take it away: the program ended as it should."""
        self.file.close()
        self.path.unlink(missing_ok=True)


def hard_crashes(folder: Path) -> list[str]:
    """The last words of processes that are gone, each as a report; they are taken away by that."""
    reports = []
    for path in sorted(folder.glob("last-words-*.txt")):
        try:
            held = hold(path)
            if held is None:
                continue
            words = path.read_text(encoding="utf-8", errors="replace").strip()
            held.close()
            path.unlink(missing_ok=True)
        except OSError:
            continue
        if words:
            reports.append(without_home("\n".join([*_versions(), "", words, ""])))
    return reports


def _versions() -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    said = [f"at: {now().isoformat(timespec='seconds')}"]
    for name in ("journey-sandbox", "PySide6-Essentials", "numpy", "numba"):
        with contextlib.suppress(PackageNotFoundError):
            said.append(f"{name}: {version(name)}")
    return [*said, f"Python: {platform.python_version()}", f"system: {platform.platform()}"]
