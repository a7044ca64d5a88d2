"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure, what it is to be, and whether it is."""

    what: str
    figure: str
    target: str = "–"
    holds: bool | None = None
    """None where there is no target"""


def at_least(what: str, value: float, least: float, text: str) -> Row:
    """A row whose value is to reach `least`; `text` formats both, such as `"{:.1f} times"`."""
    return Row(what, text.format(value), "at least " + text.format(least), value >= least)


def at_most(what: str, value: float, most: float, text: str) -> Row:
    """A row whose value is to stay within `most`; `text` formats both."""
    return Row(what, text.format(value), "at most " + text.format(most), value <= most)


def rate(count: float, seconds: float) -> str:
    """So many a second, in three digits."""
    each = count / seconds
    return f"{each / 1e6:.2f} million" if each >= 1e6 else f"{float(f'{each:.3g}'):,.0f}"
