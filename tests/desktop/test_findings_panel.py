"""The list of findings: where in words, what is wrong, what would be right, and a way to get there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desktop.document import Document
from app.desktop.document.text_reading import tables_in
from app.desktop.looks.theme import Appearance
from app.desktop.panels.findings import FindingsPanel, address_in_words
from sim.scenario import edit
from tests.desktop.large import large_journey

SOUND = large_journey(5, 6)
BROKEN = edit(
    SOUND,
    {
        "touchpoints.t1.stage": "nowhere",
        "touchpoints.t2.name": "Cart",
        "transitions.t2/t3.to": "t33",
        "channels.email.name": "Post",
    },
)


@pytest.fixture
def document() -> Iterator[Document]:
    found = Document()
    yield found
    found.close()


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> FindingsPanel:
    found = FindingsPanel(Appearance(), document)
    qtbot.addWidget(found)
    found.resize(500, 300)
    found.show()
    return found


def read(qtbot: QtBot, document: Document, text: str) -> None:
    """Let the document say that, and wait until it has been looked at."""
    with qtbot.waitSignal(document.read_again):
        document.apply("Edit", lambda _: text)


def lines(panel: FindingsPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def test_a_sound_journey_has_nothing_wrong(qtbot: QtBot, panel: FindingsPanel, document: Document) -> None:
    read(qtbot, document, SOUND)
    assert panel.head.text() == "No problems found in this journey."
    assert lines(panel) == []


def test_each_finding_says_where_what_and_what_would_be_right(
    qtbot: QtBot, panel: FindingsPanel, document: Document
) -> None:
    read(qtbot, document, BROKEN)
    findings = document.reading.findings
    assert panel.head.text() == f"{len(findings)} errors"
    assert any(
        line.startswith("Error: Cart to t33: to, line ") and 'There is no touchpoint "t33"' in line
        for line in lines(panel)
    )
    for finding, line in zip(findings, lines(panel), strict=True):
        assert finding.problem[1:] in line
        assert finding.remedy in line
        assert f"line {finding.line}" in line


def test_enter_and_a_double_click_ask_to_go_there(qtbot: QtBot, panel: FindingsPanel, document: Document) -> None:
    read(qtbot, document, BROKEN)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.go_to) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [document.reading.findings[1].address]
    point = panel.list.visualRect(panel.model.index(0)).center()
    with qtbot.waitSignal(panel.go_to) as asked:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked.args == [document.reading.findings[0].address]


def test_what_is_selected_stays_so_though_its_line_moves(
    qtbot: QtBot, panel: FindingsPanel, document: Document
) -> None:
    read(qtbot, document, BROKEN)
    panel.list.setCurrentIndex(panel.model.index(1))
    before = panel.selected
    assert before is not None
    read(qtbot, document, "# One more line.\n" + BROKEN)
    after = panel.selected
    assert after is not None
    assert (after.address, after.problem) == (before.address, before.problem)
    assert after.line == (before.line or 0) + 1
    read(qtbot, document, SOUND)
    assert panel.selected is None


def test_the_list_can_be_filtered_by_level(qtbot: QtBot, panel: FindingsPanel, document: Document) -> None:
    read(qtbot, document, edit(SOUND, {"touchpoints.t3.enabled": False}))
    levels = [finding.level for finding in document.reading.findings]
    assert "warning" in levels
    panel.level.setCurrentText("Errors")
    assert [line.split(":")[0] for line in lines(panel)] == ["Error"] * levels.count("error")
    panel.level.setCurrentText("Warnings")
    assert [line.split(":")[0] for line in lines(panel)] == ["Warning"] * levels.count("warning")
    panel.level.setCurrentText("All")
    assert len(lines(panel)) == len(levels)


def test_addresses_are_said_in_words() -> None:
    tables = tables_in(BROKEN, None)
    assert address_in_words("touchpoints.t2.emotion.mean", tables) == "Touchpoint Cart: emotion, mean"
    assert address_in_words("transitions.t0/t1", tables) == "Touchpoint 0 to Touchpoint 1"
    assert address_in_words("channels.email.mix", tables) == "Channel Post: weight in the mix"
    assert address_in_words("population.size", tables) == "Population: number of customers"
    assert address_in_words("", tables) == "The whole file"
