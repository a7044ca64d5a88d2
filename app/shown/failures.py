"""A failure in plain words: findings one a line, never a traceback on the screen."""

import datetime
import errno
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

_TOLD = (
    ("sim.store.opening", "StoreError"),
    ("sim.experiment.stopped", "Stopped"),
    ("sim.experiment.resimulate", "EngineDiffersError"),
    ("sim.engine.simulating", "FriendsWithoutEndError"),
    ("sim.identity.probabilistic", "MissingSplinkError"),
    ("sim.money", "NotComparableError"),
    ("sim.money", "TooManyNumbersError"),
    ("sim.training", "MissingSklearnError"),
    ("sim.training", "NothingToLearnError"),
)

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of the errors that mean that there is no space left."""
_TOO_MANY = (errno.EMFILE, errno.ENFILE)
_NO_ROOM_FOR_LIBRARIES = ("failed to map segment", "Cannot allocate memory", "load shared object file")
"""What loading a library says where memory is so limited that it has no place."""
_NO_OUTPUT = (errno.EBADF, errno.EIO)


def in_plain_words(error: BaseException) -> tuple[str, ...]:
    """The lines that tell a failure; one that nobody thought of is written to the log, which the line names."""
    findings = getattr(error, "findings", None)
    if findings is not None:  # a ScenarioError or FitError
        return tuple(f"{'warning: ' if _is_warning(finding) else ''}{finding}" for finding in findings)
    if is_told(error):
        return (_on_a_line(error),)
    if isinstance(error, OSError) and error.errno in FULL:
        where = f"{error.filename}: " if error.filename else ""  # standard output has no name
        return (f"{where}the disk is full; free some space, or choose another location",)
    if _is_of_memory(error):
        return ("there is not enough memory; fewer customers (--customers) or fewer workers (--workers 1) need less",)
    if isinstance(error, OSError) and error.errno in _TOO_MANY:
        return ("too many files are open at once; allow more (ulimit -n), or give fewer workers (--workers 1)",)
    if isinstance(error, OSError) and error.errno in _NO_OUTPUT and not error.filename:
        return ("nothing can be written (standard output is closed); send it to a terminal, a file or another program",)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return (f"{error.filename}: {error.strerror}",)
    return (_unexpected(error),)


def with_notes(lines: tuple[str, ...], error: BaseException) -> tuple[str, ...]:
    """The lines, the last of them ending with what was noted on the error."""
    notes: Iterable[str] = getattr(error, "__notes__", ())
    return (*lines[:-1], ". ".join((lines[-1], *notes))) if lines else lines


def is_told(error: BaseException) -> bool:
    """Whether the error's message is meant for people: from the store, a run that stopped, an engine that differs.

    Only what is imported already is looked at: nothing else can have been raised.
    """
    return any(
        module in sys.modules and isinstance(error, getattr(sys.modules[module], name)) for module, name in _TOLD
    )


def _is_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    return isinstance(error, ImportError | OSError) and any(words in str(error) for words in _NO_ROOM_FOR_LIBRARIES)


def _is_warning(finding: object) -> bool:
    return getattr(finding, "level", "error") == "warning"


def _on_a_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _unexpected(error: BaseException) -> str:
    said = _on_a_line(error)
    said = f"{type(error).__name__}: {said}" if said else type(error).__name__
    try:
        return f"Something went wrong that should not have ({said}). The details are in {_write_log(error)}"
    except OSError as other:
        return f"Something went wrong that should not have ({said}). The details could not be written ({other})"


def _write_log(error: BaseException) -> Path:
    from platformdirs import user_log_path

    path = user_log_path("journey-sandbox", appauthor=False, ensure_exists=True) / "journey.log"
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{datetime.datetime.now().isoformat(timespec='seconds')} {' '.join(sys.argv)}\n")
        file.writelines(traceback.format_exception(error))
        file.write("\n")
    return path
