"""The reference page of the outcomes, written from their registry: `python -m sim.outcomes.reference`."""

from collections.abc import Iterable
from pathlib import Path

from sim.outcomes.curve_definitions import CURVES
from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.needs import NEEDS
from sim.outcomes.outcome import Outcome
from sim.outcomes.series import SERIES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "outcomes.md"

_UNITS = {
    "share": "share, 0 to 1 (shown in percent)",
    "customers": "customers",
    "per customer": "per customer",
    "days": "days",
    "minutes": "minutes",
    "money": "money, in the scenario's currency",
    "ratio": "ratio",
    "score": "score",
}

_BEGINNING = """# Outcomes

What a run measures, in each arm and replication, for all customers (`all`) and for each segment. *Arrivals* are the
customers who arrived within the run; *won* or *acquired* are those of them with a first conversion. What
happens to them is described in [the model](../background/model.md).

An outcome that a scenario cannot have (no desk, no goal with a value, …) is absent, never zero. One that the scenario
could have but a replication does not show (nobody converted, too few customers followed that long) is absent too, and
the notes of the results say why.

A figure of several replications is their mean. Where an outcome divides by something that differs between replications
(money per order, cost per customer won, a share of those who asked), it is the sum of what is divided over the sum of
what it is divided by, so that each customer, order or message weighs the same: a year in which nobody was won still
cost its money.

Each figure comes with up to three intervals: the *simulation error* (`lo`, `hi`: 95 % interval of the mean over
replications; it shrinks with more of them), the *one-cohort range* (`range_lo`, `range_hi`: a 95 % prediction interval
for one more replication; what a single real cohort may look like) and, where the scenario
[says what is not known for sure](../how-to/say-what-you-do-not-know.md), the *input uncertainty* (`input_lo`,
`input_hi`: 2.5 to 97.5 % of replications with the uncertain values drawn anew for each). A single replication has none.

Where some customers are held out, the outcomes that a group of customers can have are also reported for two groups
beside the segments: the `treated`, whom the brand addresses, and the `holdout`, whom it leaves alone. Every
customer is in one segment and in one of these groups.

"""

_OVER_CALENDAR_TIME = """
## Curves over calendar time

What comes to pass on each day of the run, of all customers. Day 0 is the scenario's `start_date`; what happens at the
very end belongs to the last day. The days add up to the outcomes of the run. A week goes from Monday to Sunday, a month
is that of the calendar; the first and the last may be short. Runs of more than ten years have none.

"""

_TABLES = {
    "touchpoints": {
        "visits": "visits",
        "present": "customers there at the end",
        "goals": "times its goal was reached",
        "value": "money of these goals",
        "dropoff": "of the visits that chose a transition, the share that chose one with the role exit",
        "days": "days per visit",
        "lost": "share of visits that lost their context",
        "emotion": "mean experience, from -1 to 1",
        "effort": "mean effort of an experience",
        "bad": "share of bad experiences",
        "dropoff_bad": "of the bad experiences, the share after which a transition with the role exit was chosen",
        "dropoff_other": "the same of all other experiences; both are absent where one of the two kinds is",
        "wait": "minutes waited before an experience, where a desk serves",
        "at_stake": "money that those who left would have led to, had they gone on as others did "
        "([definition](../background/statistics.md#money-at-stake)); absent where nobody went on or nothing was sold",
    },
    "transitions": {
        "chosen": "times it was chosen",
        "share": "its share among the transitions chosen at its touchpoint",
        "delay": "mean delay, days",
    },
    "channels": {
        "contacts": "visits on the channel",
        "cost": "money for these contacts, each at its price at that time; the cost of sending on the channel is shown "
        "with the actions",
    },
    "stages": {
        "visits": "visits to its touchpoints; exits count only where a goal is reached",
        "reached": "share of arrivals that ever entered one of these touchpoints",
        "dropoff": "as for touchpoints, over those of the stage; so are `emotion`, `effort`, `bad`, `wait` and, "
        "in sum, `at_stake`",
    },
    "segment_touchpoints, segment_stages": {
        "…": "of each segment, where there are several and not very many: the figures that touchpoints and stages have "
        "alike (`visits`, `dropoff`, `at_stake`, `emotion`, `effort`, `bad`, `wait`), of touchpoints also "
        "`dropoff_bad` and `dropoff_other`, of stages also `reached`",
    },
    "eligibility, segment_eligibility": {
        "…": "of each action, everybody and (where there are several segments and not very many) by segment: the "
        "customers who stand on each step, which add up to all who arrived, and their share of these "
        "([what the steps are](../how-to/see-who-is-left-out.md))",
    },
    "actions": {
        "sent": "messages sent, or times it was shown on site; a row `ID@CHANNEL` counts those on that channel",
        "delivered": "those that arrived",
        "opened": "those that were opened, or seen",
        "responded": "those that were acted on",
        "opted_out": "customers who opted out of the channel with it",
        "cost": "money for the sends (of the action, and for a message of the channel), each at its price at that "
        "time, without personalization",
        "ruled_out_…": "times a check failed: `holdout`, `stopped`, `not_there`, `opted_out`, `not_linked`, "
        "`cooldown`, `conflict`, `capped`, `quiet`, `budget`, `unavailable`, `without`, `nothing_chosen`, "
        "`other_hour`; a send that "
        "is put off fails one and may pass later, and under a policy that chooses it counts for the alternative that "
        "could not be sent, not for the rule's own action",
    },
}


def page() -> str:
    """The page in Markdown."""
    outcomes = DEFINITIONS.values()
    return (
        _BEGINNING
        + "## In each arm\n\n"
        + _table(outcome for outcome in outcomes if outcome.in_each_arm)
        + "## In comparisons only\n\n"
        "Every outcome of two arms is compared replication by replication over the same customers; these exist in "
        "comparisons alone.\n\n"
        + _table(outcome for outcome in outcomes if outcome.measured and outcome.paired)
        + "## Not measured yet\n\n"
        "These belong to parts of a scenario that this version does not simulate; they are absent until it does.\n\n"
        + _table(outcome for outcome in outcomes if not outcome.measured)
        + "## Curves\n\nRead off on about 120 whole days, on those at which outcomes are measured, and at the end.\n\n"
        + _listing("curve", {one.id: one.definition for one in CURVES.values()})
        + _OVER_CALENDAR_TIME
        + _listing("series", {one.id: one.definition for one in SERIES.values()})
        + "\n## Tables\n\nMeans over the replications; a figure with nothing to divide by is left out.\n\n"
        + "\n".join(f"### {table}\n\n{_listing('figure', figures)}" for table, figures in _TABLES.items())
    )


def _listing(head: str, entries: dict[str, str]) -> str:
    rows = "".join(f"| `{id_}` | {what} |\n" for id_, what in entries.items())
    return f"| {head} | what it is |\n|---|---|\n{rows}"


def _table(outcomes: Iterable[Outcome]) -> str:
    rows = [
        f"| `{outcome.id}` | {outcome.label} | {_UNITS[outcome.unit]} | {outcome.better or '–'} | {outcome.definition} "
        f"| {_needs(outcome)} |"
        for outcome in outcomes
    ]
    return (
        "\n".join(["| id | name | unit | better | what it is | needs |", "|---|---|---|---|---|---|", *rows]) + "\n\n"
    )


def _needs(outcome: Outcome) -> str:
    return "; ".join(NEEDS[need].phrase for need in outcome.needs) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
