"""What is wrong with a scenario although every key and type is right."""

from collections.abc import Iterator

from sim.scenario.checks.actions import check_actions
from sim.scenario.checks.budget import check_budget
from sim.scenario.checks.channels_and_desks import check_channels_and_desks
from sim.scenario.checks.conditions import check_conditions
from sim.scenario.checks.dates import check_dates
from sim.scenario.checks.distributions import check_distributions
from sim.scenario.checks.feeding import check_feeding
from sim.scenario.checks.firing import check_firing
from sim.scenario.checks.fitted import check_fitted
from sim.scenario.checks.gains import check_gains
from sim.scenario.checks.identity import check_identity
from sim.scenario.checks.journey import check_journey
from sim.scenario.checks.learning import check_learning
from sim.scenario.checks.limits import check_limits
from sim.scenario.checks.loops import check_loops
from sim.scenario.checks.optimising import check_likings, check_optimising
from sim.scenario.checks.people import check_people
from sim.scenario.checks.phases import check_phases
from sim.scenario.checks.profile import check_profile
from sim.scenario.checks.references import check_references
from sim.scenario.checks.scores import check_scores
from sim.scenario.checks.settable import check_settable
from sim.scenario.checks.sharing import check_sharing
from sim.scenario.checks.transactional import check_transactional
from sim.scenario.checks.triggers import check_triggers
from sim.scenario.findings import Fault
from sim.scenario.scenario import Scenario
from sim.scenario.sites import check_sites


def check(scenario: Scenario, *, changed: bool = False) -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful with a scenario.

    In a scenario with some values `changed`, as in an arm, a touchpoint that can no longer be reached is only doubtful:
    that may be the very point of the change.
    """
    return tuple(_all(scenario, changed))


def _all(scenario: Scenario, changed: bool) -> Iterator[Fault]:
    yield from check_references(scenario)
    yield from check_triggers(scenario)
    yield from check_conditions(scenario)
    yield from check_scores(scenario)
    yield from check_profile(scenario)
    yield from check_firing(scenario)
    yield from check_actions(scenario)
    yield from check_transactional(scenario)
    yield from check_feeding(scenario)
    yield from check_limits(scenario)
    yield from check_learning(scenario)
    yield from check_gains(scenario)
    yield from check_optimising(scenario)
    yield from check_likings(scenario)
    yield from check_budget(scenario)
    yield from check_sharing(scenario)
    yield from check_phases(scenario)
    yield from check_settable(scenario)
    yield from check_journey(scenario, changed)
    yield from check_loops(scenario)
    yield from check_dates(scenario)
    yield from check_fitted(scenario)
    yield from check_people(scenario)
    yield from check_channels_and_desks(scenario)
    yield from check_identity(scenario)
    yield from check_distributions(scenario)
    yield from check_sites(scenario)
