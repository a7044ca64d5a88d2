"""What the brand keeps of what it learns about a customer (model 27)."""

from typing import Annotated, Final, Literal

from sim.scenario.key import Days, Key
from sim.scenario.model import Many, Part, Positive

Kind = Literal["contacts", "purchases", "messages", "responses"]

KINDS: Final[tuple[Kind, ...]] = ("contacts", "purchases", "messages", "responses")
"""The kinds of facts, in the order of their codes in the engine."""
FACTS: Final[dict[str, Kind]] = {**{kind: kind for kind in KINDS}, "revenue": "purchases", "idle_days": "contacts"}
"""What rules and scores can know of a profile (`profile.NAME`), in the order of their codes, and from which facts."""

LONGEST_IDLE: Final = 365.0
"""Days: the most that a profile says of the time since a contact."""
EPSILON: Final = 1e-9
"""Days by which a fact is forgotten sooner, so that what is meant for the same moment is, whatever rounding does."""


class Profile(Part):
    """What the brand notes of customers; rules and scores that ask for what was noted go by it."""

    facts: Annotated[Many[Kind], Key(label="What is noted", nothing="Nothing is noted: every profile stays empty.")] = (
        KINDS
    )
    """the kinds of facts that the brand notes, of customers with consent, on channels linked to their profile"""
    keep_days: Annotated[Days[Positive] | None, Key(label="Forgotten after")] = None
    """days after which a fact is forgotten; never when left out"""
