"""What the brand knew of a customer and why it did what it did."""

from sim.story.fate import Fate, fate
from sim.story.moment import Moment
from sim.story.sharing import sharing
from sim.story.story import Story, story

__all__ = ["Fate", "Moment", "Story", "fate", "sharing", "story"]
