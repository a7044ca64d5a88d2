"""What the brand does with one customer: rules under way, sends, responses (model 10.4 to 10.6)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .agenda import OCCASION_OR_SEND, SEND, Due
from .checks import channel_to_send_on, passes_on_site
from .conditions import all_hold
from .influence import FATIGUE_HALVES_IN, NUDGE_HALVES_IN, Fading, Offers
from .playbook import Play
from .sends import send, show

if TYPE_CHECKING:
    from .customer import Customer

REASONS = (
    "holdout",
    "stopped",
    "not-there",
    "opted-out",
    "not-linked",
    "cooldown",
    "conflict",
    "capped",
    "quiet",
)


@dataclass(eq=False)
class Sequence:
    """What a rule does after one occasion (model 10.6)."""

    play: Play
    seen_on: str | None
    """the channel on which the occasion was seen"""
    step: int = 0
    """place, among the action's channels, of the one that is next"""
    begun: bool = False
    """whether a message of it was sent"""
    first_due: float = 0.0
    """when the send that is outstanding fell due for the first time"""
    due: Due | None = None


@dataclass(frozen=True)
class Sent:
    """A message that was sent."""

    time: float
    channel: str
    sequence: Sequence


class Brand:
    """What there is between the brand and one customer."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.playbook = customer.world.playbook
        self.fatigue = Fading(FATIGUE_HALVES_IN)
        self.nudge = Fading(NUDGE_HALVES_IN)
        self.offers = Offers(self.playbook.actions)
        self.accepts = dict(customer.person.opted_in)
        self.under_way: dict[int, Sequence] = {}
        """by place of the rule"""
        self.last_begun: dict[int, float] = {}
        """when each rule last sent the first message of a sequence, by its place"""
        self.sent: list[Sent] = []
        """messages, not what was shown on site"""
        self.sends: dict[tuple[str, str], int] = defaultdict(int)
        """of each action on each channel"""
        self.messages = 0
        """delivered"""
        self.responses = 0

    def note(self, event: str, play: Play, channel: str | None, value: float | None = None) -> None:
        touchpoint = self.customer.visit.touchpoint
        number = self.customer.person.number
        self.customer.world.log.add(number, event, touchpoint, channel, value, play.action.id, play.id)

    def remember(self, sequence: Sequence, channel: str) -> None:
        self.sent.append(Sent(self.customer.now, channel, sequence))

    def rule_out(self, reason: str, play: Play, channel: str | None) -> None:
        self.note("ruled_out", play, channel, float(REASONS.index(reason)))

    # 10.4

    def occasion(self, play: Play, seen_on: str | None) -> None:
        sequence = self.started(play, seen_on)
        if sequence is None:
            return
        if play.on_site and not play.delay:
            self.send_is_due(sequence)
        else:
            self.fall_due(sequence, self.customer.now + play.delay)

    def started(self, play: Play, seen_on: str | None) -> Sequence | None:
        """The sequence that the occasion starts, if it starts one."""
        if self.customer.person.holdout:
            if all_hold(self.customer, play.conditions):
                self.rule_out("holdout", play, None)
            return None
        if play.place in self.under_way or not all_hold(self.customer, play.conditions):
            return None
        self.under_way[play.place] = Sequence(play, seen_on)
        return self.under_way[play.place]

    # 10.5

    def fall_due(self, sequence: Sequence, time: float) -> None:
        """For the first time; `put_off` for another."""
        sequence.first_due = time
        self.put_off(sequence, time)

    def put_off(self, sequence: Sequence, time: float) -> None:
        first_due = sequence.first_due if self.playbook.capped == "hold" else 0.0
        place = (first_due, -sequence.play.priority, sequence.play.place, SEND)
        due = Due(time, OCCASION_OR_SEND, place, lambda: self.send_is_due(sequence))
        sequence.due = self.customer.agenda.add(due)

    def send_is_due(self, sequence: Sequence) -> None:
        sequence.due = None
        if sequence.play.on_site:
            if passes_on_site(self, sequence):
                show(self, sequence)
            self.end(sequence)
            return
        channel = channel_to_send_on(self, sequence)
        if channel is not None:
            send(self, sequence, channel)
            self.go_on(sequence)
        elif sequence.due is None:
            self.end(sequence)

    # 10.6

    def go_on(self, sequence: Sequence) -> None:
        """Have the message just sent followed by one on the next channel."""
        support_after = sequence.play.action.support_after
        sequence.step += 1
        if support_after is not None and sequence.step < len(sequence.play.channels):
            self.fall_due(sequence, self.customer.now + support_after)
        else:
            self.end(sequence)

    def end(self, sequence: Sequence) -> None:
        if self.under_way.get(sequence.play.place) is sequence:
            del self.under_way[sequence.play.place]
            self.customer.agenda.cancel(sequence.due)

    def respond(self, sequence: Sequence, channel: str) -> None:
        """A response happens at the present time."""
        action = sequence.play.action
        self.responses += 1
        self.end(sequence)
        if action.leads_to in self.customer.world.journey.touchpoints:
            self.note("responded", sequence.play, channel, 1.0)
            self.customer.enter(action.leads_to)
            return
        self.push(sequence.play)
        changed = self.customer.choose_again()
        self.note("responded", sequence.play, channel, 1.0 if changed else 0.0)

    def push(self, play: Play) -> None:
        """The nudge that a response gives."""
        now, nudge = self.customer.now, play.action.nudge
        self.nudge.becomes(max(self.nudge.at(now), 1.0 if nudge is None else nudge), now)
