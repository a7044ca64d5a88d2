"""How closely contacts fit the customer (model 10.2)."""

import math
from collections.abc import Mapping
from typing import Any

from sim.scenario.scenario import Scenario

WEIGHTS = {"content": 0.4, "timing": 0.2, "channel": 0.2, "offer": 0.2}
NEED = {"segment": 0.2, "individual": 0.6, "realtime": 0.8}
ENGAGEMENT_LIFT = {"segment": 0.15, "individual": 0.3, "realtime": 0.4}
CONVERSION_LIFT = {"segment": 0.1, "individual": 0.2, "realtime": 0.25}


class Personalization:
    """The scenario's level of personalization; `none` where the policy is."""

    def __init__(self, scenario: Scenario) -> None:
        table = scenario.personalization
        self.level = table.level if scenario.orchestration.policy != "none" else "none"
        self.cost = table.cost_per_contact
        self.timing = "timing" in table.over
        given: Mapping[Any, float] = table.weights
        self.weight = sum(given.get(part, default) for part, default in WEIGHTS.items() if part in table.over)
        self.need = self.by_level(NEED, table.need)
        self.engagement_lift = self.by_level(ENGAGEMENT_LIFT, table.engagement_lift)
        self.conversion_lift = self.by_level(CONVERSION_LIFT, table.conversion_lift)

    def by_level(self, defaults: dict[str, float], given: Mapping[Any, float]) -> float:
        """What is given for the level, or its default; 1 for no level, where it is of no use."""
        return 1.0 if self.level == "none" else given.get(self.level, defaults[self.level])

    @property
    def happens(self) -> bool:
        return self.level != "none"

    def relevance(self, known: float) -> float:
        """Of a personalized contact, with this profile."""
        return min(1.0, known / self.need) * self.weight

    def averse(self, privacy_concern: float) -> bool:
        return privacy_concern > 0.7 and self.level in ("individual", "realtime")

    def gain_in_experience(self, known: float, averse: bool) -> float:
        """Of a personalized visit, with the profile before it."""
        return -0.1 if averse else 0.3 * self.relevance(known) * math.log(1 + self.engagement_lift)

    def covariate(self, known: float) -> float:
        """Of a personalized visit, with the profile after it."""
        return self.relevance(known) * math.log(1 + self.conversion_lift)
