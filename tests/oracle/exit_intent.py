"""What rules do about a customer who is about to leave (model 10.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .checks import passes_on_site
from .journey import Way
from .playbook import Play
from .sends import acted_on_site

if TYPE_CHECKING:
    from .brand import Brand
    from .choice import Race
    from .customer import Visit


@dataclass(frozen=True)
class Outcome:
    """What stands in the end."""

    way: Way | None
    led_to: str | None = None
    """the touchpoint to which a response has led, so that no choice stands"""


def exit_intent(brand: Brand, visit: Visit, race: Race, way: Way | None) -> Outcome:
    """Ask the rules that watch here, by priority, as long as the winner is an exit."""
    journey = brand.customer.world.journey
    watching = [play for play in brand.playbook.plays if play.when.leaving in (True, visit.touchpoint)]
    for play in sorted(watching, key=lambda play: (-play.priority, play.place)):
        if way is None or way.role != "exit":
            break
        if not play.on_site or play.delay > 0:
            brand.occasion(play, visit.channel)
        elif responds_at_once(brand, play, visit):
            if play.action.leads_to in journey.touchpoints:
                brand.note("responded", play, visit.channel, 1.0)
                return Outcome(None, play.action.leads_to)
            brand.push(play)
            winner = race.winner(*brand.customer.pull())
            changed = winner is not None and winner is not way
            brand.note("responded", play, visit.channel, 1.0 if changed else 0.0)
            way = winner if changed else way
    return Outcome(way)


def responds_at_once(brand: Brand, play: Play, visit: Visit) -> bool:
    """Check and show an on-site action; whether the customer acts on it."""
    sequence = brand.started(play, visit.channel)
    if sequence is None:
        return False
    acts = passes_on_site(brand, sequence) and acted_on_site(brand, sequence)
    brand.end(sequence)
    brand.responses += acts
    return acts
