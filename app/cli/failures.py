"""How a failure is told: findings one a line, an exit code, never a traceback on the screen."""

import datetime
import errno
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130

_TOLD = (
    ("sim.store.opening", "StoreError"),
    ("sim.experiment.stopped", "Stopped"),
    ("sim.experiment.resimulate", "EngineDiffersError"),
    ("sim.engine.simulate", "FriendsWithoutEndError"),
)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class InputError(Exception):
    """What was asked for cannot be done; each line says what is wrong and what would be right."""

    def __init__(self, *lines: str) -> None:
        """Keep the lines to be shown."""
        super().__init__("\n".join(lines))
        self.lines = lines


def report_failure(error: BaseException) -> int:
    """Tell on stderr what went wrong, in one line each; the exit code that goes with it."""
    code, lines = explain(error)
    for line in lines:
        print(line, file=sys.stderr)
    return code


def explain(error: BaseException) -> tuple[int, tuple[str, ...]]:
    """The exit code of a failure and the lines that tell it; what was noted on the error ends the last of them."""
    code, lines = _explain(error)
    notes = getattr(error, "__notes__", ())
    return code, (*lines[:-1], ". ".join((lines[-1], *notes))) if lines else lines


def not_written(where: str, error: OSError) -> Exception:
    """What to raise where a file cannot be written: the job's failure on a full disk, else a place badly chosen."""
    if error.errno in _FULL:
        return OSError(error.errno, error.strerror, where)
    return InputError(f"{where}: {error.strerror or error}; choose another place")


def _explain(error: BaseException) -> tuple[int, tuple[str, ...]]:
    findings = getattr(error, "findings", None)
    if isinstance(error, SystemExit):
        return (error.code if isinstance(error.code, int) else FAILED), ()
    if isinstance(error, InputError):
        return WRONG_INPUT, error.lines
    if findings is not None:  # a ScenarioError or FitError
        return WRONG_INPUT, _findings(findings)
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, ("Interrupted.",)
    if _is_told(error):
        return (WRONG_INPUT if getattr(error, "wrong_input", False) else FAILED), (_on_a_line(error),)
    if isinstance(error, OSError) and error.errno in _FULL:
        where = f"{error.filename}: " if error.filename else ""  # standard output has no name
        return FAILED, (f"{where}the disk is full; free some space, or choose another place",)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return FAILED, (f"{error.filename}: {error.strerror}",)
    if hasattr(error, "format_message"):  # the command line was not understood
        return WRONG_INPUT, _usage(error)
    return FAILED, (_unexpected(error),)


def _findings(findings: Iterable[object]) -> tuple[str, ...]:
    return tuple(f"{'warning: ' if _is_warning(finding) else ''}{finding}" for finding in findings)


def _is_warning(finding: object) -> bool:
    return getattr(finding, "level", "error") == "warning"


def _is_told(error: BaseException) -> bool:
    """Whether the error's message is meant for people: from the store, a run that stopped, an engine that differs.

    Only what is imported already is looked at: nothing else can have been raised.
    """
    return any(
        module in sys.modules and isinstance(error, getattr(sys.modules[module], name)) for module, name in _TOLD
    )


def _on_a_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _usage(error: BaseException) -> tuple[str, ...]:
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "journey")
    message = error.format_message().replace("\n", " ").rstrip(".")  # type: ignore[attr-defined]
    # Where a command is given nothing at all, its help has been shown and there is nothing more to say.
    return (f"{command}: {message}; `{command} --help` shows what it takes",) if message else ()


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
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.datetime.now().isoformat(timespec='seconds')} {' '.join(sys.argv)}\n")
        file.writelines(traceback.format_exception(error))
        file.write("\n")
    return path
