"""The program `journey`: its commands, and how every way of ending is told."""

import atexit
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli import (
    compare,
    desktop,
    explain,
    export,
    fit,
    identity,
    money,
    run,
    runs,
    scenarios,
    show,
    staff,
    train,
    validate,
)
from app.cli.failures import DONE, INTERRUPTED, report_failure
from app.cli.screen import hush, print_json, say
from app.cli.signals import heard_as_interruption
from app.cli.streams import make_ready, to_nowhere
from sim.ending import hear_none

_ALLOCATIONS = 10_000
"""Objects made between two looks for garbage: Python's own 700 make it a fifth of what a short command takes."""


class _Stopped(Exception):  # noqa: N818 - said of a command
    """KeyboardInterrupt, its cause, under a name that Typer does not know: it would end without a word."""


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise _Stopped from error


program = typer.Typer(
    name="journey",
    cls=_Commands,
    help="Simulate customer journeys: how many customers convert, stay and pay, and what would change it.",
    epilog="Start with: journey run online-shop",
    pretty_exceptions_enable=False,
)


def _tell_version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # a shell that completes the line wants to know nothing else
        from sim.store.store import package_version

        say(f"journey {package_version()}")
        raise typer.Exit


@program.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is, and exit."),
    ] = False,
) -> None:
    pass


_COMMANDS = (
    run, compare, fit, validate, identity, train, staff, runs, show, money, explain, export, scenarios, desktop,
)  # fmt: skip
for module in _COMMANDS:
    module.add_to(program)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with these arguments (the command line's by default) and leave with its exit code.

    0: done; 1: the job failed; 2: the input was wrong; 130: interrupted, by Ctrl-C or a signal that ends programs.
    """
    gc.set_threshold(_ALLOCATIONS)
    make_ready()
    hush(False)
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        with heard_as_interruption():
            code = _do(given)
    except KeyboardInterrupt as error:  # while the end was being told
        code, _ = report_failure(error)
    if arguments is None:  # this process is the program's own, and all is done and told
        hear_none()
        if code == INTERRUPTED:
            _leave_interrupted()
    sys.exit(code)


def _leave_interrupted() -> None:
    """End at once with the code of an interruption, whatever it did to libraries in which it was heard.

    It may have left a lock of theirs closed, for which their threads would wait for ever; or Python, which notes that
    it was heard there, would end the process by the signal of Ctrl-C instead.
    """
    _end_output()
    atexit._run_exitfuncs()
    os._exit(INTERRUPTED)


def _do(given: Sequence[str]) -> int:
    """Do what is asked, and tell how it ended; the exit code."""
    try:
        code = program(args=given or ["--help"], prog_name="journey", standalone_mode=False)
        sys.stdout.flush()
    except _Stopped as stopped:
        code = _fail(stopped.__cause__ or stopped, given)
    except BaseException as error:
        code = DONE if _reader_left(error) else _fail(error, given)
        _end_output()
    return code if isinstance(code, int) else DONE


def _fail(error: BaseException, given: Sequence[str]) -> int:
    """Tell a failure, as JSON too where that was asked for; the exit code that goes with it."""
    code, failure = report_failure(error)
    if "--json" in given and not isinstance(error, SystemExit):
        with contextlib.suppress(OSError):
            print_json(failure)
    return code


def _end_output() -> None:
    """See that nothing more is written to standard output, not even at exit, where it takes no more."""
    try:
        sys.stdout.flush()
    except OSError:
        to_nowhere(sys.stdout)


def _reader_left(error: BaseException) -> bool:
    """Whether whoever read the output has seen enough (`journey runs | head`); Typer makes an exit of it."""
    return isinstance(error, BrokenPipeError) or (
        isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError)
    )


if __name__ == "__main__":
    main()
