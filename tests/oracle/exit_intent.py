"""What rules do about a customer who is about to leave (model 10.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.orchestration import Action

from .checks import passes_on_site
from .journey import Transition
from .playbook import Play
from .sends import acted_on_site

if TYPE_CHECKING:
    from .brand import Brand
    from .choice import Race
    from .customer import Visit


@dataclass(frozen=True)
class Outcome:
    """What stands in the end."""

    transition: Transition | None
    led_to: str | None = None
    """the touchpoint to which a response has led, so that no choice stands"""


def exit_intent(brand: Brand, visit: Visit, race: Race, transition: Transition | None) -> Outcome:
    """Ask the rules that watch here, by priority, as long as the winner is an exit."""
    journey = brand.customer.world.journey
    watching = [play for play in brand.playbook.plays if play.when.leaving in (True, visit.touchpoint)]
    for play in sorted(watching, key=lambda play: (-play.priority, play.index)):
        if transition is None or transition.role != "exit":
            break
        if not play.on_site or play.delay > 0:
            brand.fire(play, visit.channel)
        elif (action := acted_on_at_once(brand, play, visit)) is not None:
            if action.leads_to in journey.touchpoints:
                brand.note("responded", play, action.id, visit.channel, 1.0)
                brand.bring_to(action.leads_to)
                return Outcome(None, action.leads_to)
            brand.push(action)
            winner = race.winner(*brand.customer.pull())
            changed = winner is not None and winner is not transition
            brand.note("responded", play, action.id, visit.channel, 1.0 if changed else 0.0)
            transition = winner if changed else transition
    return Outcome(transition)


def acted_on_at_once(brand: Brand, play: Play, visit: Visit) -> Action | None:
    """Check and show an on-site action; the action taken if the customer acts on it, else None."""
    sequence = brand.started(play, visit.channel)
    if sequence is None:
        return None
    acts, attempt = acted_on_site(brand, sequence) if passes_on_site(brand, sequence) else (False, None)
    brand.end(sequence)
    if not acts:
        return None
    brand.count_response(attempt, visit.channel)
    return brand.action(sequence)
