"""Whether scores still come true and actions are responded to as expected, as it is said everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.scenario import Scenario
    from sim.training.watching import Watched

NOTHING_TO_WATCH: Final = (
    "No score of this arm foresees anything, and no gain says how many respond. Train scores first (journey train)."
)
NO_LOOK: Final = "The run is too short to look at anybody, or nothing was sent."
HEADS: Final = ("What", "When", "How many", "Expected", "Came true", "Apart")


def expects(scenario: Scenario) -> bool:
    """Whether anything in an arm says what is expected."""
    foresees = any(score.foresees is not None for score in scenario.scores.values())
    return foresees or any(gain.response_rate is not None for gain in scenario.gains)


def answer(watched: Sequence[Watched]) -> str:
    """What has drifted, or that nothing has."""
    if not watched:
        return NO_LOOK
    off = list(dict.fromkeys(each.id for each in watched if each.off))
    if not off:
        return "All comes true as expected, as far as chance lets see."
    names = " and ".join(filter(None, [", ".join(off[:-1]), off[-1]]))
    does = "does" if len(off) == 1 else "do"
    return f"{names} {does} not come true: what was expected is farther from what happened than chance explains."


def rows(watched: Sequence[Watched], scenario: Scenario) -> list[tuple[str, ...]]:
    """A line for each look at a score, and for each action."""
    return [_row(each, scenario) for each in watched]


def _row(each: Watched, scenario: Scenario) -> tuple[str, ...]:
    is_money = each.kind == "score" and scenario.scores[each.id].foresees == "value"
    when = "all sends" if each.day is None else f"day {each.day:g}"
    apart = each.observed - each.expected
    if is_money:
        figures = [f"{each.expected:.2f} {scenario.currency}", f"{each.observed:.2f} {scenario.currency}"]
        figures.append(f"{apart:+.2f} ± {1.96 * each.error:.2f}")
    else:
        figures = [f"{100 * each.expected:.1f} %", f"{100 * each.observed:.1f} %"]
        figures.append(f"{100 * apart:+.1f} ± {196 * each.error:.1f} points")
    *known, how_far = figures
    return (each.id, when, f"{each.count:,}", *known, f"{how_far}, off" if each.off else how_far)
