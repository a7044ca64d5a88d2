"""The windows beside the journey's, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from app.desktop.commands.command import Command
from app.desktop.document import Document
from app.desktop.frame.messages import Messages
from app.desktop.looks.theme import Appearance
from app.desktop.simulation import Simulation
from sim.scenario import edit

if TYPE_CHECKING:
    from app.desktop.studies.customer_story import StoryWindow
    from app.desktop.studies.lift import LiftWindow
    from app.desktop.studies.limit_costs import LimitsWindow
    from app.desktop.studies.money import MoneyWindow
    from app.desktop.studies.pain_points import PainPointsWindow
    from app.desktop.studies.scores import ScoresWindow
    from app.desktop.studies.staffing import StaffingWindow
    from app.desktop.studies.study import Study
    from app.desktop.studies.table_of_run import TableOfRun
    from app.desktop.studies.watching import WatchingWindow
    from app.desktop.studies.who_is_who import WhoIsWhoWindow


Looking = TypeVar("Looking", bound="TableOfRun")


class Studies(QObject):
    """Opens them, and closes them with the window."""

    def __init__(
        self,
        frame: QMainWindow,
        appearance: Appearance,
        document: Document,
        simulation: Simulation,
        messages: Messages,
        go_to: Callable[[str], object],
    ) -> None:
        """None is there yet; `go_to` shows what an address is about."""
        super().__init__(frame)
        self._frame, self._appearance = frame, appearance
        self._document, self._simulation, self._messages = document, simulation, messages
        self._go_to = go_to
        self.who_is_who: WhoIsWhoWindow | None = None
        self.story: StoryWindow | None = None
        self.limits: LimitsWindow | None = None
        self.pains: PainPointsWindow | None = None
        self.lift: LiftWindow | None = None
        self.watching: WatchingWindow | None = None
        self.staffing: StaffingWindow | None = None
        self.money: MoneyWindow | None = None
        self.scores: ScoresWindow | None = None

    def commands(self) -> list[Command]:
        """What the menus have of this."""
        return [
            Command(
                "who-is-who",
                "Analyse",
                "Who is who …",
                self.show_who_is_who,
                "",
                "How well the brand recognizes customers, and what it takes one customer for",
            ),
            Command(
                "story",
                "Analyse",
                "A customer's story …",
                self.show_story,
                "",
                "What happened to a customer of the run that is shown, and why the brand did what it did",
            ),
            Command(
                "limit-costs",
                "Analyse",
                "What limits cost …",
                self.show_limit_costs,
                "",
                "What each cap, quiet hour, condition and rule on the way to an action costs, in the run that is shown",
            ),
            Command(
                "pain-points",
                "Analyse",
                "Pain points …",
                self.show_pain_points,
                "",
                "What makes the journey hard for customers, and what relieving each of it would bring",
            ),
            Command(
                "lift",
                "Analyse",
                "What optimising brings …",
                self.show_lift,
                "",
                "How many more messages are opened or responded to because they are optimised, beside what it seems",
            ),
            Command(
                "what-to-watch",
                "Analyse",
                "What to watch …",
                self.show_what_to_watch,
                "",
                "Whether scores still come true in the run that is shown, and as many respond as expected",
            ),
            Command(
                "how-many-agents",
                "Analyse",
                "How many agents …",
                self.show_how_many_agents,
                "",
                "How many agents a desk needs in each half hour, by the run that is shown and Erlang's formulas",
            ),
            Command(
                "profit-and-loss",
                "Analyse",
                "Profit and loss …",
                self.show_profit_and_loss,
                "",
                "What the run that is shown earns and spends in each month, and what an arm is worth against another",
            ),
            Command(
                "train-scores",
                "Analyse",
                "Train scores …",
                self.show_scores,
                "",
                "Fit a score, or what actions bring, to a pilot of this journey, and put it into the journey",
            ),
        ]

    def show_who_is_who(self) -> None:
        """Find out who is who in the journey as it stands."""
        from app.desktop.studies.who_is_who import WhoIsWhoWindow
        from sim.scenario import ScenarioError, variants

        reading = self._document.reading
        try:
            arms = variants(reading.file) if reading.file is not None else ()
        except ScenarioError as error:
            self._messages.say("study", str(error), "error")
            return
        if not arms:
            self._messages.say("study", "This journey has errors; see Findings for what to mend first.", "error")
            return
        if self.who_is_who is None:
            self.who_is_who = WhoIsWhoWindow(self._appearance, self._frame)
        self._open(self.who_is_who)
        self.who_is_who.look_at(arms)

    def show_story(self) -> None:
        """Tell a customer's story from the run that is shown."""
        from app.desktop.studies.customer_story import StoryWindow

        simulation = self._simulation
        if self.story is None:
            self.story = StoryWindow(self._appearance, simulation.runner.db, self._frame)
        self._open(self.story)
        self.story.tell_of(simulation.run, simulation.results)

    def show_limit_costs(self) -> None:
        """Offer to find out what limits cost in the run that is shown."""
        from app.desktop.studies.limit_costs import LimitsWindow

        self.limits = self._look_into_run(self.limits, LimitsWindow)

    def show_pain_points(self) -> None:
        """Offer to find the pain points of the run that is shown."""
        from app.desktop.studies.pain_points import PainPointsWindow

        new = self.pains is None
        self.pains = self._look_into_run(self.pains, PainPointsWindow)
        if new:
            self.pains.pointed.connect(self._go_to)

    def show_lift(self) -> None:
        """Offer to find out what optimising brings in the run that is shown."""
        from app.desktop.studies.lift import LiftWindow

        self.lift = self._look_into_run(self.lift, LiftWindow)

    def show_what_to_watch(self) -> None:
        """Tell whether scores still come true in the run that is shown."""
        from app.desktop.studies.watching import WatchingWindow

        self.watching = self._look_into_run(self.watching, WatchingWindow)

    def show_how_many_agents(self) -> None:
        """Offer to find out how many agents a desk of the run that is shown needs."""
        from app.desktop.studies.staffing import StaffingWindow

        self.staffing = self._look_into_run(self.staffing, StaffingWindow)

    def show_profit_and_loss(self) -> None:
        """Offer the profit and loss of the run that is shown."""
        from app.desktop.studies.money import MoneyWindow

        self.money = self._look_into_run(self.money, MoneyWindow)

    def show_scores(self) -> None:
        """Offer to train scores for the journey as it stands."""
        from app.desktop.studies.scores import ScoresWindow

        if self.scores is None:
            self.scores = ScoresWindow(self._appearance, self._take_scores, self._frame)
        self._open(self.scores)
        file = self._document.reading.file
        self.scores.train_for(file.scenario if file is not None else None)

    def _take_scores(self, changes: dict[str, Any]) -> None:
        """Put scores or gains, by address, into the journey, in one step."""
        names = " and ".join(address.removeprefix("scores.") for address in changes)
        self._document.apply(f"Add {names}", lambda text: edit(text, changes))

    def close(self) -> None:
        """Close them, and end what they are at."""
        for window in (
            self.who_is_who,
            self.story,
            self.limits,
            self.pains,
            self.lift,
            self.watching,
            self.staffing,
            self.money,
            self.scores,
        ):
            if window is not None:
                window.close()

    def _look_into_run(self, there: Looking | None, kind: type[Looking]) -> Looking:
        """The window that is there, or a new one, asked of the run that is shown."""
        window = there or kind(self._appearance, self._simulation.runner.db, self._frame)
        self._open(window)
        window.ask_of(self._simulation.run, self._simulation.results)
        return window

    def _open(self, window: Study) -> None:
        window.show()
        window.raise_()
        window.activateWindow()
