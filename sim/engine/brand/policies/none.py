"""The policy `none`, under which the holdout always is: nothing but what is transactional (model 10.1 and 10.3)."""

from sim.compiling.compiled import compiled
from sim.engine.program.tables import Tables


@compiled
def lets(tables: Tables, rule: int) -> bool:
    """Whether a rule may begin all the same."""
    return bool(tables.action_transactional[tables.rule_action[rule]])
