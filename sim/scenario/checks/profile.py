"""Rules and scores that look at what the brand does not note (model 27)."""

from collections.abc import Iterator

from sim.scenario.findings import Fault
from sim.scenario.profile import FACTS
from sim.scenario.resolve import optimised
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_asked_for


def check_profile(scenario: Scenario) -> Iterator[Fault]:
    """Warnings of facts that rules or scores look at although they are not noted, so that they are always none."""
    asked = facts_asked_for(scenario)
    for name, kind in FACTS.items():
        if name not in asked or kind in scenario.profile.facts:
            continue
        problem = f"a rule or score looks at profile.{name}, but {kind} are not noted, so it never changes"
        remedy = f'add "{kind}", or leave profile.{name} out'
        if name == "messages" and optimised(scenario):
            problem = "messages are optimised by what each customer opened, but none is noted: it never happens"
            remedy = 'add "messages", or leave orchestration.optimise out'
        if name == "responses" and "content" in optimised(scenario):
            problem = (
                "content is optimised by what each customer responded to, but that is not noted: nothing is learned"
            )
            remedy = 'add "responses", or leave "content" out of orchestration.optimise'
        yield Fault(("profile", "facts"), problem, remedy, "warning")
