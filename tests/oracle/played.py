"""The named scenarios as the oracle plays them, each played once by a process."""

from functools import cache

from .identities import drawn_profiles
from .moments import Event
from .scenarios import CASES, Case
from .scenarios_orchestration import CASES as ORCHESTRATED
from .scenarios_sharing import CASES as SHARED
from .simulate import replicated
from .world import World

SEED = 2026
EVERY = (*CASES, *ORCHESTRATED, *SHARED)


def case_of(part_of_name: str) -> Case:
    """The scenario of this name, or the only one with these words in its name."""
    (case,) = [case for case in EVERY if case.name == part_of_name] or [c for c in EVERY if part_of_name in c.name]
    return case


def played(part_of_name: str, replication: int = 0) -> World:
    """A replication of a named scenario after its end; not to be changed."""
    return _played(case_of(part_of_name).name, replication)


def events_of(part_of_name: str, *kinds: str) -> list[Event]:
    """Its events by time and customer, each customer's own in their order; all, or those of these kinds."""
    return [event for event in played(part_of_name).log.sorted() if not kinds or event.event in kinds]


@cache
def _played(name: str, replication: int) -> World:
    case = case_of(name)
    return replicated(case.scenario, case.base, SEED, replication, drawn_profiles(case.scenario, SEED))
