"""The answer in one sentence, made from the figures; always with the unit and the widest interval that there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.desktop.results.results_reading import ResultsReading, series_text
from app.shown.figures import bare, verdict
from sim.experiment.sentence import headline
from sim.outcomes import DEFINITIONS
from sim.outcomes.definitions import points_of
from sim.outcomes.intervals import Interval
from sim.outcomes.outcome import signed
from sim.outcomes.series import Series

if TYPE_CHECKING:
    from sim.experiment import Difference

STAYS: Final = 90
"""Days after which somebody who is still there is said to stay, or the last before that the run tells."""


def of_stay(reading: ResultsReading) -> str:
    """How many more or fewer stay under the arm that differs most; the level where there is a single arm."""
    if reading.others:
        return reading.results.sentence(max(reading.others, key=lambda arm: _size(headline(reading.differences(arm)))))
    followed = [outcome for outcome in points_of("retention", STAYS) if outcome in reading.levels(reading.first)]
    if not followed:
        return "Too few of the customers won are followed long enough to say who stays."
    return _level(reading, followed[-1], "")


def of_outcome(reading: ResultsReading, outcome: str) -> str:
    """The arm that differs most in an outcome, or the level where there is a single arm."""
    label = DEFINITIONS[outcome].label
    among = reading.among
    compared = {
        arm: differences[outcome] for arm in reading.others if outcome in (differences := reading.differences(arm))
    }
    if not compared:
        return _level(reading, outcome, among)
    show = _shower(reading, outcome, differs=True)

    def judged(interval: Interval) -> str:
        word = verdict(outcome, interval.lo, interval.hi)
        return f", which is {word}" if word in ("better", "worse") else ""

    differs = {arm: difference.interval for arm, difference in compared.items()}
    return f"{label}{among}: {_greatest(reading, differs, show, judged)}"


def of_series(reading: ResultsReading, series: Series) -> str:
    """The same of what a series over calendar time comes to."""
    if series.outcome in reading.outcomes:
        return of_outcome(reading, series.outcome)
    label = f"{series.label} {'over the whole run' if series.adds_up else 'at the end of the run'}"
    compared = {
        arm: difference
        for arm in reading.others
        if (difference := reading.series_difference(arm, series.id)) is not None
    }
    if not compared:
        level = reading.series_level(reading.first, series.id)
        said = series_text(series, level, reading.currency) if level is not None else "not available"
        return f'{label}: {said} under "{reading.name(reading.first)}".'
    return f"{label}: {_greatest(reading, compared, lambda value: series.shown_difference(value, reading.currency))}"


def of_outcomes(reading: ResultsReading, arm: str) -> str:
    """In how many outcomes an arm is better or worse than the first."""
    words = [verdict(outcome, each.interval.lo, each.interval.hi) for outcome, each in reading.differences(arm).items()]
    against = f'"{reading.name(arm)}" compared with "{reading.name(reading.first)}"'
    if reading.count < 2:
        return f"{against}: a single replication cannot show what is better or worse; run more."
    said = [
        f"{words.count(word)} of {len(words)} outcomes {word}" if word == "better" else f"{words.count(word)} {word}"
        for word in ("better", "worse")
    ]
    other = words.count("higher") + words.count("lower")
    if other:
        said.append(f"{other} higher or lower")
    none = words.count("unclear") + words.count("same")
    return f"{against}: {', '.join(said)} (95 % interval of the mean); {none} with no clear difference."


def of_distribution(reading: ResultsReading, outcome: str, arm: str) -> str:
    """In how many replications an arm is above the first."""
    changes = reading.changes(arm, outcome)
    if not changes:
        return _level(reading, outcome, "")
    if len(changes) == 1:
        return of_outcome(reading, outcome)
    label = DEFINITIONS[outcome].label
    above = sum(value > 0 for value in changes.values())
    difference = reading.differences(arm).get(outcome)
    mean = ""
    if difference is not None:
        show = _shower(reading, outcome, differs=True)
        mean = f"; on average {show(difference.interval.mean)}{spread(difference.interval, show)}"
    return (
        f'{label} is higher under "{reading.name(arm)}" than under "{reading.name(reading.first)}" '
        f"in {above:,} of {_replications(len(changes))}{mean}."
    )


def of_funnel(reading: ResultsReading, names: dict[str, str]) -> str:
    """The stage that an arm reaches more or less than the first does; without other arms, the stage reached least."""
    if not reading.others:
        levels = {id_: figures["reached"] for id_, figures in reading.table(reading.first, "stages").items()
                  if "reached" in figures}  # fmt: skip
        if not levels:
            return "Nobody arrives within the run."
        least = min(levels, key=lambda id_: levels[id_].mean)
        return f"{names[least]} is reached by the smallest share: {share_text(levels[least])} of arrivals."
    leading = stage_that_differs_most(reading)
    if leading is None:
        return f"No stage shows a clear difference between the arms in {_replications(reading.count)}."
    arm, stage = leading
    each = reading.table_differences(arm, "stages")[stage]["reached"]
    amount = f"{signed(abs(each.mean) * 100, 1)} {'more' if each.mean > 0 else 'fewer'}".lstrip("+")
    return (
        f'Of 100 arrivals {amount} reach {names[stage].lower()} under "{reading.name(arm)}" '
        f'than under "{reading.name(reading.first)}"{spread(each, points)}.'
    )


def stage_that_differs_most(reading: ResultsReading) -> tuple[str, str] | None:
    """Arm and stage; None where no difference can be told from chance."""
    differences = {
        (arm, id_): figures["reached"]
        for arm in reading.others
        for id_, figures in reading.table_differences(arm, "stages").items()
        if "reached" in figures
    }
    if reading.count > 1:
        differences = {key: each for key, each in differences.items() if _is_clear(each)}
    return max(differences, key=lambda key: abs(differences[key].mean), default=None)


def of_touchpoints(reading: ResultsReading, arm: str, names: dict[str, str]) -> str:
    """The touchpoint that loses the greatest share of its visits."""
    drop_offs = {id_: each["dropoff"] for id_, each in reading.table(arm, "touchpoints").items() if "dropoff" in each}
    worst = max(drop_offs, key=lambda id_: drop_offs[id_].mean, default=None)
    if worst is None or drop_offs[worst].mean == 0:
        return f'Under "{reading.name(arm)}" no visit ends at an exit.'
    return (
        f'Under "{reading.name(arm)}" drop-off is highest at "{names.get(worst, worst)}": '
        f"{share_text(drop_offs[worst])} of the visits that go on from there go to an exit."
    )


def spread(interval: Interval, show: Callable[[float], str]) -> str:
    """The widest interval and its name, in brackets."""
    widest = interval.widest
    if widest is None:
        return " (a single replication; run more to see how much is chance)"
    name, low, high = widest
    return f" ({name} {bare(show(low))} to {show(high)})"


def share_text(interval: Interval) -> str:
    """A share with its simulation error."""
    if interval.lo is None or interval.hi is None:
        return f"{interval.mean * 100:.1f} % (no interval)"
    return f"{interval.mean * 100:.1f} % [{interval.lo * 100:.1f}, {interval.hi * 100:.1f}]"


def points(value: float) -> str:
    """A difference between shares."""
    return f"{signed(value * 100, 1)} points"


def _greatest(
    reading: ResultsReading,
    compared: Mapping[str, Interval],
    show: Callable[[float], str],
    judged: Callable[[Interval], str] = lambda _: "",
) -> str:
    """How the arm that differs most does so; of those that differ clearly, where any does."""
    clear = {arm: interval for arm, interval in compared.items() if _is_clear(interval)}
    arm = max(clear or compared, key=lambda one: abs(compared[one].mean))
    interval = compared[arm]
    this, other = f'"{reading.name(arm)}"', f'"{reading.name(reading.first)}"'
    if interval.mean == 0 and not interval.sd:
        return f"exactly the same under {this} as under {other}, in {_replications(interval.n)}."
    if interval.n > 1 and not _is_clear(interval):
        count = _replications(interval.n)
        return f"no clear difference between {this} and {other} in {count}{spread(interval, show)}."
    amount = show(abs(interval.mean)).lstrip("+")
    than = "higher" if interval.mean > 0 else "lower"
    end = "; no arm differs more" if len(compared) > 1 else ""
    return f"{amount} {than} under {this} than under {other}{spread(interval, show)}{judged(interval)}{end}."


def _is_clear(interval: Interval) -> bool:
    return (interval.lo or 0) > 0 or (interval.hi or 0) < 0


def _size(difference: Difference | None) -> tuple[bool, float]:
    """How much an arm differs; what is no chance goes before what may be."""
    return (difference.distinguishable, abs(difference.interval.mean)) if difference else (False, 0.0)


def _level(reading: ResultsReading, outcome: str, among: str) -> str:
    label = DEFINITIONS[outcome].label
    if outcome not in reading.levels(reading.first):
        return f'{label}{among}: not available under "{reading.name(reading.first)}".'
    return f'{label}{among}: {reading.level_words(reading.first, outcome)} under "{reading.name(reading.first)}".'


def _shower(reading: ResultsReading, outcome: str, *, differs: bool) -> Callable[[float], str]:
    definition = DEFINITIONS[outcome]
    show = definition.shown_difference if differs else definition.shown
    return lambda value: show(value, reading.currency)


def _replications(count: int) -> str:
    return "a single replication" if count == 1 else f"{count:,} replications"
