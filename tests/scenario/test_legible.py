"""Texts that would change what a screen shows: none gets past reading, whatever key it stands at."""

from collections.abc import Iterator

import pytest

from sim.scenario import parse
from sim.scenario.model import Part
from tests.scenario.finding import assert_found, changed, findings
from tests.shared import shared

ABOUT = 'about = "Who this is for, what it shows, what to try."'
NAME = 'name = "Online shop"'
HIDDEN = {
    r"\u001b[31mred": "U+001B",
    r"\u009b31m": "U+009B",
    r"bell\u0007": "U+0007",
    r"nothing\u0000": "U+0000",
    r"\u007f": "U+007F",
    r"\u202efdp.exe": "U+202E",
    r"\u2066within": "U+2066",
    r"one\ntwo": "an end of line",
    r"one\rtwo": "an end of line",
    r"one\u2028two": "an end of line",
    r"one\ttwo": "a tab",
}
IDENTIFIED = ("Trigger.count", "Trigger.score", "Trigger.every", "Shift.days", "Precision.outcome")
"""Texts without a rule of their own that have to be one of a few that there are; checks see to it."""


@pytest.mark.parametrize(("text", "told"), HIDDEN.items(), ids=list(HIDDEN))
def test_a_name_is_one_line_that_can_be_seen(text: str, told: str) -> None:
    assert_found(changed((NAME, f'name = "{text}"')), "name = " + f'"{text}"', "name", told, "on one line")


@pytest.mark.parametrize("text", ["Été 買う", "👩‍💻 at work", "می‌خواهم", "שלום\u200f!", "a\u00a0b", "<b>1 < 2 & [red]"])
def test_what_people_write_is_taken(text: str) -> None:
    assert parse(changed((NAME, f'name = "{text}"'))).scenario.name == text


def test_descriptions_may_have_lines_and_tabs_and_nothing_else_of_the_kind() -> None:
    assert findings(changed((ABOUT, r'about = "one\r\ntwo\n\tthree"'))) == ()
    for hidden, told in ((r"\u001b[2J", "U+001B"), (r"a\rb", "an end of line"), (r"\u202e", "U+202E")):
        assert_found(changed((ABOUT, f'about = "{hidden}"')), "about = ", "about", told, "leave it out")


def test_a_persona_is_looked_through() -> None:
    table = '\n[[segments]]\nid = "odd"\npersona = { goals = ["a", { why = "%s" }] }\n'
    text = changed()
    assert any("U+001B" in one.problem for one in findings(text + table % r"\u001b]0;"))
    assert not any("not shown" in one.problem for one in findings(text + table % "because"))


def test_the_hostile_file_is_refused_at_each_name_and_nothing_of_it_reaches_the_screen() -> None:
    found = findings(shared("cases", "hostile_terminal.toml").read_text())
    assert len([one for one in found if one.address.endswith("name") and "U+001B" in one.problem]) == len(found) > 20
    assert all(str(one).isprintable() for one in found)


def test_every_free_text_of_a_scenario_has_this_rule() -> None:
    """A key that is new needs it too: `Line`, `Lines` or `Card` of sim/scenario/legible.py."""
    free = {
        f"{part.__name__}.{name}": field
        for part in parts(Part)
        for name, field in part.model_fields.items()
        if field.annotation in (str, str | None) and not any(hasattr(each, "pattern") for each in field.metadata)
    }
    without = {key for key, field in free.items() if not any(hasattr(each, "func") for each in field.metadata)}
    assert without == set(IDENTIFIED)
    assert "Scenario.about" in free


def parts(of: type[Part]) -> Iterator[type[Part]]:
    """Those of a scenario; tests have some of their own."""
    for each in of.__subclasses__():
        if each.__module__.startswith("sim."):
            yield each
        yield from parts(each)
