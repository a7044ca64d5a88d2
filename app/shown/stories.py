"""A customer's story, as it is said everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.story import Moment, Story

DECISIONS: Final = ("sent", "ruled_out", "passed_over", "considered", "chosen")
"""The events that tell what the brand decided."""
NOTHING_KNOWN: Final = "The brand decided nothing here."
_AT_THE_END: Final = {
    "active": "was active",
    "lapsed": "had lapsed",
    "churned": "had left for good",
    "completed": "had completed the journey",
}


def head(story: Story) -> str:
    """Who the customer is, and what became of them, in a sentence."""
    if not story.moments:
        return f"Customer {story.customer} does not arrive within the run."
    came = "" if story.came == "by themselves" else f", {story.came}"
    held = "; in the holdout: nothing is sent but what is transactional" if story.holdout else ""
    sent = "1 message" if story.messages == 1 else f"{story.messages} messages"
    end = _AT_THE_END[story.status]
    return f"Customer {story.customer} ({story.segment}{came}) got {sent} and {end} at the end{held}."


def known(moment: Moment) -> list[tuple[str, str]]:
    """What the brand went by at a moment at which it decided something: what was considered, how sure, what it knew."""
    from sim.story.choice import CONFIDENCE, PARTS

    candidate, confidence = moment.candidate or {}, moment.confidence or {}
    lines = [(head.capitalize(), str(candidate[head])) for head in ("type", "priority") if head in candidate]
    lines += [(what.replace("_", " ").capitalize(), said) for what, said in candidate.get("content", {}).items()]
    labels = {CONFIDENCE: "Confidence", **{name: f"– {label}" for name, label in PARTS.items()}}
    lines += [(label, f"{confidence[name]:.2f}") for name, label in labels.items() if name in confidence]
    return lines + [(name, f"{value:.4g}") for name, value in (moment.knew or {}).items()]
