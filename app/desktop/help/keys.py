"""A topic for each key that a scenario file may have: found when somebody looks for it, in no list otherwise."""

from __future__ import annotations

from functools import cache

from app.desktop.forms.key import Key, keys_of
from app.desktop.help.topics import SCENARIO_PAGE, Topic, sentence
from sim.scenario.reference import TOP, sections
from sim.scenario.toml.notation import value_text


@cache
def key_topics() -> dict[str, Topic]:
    """The topics of all keys by `key TABLE.KEY`, in the order of the file."""
    topics = {}
    for section in sections():
        of = "" if section.title == TOP else section.title
        for key in keys_of(section.model):
            name = f"{of}.{key.name}".strip(".")
            facts = key_facts(key, key.default, "the scenario's currency")
            topic = Topic(
                key=f"key {name}",  # words and outcomes may be called like keys
                title=key.label,
                kind=f"Key of {of}" if of else "Key",
                text=meaning_of(key),
                facts=(*facts, ("Name in files", name)),
                page=f"{SCENARIO_PAGE}#{section.title}",
            )
            topics[topic.key] = topic
    return topics


def key_facts(key: Key, default: object, currency: str) -> tuple[tuple[str, str], ...]:
    """What may stand at a key, in which unit, and what holds without; each with its name."""
    otherwise = "required" if key.required else "nothing" if default is None else value_text(default)
    facts = [
        ("May be", key.allowed),
        ("Unit", key.unit(currency)),
        ("Default", otherwise),
        ("During a run", "phases, seasons and shocks can change it" if key.said.dated else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def meaning_of(key: Key) -> str:
    """What a key means, in a sentence."""
    return f"{sentence(key.meaning).rstrip('.') or key.label}."
