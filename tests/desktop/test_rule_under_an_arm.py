"""A rule that is added while an arm is selected is finished there, wherever it is kept."""

import pytest

from app.desktop.forms.source import Source
from app.desktop.window import Window
from sim.scenario import new_text
from tests.builders import small
from tests.desktop.filling import Filler
from tests.desktop.hands import click, turn
from tests.desktop.settings_by_hand import items_page

ARMS = [{"id": "base"}, {"id": "more", "name": "More"}]
HELLO = {"id": "hello", "channels": ["web"]}


@pytest.mark.parametrize("section", ["rules", "broadcasts"])
@pytest.mark.parametrize("answer", ["Keep as a new arm", "Change all arms"])
@pytest.mark.parametrize("actions", [None, [HELLO]], ids=["no action yet", "an action"])
def test_a_rule_is_complete_from_the_start_and_stays_in_sight_where_it_is_kept(
    window: Window, section: str, answer: str, actions: list[object] | None
) -> None:
    document = window.document
    document.new(new_text(small(actions=actions, experiment={"arms": ARMS})))
    document.select_arm("more")
    window.commands[f"edit-{section}"].trigger()
    page = items_page(window.sections, section)
    page.add("Try this")
    assert not document.reading.errors, document.reading.findings
    click(window.messages.button(answer))
    turn()
    assert page.selected == "try-this", "it is still the one that is shown"
    given = {"try-this"} <= {item["id"] for item in document.tables.get(section, [])}
    assert given == (answer == "Change all arms")

    fill = Filler(Source(document), lambda: window.sections.fields())
    taken = "hello" if actions else "new-action"
    fill.give(("actions", taken, "kind"), "popover")
    if section == "rules":
        fill.give((section, "try-this", "delay"), 0.5)
        fill.fill((section, "try-this", "when"), {"entered": "middle", "after": 2})
        assert "half a day" in page.editor.sentence.text() or "12 hours" in page.editor.sentence.text()

    (kept,) = (item for item in document.shown[section] if item["id"] == "try-this")
    assert kept["do"] == taken
    assert not document.reading.errors, document.reading.findings
    assert document.arm in ("more", "add-try-this")


def test_what_is_added_for_all_points_at_nothing_that_only_the_arm_has(window: Window) -> None:
    document = window.document
    arm = {"id": "more", "set": {"actions": [HELLO]}}
    document.new(new_text(small(experiment={"arms": [{"id": "base"}, arm]})))
    document.select_arm("more")
    window.commands["edit-rules"].trigger()
    items_page(window.sections, "rules").add("Try this")
    (rule,) = document.tables["rules"]
    assert rule["do"] in {action["id"] for action in document.tables["actions"]}
    assert document.reading.errors, "the arm has a list of actions of its own"
    Filler(Source(document), lambda: window.sections.fields()).give(("rules", "try-this", "do"), "hello")
    assert not document.reading.errors, document.reading.findings


def test_a_touchpoint_that_is_kept_as_an_arm_stays_selected(window: Window) -> None:
    document = window.document
    document.new(new_text(small(experiment={"arms": ARMS})))
    document.select_arm("more")
    window.editor.select(window.canvas.selected)
    window.editor.connect_touchpoints("start", "done")
    made = window.editor.selection
    assert made.transitions == {"start/done"}
    click(window.messages.button("Keep as a new arm"))
    assert document.arm == "connect-start-to-done"
    assert window.editor.selection == made
