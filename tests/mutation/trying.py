"""Trying faults: each is put into a copy of the sources, and the tests that call what it changes run there."""

import importlib
import json
import multiprocessing
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.mutation.faults import ROOT, Fault
from tests.mutation.suites import SUITES, Suite, suite_of
from tests.mutation.watching import FOR_EVER

KEPT = ROOT / ".mutants"
"""Where copies and results are kept."""
COPIED = ("sim", "app", "tests", "docs", "scenarios", "assets")
_SHORTEST, _TIMES = 10.0, 8.0
"""A test runs for ever if it takes this many seconds of the processor, and this many times as long as without fault."""
_HOUR = 3600.0
_MEMORY = 12 << 30

NEAREST = 60
"""Tests that are run for a fault before all others."""

KILLED, FOREVER, SURVIVED = "killed", "for ever", "survived"


@dataclass(frozen=True)
class Trial:
    """What came of a fault."""

    fault: str
    outcome: str
    by: str
    """the test that noticed it"""
    tests: int
    """how many call what it changes"""
    seconds: float


def fresh_copy() -> Path:
    """The folder of a new copy of the repository; where it was before, so that what is compiled stays so."""
    folder = KEPT / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy2(file, folder)
    beside = KEPT / "shared"
    if not beside.is_symlink():
        beside.symlink_to(ROOT.parent / "shared")
    return folder


class _Faulty(Loader):
    """Loads one module from another text than its file's."""

    def __init__(self, path: Path, source: bytes) -> None:
        self._path = path
        self._source = source
        self._name = ".".join(path.relative_to(KEPT / "copy").with_suffix("").parts).removesuffix(".__init__")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        return spec_from_file_location(name, self._path, loader=self)  # type: ignore[arg-type]

    def is_package(self, name: str) -> bool:
        return self._path.name == "__init__.py"

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._path, "exec"), vars(module))


def _run(suite: Suite, arguments: list[str], environment: dict[str, str], faulty: _Faulty | None) -> tuple[int, str]:
    """Run pytest in the copy, in a process of its own; its exit code and what it printed."""
    told = KEPT / f"told-{os.getpid()}.txt"
    plugins = ["tests.mutation.watching", *(["tests.mutation.interpreted"] if suite.interpreted else [])]
    options = [part for plugin in reversed(plugins) for part in ("-p", plugin)]
    options += ["-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", "-q", "--tb=line", "-m", "not slow"]
    child = os.fork()
    if child == 0:
        code = 3
        try:
            _become(told, environment, faulty)
            import pytest

            code = int(pytest.main([*options, *arguments]))
        except BaseException as error:
            print(repr(error))
        finally:
            sys.stdout.flush()
            os._exit(code)
    begun = time.monotonic()
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() - begun > _HOUR:
            os.kill(child, 9)
        time.sleep(0.02)
    return os.waitstatus_to_exitcode(status), told.read_text(errors="replace")


def _become(told: Path, environment: dict[str, str], faulty: _Faulty | None) -> None:
    """Make this process one that works in the copy."""
    output = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(output, stream)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    folder = KEPT / "copy"
    os.chdir(folder)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("sim", "app", "tests")]:
        del sys.modules[name]
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", str(ROOT)))]
    if faulty:
        sys.meta_path.insert(0, faulty)
    os.environ.update(environment, QT_QPA_PLATFORM="offscreen")


def try_fault(fault: Fault, notes: dict[str, Any]) -> Trial:
    """Run the tests that a fault may concern, until one fails."""
    suite = suite_of(fault.path)
    asked = concerned(fault, notes)
    ask = KEPT / f"ask-{os.getpid()}.json"
    ask.write_text(json.dumps({node: max(_SHORTEST, _TIMES * notes[node]["seconds"]) for node in asked}))
    file = KEPT / "copy" / fault.path
    faulty = _Faulty(file, fault.put_into(file.read_bytes()))
    files = list(dict.fromkeys(node.partition("::")[0] for node in asked))
    begun = time.monotonic()
    code, told = _run(suite, ["-x", *files], {"MUTANTS_ASK": str(ask)}, faulty)
    if code == 0 and suite.last:
        denied = ["-k", f"not ({suite.without})"] if suite.without else []
        code, told = _run(suite, ["-x", *denied, *suite.last], {}, faulty)
    outcome = {0: SURVIVED, FOR_EVER: FOREVER}.get(code, KILLED)
    lines = [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))] or told.splitlines()[-1:]
    by = lines[0][:300] if lines and outcome == KILLED else ""
    return Trial(fault.id, outcome, by, len(asked), round(time.monotonic() - begun, 1))


def concerned(fault: Fault, notes: dict[str, Any]) -> list[str]:
    """The tests that call the function which a fault changes; all of its suite where none is known.

    What runs while the module is imported, such as a constant, concerns them all. First those that call the fewest
    functions besides, the quickest first; then the others.
    """
    place = f"{fault.path.removeprefix('sim/')}:{fault.function}"
    found = [node for node, note in notes.items() if fault.function and place in note["called"]]
    nearest = sorted(found or notes, key=lambda node: len(notes[node]["called"]))
    parts = nearest[:NEAREST], nearest[NEAREST:]
    return [node for part in parts for node in sorted(part, key=lambda node: float(notes[node]["seconds"]))]


def note_tests(suite: Suite) -> dict[str, Any]:
    """What the tests of a suite call, and how long they take, without any fault; all of them have to pass."""
    file = KEPT / f"{suite.name}.json"
    arguments = [*suite.tests, *(["-k", f"not ({suite.without})"] if suite.without else [])]
    code, told = _run(suite, arguments, {"MUTANTS_NOTE": str(file)}, None)
    if code != 0:
        sys.exit(f"The tests of {suite.name} do not pass as they are:\n{told[-3000:]}")
    notes: dict[str, Any] = json.loads(file.read_text())
    return notes


def try_all(faults: list[Fault], processes: int, fresh: bool) -> Iterator[Trial]:
    """Try the faults, so many at a time, in the order in which they are done; with `fresh` notes of what tests call."""
    load_what_all_tests_need()
    fresh_copy()
    names = {suite_of(fault.path).name for fault in faults}
    suites = [suite for suite in SUITES if suite.name in names]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        unknown = [suite for suite in suites if fresh or not (KEPT / f"{suite.name}.json").exists()]
        print("running without faults:", ", ".join(suite.name for suite in unknown) or "nothing", flush=True)
        pool.map(note_tests, unknown, 1)
        notes = {suite.name: json.loads((KEPT / f"{suite.name}.json").read_text()) for suite in suites}
        yield from pool.imap_unordered(_try, [(fault, notes[suite_of(fault.path).name]) for fault in faults])


def load_what_all_tests_need() -> None:
    """Import the libraries once, so that each run begins with them."""
    for name in (
        "duckdb", "hypothesis", "numba.experimental", "pydantic", "pytest", "scipy.stats", "scipy.optimize", "typer",
    ):  # fmt: skip
        importlib.import_module(name)


def _try(task: tuple[Fault, dict[str, Any]]) -> Trial:
    return try_fault(*task)
