"""What the table of action kinds must hold for all who read it."""

import re
from collections import Counter
from pathlib import Path

from sim.scenario.action_kinds import ACTION_KINDS


def test_each_form_belongs_to_one_kind() -> None:
    forms = Counter(form for kind in ACTION_KINDS.values() for form in kind.forms)
    assert forms
    assert max(forms.values()) == 1


def test_each_kind_reads_well_in_a_sentence() -> None:
    for kind in ACTION_KINDS.values():
        article, _, noun = kind.one.partition(" ")
        assert article == ("an" if noun[0] in "aeiou" else "a")
        assert kind.label[0].isupper()
        assert kind.does.islower()


def test_no_other_file_names_a_kind() -> None:
    other = {"message", "offer", "call"}  # words for other things too
    named = re.compile("|".join(f'"{id_}"' for id_ in ACTION_KINDS if id_ not in other))
    root = Path(__file__).resolve().parents[2]
    files = [file for part in ("sim", "app") for file in (root / part).rglob("*.py") if file.name != "action_kinds.py"]
    assert len(files) > 100
    assert [str(file) for file in files if named.search(file.read_text(encoding="utf-8"))] == []


def test_only_what_is_sent_can_be_transactional() -> None:
    assert [kind.id for kind in ACTION_KINDS.values() if kind.transactional and not kind.is_message] == []
