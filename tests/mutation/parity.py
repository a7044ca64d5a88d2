"""The comparison of engine and oracle that CI makes, for one fault: over scenarios drawn once, whose events are kept.

The scenarios are those of tests/oracle/test_parity.py: its cases by name, the drawn ones of its quick tests, and of its
slow ones the first (CI goes on for 90 seconds a kind). For a fault those run that call the function which it changes,
the quickest first, until one parts or their time is over.
"""

import hashlib
import importlib
import os
import pickle
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.faults import BRAND, Fault
from tests.mutation.watching import FOR_EVER, function_of

KINDS = ("cases", "alone", "orchestrated", "sharing")
QUICK, MORE = 12, 60
"""How many are drawn of each kind: by a quick test, and of those of a slow one."""
AT_FIRST, IN_ALL = 6.0, 60.0
"""Seconds of the processor for a fault, before its tests and with what comes after them."""
_LONGEST, _TIMES = 10.0, 8.0


@dataclass(frozen=True)
class Kept:
    """A scenario and what happens in it."""

    name: str
    asked: tuple[Any, Any, int, int]
    """the scenario, its base, seed and replication"""
    events: list[Any]
    """by the oracle"""
    books: Any
    """by the oracle too"""
    seconds: float
    """that the engine takes"""
    functions: frozenset[str]
    """of the brand that the engine calls, as `engine/agenda.py:function`"""


def file_of(kind: str, copy: Path) -> Path:
    """Where the scenarios of a kind are kept, beside the copy; elsewhere where something changed that they hang on."""
    tests = [file for folder in ("tests", "tests/oracle") for file in copy.glob(f"{folder}/*.py")]
    parts = ("scenario", "population", "draws", "engine")
    told = [*tests, *(file for part in parts for file in (copy / "sim" / part).rglob("*.py"))]
    others = ("test_", "conftest", *(["scenarios"] if kind != "cases" else []))
    digest = hashlib.sha256()
    for file in sorted(told):
        if not file.name.startswith(others):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return copy.parent / f"{kind}-{digest.hexdigest()[:12]}.pickle"


def keep(kind: str, file: Path) -> None:
    """Draw the scenarios of a kind, ask the oracle, and see where the engine comes to."""
    found = [_looked_at(name, *asked) for name, asked in _asked(kind)]
    file.with_suffix(".part").write_bytes(pickle.dumps(found))
    file.with_suffix(".part").rename(file)


def _asked(kind: str) -> Iterator[tuple[str, tuple[Any, Any, int, int]]]:
    importlib.import_module("tests.conftest")
    parity: Any = importlib.import_module("tests.oracle.test_parity")
    if kind == "cases":
        for case in parity.EVERY:
            yield case.name, (case.scenario, case.base, parity.SEED, 0)
        return
    drawing = {
        "alone": parity.drawn_scenarios,
        "orchestrated": parity.orchestrated_scenarios,
        "sharing": parity.sharing_scenarios,
    }[kind]
    for examples in (QUICK, MORE):
        drawn: list[Any] = []
        parity.check_drawn(drawing(), drawn.append, examples)
        for number, each in enumerate(drawn):
            yield f"{kind} {number} of {examples}", (each.scenario, each.reference, each.seed, 0)


def _looked_at(name: str, *asked: Any) -> Kept:
    scenario, _, seed, _ = asked
    profiles = importlib.import_module("tests.oracle.identities").drawn_profiles(scenario, seed)
    world = importlib.import_module("tests.oracle.simulate").replicated(*asked, profiles)
    expected = world.log.sorted(), dict(importlib.import_module("tests.oracle.books").books_of(world))
    called: set[CodeType] = set()
    begun = time.process_time()
    sys.settrace(lambda frame, *_: called.add(frame.f_code))
    try:
        parted = _difference(asked, *expected)
    finally:
        sys.settrace(None)
    seconds = time.process_time() - begun
    assert parted is None, f"{name}: without any fault\n{parted}"
    files = {code: Path(code.co_filename).as_posix().rpartition("/sim/")[2] for code in called}
    functions = frozenset(f"{file}:{function_of(code)}" for code, file in files.items() if file in BRAND)
    return Kept(name, asked, *expected, seconds, functions)


def _difference(asked: tuple[Any, ...], events: list[Any], books: Any) -> str | None:
    engine: Any = importlib.import_module("sim.engine")
    comparing: Any = importlib.import_module("tests.oracle.comparing")
    identities: Any = importlib.import_module("tests.oracle.identities")
    scenario, base, seed, replication = asked
    program = engine.compile_program(scenario, base)
    profiles = identities.numbered(identities.drawn_profiles(scenario, seed), program.channels)
    history = engine.simulate(program, seed, replication, profiles=profiles, events=True)
    assert (history.events.time[1:] >= history.events.time[:-1]).all(), "not in order of time"
    parted: str | None = comparing.first_difference(events, comparing.engine_events(history))
    return parted or comparing.first_wrong_figure(books, comparing.booked(history))


def concerned(fault: Fault, kept: Iterable[Kept]) -> tuple[list[Kept], list[Kept]]:
    """The scenarios that run before a fault's tests, and those that run after them."""
    function = f"{fault.path.removeprefix('sim/')}:{fault.function}"
    coming = [each for each in kept if not fault.function or function in each.functions]
    parts: tuple[list[Kept], list[Kept]] = [], []
    spent = 0.0
    for each in sorted(coming, key=lambda each: each.seconds):
        spent += each.seconds
        if spent <= IN_ALL:
            parts[spent > AT_FIRST].append(each)
    return parts


def parted(kept: list[Kept]) -> bool:
    """Whether engine and oracle part in one of these; says in which."""
    signal.signal(signal.SIGPROF, lambda *_: os._exit(FOR_EVER))
    for each in kept:
        signal.setitimer(signal.ITIMER_PROF, max(_LONGEST, _TIMES * each.seconds))
        try:
            found = _difference(each.asked, each.events, each.books)
        except Exception as error:
            found = repr(error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if found is not None:
            print(f"FAILED engine and oracle part: {each.name}", found.partition("\n")[0])
            return True
    return False
