"""The whole replication: every customer a process on one SimPy clock."""

from sim.scenario.scenario import Scenario

from .customer import Customer, World
from .desk import Desk
from .draws import Draws
from .hours import HourlyWeights, scaled_to_mean_1
from .journey import Journey
from .moments import Event, Log, Moments
from .people import People
from .personalization import Personalization
from .playbook import Playbook
from .reference import Reference

__all__ = ["Event", "oracle", "recorded"]


def oracle(scenario: Scenario, base: Scenario, seed: int, replication: int) -> list[Event]:
    """All recorded events of one replication, by time and customer, each customer's own in their order.

    `base` is the scenario before any arm's overrides, against which effort and affinity are measured.
    """
    return recorded(scenario, base, seed, replication).sorted()


def recorded(scenario: Scenario, base: Scenario, seed: int, replication: int) -> Log:
    """Everything that is recorded of one replication."""
    journey = Journey(scenario)
    draws = Draws(seed, replication)
    moments = Moments(scenario.horizon)
    log = Log(moments)
    weekday = scenario.start_date.weekday()
    desks = {table.id: Desk(table, place, weekday, moments, log) for place, table in enumerate(journey.desks.values())}
    activity = None
    if scenario.activity is not None:
        activity = HourlyWeights(scaled_to_mean_1(scenario.activity.weights), weekday)
    playbook = Playbook(scenario)
    reference = Reference(journey, Journey(base))
    world = World(journey, reference, desks, activity, draws, moments, log, playbook, Personalization(scenario))
    people = People(journey, draws, playbook.holdout)
    for number in range(scenario.population.size):
        moments.env.process(Customer(world, people.person(number)).process())
    moments.env.run()
    return log
