"""What a message looks like, and how much customers like that (model 33.6)."""

from typing import Final, Literal, get_args

ContentTrait = Literal["subject", "tone", "format", "style", "call_to_action"]

CONTENT_TRAITS: Final[tuple[ContentTrait, ...]] = get_args(ContentTrait)
"""The traits of content, in the order in which they are looked at."""
SUBJECT: Final[ContentTrait] = "subject"
"""The one that is seen before a message is opened; the others are seen after it."""
