"""Follows the document while it is edited: asks a process beside the window, shows what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from app.desktop.document import Document
from app.desktop.document.text_reading import tables_in, under_arm
from app.desktop.frame.messages import Messages
from app.desktop.frame.settings import Settings
from app.desktop.jobs.link import Link
from app.desktop.live.baseline import Baselines
from app.processes.live.messages import Answer, Ask, Failed, Loading, Side, Unfit
from app.processes.live.process import work
from app.shown.preparing import preparing

if TYPE_CHECKING:
    from app.desktop.live.answer_reading import AnswerReading
    from app.desktop.live.chart import LiveChart
    from app.desktop.results import ResultsPanel

DIED: Final = "The process that follows the levers ended unexpectedly. It will start again with your next change."
_APART: Final = ("name", "about", "layout", "annotations")
"""What may change without another answer."""


class Live(QObject):
    """Simulates a few customers whenever something is edited; begins with the first lever, and stores nothing."""

    changed = Signal()
    """the words about it, or what can be compared with, are other"""
    shown = Signal()
    """a curve was drawn: a rough one or a whole one"""

    def __init__(
        self, document: Document, panel: ResultsPanel, messages: Messages, settings: Settings, db: Path | None
    ) -> None:
        """Follow that document; answers go into a tab of the panel."""
        super().__init__(panel)
        self._document, self._panel, self._messages, self._settings = document, panel, messages, settings
        self.on = settings.live
        self.baselines = Baselines(document, db, self)
        self.reading: AnswerReading | None = None
        """the last answer"""
        self.words = ""
        """how things stand, in a few words"""
        self._chart: LiveChart | None = None
        self._link: Link | None = None
        self._begun = False
        self._closed = False
        self.asked = 0
        """the number of the last question"""
        self._answered = 0
        """the last question that has its whole answer"""
        self._left = 0
        """the last question about a journey that was left; answers to it come too late"""
        self._of: object = None
        """what was asked about last, and whether that was to be answered at once"""
        self._hurried = False
        document.leaving.connect(self._leave)
        document.changed.connect(self._follow)
        document.file_changed.connect(self.baselines.follow_file)
        self.baselines.changed.connect(self._begin_anew)
        self._say("Ready")

    @property
    def process_id(self) -> int | None:
        """The process that simulates, as the operating system calls it; None while there is none."""
        return self._link.process_id if self._link else None

    @property
    def baseline_tables(self) -> Mapping[str, Any]:
        """What the baseline says, for the marks beside the levers."""
        return _tables(self.baselines.side)

    def switch(self, on: bool) -> None:
        """Follow edits, or no longer."""
        self.on = on
        self._settings.live = on
        if on:
            self.begin()
        else:
            self._say("Off")

    def begin(self) -> None:
        """Make ready what the first answer needs; called when somebody comes to the levers."""
        if self.on and not self._closed:
            self.baselines.begin()
        if self.on and not self._begun and not self._closed:
            self._begun = True
            self._ask(at_once=False)

    def release(self) -> None:
        """A lever was let go: what it says now goes before anything else."""
        self._ask(at_once=True)

    def show_chart(self) -> None:
        """Bring the curves to the front of the results."""
        if self.on:
            self._panel.tabs.setCurrentWidget(self.chart)

    @property
    def chart(self) -> LiveChart:
        """The tab, made when it is first asked for."""
        if self._chart is None:
            from app.desktop.live.chart import LiveChart

            self._chart = LiveChart(self._panel.appearance)
            self._panel.add_live(self._chart)
        return self._chart

    def close(self) -> None:
        """End the process and its workers. Nothing is left behind."""
        self._closed = True
        if self._link is not None:
            self._link.close()
            self._link = None

    def _leave(self) -> None:
        """Forget what was asked and answered about a journey that is left, and what it was compared with."""
        self._left, self._of = self.asked, None
        self.baselines.leave()
        if self.reading is None:
            return
        self.reading = None
        self._panel.forget_live()
        self.chart.forget()
        self._say("Ready")

    # Asking

    def _follow(self) -> None:
        self.baselines.follow_file()  # its own news comes after this
        self._ask(at_once=False)

    def _begin_anew(self) -> None:
        self.changed.emit()
        self._follow()

    def _ask(self, at_once: bool) -> None:
        if not (self.on and self._begun) or self._closed or not self._document.journey.touchpoints:
            return
        baseline, now = self.baselines.side, self._now()
        told = {key: value for key, value in self._document.shown.items() if key not in _APART}
        of = (baseline, now.arm, told)
        if of == self._of and (not at_once or self._hurried or self._answered == self.asked):
            return
        self._of, self._hurried = of, at_once
        self.asked += 1
        self._reach().tell(Ask(self.asked, baseline, now, at_once))

    def _now(self) -> Side:
        document = self._document
        arm = next((each for each in document.arms if each["id"] == document.arm), None)
        name = "Your changes" if arm is None else f"{arm.get('name') or arm['id']} now"
        return Side(document.text, document.path, document.arm, name)

    def _reach(self) -> Link:
        if self._link is None:
            self._link = Link(work, (), "levers", self)
            self._link.heard.connect(self._hear)
            self._link.broken.connect(self._lose)
            self._say("Getting ready …")
        return self._link

    # Hearing

    def _hear(self, news: object) -> None:
        if isinstance(news, Loading):
            self._say(preparing(news.seconds_left))
        elif isinstance(news, Answer):
            self._show(news)
        elif isinstance(news, Unfit) and news.number == self.asked > self._left:
            self._explain(news)
        elif isinstance(news, Failed):
            self._say("Stopped")
            self._messages.say("live", news.words, "error")

    def _show(self, answer: Answer) -> None:
        from app.desktop.live.answer_reading import AnswerReading

        if not self.on or self._closed or answer.number <= self._left:
            return
        arms = [str(arm["id"]) for arm in self._document.arms]
        arm = self._document.arm
        self.reading = AnswerReading(answer, arms.index(arm) if arm in arms else 0)
        if answer.whole:
            self._answered = answer.number
        chart = self.chart
        chart.fade(False)
        chart.say(f"{self.reading.made_of}. {self.reading.caveat}".strip())
        self._panel.show_live(self.reading)
        self._say(f"{answer.seconds:.1f} s" if answer.whole else "…")
        self.shown.emit()

    def _explain(self, news: Unfit) -> None:
        things = "one error" if news.count == 1 else f"{news.count} errors"
        whose = "the baseline" if news.of_baseline else "this journey"
        self._say("Waiting for a journey without errors")
        if self._chart is not None:
            self._chart.fade(True)
            self._chart.say(f"Not simulated: {whose} has {things}. {news.words}")

    def _lose(self) -> None:
        if self._link is not None:
            self._link.deleteLater()
            self._link = None
        self._of = None
        self._say("Stopped")
        self._messages.say("live", DIED, "error", [("Start again", lambda: self._ask(at_once=True))])

    def _say(self, words: str) -> None:
        self.words = words if self.on else "Off"
        self.changed.emit()


@lru_cache(maxsize=2)
def _tables(side: Side) -> Mapping[str, Any]:
    tables = tables_in(side.text, side.path)
    return under_arm(tables, side.arm) if side.arm is not None else tables
