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
    last: tuple[str, ...] = ()
    """files and folders of tests that take longer, for the faults that no other notices"""
    without: str = ""
    """pytest's -k, denied"""
    parity: bool = False
    """whether engine and oracle are compared besides (tests/mutation/parity.py)"""


_BY_HAND = tuple(
    f"tests/oracle/test_{name}_by_hand.py"
    for name in ("cases", "horizon", "limits", "planned", "sends", "sharing", "transactional", "without")
)
SUITES = (
    Suite(
        "outcomes",
        ("sim/outcomes/",),
        ("tests/outcomes", "tests/theory/test_incidence.py", "tests/experiment/test_results.py"),
        interpreted=True,
        last=("tests/experiment/test_figures_that_hold.py", "tests/experiment/test_uncertain.py"),
    ),
    Suite("fit", ("sim/fit/",), ("tests/fit", "tests/cli/test_event_logs.py")),
    Suite(
        "engine",
        ("sim/engine/",),
        (*_BY_HAND, "tests/engine", "tests/story/test_story.py"),
        interpreted=True,
        last=("tests/oracle/test_corners.py",),
        without="test_effects or test_accounting or test_common_random_numbers",
        parity=True,
    ),
)


def suite_of(path: str) -> Suite:
    """The suite of a source."""
    return next(suite for suite in SUITES if path.startswith(suite.sources))
