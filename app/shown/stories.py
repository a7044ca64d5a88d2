"""A customer's story, as it is said everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.story import Fate, Moment, Story

DECISIONS: Final = ("sent", "ruled_out", "passed_over", "considered", "chosen")
"""The events that tell what the brand decided."""
NOTHING_KNOWN: Final = "The brand decided nothing here."
_AT_THE_END: Final = {
    "active": "was active",
    "lapsed": "had lapsed",
    "churned": "had left for good",
    "completed": "had completed the journey",
}


def head(story: Story, currency: str) -> str:
    """Who the customer is, and what became of them, in a sentence."""
    if not story.moments:
        return f"Customer {story.customer} does not arrive within the run."
    came = "" if story.came == "by themselves" else f", {story.came}"
    held = "; in the holdout: nothing is sent but what is transactional" if story.holdout else ""
    sent = "1 message" if story.messages == 1 else f"{story.messages} messages"
    end = f"{_AT_THE_END[story.status]} at the end{_paid(story.revenue, currency)}"
    return f"Customer {story.customer} ({story.segment}{came}) got {sent} and {end}{held}."


def known(moment: Moment) -> list[tuple[str, str]]:
    """What the brand went by at a moment at which it decided something: what was considered, how sure, what it knew."""
    from sim.story.choice import CONFIDENCE, PARTS

    candidate, confidence = moment.candidate or {}, moment.confidence or {}
    lines = [(head.capitalize(), str(candidate[head])) for head in ("type", "priority") if head in candidate]
    lines += [(what.replace("_", " ").capitalize(), said) for what, said in candidate.get("content", {}).items()]
    labels = {CONFIDENCE: "Confidence", **{name: f"– {label}" for name, label in PARTS.items()}}
    lines += [(label, f"{confidence[name]:.2f}") for name, label in labels.items() if name in confidence]
    return lines + [(name, beside_the_truth(name, moment.knew or {})) for name in moment.knew or {}]


def beside_the_truth(name: str, knew: Mapping[str, float]) -> str:
    """What the brand knew, and beside what it had noted the truth where that is another."""
    told = f"{knew[name]:.6g}"
    fact = name.removeprefix("profile.")
    if fact == name or fact == "idle_days" or knew.get(fact, 0.0) == knew[name]:
        return told
    return f"{told} (in truth {knew.get(fact, 0.0):.4g})"


def fates(of: Sequence[Fate], currency: str) -> list[str]:
    """What becomes of the same customer under other arms: a sentence for all with whom it is the same."""
    alike: dict[str, list[str]] = {}
    for each in of:
        alike.setdefault(_fate(each, currency), []).append(f'"{each.name}"')
    return [
        f"Under {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} the same customer {said}."
        for said, names in alike.items()
    ]


def _fate(fate: Fate, currency: str) -> str:
    if fate.status is None:
        return "does not come"
    sent = "1 message" if fate.messages == 1 else f"{fate.messages} messages"
    return f"got {sent} and {_AT_THE_END[fate.status]} at the end{_paid(fate.revenue, currency)}"


def _paid(revenue: float, currency: str) -> str:
    return f", having paid {revenue:,.2f} {currency}" if revenue else ""
