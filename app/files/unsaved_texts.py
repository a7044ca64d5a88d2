"""What was being edited and is not saved: kept beside the program while it runs, found again when it ended suddenly.

Each text lies in a file of its own below one folder, with a lock that its process holds for as long as it lives: the
system lets go of it however the process ends. Who gets the lock of a text owns it, so that no two windows offer one.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from sim.held import hold

KEPT_DAYS: Final = 14
"""So long a text that nobody wanted back stays in the folder `kept`."""

_MARK = "# Journey Sandbox kept this because it was not saved: "


@dataclass(frozen=True)
class Unsaved:
    """A text that is not saved, and where it belongs."""

    name: str
    """what the window called it"""
    text: str
    path: str | None
    """its file; None where it has none yet"""
    base: str
    """the fingerprint of what was in its file when it was opened or saved last"""
    changes: int
    """how many steps it is away from that"""
    at: str
    """when it was kept, ISO 8601 with its zone"""
    tries: int = 0
    """how often it was restored and the program ended again at once"""
    typed: tuple[tuple[str, str], ...] = ()
    """what stood in open fields and is not in the text: where in words, and what"""

    def ago(self, now: datetime.datetime) -> str:
        """How long before `now` it was kept, in words."""
        seconds = max((now - datetime.datetime.fromisoformat(self.at)).total_seconds(), 0)
        for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
            count = int(seconds // size)
            if count:
                return f"{count} {unit}{'s' if count > 1 else ''} ago"
        return "just now"


def fingerprint(text: str) -> str:
    """What tells one text from another."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def now() -> datetime.datetime:
    """This moment, with its zone."""
    return datetime.datetime.now().astimezone()


def drafts_folder() -> Path:
    """The user's own folder for what is not saved."""
    from platformdirs import user_state_path

    return user_state_path("journey-sandbox", appauthor=False) / "unsaved"


class Slot:
    """A place for one text that is not saved, held by this process."""

    def __init__(self, path: Path, lock: BinaryIO) -> None:
        """The file `path`, whose lock is held."""
        self.path = path
        self._lock = lock

    @classmethod
    def new(cls, folder: Path) -> Slot:
        """A new one; OSError where none can be made."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{now():%Y%m%d-%H%M%S}-{os.getpid()}-{secrets.token_hex(3)}.toml"
        lock = hold(_lock_of(path))
        if lock is None:
            raise OSError(f"{path}: somebody else holds it")
        return cls(path, lock)

    def write(self, unsaved: Unsaved) -> None:
        """Keep that text in place of the last one, which stays until all is written; OSError if that fails."""
        header = {key: value for key, value in asdict(unsaved).items() if key != "text"}
        draft = self.path.with_suffix(".new")
        try:
            with draft.open("w", encoding="utf-8", newline="") as file:
                file.write(f"{_MARK}{json.dumps(header)}\n{unsaved.text}")
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self.path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def read(self) -> Unsaved:
        """The text that is kept; OSError or ValueError where there is none."""
        with self.path.open(encoding="utf-8", newline="") as file:
            first, text = file.readline(), file.read()
        if not first.startswith(_MARK):
            raise ValueError(f"{self.path} was not written by this program")
        try:
            said = json.loads(first.removeprefix(_MARK))
            typed = tuple((str(where), str(what)) for where, what in said.pop("typed", ()))
            return Unsaved(text=text, typed=typed, **said)
        except (TypeError, AttributeError) as error:
            raise ValueError(str(error)) from None

    def mark_tried(self) -> None:
        """Note that it is being restored once more, before anything is done with it."""
        unsaved = self.read()
        self.write(replace(unsaved, tries=unsaved.tries + 1))

    def keep_aside(self) -> Path:
        """Move it into the folder `kept`, where nobody offers it again; where it is then."""
        kept = self.path.parent / "kept"
        kept.mkdir(exist_ok=True)
        to = kept / self.path.name
        os.replace(self.path, to)
        os.utime(to)  # its days begin now
        self.remove()
        return to

    def remove(self) -> None:
        """Delete it and let go of it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.let_go()
        with contextlib.suppress(OSError):
            _lock_of(self.path).unlink(missing_ok=True)

    def let_go(self) -> None:
        """Leave it for the next start."""
        self._lock.close()


def left_behind(folder: Path) -> Iterator[Slot]:
    """The texts whose process is gone, the last one first; they are held from now on."""
    for path in sorted(folder.glob("*.toml"), reverse=True):
        try:
            lock = hold(_lock_of(path))
        except OSError:
            continue  # nobody can say whose it is
        if lock is None:
            continue
        slot = Slot(path, lock)
        if path.exists():  # else its process removed it while this one looked
            yield slot
        else:
            slot.remove()


def tidy_kept(folder: Path) -> None:
    """Delete what has been in the folder `kept` for long enough."""
    before = now().timestamp() - KEPT_DAYS * 86400
    for path in (folder / "kept").glob("*.toml"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")
