"""Settings for all tests."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# The same examples every time, so that what passes here passes elsewhere. HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
chosen = os.environ.get("HYPOTHESIS_PROFILE", "fixed")
settings.load_profile(chosen)
if chosen == "fixed":
    # Hypothesis also tries constants of the modules that happen to be loaded: examples would hang on which tests ran
    # before in the same process, and on every line of the sources.
    assert hasattr(providers, "is_local_module_file"), "Hypothesis looks for constants in another way now"
    providers.is_local_module_file = lambda path: False

_HERE = Path(__file__).parent
_WITH_ENGINE = {
    "fit/test_beyond_log.py",
    "fit/test_cases.py",
    "fit/test_channels.py",
    "fit/test_evaluate.py",
    "fit/test_later.py",
    "outcomes/test_cases.py",
    "outcomes/test_eligibility.py",
    "outcomes/test_with_engine.py",
}
"""What runs the engine, in folders that need none otherwise."""
_COMPILING = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where workers run the tests, have the engine compiled beside them."""
    config = session.config
    if config.getoption("numprocesses", None) and not _worker(config) and not config.option.collectonly:
        command = [sys.executable, "-m", "tests.compiling_ahead"]
        nothing = subprocess.DEVNULL  # what goes wrong there goes wrong in a test, which tells it
        config.stash[_COMPILING] = subprocess.Popen(command, cwd=_HERE.parent, stdin=nothing, stderr=nothing)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nobody needs the engine any more."""
    if compiling := session.config.stash.get(_COMPILING, None):
        compiling.kill()
        compiling.wait()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Let every other worker begin at the last file.

    What pytest makes of a file is kept. So where nothing is, each makes one half, and finds the other.
    """
    report = yield
    if isinstance(collector, pytest.Directory) and _worker(collector.config)[-1:] in tuple("13579"):
        report.result.reverse()
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests that run no engine where each of two workers begins: it is compiled meanwhile.

    The first worker begins with the first test, the second in the middle.
    """
    if not _worker(config):
        return
    items.sort(key=lambda item: item.path.parts)
    fit, without, others = [], [], []
    for item in items:
        folder, name = item.path.parts[-2:]
        if f"{folder}/{name}" in _WITH_ENGINE or folder not in {"fit", "outcomes", "scenario", "store"}:
            others.append(item)
        else:
            (fit if folder == "fit" else without).append(item)
    first = max(len(items) // 2 - len(fit), 0)
    items[:] = [*fit, *others[:first], *without, *others[first:]]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests are no garbage, and are not to be looked through for any."""
    gc.collect()
    gc.freeze()


def _worker(config: pytest.Config) -> str:
    """The name of this worker; none where there are none, and in the process that they work for."""
    name: str = getattr(config, "workerinput", {"workerid": ""})["workerid"]
    return name
