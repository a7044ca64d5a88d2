"""What chance decides about a visit, drawn together (model 3.1)."""

from sim.compiling.compiled import compiled
from sim.draws.eight import draw_blocks
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables

_NOBODY = -1


@compiled
def draw_visit(tables: Tables, lane: Lane, i: int, n: int, visit: int) -> None:
    """Draw the blocks of customer i's visit with this number at touchpoint n, unless they were the last drawn."""
    if lane.drawn_customer == i and lane.drawn_touchpoint == n and lane.drawn_visit == visit:
        return
    lane.drawn_customer, lane.drawn_touchpoint, lane.drawn_visit = i, n, visit
    draw_blocks(
        lane.state[i].number, tables.block_site, tables.block_purpose, tables.block_first[n], tables.block_first[n + 1],
        visit, lane.round_keys, not tables.touchpoint_by_shares[n], lane.words, lane.waits, lane.log_waits,
    )  # fmt: skip


@compiled
def forget_draws(lane: Lane) -> None:
    """Draw the next visit in any case: customers, or what is drawn for them, may be others from now on."""
    lane.drawn_customer = _NOBODY
