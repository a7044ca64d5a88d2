"""The toy journey in Ciw: a node with endless servers for each touchpoint."""

import math

import ciw

from tests.bench.toy import ARRIVE_OVER, CHANCES, MEAN_DELAY


def in_ciw(customers: int, seed: int) -> int:
    """The number of visits."""
    ciw.seed(seed)
    arrivals = [ciw.dists.Exponential(rate=customers / ARRIVE_OVER), *[None] * (len(CHANCES) - 1)]
    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=[ciw.dists.Exponential(rate=1 / MEAN_DELAY)] * len(CHANCES),
        routing=[list(chances) for chances in CHANCES],
        number_of_servers=[math.inf] * len(CHANCES),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    return len(simulation.get_all_records())
