"""When the triggers of the rules fire for a customer (model 10.4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from .agenda import FIRING, FIRING_OR_SEND, Due
from .conditions import answer, score
from .playbook import Play

if TYPE_CHECKING:
    from .customer import Customer, Visit


class Triggers:
    """The firings of one customer."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.playbook = customer.world.playbook
        self.waiting: dict[int, Due] = {}
        """wait after entering, by index of the rule"""
        self.idling: list[Due] = []
        self.counted: set[int] = set()
        """indices of the rules whose count was reached"""
        self.scored: set[int] = set()
        """indices of the rules whose score was past its limit after the previous choice"""

    def begin(self) -> None:
        """Set the firings that come by the calendar, for whoever has arrived by then."""
        for play in self.playbook.plays:
            if play.by_calendar and not (play.planned and self.playbook.in_batches):
                self.by_calendar(play, self.playbook.times(play))
            elif play.by_calendar:
                # Under a budget, planned sends come in batches of all who have arrived (model 17); a batch is over
                # when those who arrive at its very time do, and they have the firing on their own (10.4).
                arrival = self.customer.person.arrival
                times = takewhile(arrival.__ge__, self.playbook.times(play))
                self.by_calendar(play, (time for time in times if time == arrival))

    def by_calendar(self, play: Play, times: Iterator[float]) -> None:
        time = next((time for time in times if time >= self.customer.person.arrival), None)
        if time is None:
            return

        def happen() -> None:
            self.by_calendar(play, times)
            self.customer.brand.fire(play, None)

        self.customer.agenda.add(Due(time, FIRING_OR_SEND, self.order(play, time), happen))

    def entered(self, visit: Visit) -> None:
        """Begin and end the waits for `after`."""
        for play in self.playbook.plays:
            when = play.when
            if when.entered == visit.touchpoint and when.after is not None:
                self.customer.agenda.cancel(self.waiting.pop(play.index, None))
                self.waiting[play.index] = self.firing_at(self.customer.now + when.after, play, visit.channel)
            elif when.without == visit.touchpoint:
                self.customer.agenda.cancel(self.waiting.pop(play.index, None))

    def own_event(self, at_desk: bool) -> None:
        """Begin the wait for `idle` anew."""
        for due in self.idling:
            self.customer.agenda.cancel(due)
        self.idling = []
        if not at_desk:
            for play in self.playbook.plays:
                if play.when.idle is not None:
                    self.idling.append(self.firing_at(self.customer.now + play.when.idle, play, None))

    def asked(self, visit: Visit) -> None:
        """After asking at a desk: `entered`."""
        self.at_once([play for play in self.playbook.plays if self.is_entry(play, visit)], visit)

    def chosen(self, visit: Visit, at_desk: bool) -> None:
        """After the choice: `entered` where there was no desk, `count` and `score`."""
        self.at_once(
            [
                play
                for play in self.playbook.plays
                if (self.is_entry(play, visit) and not at_desk) or self.reaches_count(play) or self.passes_score(play)
            ],
            visit,
        )

    def at_once(self, plays: list[Play], visit: Visit) -> None:
        """The firings of one step come right after it, in the third order of model 11."""
        for play in sorted(plays, key=lambda play: self.order(play, self.customer.now)):
            self.customer.brand.fire(play, visit.channel)

    def is_entry(self, play: Play, visit: Visit) -> bool:
        return play.when.entered == visit.touchpoint and play.when.after is None

    def reaches_count(self, play: Play) -> bool:
        """Whether it does for the first time."""
        when = play.when
        if when.count is None or play.index in self.counted or answer(self.customer, when.count) < (when.reaches or 0):
            return False
        self.counted.add(play.index)
        return True

    def passes_score(self, play: Play) -> bool:
        """Whether the score is past its limit, and was not after the previous choice."""
        if play.when.score is None:
            return False
        before = play.index in self.scored
        self.scored.discard(play.index)
        if self.past_its_limit(play):
            self.scored.add(play.index)
        return play.index in self.scored and not before

    def past_its_limit(self, play: Play) -> bool:
        when = play.when
        assert when.score is not None
        value = score(self.customer, when.score)
        return (when.above is None or value > when.above) and (when.below is None or value < when.below)

    def firing_at(self, time: float, play: Play, seen_on: str | None) -> Due:
        return self.customer.agenda.add(
            Due(
                time,
                FIRING_OR_SEND,
                self.order(play, time),
                lambda: self.customer.brand.fire(play, seen_on),
            )
        )

    def order(self, play: Play, time: float) -> tuple[float, ...]:
        first_due = time if self.playbook.capped == "hold" else 0.0
        return (first_due, -play.priority, play.index, FIRING)
