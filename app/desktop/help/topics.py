"""What help has to say: a topic for each word of the glossary, each outcome, and each part of the window."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.desktop.help.parts import PARTS
from app.shown.glossary import glossary, shown
from sim.outcomes import DEFINITIONS

GLOSSARY_PAGE = "glossary.md"
OUTCOMES_PAGE = "reference/outcomes.md"
SCENARIO_PAGE = "reference/scenario.md"
WINDOW_PAGE = "tutorial/the-window.md"


@dataclass(frozen=True)
class Topic:
    """Something that can be explained."""

    key: str
    """what links call it; empty for what is made for one widget"""
    title: str
    kind: str
    """what it is, such as `Word` or `Outcome`"""
    text: str
    """plain sentences; between back-ticks, code"""
    facts: tuple[tuple[str, str], ...] = ()
    """such as unit and default, each with its name"""
    see: tuple[str, ...] = ()
    """keys of other topics"""
    page: str = ""
    """the page of the documentation, below its folder; behind a `#`, the heading"""
    marked: bool = True
    """whether back-ticks and stars are marks; they are not where the text may quote somebody"""

    def fits(self, wanted: str) -> int | None:
        """How well it fits what somebody looks for, best first; None where it does not."""
        words, title = wanted.lower().split(), self.title.lower()
        if not all(word in f"{title} {self.key} {self.text.lower()}" for word in words):
            return None
        if not words or title.startswith(wanted.lower().strip()):
            return 0
        return 1 if all(word in title for word in words) else 2


@cache
def topics() -> dict[str, Topic]:
    """All topics that have a key, by key: words first, then outcomes, then parts of the window; by title each."""
    words = [
        Topic(word, sentence(shown(word)), "Word", f"{sentence(meaning)}.", page=GLOSSARY_PAGE)
        for word, meaning in glossary().items()
    ]
    outcomes = [
        Topic(id_, each.label, "Outcome", each.definition, _outcome_facts(id_), ("outcome",), OUTCOMES_PAGE)
        for id_, each in DEFINITIONS.items()
    ]
    parts = [
        Topic(key, part.title, "Part of the window", part.text, see=part.see, page=WINDOW_PAGE)
        for key, part in PARTS.items()
    ]
    by_key: dict[str, Topic] = {}
    for group in (words, outcomes, parts):
        for each in sorted(group, key=lambda one: one.title.lower()):
            by_key.setdefault(each.key, each)
    return by_key


def topic(name: str) -> Topic | None:
    """The topic of that key or title, in the singular or the plural; None where there is none."""
    known, wanted = topics(), name.strip().lower()
    for candidate in (wanted, f"{wanted} panel", wanted.removesuffix("s")):
        if candidate in known:
            return known[candidate]
    return next((each for each in known.values() if each.title.lower() == wanted), None)


def linked(text: str, but: str = "", *, marked: bool = True) -> str:
    """The text as HTML in which each word of the glossary, where it first occurs, is a link; `but` is no link."""
    pieces = re.split(r"`([^`]*)`", text) if marked else [text]
    taken = {but}
    made = []
    for number, piece in enumerate(pieces):
        safe = html.escape(piece, quote=False)
        links = safe if number % 2 else _pattern().sub(_linker(taken), safe)
        made.append(f"<code>{links}</code>" if number % 2 else _emphasised(links) if marked else links)
    return "".join(made).replace("\n", "<br>")


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it was."""
    return text[:1].upper() + text[1:]


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(glossary(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(s?)\b", re.IGNORECASE)


def _linker(taken: set[str]) -> Callable[[re.Match[str]], str]:
    def link(match: re.Match[str]) -> str:
        word = match[1].lower()
        if word in taken:
            return match[0]
        taken.add(word)
        return f'<a href="topic:{html.escape(word)}">{match[0]}</a>'

    return link


def _emphasised(text: str) -> str:
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", text)


def _outcome_facts(id_: str) -> tuple[tuple[str, str], ...]:
    outcome = DEFINITIONS[id_]
    better = {"higher": "higher", "lower": "lower"}.get(outcome.better or "", "it depends")
    return (("Name in files", id_), ("Unit", outcome.unit), ("Better", better))
