"""A scenario whose every text looks like HTML, and names a picture that would be loaded were it shown as such."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim.experiment import Results
from sim.outcomes import Measured
from sim.scenario import Scenario, edit, parse, variants
from sim.scenario.addresses.address import joined
from sim.scenario.declared import declared
from sim.scenario.model import Part
from tests.desktop.everything import EVERYTHING
from tests.desktop.results_by_hand import some_results
from tests.scenario.test_legible import IDENTIFIED
from tests.scenario.test_reference import every_field

_NAMED = ("segments", "stages", "channels", "touchpoints", "actions", "rules", "shocks", "phases", "desks")
_OTHERWISE = {"Arm.extends": "the name of a file, which does not exist"}
MARK = re.compile(r"MARK\d+\.")
_AFTER_MARK = re.compile(r"</?b> & |[^ &]*…")
"""what follows it, unless it is cut short"""


class Texts:
    """Texts that look like HTML, each with a mark of its own."""

    def __init__(self, picture: str) -> None:
        """All of them name that picture."""
        self._picture = picture
        self.given: dict[str, str] = {}
        """by mark, where the text stands"""

    def __call__(self, where: str) -> str:
        """A text that Qt would show in bold, without the tags, with a picture and a link."""
        return f'<b>{self._mark(where)}</b> & "<img src="{self._picture}"> <a href="http://example.org/">more</a>'

    def of_file(self, where: str) -> str:
        """A text of the kind that can be the name of a file."""
        return f"<b>{self._mark(where)}<b> & <img src=picture.png>"

    def _mark(self, where: str) -> str:
        mark = f"MARK{len(self.given)}."
        self.given[mark] = where
        return mark


def written(text: str) -> bool:
    """Whether each such text in what is read stands there as it was written, as far as it is there."""
    for found in MARK.finditer(text):
        after = " ".join(text[found.end() :].split())
        if not text[: found.start()].endswith("<b>") or not _AFTER_MARK.match(after):
            return False
    return True


def scenario_of(texts: Texts) -> str:
    """A scenario with one of everything, and such a text at every place where a file may have one."""
    tables = tomllib.loads(EVERYTHING)
    named = [(kind, item["id"]) for kind in _NAMED for item in tables[kind]]
    arms = [("experiment", "arms", item["id"]) for item in tables["experiment"]["arms"]]
    regions = {"north": 0.5, texts("segments.bargain.attributes.region"): 0.5}
    changes: dict[str, Any] = {
        **{joined((*parts, "name")): texts(joined((*parts, "name"))) for parts in [*named, *arms]},
        **{joined((*parts, "about")): _lines(texts, joined((*parts, "about"))) for parts in [(), *arms]},
        **{f"stages.look.{side}_goal": _lines(texts, f"stages.look.{side}_goal") for side in ("customer", "brand")},
        "stages.look.customer_actions": _lines(texts, "stages.look.customer_actions"),
        **{f"stages.look.{key}": [texts(f"stages.look.{key}")] for key in ("pain_points", "opportunities")},
        "touchpoints.page.moment_of_truth": texts("touchpoints.page.moment_of_truth"),
        "name": texts("name"),
        "experiment.arms.more.set": {
            "channels.email.open_rate": 0.3,
            "touchpoints.page.name": texts("value that an arm changes"),
            joined(("segments", "bargain", "persona", texts("key that an arm changes"))): "x",
        },
        "segments.bargain.attributes": {"region": regions},
        "segments.bargain.persona": {
            "goals": [texts("persona: an entry"), {"why": texts("persona: deep inside")}],
            texts("persona: a key"): texts("persona: its value"),
            texts("persona: a key of a table"): {"why": texts("persona: in that table")},
        },
        "actions.reminder.content": {
            key: texts(f"content.{key}") for key in ("tone", "format", "style", "call_to_action")
        },
        "rules.going.if": [["attributes.region", "in", [name for name in regions if name != "north"]]],
        "annotations.note.text": _lines(texts, "annotations.note.text"),
        "fitted.log": texts("fitted.log"),
    }
    return edit(EVERYTHING, changes)


def _lines(texts: Texts, where: str) -> str:
    """Markdown would show more."""
    return f"{texts(where)}\n\n![picture](file:///picture.png) *more*"


def without_such_a_text(scenario: str) -> set[str]:
    """The keys of free text for which that scenario has no text that looks like HTML."""
    free = {
        f"{model.__name__}.{key}"
        for model, key, field in every_field()
        if declared(model, key).text and field.annotation in (str, str | None)
        if not any(hasattr(each, "pattern") for each in field.metadata)
    }
    return free - set(_marked(parse(scenario).scenario)) - set(IDENTIFIED) - set(_OTHERWISE)


def _marked(value: Any) -> Iterator[str]:
    if isinstance(value, Part):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, str) and MARK.search(inner):
                yield f"{type(value).__name__}.{name}"
            yield from _marked(inner)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _marked(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _marked(each)


def results_of(scenario: str) -> Results:
    """What a run of it might have found."""
    read = parse(scenario)
    found = tuple(
        replace(replication, arms=tuple(_of_its_own(each, read.scenario) for each in replication.arms))
        for replication in some_results(4, tuple(arm.id for arm in read.scenario.experiment.arms)).replications
    )
    return replace(some_results(0), scenario=read.scenario, variants=variants(read), replications=found)


def _of_its_own(measured: Measured, scenario: Scenario) -> Measured:
    """The same figures, under the ids of that scenario."""
    return replace(
        measured,
        outcomes=measured.outcomes | {segment.id: measured.outcomes["new"] for segment in scenario.segments},
        touchpoints={each.id: measured.touchpoints["middle"] for each in scenario.touchpoints},
        stages={each.id: measured.stages["purchase"] for each in scenario.stages},
    )
