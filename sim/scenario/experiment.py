"""What is asked of a scenario: experiment, arms, uncertainty, money, and what was fitted."""

from typing import Annotated, Any

from pydantic import Field, Strict

from sim.scenario.key import Currency, Days, Key, Once, Plain, Times
from sim.scenario.legible import Line, Lines
from sim.scenario.model import Address, Finite, Id, Integer, Many, NonNegative, Part, Positive, Probability, Whole

SET = Key(label="What it changes", entry="value")
Spot = Annotated[tuple[Plain[Finite], Plain[Finite]], Strict(False)]
"""Where something is drawn."""


class Arm(Part):
    """The scenario with some values changed, to be compared with the others."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    about: Lines = ""
    """what the arm stands for"""
    extends: Annotated[Line, Key(refers_to="files")] | None = None
    """another scenario file with what differs"""
    set: Annotated[dict[Address, Any], SET] = {}
    """the values that differ, by address"""

    @property
    def label(self) -> str:
        """The name shown to people."""
        return self.name or self.id


class Precision(Part):
    """Run until an outcome is known this well."""

    outcome: Annotated[str, Key(refers_to="outcomes")]
    """the outcome that is to be known this well"""
    half_width: Annotated[Plain[Positive], Key(label="Half-width")]
    """how far off it may be: half the width of its 95 % interval, in the outcome's unit"""


class Experiment(Part):
    """How often the scenario runs, from which seed, and under which arms."""

    seed: Plain[Annotated[Integer, Field(ge=0, lt=2**32)]] = 2026
    """the same seed gives the same result"""
    replications: Annotated[Times[Whole], Field(ge=1, le=1_000_000)] = 20
    """independent repetitions"""
    precision: Annotated[Precision | None, Key(label="Target precision")] = None
    """run until this precision is reached"""
    arms: Many[Arm] = ()
    """what to compare; the first is the one compared against"""


class Money(Part):
    """Costs and interest that are not tied to a channel or desk."""

    discount_rate: Annotated[NonNegative, Key(unit="a year")] = 0.1
    """interest a year, for customer lifetime value and the net present value of an arm"""
    setup: Annotated[Once[Currency[NonNegative]], Key(label="Set-up cost")] = 0.0
    """one-off cost, on day 0"""
    per_month: Annotated[Once[Currency[NonNegative]], Key(label="Running cost per month")] = 0.0
    """running cost per 30 days"""
    refund_rate: Probability = 0.0
    """share of the revenue that is paid back"""
    goods_back: Annotated[Probability, Key(label="Refunded goods that come back")] = 1.0
    """share of the refunded goods that come back and are sold again; what the others cost is lost"""


class Fitted(Part):
    """What a fitted scenario was fitted to; written by `journey fit`."""

    log: Line = ""
    """file name of the event log"""
    days: Days[Positive]
    """days from the first start to the end of the log; a longer run is reported as going beyond it"""


class Annotation(Part):
    """A note on the canvas."""

    id: Id
    """short name"""
    text: Lines
    """what it says"""
    at: Annotated[Spot, Key(label="Position")]
    """where it is on the canvas"""
