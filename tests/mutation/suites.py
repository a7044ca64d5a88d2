"""Which tests belong to which sources."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suite:
    """Tests that are asked about the faults of some sources."""

    name: str
    sources: tuple[str, ...]
    """how the paths of these sources begin"""
    tests: tuple[str, ...]
    """files and folders"""
    interpreted: bool = False
    """whether the engine runs without its compiler"""
    without: str = ""
    """pytest's -k, denied"""


SUITES = (
    Suite(
        "outcomes",
        ("sim/outcomes/",),
        ("tests/outcomes", "tests/theory/test_incidence.py", "tests/experiment/test_results.py"),
        interpreted=True,
    ),
    Suite("fit", ("sim/fit/",), ("tests/fit", "tests/cli/test_event_logs.py")),
    Suite(
        "engine",
        ("sim/engine/",),
        ("tests/oracle", "tests/engine"),
        interpreted=True,
        without="of_every_kind or test_effects or test_accounting or test_common_random_numbers or test_oracle",
    ),
)


def suite_of(path: str) -> Suite:
    """The suite of a source."""
    return next(suite for suite in SUITES if path.startswith(suite.sources))
