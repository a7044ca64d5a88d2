"""What a customer had responded to when content was chosen for them (model 33.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.scenario.content import ContentTrait
from sim.story.noted import Fact


@dataclass(frozen=True)
class Answered:
    """To how many messages with a content they responded."""

    trait: ContentTrait
    value: str
    responded: int
    messages: int


def answered(
    content: Mapping[ContentTrait, str],
    messages: Sequence[Fact],
    responses: Sequence[Fact],
    looks: Mapping[str, Mapping[ContentTrait, str]],
) -> tuple[Answered, ...]:
    """Of each part of a content, by what the profile holds; `looks`: the content of each action."""

    def count(facts: Sequence[Fact], trait: ContentTrait, value: str) -> int:
        return sum(looks.get(fact.action or "", {}).get(trait) == value for fact in facts)

    return tuple(
        Answered(trait, value, count(responses, trait, value), count(messages, trait, value))
        for trait, value in content.items()
    )


def in_words(found: Sequence[Answered]) -> str:
    """As a clause: `tone "friendly": responded to 3 of 5`."""
    return ", ".join(
        f'{each.trait.replace("_", " ")} "{each.value}": responded to {each.responded} of {each.messages}'
        for each in found
    )
