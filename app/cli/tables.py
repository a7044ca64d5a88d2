"""Results as people read them: outcomes by arm with their intervals, and what differs from the first arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.shown import figures
from app.shown.figures import (
    SAME,
    bare,
    difference,
    divides_by,
    is_at_least,
    on_saved,
    told_together,
)
from sim.outcomes import DEFINITIONS, MAIN, TOLD_TOGETHER

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

LABEL = 26
"""Characters that the names of outcomes get at least, before anything else gives way."""

NO_MAIN = (
    "Nothing in this journey is a goal, an exit, a desk or money, so it wins and keeps nobody and earns nothing. "
    "Make a touchpoint a goal to see who is won. All there is to show:"
)

Document = Mapping[str, Any]
"""The JSON document of a run (contract of `run --json`), or a part of it."""


def header(document: Document, name: str, arrivals: str) -> str:
    """What was simulated, in one line; `arrivals` says in words how many were expected, if that needs saying."""
    parts = (
        f"{name} ({document['scenario']})" if name != document["scenario"] else name,
        f"{document['customers']:,} customers",
        *([arrivals] if arrivals else []),
        f"{document['horizon']:g} days",
        f"{_counted(document['replications'], 'replication')}",
        f"seed {document['seed']}",
    )
    return " · ".join(parts)


def print_outcomes(console: Console, document: Document, currency: str, *, everything: bool = False) -> None:
    """Print the outcomes of each arm with their 95 % intervals: the main ones, or all where asked or none is main."""
    arms = document["arms"]
    known = [id_ for id_ in DEFINITIONS if id_ not in TOLD_TOGETHER and any(id_ in arm["outcomes"] for arm in arms)]
    main = [id_ for id_ in MAIN if id_ in known]
    if not main:
        console.print(NO_MAIN)
    shown = known if everything or not main else main
    rows = [(DEFINITIONS[id_].label, *(_level(id_, arm["outcomes"], currency) for arm in arms)) for id_ in shown]
    print_table(console, ("", *(arm["name"] for arm in arms)), rows)


def print_differences(console: Console, document: Document, currency: str, *, everything: bool = False) -> None:
    """Print the paired differences from the first arm, and whether that is better or worse."""
    names = {arm["id"]: arm["name"] for arm in document["arms"]}
    others = [arm["id"] for arm in document["arms"][1:]]
    comparisons = {(row["arm"], row["outcome"]): row for row in document["comparisons"]}
    order = list(DEFINITIONS) if everything else list(MAIN)
    shown = [id_ for id_ in order if any((arm, id_) in comparisons for arm in others)]
    if not shown:
        return
    rows = [
        (
            DEFINITIONS[id_].label,
            *(
                difference(id_, comparisons.get((arm, id_)), currency, saves=_saves(document, arm, id_))
                for arm in others
            ),
        )
        for id_ in shown
    ]
    console.print(f"\nCompared with {document['arms'][0]['name']} (paired)", style="bold")
    print_table(console, ("", *(names[arm] for arm in others)), rows)


def print_input_uncertainty(console: Console, document: Document, currency: str, *, everything: bool = False) -> None:
    """Print between what the figures lie where some values are not known for sure; nothing where all are."""
    names = {arm["id"]: arm["name"] for arm in document["arms"]}
    differs = len(names) > 1
    intervals: dict[tuple[str, str], Mapping[str, float | None]]
    if differs:
        intervals = {(row["arm"], row["outcome"]): row["difference"] for row in document["comparisons"]}
    else:
        intervals = {(arm["id"], id_): each for arm in document["arms"] for id_, each in arm["outcomes"].items()}
    arms = list(names)[1:] if differs else list(names)
    rows = []
    for id_ in DEFINITIONS if everything else MAIN:
        spans = [
            _span(
                id_, intervals.get((arm, id_)), currency, differs=differs, saves=differs and _saves(document, arm, id_)
            )
            for arm in arms
        ]
        if any(spans):
            rows.append((DEFINITIONS[id_].label, *(span or "–" for span in spans)))
    if not rows:
        return
    against = f" of the difference from {document['arms'][0]['name']}" if differs else ""
    console.print(
        f"\nInput uncertainty{against}: 95 % of outcomes lie between, given the uncertain values", style="bold"
    )
    print_table(console, ("", *(names[arm] for arm in arms)), rows)


def _span(
    outcome: str, interval: Mapping[str, float | None] | None, currency: str, *, differs: bool, saves: bool
) -> str:
    if interval is None or interval["input_lo"] is None or interval["input_hi"] is None:
        return ""
    if differs and interval["input_lo"] == interval["input_hi"] == 0:
        return SAME
    if saves:
        first, last = (on_saved(outcome, interval[end] or 0.0, currency) for end in ("input_lo", "input_hi"))
        return f"{' '.join(first.split()[:2])} to {last}"
    definition = DEFINITIONS[outcome]
    show = definition.shown_difference if differs else definition.shown
    return f"{bare(show(interval['input_lo'], currency))} to {show(interval['input_hi'], currency)}"


def _saves(document: Document, arm: str, outcome: str) -> bool:
    """Whether the outcome divides by what an arm has less of than the first one has, such as cost."""
    return any(
        row["arm"] == arm and row["outcome"] == divides_by(outcome) and (row["difference"]["mean"] or 0) < 0
        for row in document["comparisons"]
    )


def verdict(outcome: str, difference: Mapping[str, float | None]) -> str:
    """Whether a difference of the document is better or worse, higher or lower where that depends, or not clear."""
    return figures.verdict(outcome, difference["lo"], difference["hi"])


def _level(outcome: str, outcomes: Mapping[str, Mapping[str, float | None]], currency: str) -> str:
    """The outcome among those of an arm; together with what is told of some runs alone, where it says of how many."""
    shown = _value(outcome, outcomes.get(outcome), currency)
    for some, rate in TOLD_TOGETHER.items():
        if outcome == rate and rate in outcomes:
            return told_together(
                shown.split("\n")[0], _value(some, outcomes[some], currency) if some in outcomes else None
            )
    not_over = outcomes.get(DEFINITIONS[outcome].at_least_by or "", {}).get("mean")
    return f"at least {shown}" if outcome in outcomes and is_at_least(not_over) else shown


def _value(outcome: str, figures: Mapping[str, float | None] | None, currency: str) -> str:
    if figures is None or figures["mean"] is None:
        return "–"
    definition = DEFINITIONS[outcome]
    shown = definition.shown(figures["mean"], currency)
    if figures["lo"] is None or figures["hi"] is None:
        return shown
    low, high = (bare(definition.shown(figures[end], currency)) for end in ("lo", "hi"))
    return f"{shown}\n[{low}, {high}]"


def print_table(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One table with values and intervals on a line; on two lines, or a table for each arm, where that is too wide."""
    on_a_line = [tuple(cell.replace("\n", " ") for cell in row) for row in rows]
    if _narrowest(heads, on_a_line) <= console.width:
        console.print(_table(heads, on_a_line))
    elif _narrowest(heads, rows) <= console.width or len(heads) == 2:
        console.print(_table(heads, rows))
    else:
        for column in range(1, len(heads)):
            print_table(console, (heads[0], heads[column]), [(row[0], row[column]) for row in rows])


def print_in_blocks(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with many columns: as many of them as there is room for, then the next ones below."""
    begin = 1
    while begin < len(heads):
        end = begin + 1
        while end < len(heads) and _narrowest(*_columns(heads, rows, begin, end + 1)) <= console.width:
            end += 1
        console.print(_table(*_columns(heads, rows, begin, end)))
        if end < len(heads):
            console.print()
        begin = end


def _columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], begin: int, end: int
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The first column, and those from `begin` on before `end`."""
    return (heads[0], *heads[begin:end]), [(row[0], *row[begin:end]) for row in rows]


def _narrowest(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The width that a table needs so that only the names of outcomes and arms are broken, between words."""
    columns = list(zip(*rows, strict=True))
    label = min(LABEL, max(len(label) for label in columns[0]))
    return label + sum(2 + width for width in _widths(heads[1:], columns[1:]))


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    return [
        max(*(len(word) for word in head.split()), *(len(line) for cell in column for line in cell.split("\n")))
        for head, column in zip(heads, columns, strict=True)
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(heads[0], overflow="fold")
    for head, width in zip(heads[1:], _widths(heads[1:], list(zip(*rows, strict=True))[1:]), strict=True):
        table.add_column(head, overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
