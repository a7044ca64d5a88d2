"""Hundreds of steps at random, undone and redone: document, canvas and table always say the same."""

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
        touchpoints = self._touchpoints()
        source = touchpoints[number % len(touchpoints)] if touchpoints and number % 3 else None
        self.window.editor.quick_add(QuickAdd(source, at, name, stage))
        self._stepped()

    @precondition(lambda self: self._touchpoints())
    @rule(one=st.integers(0), other=st.integers(0))
    def connect(self, one: int, other: int) -> None:
        touchpoints = self._touchpoints()
        self.window.editor.connect_touchpoints(
            touchpoints[one % len(touchpoints)], touchpoints[other % len(touchpoints)]
        )
        self._stepped()

    @precondition(lambda self: self._touchpoints())
    @rule(number=st.integers(0), at=WHERE)
    def move(self, number: int, at: tuple[float, float]) -> None:
        touchpoints = self._touchpoints()
        self.window.editor.move(((touchpoints[number % len(touchpoints)], *at),))
        self._stepped()

    @precondition(lambda self: self._touchpoints())
    @rule(number=st.integers(0), name=NAMES)
    def rename(self, number: int, name: str) -> None:
        touchpoints = self._touchpoints()
        self.window.editor.rename(touchpoints[number % len(touchpoints)], name)
        self._stepped()

    @precondition(lambda self: self._transitions())
    @rule(number=st.integers(0), share=st.floats(0, 9).map(lambda share: round(share, 2)))
    def share(self, number: int, share: float) -> None:
        transitions = self._transitions()
        self.window.editor.set_share(transitions[number % len(transitions)], share)
        self._stepped()

    @precondition(lambda self: self._touchpoints())
    @rule(number=st.integers(0), more=st.booleans())
    def delete(self, number: int, more: bool) -> None:
        touchpoints, transitions = self._touchpoints(), self._transitions()
        chosen = frozenset({touchpoints[number % len(touchpoints)]})
        self.window.editor.delete(
            Selection(touchpoints=chosen)
            if more or not transitions
            else Selection(transitions=frozenset(transitions[:1]))
        )
        self._stepped()

    @precondition(lambda self: 0 < len(self._touchpoints()) < 30)
    @rule(number=st.integers(0))
    def duplicate(self, number: int) -> None:
        touchpoints = self._touchpoints()
        self.window.editor.select(Selection(touchpoints=frozenset(touchpoints[: 1 + number % 3])))
        self.window.editor.duplicate()
        self._stepped()

    @rule()
    def note(self) -> None:
        self.window.editor.add_note()
        self._stepped()

    @precondition(lambda self: self._touchpoints())
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
        shown = frozenset(journey.touchpoints), frozenset(journey.transitions), frozenset(journey.notes)
        assert document.text == self.texts[self.at]
        assert self.window.canvas.shown() == shown
        assert self.window.table.shown() == shown[:2]
        selected, in_table = self.window.editor.selection, self.window.table.selected
        assert self.window.canvas.selected == selected
        assert (in_table.touchpoints, in_table.transitions) == (selected.touchpoints, selected.transitions)
        if self.at == 0:
            assert document.text == BLANK
            assert not document.is_dirty

    def _stepped(self) -> None:
        text = self.window.document.text
        if text != self.texts[self.at]:
            self.texts = [*self.texts[: self.at + 1], text]
            self.at += 1

    def _touchpoints(self) -> list[str]:
        return [touchpoint.id for touchpoint in self.window.document.journey.touchpoints]

    def _transitions(self) -> list[str]:
        return [transition.key for transition in self.window.document.journey.transitions]


@pytest.mark.parametrize(("walks", "steps"), [(3, 80), pytest.param(10, 500, marks=pytest.mark.slow)])
def test_steps_at_random_keep_document_canvas_and_table_equal(
    open_window: Open, qtbot: QtBot, walks: int, steps: int
) -> None:
    """The first walk is Hypothesis's simplest, one step again and again; the others are at random."""
    Walk.window = open_window()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=walks, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    del Walk.window
