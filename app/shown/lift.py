"""What optimising messages seems to bring and what it brings, as it is said everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.shown.figures import bare
from sim.outcomes.definitions import DEFINITIONS, LIFTED, OPTIMISED

if TYPE_CHECKING:
    from sim.experiment.lift import Did, Lift, Lifts, Sort
    from sim.outcomes.intervals import Interval

_RATE: Final = DEFINITIONS[LIFTED["opened"][OPTIMISED]]
NOBODY_KNOWN: Final = "Nobody was known well enough for anything to be optimised."
LABELS: Final[dict[Sort, str]] = {
    "apparent": "Apparent: customers of whom too little is known, as vendors report it",
    "tested": "Tested: the controls",
    "true": "True: the same customers, nothing optimised",
}
"""What each is called, and with whom those are compared whose messages are optimised."""
_DOES: Final[dict[Did, str]] = {"opened": "open", "responded": "respond to"}
_DID: Final[dict[Did, str]] = {"opened": "Opened", "responded": "Responded"}


def heads(found: Lifts) -> tuple[str, ...]:
    """What stands above the rows; in them it is said what customers did where that is not always the same."""
    did = _all_did(found)
    if len(did) > 1:
        return "Lift, compared with", "Optimised", "The others", "Difference"
    return (
        "Lift, compared with",
        *(f"{_DID[each]}, {whose}" for each in did for whose in ("optimised", "the others")),
        "Difference",
    )


def answer(found: Lifts) -> str:
    """The sentences that answer: what it seems to bring, and what it brings the same customers."""
    told = [_told({lift.sort: lift for lift in found.lifts if lift.did == did}, _DOES[did]) for did in _all_did(found)]
    return " ".join(filter(None, told)) or NOBODY_KNOWN


def _told(by_sort: dict[Sort, Lift], do: str) -> str:
    """What those lifts say of how many customers `do` so; nothing where the true one is not known."""
    if "true" not in by_sort:
        return ""
    true = by_sort["true"]
    told = f"The same customers {do} {_moved(true)} {_ends(true.more)} because of it{_of_chance(true)}."
    if "apparent" not in by_sort:
        return told
    apparent = by_sort["apparent"]
    seems = f"Customers whose messages are optimised {do} {_moved(apparent)} {_ends(apparent.more)} than the others."
    return f"{seems} {told}"


def _all_did(found: Lifts) -> list[Did]:
    """What customers did that there are lifts of."""
    return list(dict.fromkeys(lift.did for lift in found.lifts))


def rows(found: Lifts) -> Iterator[tuple[str, ...]]:
    """A row for each lift."""
    several = len(_all_did(found)) > 1
    for lift in found.lifts:
        label = f"{_DID[lift.did]}. {LABELS[lift.sort]}" if several else LABELS[lift.sort]
        rates = (_RATE.shown(each.mean) for each in (lift.optimised, lift.others))
        yield label, *rates, f"{_RATE.shown_difference(lift.more.mean)} {_ends(lift.more)}"


def in_all(found: Lifts) -> str:
    """What optimising changes in all: conversion and money, in one sentence."""
    changes = []
    for id_, each in found.differences.items():
        definition, own = DEFINITIONS[id_], each.interval
        shown = definition.shown_difference(own.mean, found.currency)
        low, high = (bare(definition.shown_difference(end)) for end in (own.lo, own.hi))
        changes.append(f"{definition.label.lower()} {shown} [{low}, {high}]")
    return f"In all, against the same customers without it: {', '.join(changes)}."


def how_sure(found: Lifts) -> str:
    """How many replications it was, and what the brackets hold."""
    times = "1 replication" if found.replications == 1 else f"{found.replications} replications"
    return f"{times}; the brackets hold the simulation error (95 %)."


def _moved(lift: Lift) -> str:
    """How much more or less is opened: `7.1 points more`."""
    points = _RATE.shown_difference(lift.more.mean)
    return f"{points.lstrip('+-')} {'less' if points.startswith('-') else 'more'}"


def _ends(of: Interval) -> str:
    low, high = (_RATE.shown_difference(end).removesuffix(" points") for end in (of.lo, of.hi))
    return f"[{low}, {high}]"


def _of_chance(lift: Lift) -> str:
    """That chance may explain it, where it may."""
    low, high = lift.more.lo, lift.more.hi
    return ", which cannot be told from chance" if low is None or high is None or low <= 0 <= high else ""
