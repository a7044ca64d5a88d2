"""The document: every change is a step, files written by hand survive, a change on disk is noticed."""

import gc
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.document import BASE, Document, Selection, editing
from app.desktop.document.blank import BLANK
from app.desktop.document.step import Step
from sim.scenario import edit
from sim.shipped import shipped_scenarios

BY_HAND = """\
# What we sell, and to whom.
format = 1
id = "mine"   # short
horizon = 30

[population]
size = 100

[[touchpoints]]
id = "ad"
start = true  # here they come

[[touchpoints]]
id = "bye"
exit = "churn"

[[transitions]]
from = "ad"
to = "bye"
share = 1.0   # all of them
delay = 2
"""


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    yield made
    made.close()


def add(document: Document, name: str, source: str | None = None) -> None:
    journey = document.journey
    document.apply(
        f"Add {name}", lambda text: editing.add_touchpoint(text, journey, name, "awareness", (8.0, 16.0), source)[0]
    )


def test_a_journey_drawn_from_nothing_is_undone_to_the_same_bytes_and_redone(document: Document) -> None:
    add(document, "Ad")
    add(document, "Shop", "ad")
    document.set("Share", {"transitions.ad/shop.share": 3})
    drawn = document.text
    assert [touchpoint.id for touchpoint in document.journey.touchpoints] == ["ad", "shop"]
    assert document.journey.touchpoints[0].start == 1
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.text == BLANK
    assert not document.is_dirty
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.text == drawn


def test_a_step_keeps_comments_and_order(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BY_HAND)
    document.open(path)
    document.set("Share", {"transitions.ad/bye.share": 2})
    document.save()
    assert path.read_text() == BY_HAND.replace("share = 1.0   # all", "share = 2   # all")
    assert not document.is_dirty


def test_line_ends_of_other_systems_stay(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    document.open(path)
    document.set("Size", {"population.size": 200})
    document.save()
    assert path.read_bytes() == BY_HAND.replace("size = 100", "size = 200").replace("\n", "\r\n").encode()


def test_typing_into_one_field_is_one_step(document: Document) -> None:
    for size in (1, 12, 123):
        document.set("Customers", {"population.size": size}, key="field:population.size")
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.text == BLANK


def test_steps_that_became_one_keep_no_text_of_their_own(document: Document) -> None:
    before = {id(each) for each in gc.get_objects() if isinstance(each, Step)}
    for number in range(20):
        document.set("Type", {"name": f"Name {number}"}, key="name")
    steps = [each for each in gc.get_objects() if isinstance(each, Step) and id(each) not in before]
    assert sum(bool(each._after) for each in steps) == 1


def test_with_an_arm_selected_edits_become_its_overrides_and_can_be_reverted(document: Document) -> None:
    document.new(BY_HAND)
    document.add_arm("More ads")
    assert document.arm == "more-ads"
    assert [arm["id"] for arm in document.arms] == ["base", "more-ads"]
    document.set("Share", {"transitions.ad/bye.share": 5})
    assert document.overrides == {"transitions.ad/bye.share": 5}
    assert document.journey.transitions[0].share == 5
    document.select_arm(BASE)
    assert document.journey.transitions[0].share == 1
    document.select_arm("more-ads")
    document.revert("transitions.ad/bye.share")
    assert document.overrides == {}
    assert document.reading.errors == 0


def test_undoing_an_arm_goes_back_to_the_scenario(document: Document) -> None:
    document.new(BY_HAND)
    document.add_arm("More ads")
    document.undo_stack.undo()
    assert document.arm is BASE
    assert document.text == BY_HAND


def test_what_cannot_be_done_is_told_and_changes_nothing(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.refused) as told:
        assert not document.set("Nonsense", {"touchpoints.nowhere.effort": 3})
    assert "nowhere" in told.args[0]
    assert document.text == BLANK
    assert document.undo_stack.count() == 0


def test_findings_follow_the_text(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.read_again):
        document.new(BY_HAND)
    assert document.reading.errors == 0
    with qtbot.waitSignal(document.read_again):
        document.set("To nowhere", {"transitions.ad/bye.to": "nowhere"})
    assert document.reading.errors > 0
    assert any(finding.line == 19 and "nowhere" in finding.problem for finding in document.reading.findings)


def test_a_change_on_disk_is_noticed_also_when_the_file_is_replaced(
    document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BY_HAND)
    document.open(path)
    with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
        path.write_text(BY_HAND + "# more\n")
    document.reload()
    other = tmp_path / "other.toml"
    other.write_text(BY_HAND + "# yet more\n")
    with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
        other.replace(path)
    assert document.text == BY_HAND + "# more\n"
    document.reload()
    assert document.text == BY_HAND + "# yet more\n"
    document.undo_stack.undo()
    assert document.text == BY_HAND + "# more\n"


def test_saving_is_not_taken_for_a_change_on_disk(document: Document, tmp_path: Path, qtbot: QtBot) -> None:
    document.new(BY_HAND)
    with qtbot.assertNotEmitted(document.changed_on_disk, wait=300):
        document.save(tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text() == BY_HAND


def test_a_file_that_cannot_be_written_keeps_its_old_text(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "mine.toml"
    document.new(BY_HAND)
    document.set("Size", {"population.size": 5})
    with pytest.raises(OSError, match="missing"):
        document.save(path)
    assert document.is_dirty
    assert document.path is None


def test_copies_get_ids_of_their_own_and_their_transitions(document: Document) -> None:
    document.new(BY_HAND)
    chosen = Selection(touchpoints=frozenset({"ad", "bye"}))
    copy = editing.copied(document.tables, chosen)
    journey = document.journey
    document.apply("Paste", lambda text: editing.paste(text, journey, copy)[0])
    assert [touchpoint.id for touchpoint in document.journey.touchpoints] == ["ad", "bye", "ad-2", "bye-2"]
    assert [transition.key for transition in document.journey.transitions] == ["ad/bye", "ad-2/bye-2"]


def test_deleting_a_touchpoint_takes_its_transitions_along(document: Document) -> None:
    document.new(BY_HAND)
    journey = document.journey
    document.apply("Delete", lambda text: editing.remove(text, journey, Selection(touchpoints=frozenset({"bye"}))))
    assert [touchpoint.id for touchpoint in document.journey.touchpoints] == ["ad"]
    assert document.journey.transitions == ()


@pytest.mark.parametrize("scenario", sorted(shipped_scenarios()))
def test_every_shipped_scenario_is_drawn_on_and_undone(document: Document, scenario: str) -> None:
    path = shipped_scenarios()[scenario]
    document.open(path)
    before = document.text
    add(document, "One more", document.journey.touchpoints[0].id)
    moved = [(touchpoint.id, 8.0 * number, 8.0) for number, touchpoint in enumerate(document.journey.touchpoints)]
    journey = document.journey
    document.apply("Move", lambda text: editing.move(text, journey, moved))
    assert {touchpoint.at for touchpoint in document.journey.touchpoints} == {(x, y) for _, x, y in moved}
    first = document.journey.transitions[0].key
    document.apply("Share", lambda text: edit(text, {f'transitions."{first}".share': 7}))
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.text == before == path.read_text()
