"""How well the brand finds out who is who, as it is said everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.identity import Measures
    from sim.identity.around import Around
    from sim.scenario.identity import Corrected, Kind, Method

_NONE: Final = "–"
IDENTIFIERS: Final[dict[Kind, str]] = {
    "customer_id": "Customer ID",
    "email": "E-mail",
    "phone": "Phone",
    "device": "Device",
    "cookie": "Cookie",
    "name": "Name",
    "postcode": "Postcode",
}
"""What each identifier is called."""

_PUT_RIGHT: Final[dict[Corrected, str]] = {
    "nothing": "",
    "wrong-merges": "In a run, profiles that mix several people are split, as if somebody knew the truth.",
    "missed-merges": "In a run, all records of each person are joined, as if somebody knew the truth.",
    "everything": "In a run, the brand knows who is who, as if somebody knew the truth.",
}


def put_right_in_words(corrected: Corrected) -> str:
    """What `identity.corrected` does to what was found; nothing where it does nothing."""
    return _PUT_RIGHT[corrected]


def in_words(measures: Measures) -> str:
    """What came of it, in a sentence."""
    if measures.recall is None:
        return "No customer has two records, so there is nothing to find out."
    found = f"Of 100 pairs of records that belong together, {_rounded(100 * measures.recall)} are found"
    if not measures.mixed_profiles:
        return f"{found}; no profile mixes several people."
    return f"{found}; 1 of {round(measures.profiles / measures.mixed_profiles):,} profiles mixes several people."


def _rounded(percent: float) -> str:
    """A whole number, but no 0 and no 100 where it is neither."""
    if 0 < percent < 0.5:
        return "fewer than 1"
    return "more than 99" if 99.5 <= percent < 100 else f"{percent:.0f}"


def heads(steps: Sequence[Sequence[Method]]) -> Iterator[str]:
    """Above a column for each choice among the methods, where each adds one to those before."""
    for number, methods in enumerate(steps):
        yield f"{'+ ' if number else ''}{methods[-1]}" if methods else "no method"


def rows(channels: Sequence[str], found: Sequence[Measures]) -> Iterator[tuple[str, ...]]:
    """A label, and a cell for each of them; `channels` are the names of the enabled ones."""

    def row(label: str, cell: Callable[[Measures], str]) -> tuple[str, ...]:
        return label, *(cell(each) for each in found)

    yield row("Pairs found (recall)", lambda each: _percent(each.recall))
    yield row("Pairs joined that are right (precision)", lambda each: _percent(each.precision, 2))
    yield row("Profiles", lambda each: f"{each.profiles:,}")
    yield row("Profiles that mix several people", lambda each: f"{each.mixed_profiles:,}")
    yield row("Customers in a mixed profile", lambda each: _percent(each.mixed_share, 2))
    for at, name in enumerate(channels):
        yield row(f"Records linked: {name}", lambda each, at=at: _percent(each.linked[at]))


def around_in_words(around: Around) -> str:
    """What the brand takes a customer for, in a sentence or two."""
    own = [record.profile for record in around.records if record.customer == around.customer and record.profile >= 0]
    if not own:
        return f"Customer {around.customer} left nothing on any channel: the brand does not know them."
    people = len(set(own))
    takes = "takes them for one person" if people == 1 else f"takes them for {people} people"
    left = "1 record" if len(own) == 1 else f"{len(own)} records"
    said = f"Customer {around.customer} left {left}; the brand {takes}."
    others = sorted({record.customer for record in around.records if record.customer != around.customer})
    if not others:
        return said
    count = sum(record.customer != around.customer for record in around.records)
    whose = f"customer {others[0]}" if len(others) == 1 else f"{len(others)} others"
    verb = "1 record of" if count == 1 else f"{count} records of"
    return f"{said} {verb} {whose} {'is' if count == 1 else 'are'} taken for theirs."


def _percent(share: float | None, decimals: int = 1) -> str:
    return _NONE if share is None else f"{100 * share:.{decimals}f} %"
