"""Faults that once passed all tests, put in one at a time."""

from dataclasses import dataclass

from tests.mutation.faults import ROOT, Fault


@dataclass(frozen=True)
class Named:
    """A fault by what it says."""

    name: str
    path: str
    before: str
    """stands there once"""
    after: str


NAMED = (
    Named(
        "responded and opted out swapped",
        "sim/outcomes/messages.py",
        'COUNTED = ("sent", "delivered", "opened", "responded", "opted_out")',
        'COUNTED = ("sent", "delivered", "opened", "opted_out", "responded")',
    ),
    Named(
        "everybody is treated",
        "sim/outcomes/groups.py",
        "Group(TREATED, history, arrived & ~held, None)",
        "Group(TREATED, history, arrived, None)",
    ),
    Named(
        "the channel's cost forgotten where a message is sent",
        "sim/engine/brand/sending.py",
        "rule, pair, time, tables.action_cost[action] + tables.channel_cost[channel])",
        "rule, pair, time, tables.action_cost[action])",
    ),
    Named(
        "the channels' cost forgotten in the run's",
        "sim/outcomes/money.py",
        "each = customers.contact_cost + customers.message_cost + customers.personal_cost",
        "each = customers.message_cost + customers.personal_cost",
    ),
)


def named_faults() -> list[Fault]:
    """These faults; fails where a source no longer says what one of them changes."""
    return [_fault(named) for named in NAMED]


def _fault(named: Named) -> Fault:
    source = (ROOT / named.path).read_bytes()
    before = named.before.encode()
    assert source.count(before) == 1, f"{named.path} says {source.count(before)} times: {named.before}"
    start = source.index(before)
    line = source[:start].count(b"\n") + 1
    return Fault(named.path, "", line, named.name, start, start + len(before), named.before, named.after, 0)
