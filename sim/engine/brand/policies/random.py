"""The policy `random`, from which a brand learns what its actions bring: all as likely, also nothing (model 29)."""

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, uniform32
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables


@compiled
def value(tables: Tables, lane: Lane, i: int, rule: int, k: int) -> float:
    """The lot of candidate k for customer i."""
    return _lot(tables, lane, i, rule, tables.candidate_site[k])


@compiled
def nothing(tables: Tables, lane: Lane, i: int, rule: int) -> float:
    """The lot of doing nothing."""
    return _lot(tables, lane, i, rule, tables.rule_site[rule])


@compiled
def _lot(tables: Tables, lane: Lane, i: int, rule: int, site: int) -> float:
    before = lane.rules[i, rule].sequences - 1
    w0, _, _, _ = block(lane.state[i].number, site, sites.POLICY, before, lane.key0, lane.key1)
    return float(uniform32(w0))
