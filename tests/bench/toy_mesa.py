"""The toy journey in Mesa: an agent for each customer, on Mesa's own event scheduler."""

import mesa
from mesa.experimental.devs import DEVSimulator

from tests.bench.toy import ARRIVE_OVER, MEAN_STAY, WAYS

_PLACES = range(len(WAYS) + 1)
_CHANCES = [[*chances, 1 - sum(chances)] for chances in WAYS]


class Shop(mesa.Model):
    """The customers and their clock."""

    def __init__(self, customers: int, simulator: DEVSimulator, seed: int) -> None:
        super().__init__(seed=seed)
        self.simulator = simulator
        self.stays = 0
        simulator.setup(self)
        for customer in Customer.create_agents(self, customers):
            simulator.schedule_event_absolute(customer.stay, self.random.uniform(0, ARRIVE_OVER))


class Customer(mesa.Agent):
    """One customer."""

    def __init__(self, model: Shop) -> None:
        super().__init__(model)
        self.place = 0

    def stay(self) -> None:
        """Stay at the present place for a while."""
        self.model.stays += 1
        self.model.simulator.schedule_event_relative(self.go_on, self.random.expovariate(1 / MEAN_STAY))

    def go_on(self) -> None:
        """Go to the next place, or leave."""
        self.place = self.random.choices(_PLACES, _CHANCES[self.place])[0]
        if self.place < len(WAYS):
            self.stay()
        else:
            self.remove()


def in_mesa(customers: int, seed: int) -> int:
    """The number of stays."""
    simulator = DEVSimulator()
    shop = Shop(customers, simulator, seed)
    simulator.run_until(1000.0)
    return shop.stays
