"""Whether enough is known of what a customer opens and responds to, and what becomes of messages by that (model 33)."""

from sim.compiling.compiled import compiled
from sim.engine.customer.mixed import answer_cell
from sim.engine.customer.profile import MESSAGE, listen, recall_answers
from sim.engine.memory.history import KNOWN
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables

_OPTIMISED, _CONTROL, _LITTLE_KNOWN = (KNOWN.index(name) for name in ("optimised", "control", "little-known"))
_DELIVERED, _OPENED, _RESPONDED = range(3)


@compiled
def knows_hours(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> bool:
    """Whether enough is known of when customer i opens on a channel, which then stands in `lane.heard_now`."""
    return messages_on(tables, lane, i, channel, time) >= tables.optimise_from


@compiled
def knows_channels(tables: Tables, lane: Lane, i: int, action: int, time: float) -> bool:
    """Whether enough is known of what customer i opens on all channels of an action together."""
    total = 0
    for pair in range(tables.pair_first[action], tables.pair_first[action + 1]):
        total += messages_on(tables, lane, i, tables.pair_channel[pair], time)
    return total >= tables.optimise_from


@compiled
def knows_content(tables: Tables, lane: Lane, i: int, time: float) -> bool:
    """Whether enough is known of what content customer i responds to, which then stands in `lane.answered_now`."""
    recall_answers(tables, lane, i, time)
    total = 0
    for action in range(tables.action_described.shape[0]):
        if tables.action_described[action]:
            total += lane.answered_now[answer_cell(action, MESSAGE)]
    return total >= tables.optimise_from


@compiled
def messages_on(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> int:
    """The messages on a channel that customer i's profile holds, which then stand in `lane.heard_now`."""
    listen(tables, lane, i, channel, time)
    total = 0
    for k in range(lane.heard_now.shape[0]):
        total += lane.heard_now[k]
    return total


@compiled
def has_several(tables: Tables, action: int, begun: int) -> bool:
    """Whether the channel of a message is chosen where enough is known: the first one, of several channels."""
    return bool(
        tables.optimises_channel
        and not begun
        and not tables.action_transactional[action]
        and tables.pair_first[action + 1] - tables.pair_first[action] > 1
    )


@compiled
def has_variants(tables: Tables, rule: int, begun: int) -> bool:
    """Whether the action of a message goes by its content: the first one, of a rule with alternatives."""
    return bool(tables.optimises_content and not begun and tables.variant_first[rule + 1] > tables.variant_first[rule])


@compiled
def count_known(tables: Tables, lane: Lane, i: int, rule: int, pair: int, begun: int, opened: bool, time: float) -> int:
    """Count a message that arrives at customer i, before it is noted, by what is known of them.

    Returns which of KNOWN it is; -1 where nothing of it may be optimised.
    """
    action, channel = tables.pair_action[pair], tables.pair_channel[pair]
    of_channels, of_content = has_several(tables, action, begun), has_variants(tables, rule, begun)
    if not tables.optimises_hour and not of_channels and not of_content:
        return -1
    known = tables.optimises_hour and knows_hours(tables, lane, i, channel, time)
    if not known and of_channels:
        known = knows_channels(tables, lane, i, action, time)
    if not known and of_content:
        known = knows_content(tables, lane, i, time)
    kind = _LITTLE_KNOWN
    if known:
        kind = _CONTROL if lane.outreach[i].control else _OPTIMISED
    segment = lane.state[i].segment
    lane.by_known[segment, kind, _DELIVERED] += 1
    if opened:
        lane.by_known[segment, kind, _OPENED] += 1
    return kind


@compiled
def count_known_response(lane: Lane, i: int, known: int) -> None:
    """Count that customer i responded to a message that was so."""
    if known >= 0:
        lane.by_known[lane.state[i].segment, known, _RESPONDED] += 1
