"""The toy journey in Ciw: a node with endless servers for each place."""

import math

import ciw

from tests.bench.toy import ARRIVE_OVER, MEAN_STAY, WAYS


def in_ciw(customers: int, seed: int) -> int:
    """The number of stays."""
    ciw.seed(seed)
    arrivals = [ciw.dists.Exponential(rate=customers / ARRIVE_OVER), *[None] * (len(WAYS) - 1)]
    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=[ciw.dists.Exponential(rate=1 / MEAN_STAY)] * len(WAYS),
        routing=[list(chances) for chances in WAYS],
        number_of_servers=[math.inf] * len(WAYS),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    return len(simulation.get_all_records())
