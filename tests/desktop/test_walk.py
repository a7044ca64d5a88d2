"""Five hundred steps at random, undone and redone: document, canvas and table always say the same."""

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytestqt.qtbot import QtBot

from app.desktop.canvas import QuickAdd, Selection
from app.desktop.document.blank import BLANK
from app.desktop.window import Window
from tests.desktop.conftest import Open

NAMES = st.sampled_from(["Ad", "Shop", "Cart", "Thank you", "Left", "Ad!", "ä"])
WHERE = st.tuples(st.integers(-200, 2000).map(float), st.integers(-200, 1200).map(float))


class Walk(RuleBasedStateMachine):
    """A window, and the texts that its undo stack should go back to."""

    window: ClassVar[Window]
    stage = st.sampled_from(["awareness", "consideration", "purchase", "retention"])

    @initialize()
    def begin(self) -> None:
        self.window.document.new(BLANK)
        self.texts = [BLANK]
        self.at = 0

    # Steps

    @rule(name=NAMES, at=WHERE, stage=stage, number=st.integers(0))
    def add(self, name: str, at: tuple[float, float], stage: str, number: int) -> None:
        places = self._places()
        source = places[number % len(places)] if places and number % 3 else None
        self.window.editor.quick_add(QuickAdd(source, at, name, stage))
        self._stepped()

    @precondition(lambda self: self._places())
    @rule(one=st.integers(0), other=st.integers(0))
    def connect(self, one: int, other: int) -> None:
        places = self._places()
        self.window.editor.connect_places(places[one % len(places)], places[other % len(places)])
        self._stepped()

    @precondition(lambda self: self._places())
    @rule(number=st.integers(0), at=WHERE)
    def move(self, number: int, at: tuple[float, float]) -> None:
        places = self._places()
        self.window.editor.move(((places[number % len(places)], *at),))
        self._stepped()

    @precondition(lambda self: self._places())
    @rule(number=st.integers(0), name=NAMES)
    def rename(self, number: int, name: str) -> None:
        places = self._places()
        self.window.editor.rename(places[number % len(places)], name)
        self._stepped()

    @precondition(lambda self: self._ways())
    @rule(number=st.integers(0), share=st.floats(0, 9).map(lambda share: round(share, 2)))
    def share(self, number: int, share: float) -> None:
        ways = self._ways()
        self.window.editor.set_share(ways[number % len(ways)], share)
        self._stepped()

    @precondition(lambda self: self._places())
    @rule(number=st.integers(0), more=st.booleans())
    def delete(self, number: int, more: bool) -> None:
        places, ways = self._places(), self._ways()
        chosen = frozenset({places[number % len(places)]})
        self.window.editor.delete(Selection(places=chosen) if more or not ways else Selection(ways=frozenset(ways[:1])))
        self._stepped()

    @precondition(lambda self: 0 < len(self._places()) < 30)
    @rule(number=st.integers(0))
    def duplicate(self, number: int) -> None:
        places = self._places()
        self.window.editor.select(Selection(places=frozenset(places[: 1 + number % 3])))
        self.window.editor.duplicate()
        self._stepped()

    @rule()
    def note(self) -> None:
        self.window.editor.add_note()
        self._stepped()

    @precondition(lambda self: self._places())
    @rule()
    def tidy(self) -> None:
        self.window.editor.tidy()
        self._stepped()

    @precondition(lambda self: len(self.window.document.arms) < 3)
    @rule()
    def add_arm(self) -> None:
        self.window.document.add_arm("Arm")
        self._stepped()

    @rule(number=st.integers(0))
    def select_arm(self, number: int) -> None:
        arms = [None, *(str(arm["id"]) for arm in self.window.document.arms)]
        self.window.document.select_arm(arms[number % len(arms)])

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.window.commands["undo"].trigger()
            self.at = max(self.at - 1, 0)

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.window.commands["redo"].trigger()
            self.at = min(self.at + 1, len(self.texts) - 1)

    @invariant()
    def all_say_the_same(self) -> None:
        document = self.window.document
        journey = document.journey
        shown = frozenset(journey.places), frozenset(journey.ways), frozenset(journey.notes)
        assert document.text == self.texts[self.at]
        assert self.window.canvas.shown() == shown
        assert self.window.table.shown() == shown[:2]
        selected, in_table = self.window.editor.selection, self.window.table.selected
        assert self.window.canvas.selected == selected
        assert (in_table.places, in_table.ways) == (selected.places, selected.ways)
        if self.at == 0:
            assert document.text == BLANK
            assert not document.is_dirty

    def _stepped(self) -> None:
        text = self.window.document.text
        if text != self.texts[self.at]:
            self.texts = [*self.texts[: self.at + 1], text]
            self.at += 1

    def _places(self) -> list[str]:
        return [place.id for place in self.window.document.journey.places]

    def _ways(self) -> list[str]:
        return [way.key for way in self.window.document.journey.ways]


@pytest.mark.parametrize("walks", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_five_hundred_steps_keep_document_canvas_and_table_equal(open_window: Open, qtbot: QtBot, walks: int) -> None:
    Walk.window = open_window()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=walks, stateful_step_count=500, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    del Walk.window
