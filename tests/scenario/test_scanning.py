"""The scan finds every key where it stands, however the file is written."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.toml import statements
from sim.scenario.toml.scanning import scanned
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


def key_paths(tables, key_path=()):
    """Every key path of plain tables."""
    inner = tables.items() if isinstance(tables, dict) else enumerate(tables) if isinstance(tables, list) else ()
    for step, value in inner:
        yield (*key_path, step)
        yield from key_paths(value, (*key_path, step))


def at(tables, key_path):
    for step in key_path:
        tables = tables[step]
    return tables


@pytest.mark.parametrize("text", [ODD, CONTRACT, ODD.replace("\n", "\r\n"), CONTRACT.replace("\n", "\r\n")])
def test_every_key_path_has_its_line_and_every_value_its_span(text):
    check_scan(text)


@given(layouts())
@settings(max_examples=60, deadline=None)
def test_however_a_file_is_laid_out_the_scan_agrees_with_the_reader(text):
    check_scan(text)


def check_scan(text):
    tables = tomllib.loads(text)
    found = scanned(text)
    assert set(found.lines) == set(key_paths(tables))
    for key_path, entry in found.entries.items():
        assert tomllib.loads(f"value = {text[entry.value : entry.end]}")["value"] == at(tables, key_path)
        assert found.lines[key_path] == text.count("\n", 0, entry.start) + 1


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
    found = scanned(text)
    assert "".join(section.text for section in found.sections) == text
    assert found.lines.keys() >= found.entries.keys()


def as_told(found):
    return found.entries, found.lines, [(each.header, each.key_path, each.text, each.end) for each in found.sections]


@pytest.mark.parametrize("text", [ODD, CONTRACT, ODD.replace("\n", "\r\n"), CONTRACT.replace("\n", "\r\n")])
def test_lines_read_at_once_say_what_their_tokens_say(text):
    check_against_tokens(text)


@given(layouts())
@settings(max_examples=60, deadline=None)
def test_however_a_file_is_laid_out_lines_read_at_once_say_what_their_tokens_say(text):
    check_against_tokens(text)


def check_against_tokens(text):
    at_once = as_told(scanned(text))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_LINE", "_LINES", "_HEADER"):
            patch.setattr(statements, name, re.compile("(?!)"))
        assert as_told(scanned(text)) == at_once


@given(layouts(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_scan_brought_up_to_date_is_that_of_the_new_text(text, data):
    found = scanned(text)
    for _ in range(data.draw(st.integers(1, 4))):
        key_paths = [key_path for key_path, entry in found.entries.items() if not entry.inline]
        entry = found.entries[data.draw(st.sampled_from(key_paths))]
        value = data.draw(st.sampled_from(["1", '"x [y]"', "[ 1, { a = 2 } ]", '"""\n[no]\n"""', "[\n 1,\n 2 ]"]))
        more = data.draw(st.sampled_from(["", f"\nother{len(text)} = 1", "\n[other]\nk = 1", "\n[[channels]] # one"]))
        at = found.text.find("\n", entry.end) if more else entry.end
        at = len(found.text) if at < 0 else at
        text = found.text[: entry.value] + value + found.text[entry.end : at] + more + found.text[at:]
        found = found.again(text)
        assert as_told(found) == as_told(scanned(text))
