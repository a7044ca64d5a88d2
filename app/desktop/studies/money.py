"""Profit and loss of the run that is shown, by month, and what an arm is worth against another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.desktop.looks.plain import PlainLabel, plain_tip
from app.desktop.looks.theme import GRID, Appearance
from app.desktop.results.choice import Choice
from app.desktop.results.key import Entry, Key
from app.desktop.results.plot import Plot, draw_band
from app.desktop.studies.rows import Rows
from app.desktop.studies.table_of_run import LEAST_NAME, TableOfRun
from app.processes.study.messages import ByDay, ProfitAndLoss, Question, ToldMoney, ToldTable, WhatItDependsOn
from app.shown.colours import ArmStyle, arm_style
from app.shown.money import CASE_HEADS, EVEN_HEADS
from sim.outcomes.calendar import PERIODS
from sim.outcomes.lines import CUMULATED, LINES
from sim.outcomes.needs import NEEDS

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.scenario import Scenario

NO_RUN: Final = "Nothing has been run yet. Press Run (F5), then ask for its profit and loss."
NO_MONEY: Final = "The run that is shown has no money: no goal has a value, and nothing costs anything."
ASK: Final = "What is earned and spent in each month, by cause, and what the arm is worth against another."
COPIED: Final = "The tables are on the clipboard as CSV, with all digits."
_UNIT: Final = 100
"""what the heights of the halves are multiples of; any will do"""
_BY: Final = {"day": "By day", "week": "By week", "month": "By month"}


class MoneyWindow(TableOfRun):
    """A row for each line and a column for each month; the cumulated profit; below, the case against another arm."""

    no_run, no_arm = NO_RUN, NO_MONEY

    def __init__(self, appearance: Appearance, db: Path, parent: QWidget) -> None:
        """Nothing is asked yet; runs are in the store `db`."""
        super().__init__(appearance, db, "Profit and loss", "Profit and loss", parent)
        self._told: ToldMoney | None = None
        self.size_for(1180, 860)
        self.against = Choice("Against", "The arm that it is held against, over the same customers")
        self.against.setMinimumContentsLength(LEAST_NAME)
        self.against.chosen.connect(self._begin)
        self.per = Choice("Periods", "A column for each of them")
        self.per.offer((per, _BY[per], "") for per in reversed(PERIODS))
        self.per.chosen.connect(self._begin)
        self.controls.addWidget(PlainLabel("against"))
        self.controls.addWidget(self.against)
        self.controls.addWidget(self.per)
        self.find = self.find_out_by(self._question, "Simulate the customers of the run, and book each cent")
        self.depends = QPushButton("What it depends on")
        self.depends.setToolTip(
            plain_tip("Make each number that the difference may depend on 10 % lower and higher, in turn")
        )
        self.depends.clicked.connect(self._ask_what_it_depends_on)
        self.copy = QPushButton("Copy as CSV")
        self.copy.setToolTip(plain_tip("Put the tables on the clipboard, for a spreadsheet, with all digits"))
        self.copy.clicked.connect(self._copy)
        self.controls.addWidget(self.depends)
        self.controls.addWidget(self.copy)
        self._lay_out()
        self.restyle()
        self.arm_chosen()

    def _lay_out(self) -> None:
        self.plot = Plot(self.appearance, "Cumulated profit by date")
        self.key = Key(self.appearance, "Cumulated profit: figures of each arm")
        self.case_words = PlainLabel()
        self.case_words.setWordWrap(True)
        self.case_words.setAccessibleName("The business case: the answer")
        self.case = Rows("Difference in profit by period")
        self.even = Rows("Prices at which both are even")
        self.dependence = Rows("What the difference depends on")
        chart = QHBoxLayout()
        chart.setSpacing(GRID)
        chart.addWidget(self.plot, 1)
        chart.addWidget(self.key)
        over_time = QWidget()
        over_time.setLayout(chart)
        self.tabs = QTabWidget()
        self.tabs.addTab(over_time, LINES[CUMULATED].label)
        self.tabs.addTab(self.case, "Business case")
        self.tabs.addTab(self.even, "Break-even")
        self.tabs.addTab(self.dependence, "What it depends on")
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GRID)
        below.addWidget(self.case_words)
        below.addWidget(self.tabs, 1)
        self.below = QWidget()
        self.below.setLayout(below)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.below)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setSizes([3 * _UNIT, 2 * _UNIT])
        self.body.addWidget(halves)

    def restyle(self) -> None:
        """Draw in the theme of now."""
        super().restyle()
        if hasattr(self, "case_words"):
            self.case_words.setFont(self.appearance.theme.font("normal", bold=True))
            self._draw()

    def ask_of(self, run: str | None, results: Results | None) -> None:
        """Offer the arms of that stored run, one that is held against the first rather than the first."""
        super().ask_of(run, results)
        if self._told is None and self.arm.currentIndex() == 0 and self.arm.count() > 1:
            self.arm.setCurrentIndex(1)
            self.arm_chosen()

    def concerns(self, scenario: Scenario) -> bool:
        """Whether anything is earned or spent."""
        return NEEDS["money"].met(scenario)

    def arm_chosen(self) -> None:
        """Offer the other arms of the run."""
        if not hasattr(self, "below"):
            return
        others = [each for each in self.results.variants if each.id != self.arm.current] if self.results else []
        self.against.offer([(each.id, each.name, "") for each in others])
        self._begin()

    def _begin(self) -> None:
        self._show(None)
        self.begin(ASK)
        self.find.setEnabled(bool(self.arm.current))

    def _question(self) -> Question:
        assert self.run is not None
        arm = self.arm.current
        return ProfitAndLoss(self.db, self.run, arm, self.against.current or arm, self.per.currentData())

    def _ask_what_it_depends_on(self) -> None:
        if self.run is not None:
            question = WhatItDependsOn(self.db, self.run, self.arm.current, self.against.current)
            self.ask(question, self._take_what_it_depends_on)

    def take(self, told: ToldMoney | ToldTable) -> None:
        """Show an answer."""
        assert isinstance(told, ToldMoney)
        self._show(told)
        self.answer.setText(told.words)
        self.state.setText(told.how_sure)

    def _take_what_it_depends_on(self, told: ToldTable) -> None:
        self.dependence.show_rows(told.heads, told.rows)
        self.tabs.setTabVisible(self.tabs.indexOf(self.dependence), bool(told.rows))
        self.tabs.setCurrentWidget(self.dependence)
        self.state.setText(f"{told.words} {told.how_sure}".strip())

    def _show(self, told: ToldMoney | None) -> None:
        self._told = told
        self.below.setVisible(told is not None)
        self.table.setVisible(told is not None)
        self.copy.setEnabled(told is not None)
        self.depends.setEnabled(bool(told and told.case))
        self.table.show_rows(told.heads if told else (), told.rows if told else ())
        # Of many months the names of the lines must not be squeezed out.
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.resizeRowsToContents()
        self.case_words.setText(told.case_words if told else "")
        self.case_words.setVisible(bool(told and told.case_words))
        self.case.show_rows(CASE_HEADS, told.case if told else ())
        self.even.show_rows(EVEN_HEADS, told.even if told else ())
        for table in (self.case, self.even):
            self.tabs.setTabVisible(self.tabs.indexOf(table), bool(told and told.case))
        self.tabs.setTabVisible(self.tabs.indexOf(self.dependence), False)
        self._draw()

    def _draw(self) -> None:
        self.plot.clear_items()
        told, label = self._told, LINES[CUMULATED].label
        self.plot.dress("", f"{label} ({told.currency})" if told and told.currency else label, label)
        if told is None or self.results is None:
            return
        self.plot.across.start = told.start
        arms = zip((self.arm, self.against), told.cumulated, strict=False)  # there may be no other arm
        shown = [(choice.currentText(), self._style(choice.current), run) for choice, run in arms]
        for _, style, run in reversed(shown):
            parts = tuple(np.array(part) for part in (run.mean, run.low, run.high))
            draw_band(self.plot, np.arange(len(run.mean)), parts, style)
        entries = tuple(Entry(name, style, (_ends(run, told.currency),)) for name, style, run in shown)
        self.key.show_entries("At the end, 95 % interval of the mean", entries)
        self.plot.setAccessibleDescription("; ".join(f"{name}: {_ends(run, told.currency)}" for name, _, run in shown))

    def _style(self, arm: str) -> ArmStyle:
        ids = [each.id for each in self.results.variants] if self.results else []
        return arm_style(ids.index(arm), self.appearance.theme.dark)

    def _copy(self) -> None:
        if self._told is not None:
            QGuiApplication.clipboard().setText(self._told.csv)
            self.state.setText(COPIED)


def _ends(run: ByDay, currency: str) -> str:
    """The last day's amount, with its interval where there is one."""
    mean, low, high = (part[-1] for part in (run.mean, run.low, run.high))
    told = f"{mean:z,.0f} {currency}".strip()
    return told if np.isnan(low) else f"{told} [{low:z,.0f}, {high:z,.0f}]"
