"""A plugin for pytest: notes which functions each test calls and how long it takes, or runs what was asked for.

`MUTANTS_NOTE` names the file that is written; `MUTANTS_ASK` the file that says which tests run, in which order, and how
many seconds of the processor each may take before it counts as running for ever.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

FOR_EVER = 97
"""The exit code of a run in which a test was taken to run for ever."""
LONGEST = 6.0
"""Seconds of the processor; tests that take longer are not run for each fault."""


def function_of(code: CodeType) -> str:
    """The function's name, with its class and the functions around it."""
    return code.co_qualname.replace(".<locals>", "").partition(".<")[0]


class Noting:
    """Notes of every test that passes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._codes: set[CodeType] = set()
        self._notes: dict[str, Any] = {}
        self._sim = str(Path.cwd() / "sim") + os.sep
        self._left_out: set[str] = set()
        signal.signal(signal.SIGPROF, _leave_out)

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        self._codes.add(frame.f_code)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._codes = set()
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        sys.settrace(self._see)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            signal.setitimer(signal.ITIMER_PROF, 0)
            called = {
                f"{code.co_filename.removeprefix(self._sim)}:{function_of(code)}"
                for code in self._codes
                if code.co_filename.startswith(self._sim)
            }
            self._notes[item.nodeid] = {"seconds": time.process_time() - begun, "called": sorted(called)}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._left_out.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        kept = {node: note for node, note in self._notes.items() if node not in self._left_out}
        self._file.write_text(json.dumps(kept))


def _leave_out(*_: Any) -> None:
    pytest.skip("takes too long to be run for every fault")


class Asked:
    """Runs the tests that were asked for, in that order."""

    def __init__(self, limits: dict[str, float]) -> None:
        self._limits = limits
        signal.signal(signal.SIGPROF, lambda *_: os._exit(FOR_EVER))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {node: number for number, node in enumerate(self._limits)}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.setitimer(signal.ITIMER_PROF, self._limits[item.nodeid])
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def pytest_configure(config: pytest.Config) -> None:
    if note := os.environ.get("MUTANTS_NOTE"):
        config.pluginmanager.register(Noting(Path(note)))
    if ask := os.environ.get("MUTANTS_ASK"):
        config.pluginmanager.register(Asked(json.loads(Path(ask).read_text())))
