"""The reference page of the outcomes, written from their registry: `python -m sim.outcomes.reference`."""

from collections.abc import Iterable
from pathlib import Path

from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.needs import NEEDS
from sim.outcomes.outcome import Outcome

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
customers who arrived before the end of the run; *won* or *acquired* are those of them with a first conversion. What
happens to them is told in [the model](../background/model.md).

An outcome that a scenario cannot have (no desk, no goal with a value, …) is absent, never zero. One that the scenario
could have but a replication does not show (nobody converted, too few customers followed that long) is absent too, and
the notes of the results say why.

Each figure comes with up to three intervals: the *simulation error* (`lo`, `hi`: 95 % interval of the mean over
replications, by Student's t; it shrinks with more replications), the *one-cohort range* (`range_lo`, `range_hi`: 2.5 to
97.5 % of replications; what a single real cohort may look like) and, where the scenario
[says what is not known for sure](../how-to/say-what-you-do-not-know.md), the *input uncertainty* (`input_lo`,
`input_hi`: 2.5 to 97.5 % of replications with the uncertain values drawn anew for each). A single replication has none.

"""

_CURVES = {
    "retention": "share still there, by days since the first conversion; empty where retention would be absent",
    "completed": "share that completed, by days since the first conversion, where there is a completed exit",
    "conversion": "share won so far, by days since arrival",
}

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
    },
    "transitions": {
        "chosen": "times it was chosen",
        "share": "its share among the transitions chosen at its touchpoint",
        "delay": "mean delay, days",
    },
    "channels": {"contacts": "visits on the channel", "cost": "money for these contacts"},
    "stages": {
        "visits": "visits to its touchpoints",
        "reached": "share of arrivals that ever entered one of its touchpoints",
        "dropoff": "as for touchpoints, over those of the stage",
    },
    "actions": {
        "sent": "messages sent, or times it was shown on site; a row `ID@CHANNEL` counts those on that channel",
        "delivered": "those that arrived",
        "opened": "those that were opened, or seen",
        "responded": "those that were acted on",
        "opted_out": "customers who opted out of the channel with it",
        "cost": "money for the sends, without personalization",
        "ruled_out_…": "times a check failed: `holdout`, `stopped`, `not_there`, `opted_out`, `not_linked`, "
        "`cooldown`, `conflict`, `capped`, `quiet`, `budget`, `unavailable`; a "
        "send that is put off fails one and may pass later",
    },
}


def page() -> str:
    """The page in Markdown."""
    outcomes = DEFINITIONS.values()
    return (
        _BEGINNING
        + "## In each arm\n\n"
        + _table(outcome for outcome in outcomes if outcome.measured and not outcome.paired)
        + "## In comparisons only\n\n"
        "Every outcome of two arms is compared replication by replication over the same customers; these exist in "
        "comparisons alone.\n\n"
        + _table(outcome for outcome in outcomes if outcome.measured and outcome.paired)
        + "## Not measured yet\n\n"
        "These belong to parts of a scenario that this version does not simulate; they are absent until it does.\n\n"
        + _table(outcome for outcome in outcomes if not outcome.measured)
        + "## Curves\n\nRead off on whole days, at about 120 points at most.\n\n"
        + _listing("curve", _CURVES)
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
