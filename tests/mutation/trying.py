"""Trying faults: each is put into a copy of the sources, and the tests that call what it changes run there."""

import importlib
import json
import multiprocessing
import os
import pickle
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.mutation import parity
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


def _apart(work: Callable[[], int]) -> tuple[int, str]:
    """Work in a process of its own; its exit code and what it printed."""
    told = KEPT / f"told-{os.getpid()}.txt"
    child = os.fork()
    if child == 0:
        code = 3
        try:
            output = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(output, stream)
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            code = work()
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


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest in the copy."""
    import pytest

    os.environ.update(environment)
    options = ["-p", "tests.mutation.watching", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts="]
    return int(pytest.main([*options, "-q", "--tb=line", "-m", "not slow", *arguments]))


def _prepare(suite: Suite) -> None:
    """Make this process one that works in the copy, and import there what no fault of the suite changes."""
    folder = KEPT / "copy"
    os.chdir(folder)
    mine = {name: module for name, module in sys.modules.items() if name.startswith("tests.mutation")}
    for name in [name for name in sys.modules if name.partition(".")[0] in ("sim", "app", "tests")]:
        del sys.modules[name]
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", str(ROOT)))]
    importlib.import_module("tests").__dict__["mutation"] = mine["tests.mutation"]
    sys.modules.update(mine)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if suite.interpreted:
        importlib.import_module("tests.mutation.interpreted")
    loaded = (getattr(module, "__file__", None) or "" for module in sys.modules.values())
    changed = [file for file in loaded if file.startswith(tuple(str(folder / path) for path in suite.sources))]
    assert not changed, f"loaded before any fault is put in: {changed}"


def try_fault(fault: Fault, notes: dict[str, Any]) -> Trial:
    """Run what a fault may concern, until something fails: a few scenarios, its tests, the other scenarios."""
    suite = suite_of(fault.path)
    asked = concerned(fault, notes)
    soon, later = parity.concerned(fault, _kept(suite))
    ask = KEPT / f"ask-{os.getpid()}.json"
    ask.write_text(json.dumps({node: max(_SHORTEST, _TIMES * notes[node]["seconds"]) for node in asked}))
    file = KEPT / "copy" / fault.path
    faulty = _Faulty(file, fault.put_into(file.read_bytes()))
    files = list(dict.fromkeys(node.partition("::")[0] for node in asked))

    def nearest() -> int:
        sys.meta_path.insert(0, faulty)
        return parity.parted(soon) or _pytest(["-x", *files], {"MUTANTS_ASK": str(ask)}) or parity.parted(later)

    def last() -> int:
        sys.meta_path.insert(0, faulty)
        return _pytest(["-x", *(["-k", f"not ({suite.without})"] if suite.without else []), *suite.last], {})

    begun = time.monotonic()
    code, told = _apart(nearest)
    if code == 0 and suite.last:
        code, told = _apart(last)
    outcome = {0: SURVIVED, FOR_EVER: FOREVER}.get(code, KILLED)
    lines = [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))] or told.splitlines()[-1:]
    by = lines[0][:300] if lines and outcome == KILLED else ""
    return Trial(fault.id, outcome, by, len(asked), round(time.monotonic() - begun, 1))


def _file(kind: str) -> Path:
    return parity.file_of(kind, KEPT / "copy")


@cache
def _kept(suite: Suite) -> list[parity.Kept]:
    """The scenarios in which engine and oracle are compared."""
    files = [_file(kind) for kind in parity.KINDS] if suite.parity else []
    return [each for file in files for each in pickle.loads(file.read_bytes())]


def concerned(fault: Fault, notes: dict[str, Any]) -> list[str]:
    """The tests that call the function which a fault changes; all of its suite where none is known.

    What runs while the module is imported, such as a constant, concerns them all. First those that call the fewest
    functions besides, the quickest first; then the others.
    """
    function = f"{fault.path.removeprefix('sim/')}:{fault.function}"
    found = [node for node, note in notes.items() if fault.function and function in note["called"]]
    nearest = sorted(found or notes, key=lambda node: len(notes[node]["called"]))
    parts = nearest[:NEAREST], nearest[NEAREST:]
    return [node for part in parts for node in sorted(part, key=lambda node: float(notes[node]["seconds"]))]


def note_tests(suite: Suite) -> None:
    """What the tests of a suite call, and how long they take, without any fault; all of them have to pass."""
    arguments = [*suite.tests, *(["-k", f"not ({suite.without})"] if suite.without else [])]
    code, told = _apart(lambda: _pytest(arguments, {"MUTANTS_NOTE": str(KEPT / f"{suite.name}.json")}))
    if code != 0:
        sys.exit(f"The tests of {suite.name} do not pass as they are:\n{told[-3000:]}")


def note_scenarios(kind: str) -> None:
    """What happens in the scenarios of a kind."""
    code, told = _apart(lambda: parity.keep(kind, _file(kind)) or 0)
    if code != 0:
        sys.exit(f"Engine and oracle are not compared as they are:\n{told[-3000:]}")


def try_all(faults: list[Fault], processes: int, fresh: bool) -> Iterator[Trial]:
    """Try the faults, so many at a time, in the order in which they are done; with `fresh` notes of what tests call."""
    load_what_all_tests_need()
    fresh_copy()
    for suite in SUITES:
        of_suite = [fault for fault in faults if suite_of(fault.path) == suite]
        if not of_suite:
            continue
        with multiprocessing.get_context("fork").Pool(processes, _prepare, (suite,)) as pool:
            file = KEPT / f"{suite.name}.json"
            unknown = [kind for kind in parity.KINDS if suite.parity and not _file(kind).exists()]
            waiting = [pool.apply_async(note_scenarios, (kind,)) for kind in unknown]
            if fresh or not file.exists():
                waiting.append(pool.apply_async(note_tests, (suite,)))
            print(f"{suite.name}: {len(waiting)} runs without faults", flush=True)
            for each in waiting:
                each.get()
            notes = json.loads(file.read_text())
            yield from pool.imap_unordered(_try, [(fault, notes) for fault in of_suite])


def load_what_all_tests_need() -> None:
    """Import the libraries once, so that each run begins with them."""
    for name in (
        "duckdb", "hypothesis", "numba.experimental", "pydantic", "pytest", "scipy.stats", "scipy.optimize", "typer",
    ):  # fmt: skip
        importlib.import_module(name)


def _try(task: tuple[Fault, dict[str, Any]]) -> Trial:
    return try_fault(*task)
