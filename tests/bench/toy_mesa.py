"""The toy journey in Mesa: an agent for each customer, on Mesa's own event scheduler."""

import mesa
from mesa.experimental.devs import DEVSimulator

from tests.bench.toy import ARRIVE_OVER, CHANCES, MEAN_DELAY

_TOUCHPOINTS = range(len(CHANCES) + 1)
_WITH_LEAVING = [[*row, 1 - sum(row)] for row in CHANCES]


class Shop(mesa.Model):
    """The customers and their clock."""

    def __init__(self, customers: int, simulator: DEVSimulator, seed: int) -> None:
        super().__init__(seed=seed)
        self.simulator = simulator
        self.visits = 0
        simulator.setup(self)
        for customer in Customer.create_agents(self, customers):
            simulator.schedule_event_absolute(customer.stay, self.random.uniform(0, ARRIVE_OVER))


class Customer(mesa.Agent):
    """One customer."""

    def __init__(self, model: Shop) -> None:
        super().__init__(model)
        self.touchpoint = 0

    def stay(self) -> None:
        """Stay at the present touchpoint for a while."""
        self.model.visits += 1
        self.model.simulator.schedule_event_relative(self.go_on, self.random.expovariate(1 / MEAN_DELAY))

    def go_on(self) -> None:
        """Go to the next touchpoint, or leave."""
        self.touchpoint = self.random.choices(_TOUCHPOINTS, _WITH_LEAVING[self.touchpoint])[0]
        if self.touchpoint < len(CHANCES):
            self.stay()
        else:
            self.remove()


def in_mesa(customers: int, seed: int) -> int:
    """The number of visits."""
    simulator = DEVSimulator()
    shop = Shop(customers, simulator, seed)
    simulator.run_until(1000.0)
    return shop.visits
