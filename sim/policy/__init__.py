"""What the brand knew of a customer and why it did what it did."""

from sim.policy.story import Moment, Story, story

__all__ = ["Moment", "Story", "story"]
