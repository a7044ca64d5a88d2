"""Scores trained on a pilot: what the brand has noted of customers, and what became of them (model 28)."""

from sim.training.actions import ActionGain, can_be_learned, train_actions
from sim.training.models import MissingSklearnError
from sim.training.outcome import OUTCOMES, Outcome
from sim.training.report import Report
from sim.training.train import NothingToLearnError, train
from sim.training.value import ValueReport, earns, train_value

__all__ = [
    "OUTCOMES",
    "ActionGain",
    "MissingSklearnError",
    "NothingToLearnError",
    "Outcome",
    "Report",
    "ValueReport",
    "can_be_learned",
    "earns",
    "train",
    "train_actions",
    "train_value",
]
