"""Settings for all tests."""

import os
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
_WITHOUT_ENGINE = {
    file
    for folder in ("fit", "outcomes", "scenario", "store")
    for file in (_HERE / folder).glob("test_*.py")
    if f"{folder}/{file.name}"
    not in {
        "fit/test_beyond_log.py",
        "fit/test_cases.py",
        "fit/test_channels.py",
        "fit/test_evaluate.py",
        "fit/test_later.py",
        "outcomes/test_cases.py",
        "outcomes/test_with_engine.py",
    }
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that run no engine where the second of two workers begins.

    Each first gets an eighth of all tests. So where nothing is compiled yet, one compiles the engine while the other
    has something else to do, and it is compiled once.
    """
    without = [item for item in items if item.path in _WITHOUT_ENGINE]
    others = [item for item in items if item.path not in _WITHOUT_ENGINE]
    first = len(items) // 8
    items[:] = [*others[:first], *without, *others[first:]]
