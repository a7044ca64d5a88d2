"""Rules and scores that look at what the brand does not note (model 27)."""

from collections.abc import Iterator

from sim.scenario.findings import Fault
from sim.scenario.profile import FACTS
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_asked_for


def check_profile(scenario: Scenario) -> Iterator[Fault]:
    """Warnings of facts that rules or scores look at although they are not noted, so that they are always none."""
    asked = facts_asked_for(scenario)
    for name, kind in FACTS.items():
        if name in asked and kind not in scenario.profile.facts:
            problem = f"a rule or score looks at profile.{name}, but {kind} are not noted, so it never changes"
            yield Fault(("profile", "facts"), problem, f'add "{kind}", or leave profile.{name} out', "warning")
