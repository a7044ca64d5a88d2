"""How a command's failure is told: in plain words, with an exit code."""

from dataclasses import asdict, is_dataclass
from typing import Any

from app.cli.screen import complain
from app.shown.failures import FULL, in_plain_words, is_told, with_notes

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130


class InputError(Exception):
    """What was asked for cannot be done; each line says what is wrong and what would be right."""

    def __init__(self, *lines: str) -> None:
        """Keep the lines to be shown."""
        super().__init__("\n".join(lines))
        self.lines = lines


def report_failure(error: BaseException, file: str | None = None) -> tuple[int, dict[str, Any]]:
    """Tell on stderr what went wrong, in one line each; the exit code that goes with it, and the failure as JSON.

    That is `error`: the file that it is about, the exit code, the lines, and findings with their parts.
    """
    code, lines = explain(error)
    for line in lines:
        complain(line)
    told = [asdict(finding) for finding in getattr(error, "findings", ()) if is_dataclass(finding)]
    return code, {"error": {"file": file, "exit_code": code, "message": "\n".join(lines), "findings": told}}


def explain(error: BaseException) -> tuple[int, tuple[str, ...]]:
    """The exit code of a failure and the lines that tell it; what was noted on the error ends the last of them."""
    code, lines = _explain(error)
    return code, with_notes(lines, error)


def not_written(where: str, error: OSError) -> Exception:
    """What to raise where a file cannot be written: the job's failure on a full disk, else a place badly chosen."""
    if error.errno in FULL:
        return OSError(error.errno, error.strerror, where)
    return InputError(f"{where}: {error.strerror or error}; choose another location")


def _explain(error: BaseException) -> tuple[int, tuple[str, ...]]:
    if isinstance(error, SystemExit):
        return (error.code if isinstance(error.code, int) else FAILED), ()
    if isinstance(error, InputError):
        return WRONG_INPUT, error.lines
    if _is_interruption(error):
        return INTERRUPTED, ("Interrupted.",)
    if hasattr(error, "format_message"):  # the command line was not understood
        return WRONG_INPUT, _usage(error)
    wrong_input = hasattr(error, "findings") or (is_told(error) and getattr(error, "wrong_input", False))
    return (WRONG_INPUT if wrong_input else FAILED), in_plain_words(error)


def _is_interruption(error: BaseException | None) -> bool:
    """Whether it is one, or is what DuckDB makes of one, itself or as what it came from."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "InterruptException":
            return True
        if isinstance(error, RuntimeError) and str(error) == "Query interrupted":
            return True
        error = error.__cause__
    return False


def _usage(error: BaseException) -> tuple[str, ...]:
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "journey")
    message = error.format_message().replace("\n", " ").rstrip(".")  # type: ignore[attr-defined]
    # Where a command is given nothing at all, its help has been shown and there is nothing more to say.
    return (f"{command}: {message}; `{command} --help` shows what it takes",) if message else ()
