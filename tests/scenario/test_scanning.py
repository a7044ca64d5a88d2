"""The scan finds every key where it stands, however the file is written."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.scanning import scanned
from tests.scenario.contract import CONTRACT
from tests.scenario.tables import layouts

ODD = '''\
# a comment with [brackets] and key = "value"
title = "a # no comment" # one
"quoted key" = 'single " quote'
dotted . "and quoted" . more = 1
text = """
[not a table]
key = 1 \\"""
""""
raw = \'\'\'
[neither]
it's \'\'\'
date = 2026-01-05 07:30:00.5
[ table ] # with a comment
list = [ # begins
  1.5, # one
  [2, 3], { a = "}", b = [ "]" ] }, # "two"

  "three",
]
[table.inner]
x = { y.z = 1, "w" = { } }
[[items]]
n = 1
[items.sub]
k = 1
[[items.subs]]
k = 1
[[items.subs]]
[[items]]
n = 2
[[items.subs]]
k = 3
'''


def places(tables, place=()):
    """Every place of plain tables."""
    inner = tables.items() if isinstance(tables, dict) else enumerate(tables) if isinstance(tables, list) else ()
    for step, value in inner:
        yield (*place, step)
        yield from places(value, (*place, step))


def at(tables, place):
    for step in place:
        tables = tables[step]
    return tables


@pytest.mark.parametrize("text", [ODD, CONTRACT, ODD.replace("\n", "\r\n"), CONTRACT.replace("\n", "\r\n")])
def test_every_place_has_its_line_and_every_value_its_span(text):
    check_scan(text)


@given(layouts())
@settings(max_examples=60, deadline=None)
def test_however_a_file_is_laid_out_the_scan_agrees_with_the_reader(text):
    check_scan(text)


def check_scan(text):
    tables = tomllib.loads(text)
    found = scanned(text)
    assert set(found.lines) == set(places(tables))
    for place, entry in found.entries.items():
        assert tomllib.loads(f"value = {text[entry.value : entry.end]}")["value"] == at(tables, place)
        assert found.lines[place] == text.count("\n", 0, entry.start) + 1


def test_lines_are_those_of_the_editor():
    lines = scanned(ODD).lines
    assert lines["title",] == 2
    assert lines["dotted", "and quoted", "more"] == 4
    assert lines["date",] == 12
    assert lines["table", "list", 2, "b"] == 16
    assert lines["table", "list", 3] == 18
    assert lines["items", 1, "subs", 0, "k"] == ODD.split("\n").index("k = 3") + 1


@given(st.text(alphabet="[]{}=,.\"'#ab1 \n\\", max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_text_that_is_no_toml_does_no_harm(text):
    assert scanned(text).blocks
