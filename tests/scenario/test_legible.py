"""Texts that would change what a screen shows: none gets past reading, whatever key it stands at."""

from collections.abc import Iterator

import pytest

from sim.scenario import parse
from sim.scenario.declared import declared
from sim.scenario.shape import Shape, shapes, shapes_of
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.test_reference import every_field
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
IDENTIFIED = ("Trigger.every", "Shift.days")
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
        f"{model.__name__}.{key}": list(texts(shapes_of(field)))
        for model, key, field in every_field()
        if declared(model, key).text
    }
    free["Segment.persona"] = []  # looked through as a whole
    without = {key for key, options in free.items() if not all(is_checked(option) for option in options)}
    assert without == set(IDENTIFIED)
    assert {"Scenario.about", "Scenario.name", "Action.content", "Segment.attributes"} <= set(free)


def texts(options: tuple[Shape, ...]) -> Iterator[Shape]:
    for option in options:
        if option.plain is str:
            yield option
        for inner in (*option.items, option.names, option.entries):
            if inner is not None:
                yield from texts(shapes(inner))


def is_checked(option: Shape) -> bool:
    return any(hasattr(each, "func") or hasattr(each, "pattern") for each in option.limits)
