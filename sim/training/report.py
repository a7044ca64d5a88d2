"""What came of training."""

from dataclasses import dataclass

from sim.training.measures import Tenth
from sim.training.models import Model
from sim.training.outcome import Outcome
from sim.training.uplift import Uplift


@dataclass(frozen=True)
class Report:
    """A score of how likely something is, and how good it is on customers whom it was not trained on."""

    outcome: Outcome
    days: tuple[float, ...]
    """of the run, on which customers were looked at: what was known just before"""
    within: float
    """days in which it happens or not"""
    trained: int
    """looks at customers of the pilot"""
    tested: int
    """looks at others"""
    model: Model
    share: float
    """of those tested: to whom it happened"""
    auc: float | None
    trees_auc: float | None
    """of boosted trees"""
    calibration_error: float
    tenths: tuple[Tenth, ...]
    """by score, the highest first"""
    uplift: Uplift | None
    """None where the brand does nothing"""
