"""Where people read: results on standard output, progress and notes on standard error.

Whatever is said goes through here, and nothing of it moves the cursor, colours the screen or turns the writing round:
names of files, ids that were typed and texts of stores are somebody else's.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from app.cli.streams import to_nowhere
from app.cli.visible import escaped, on_one_line, visible

if TYPE_CHECKING:
    from rich.console import Console

Told = Callable[[int, int, int], None]
"""Takes how much is done, how much there is, and the events simulated so far."""


def results() -> Console:
    """Where results go: standard output, without colours where NO_COLOR is set or it is no terminal."""
    from app.cli.console import VisibleConsole

    return VisibleConsole(highlight=False, markup=False, emoji=False)


def notes() -> Console:
    """Where notes and progress go: standard error."""
    from app.cli.console import VisibleConsole

    return VisibleConsole(stderr=True, highlight=False, markup=False, emoji=False)


def say(text: str) -> None:
    """Say something on standard output."""
    print(visible(text))


_hushed = False
"""whether nothing but failures is said on standard error"""


def hush(quiet: bool) -> None:
    """Say nothing on standard error but what fails, or say everything again."""
    global _hushed
    _hushed = quiet


def note(text: str) -> None:
    """Say something on standard error, on one line, unless only failures are asked for."""
    if not _hushed:
        complain(text)


def complain(text: str) -> None:
    """Tell a failure on standard error, on one line; where nobody can hear it, the work goes on."""
    try:
        print(on_one_line(text), file=sys.stderr, flush=True)
    except OSError:
        to_nowhere(sys.stderr)


def print_json(document: Any) -> None:
    """Put one JSON document, and nothing else, on standard output."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(document, ensure_ascii=not unicode, indent=2, allow_nan=False)
    sys.stdout.write(escaped(text) + "\n")


@contextlib.contextmanager
def progress(what: str) -> Iterator[Told]:
    """A line on standard error with how much is done, the time left and the speed; a plain line where nobody looks."""
    console = notes()
    if _hushed:
        yield lambda done, total, events: None
        return
    if not console.is_terminal:
        yield _Plain(what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[speed]}"),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task(what, total=None, speed="")
        began = time.monotonic()

        def tell(done: int, total: int, events: int) -> None:
            seconds = max(time.monotonic() - began, 1e-9)
            bar.update(task, completed=done, total=total, speed=f"{events / seconds / 1e6:.1f} M events/s")

        yield tell


@contextlib.contextmanager
def steps(what: str) -> Iterator[Callable[[str], None]]:
    """A line on standard error with what is done now; in a log, each step that begins after a second."""
    console = notes()
    if _hushed:
        yield lambda _: None
    elif console.is_terminal:
        with console.status(visible(what)) as status:
            yield lambda step: status.update(visible(step))
    else:
        began = time.monotonic()

        def tell(step: str) -> None:
            if time.monotonic() - began > 1:
                note(f"{step} ...")

        yield tell


class _Plain:
    """Says in a log, now and then, how far it is."""

    def __init__(self, what: str, every: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._every, self._clock = what, every, clock
        self._said = clock()
        self._first: tuple[float, int] | None = None
        """when the first was done, and how many were then: what is prepared once before it tells nothing of the rest"""

    def __call__(self, done: int, total: int, events: int) -> None:
        now = self._clock()
        if done and self._first is None:
            self._first = now, done
        if now - self._said < self._every or self._first is None:
            return
        self._said = now
        began, before = self._first
        left = (
            f", about {_duration((now - began) / (done - before) * (total - done))} left"
            if before < done < total
            else ""
        )
        note(f"{self._what}: {done} of {total}{left}")


def _duration(seconds: float) -> str:
    """As one says it: seconds up to a minute and a half, then minutes, then hours."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
