"""What the brand does with one customer: rules under way, sends, responses (model 10.4 to 10.6, 16, 17)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.orchestration import Action

from .agenda import FIRING_OR_SEND, SEND, Due
from .checks import begins_anew, channel_next, channel_to_send_on, is_without, passes_on_site
from .conditions import all_hold
from .eligibility import Eligibility
from .influence import FATIGUE_HALVES_IN, NUDGE_HALVES_IN, Fading, Offers
from .learning import Try
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
    "budget",
    "unavailable",
    "without",
    "nothing-chosen",
    "other-hour",
)


@dataclass(eq=False)
class Sequence:
    """What a rule does after one firing (model 10.6)."""

    play: Play
    seen_on: str | None
    """the channel on which the firing was seen"""
    number: int
    """how many sequences of the rule there were before, for this customer"""
    action: str
    """the one taken; the rule's own before a choice"""
    planned: bool
    """whether its send is (model 17); not once it was put off, nor for those who arrive after their batch"""
    entered_without: int = 0
    """how often the touchpoint that the rule is `without` had been entered at the firing"""
    step: int = 0
    """index, among the action's channels, of the one that is next"""
    begun: bool = False
    """whether a message of it was sent"""
    had_its_hour: bool = False
    """whether the message that is next was put off to the customer's best hour (model 33)"""
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
        self.offers = Offers(lambda: customer.world.actions)
        self.accepts = dict(customer.person.opted_in)
        self.under_way: dict[int, Sequence] = {}
        """by index of the rule"""
        self.sequences: dict[int, int] = defaultdict(int)
        """begun so far, by index of the rule"""
        self.budget_checks: dict[int, int] = defaultdict(int)
        """so far, by index of the rule"""
        self.last_begun: dict[int, float] = {}
        """when each rule last sent the first message of a sequence, by its index"""
        self.sent: list[Sent] = []
        """messages, not what was shown on site nor what is transactional"""
        self.sends: dict[tuple[str, str], int] = defaultdict(int)
        """of each action on each channel"""
        self.messages = 0
        """delivered, but for transactional ones"""
        self.responses = 0
        self.eligibility = Eligibility()

    def action(self, sequence: Sequence) -> Action:
        """The action taken, as it is at present."""
        return self.customer.world.actions[sequence.action]

    def channels(self, sequence: Sequence) -> tuple[str, ...]:
        """Those of the action taken."""
        return self.playbook.channels[sequence.action]

    def note(self, event: str, play: Play, action: str | None, channel: str | None, value: float | None = None) -> None:
        touchpoint = self.customer.visit.touchpoint
        number = self.customer.person.number
        self.customer.world.log.add(number, event, touchpoint, channel, value, action, play.id)

    def remember(self, sequence: Sequence, channel: str) -> None:
        self.sent.append(Sent(self.customer.now, channel, sequence))

    def rule_out(self, reason: str, play: Play, action: str, channel: str | None) -> None:
        self.eligibility.come(action, reason)
        self.note("ruled_out", play, action, channel, float(REASONS.index(reason)))

    # 10.4

    def fire(self, play: Play, seen_on: str | None) -> None:
        sequence = self.started(play, seen_on)
        if sequence is None:
            return
        if play.on_site and not play.delay:
            self.send_is_due(sequence)
        else:
            self.fall_due(sequence, self.customer.now + play.delay)

    def fire_in_batch(self, play: Play) -> None:
        """A firing of a batch: its send is checked at once and in full (model 17)."""
        sequence = self.started(play, None)
        if sequence is not None:
            sequence.first_due = self.customer.now
            self.send_is_due(sequence)

    def started(self, play: Play, seen_on: str | None) -> Sequence | None:
        """The sequence that the firing starts, if it starts one."""
        if self.customer.world.is_off(play):
            return None
        self.end_without(play)
        if play.index in self.under_way:
            return None
        if not all_hold(self.customer, play.conditions):
            self.eligibility.come(play.action.id, "condition")
            return None
        if self.customer.person.holdout and not play.transactional:
            self.rule_out("holdout", play, play.action.id, None)
            return None
        number = self.sequences[play.index]
        self.sequences[play.index] += 1
        planned = play.planned and self.customer.now > self.customer.person.arrival
        entered = self.customer.visits[play.when.without] if play.when.without else 0
        self.under_way[play.index] = Sequence(play, seen_on, number, play.action.id, planned, entered)
        return self.under_way[play.index]

    def end_without(self, play: Play) -> None:
        """End what is under way where the rule's `without` was entered since."""
        sequence = self.under_way.get(play.index)
        if sequence is None or not is_without(self, sequence):
            return
        if begins_anew(self, sequence):
            sequence.action, sequence.step = play.action.id, 0
        channel = self.customer.visit.channel if play.on_site else channel_next(self, sequence)
        self.rule_out("without", play, sequence.action, channel)
        self.end(sequence)

    # 10.5

    def fall_due(self, sequence: Sequence, time: float) -> None:
        """For the first time; `put_off` for another."""
        sequence.first_due = time
        self.wait_until(sequence, time)

    def put_off(self, sequence: Sequence, time: float) -> None:
        sequence.planned = False
        self.wait_until(sequence, time)

    def wait_until(self, sequence: Sequence, time: float) -> None:
        first_due = sequence.first_due if self.playbook.capped == "hold" else 0.0
        order = (first_due, -sequence.play.priority, sequence.play.index, SEND)
        due = Due(time, FIRING_OR_SEND, order, lambda: self.send_is_due(sequence))
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
        support_after = self.action(sequence).support_after
        sequence.step += 1
        sequence.planned = sequence.had_its_hour = False
        if support_after is not None and sequence.step < len(self.channels(sequence)):
            self.fall_due(sequence, self.customer.now + support_after)
        else:
            self.end(sequence)

    def nothing_more(self, step: str) -> None:
        """Nothing more happens: who waits for the first send of a sequence stands on that step."""
        for sequence in self.under_way.values():
            if not sequence.begun:
                self.eligibility.come(sequence.play.action.id, step)

    def end(self, sequence: Sequence) -> None:
        if self.under_way.get(sequence.play.index) is sequence:
            del self.under_way[sequence.play.index]
            self.customer.agenda.cancel(sequence.due)

    def respond(self, sequence: Sequence, channel: str, attempt: Try | None, known: str | None) -> None:
        """A response happens at the present time; `known`: how well the customer was when the message was sent."""
        action = self.action(sequence)
        message = None if sequence.play.on_site or sequence.play.transactional else action.id
        self.count_response(attempt, channel, message)
        if known is not None:
            self.customer.world.log.books["known", self.customer.person.segment, known, "responded"] += 1
        self.end(sequence)
        if action.leads_to in self.customer.world.journey.touchpoints:
            self.note("responded", sequence.play, action.id, channel, 1.0)
            self.bring_to(action.leads_to)
            self.customer.enter(action.leads_to)
            return
        self.push(action)
        changed = self.customer.choose_again()
        self.note("responded", sequence.play, action.id, channel, 1.0 if changed else 0.0)

    def bring_to(self, touchpoint: str) -> None:
        """Count an entry that a response leads to."""
        self.customer.world.log.books["brought", self.customer.person.segment, touchpoint] += 1

    def count_response(self, attempt: Try | None, channel: str | None, message: str | None = None) -> None:
        self.responses += 1
        self.customer.noted.note("responses", channel, action=message)
        if attempt is not None:
            attempt.responded = self.customer.now

    def push(self, action: Action) -> None:
        """The nudge that a response gives."""
        now, nudge = self.customer.now, action.nudge
        self.nudge.becomes(max(self.nudge.at(now), 1.0 if nudge is None else nudge), now)
