"""How well a scenario fitted to a log tells that log: `python -m sim.fit.evaluate LOG --case … --activity … --time …`.

The scenario is fitted to the half of the cases that started first and simulated; what comes out is compared with that
half and with the other. Beside it stands the simplest baseline: cases drawn again from the first half. With `--by time`
the log is cut in time instead (`sim.fit.later`).
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.engine.memory.history import EVENTS, History
from sim.fit.arrivals import EPOCH
from sim.fit.cells.times import DAY
from sim.fit.compare import (
    QUANTILES,
    Figure,
    Moved,
    Range,
    moved_shares,
    quantile,
    resampled,
    same_cycles,
    share_interval,
    spread,
)
from sim.fit.counting import Cycles, count, cycles
from sim.fit.errors import FitError
from sim.fit.events.eventlog import FLOOR, EventLog, first_half, open_log
from sim.fit.files.log_reading import Columns
from sim.fit.fitting import Fitted, fit_log
from sim.fit.later import LATER_HEADER, evaluate_later, later_markdown
from sim.fit.workspace import workspace
from sim.scenario import parse

DRAWS = 1_000
"""Logs that are drawn again from the training half."""


@dataclass(frozen=True)
class CycleFigure:
    """One quantile of the cycle time, days."""

    share: float
    as_seen: bool
    """whether open cases count as if they had ended with their last event"""
    training: Figure
    simulated: Range
    resampled: Range
    held_out: Figure


@dataclass(frozen=True)
class OffShare:
    """A simulated share outside the training half's sampling interval."""

    transition: str
    training: float
    simulated: float


@dataclass(frozen=True)
class Evaluation:
    """A fitted scenario beside the halves of its log."""

    name: str
    training_cases: int
    held_out_cases: int
    open_cases: int
    """cases of the training half that may go on after the end of the log"""
    shares: int
    off: tuple[OffShare, ...]
    """of these shares"""
    cycle: tuple[CycleFigure, ...]
    cycle_p: float
    """of the log-rank test that both halves have the same cycle times"""
    moved: tuple[Moved, ...]


def evaluate(
    path: str | Path,
    columns: Columns,
    *,
    floor: float = FLOOR,
    replications: int = 100,
    seed: int = 2026,
    scratch: Path | None = None,
) -> Evaluation:
    """Fit to the first half of the cases of the log, simulate it `replications` times, and compare.

    The simulated events are cut at the end of the log, rounded like its times and read by the same rule of ended and
    open cases. Raises FitError for a log that cannot be used.
    """
    with workspace(scratch) as (connection, folder):
        log = open_log(connection, folder, Path(path), columns, floor=floor)
        half = first_half(log)
        fitted = fit_log(log, columns, part=half)
        histories = _simulated(fitted, replications, seed)
        held_out = count(log, fitted.cut, f"NOT {half}")
        first, second = cycles(log, fitted.cut, half), cycles(log, fitted.cut, f"NOT {half}")
        simulated = [seen_cycles(each, fitted, log) for each in histories]
        return Evaluation(
            name=log.name,
            training_cases=fitted.counts.cases,
            held_out_cases=held_out.cases,
            open_cases=fitted.counts.open,
            shares=len(fitted.journey.transitions),
            off=off_shares(fitted, histories),
            cycle=cycle_figures(first, simulated, second, seed),
            cycle_p=same_cycles(first, second),
            moved=moved_shares(log, fitted.counts, held_out),
        )


def _simulated(fitted: Fitted, replications: int, seed: int) -> list[History]:
    from sim.engine import compile_program, simulate

    scenario = parse(fitted.text).scenario
    program = compile_program(scenario, scenario)
    return [simulate(program, seed, number, events=True) for number in range(replications)]


def cycle_figures(
    training: Cycles, simulated: Sequence[Cycles], held_out: Cycles, seed: int
) -> tuple[CycleFigure, ...]:
    """The quantiles; those that open cases keep out of reach in the training half are also given as seen."""

    def figure(share: float, as_seen: bool) -> CycleFigure:
        first, second = (each.as_seen() if as_seen else each for each in (training, held_out))
        others = [each.as_seen() if as_seen else each for each in simulated]
        return CycleFigure(
            share,
            as_seen,
            quantile(first, share),
            spread([quantile(each, share) for each in others]),
            resampled(first, share, DRAWS, seed),
            quantile(second, share),
        )

    figures = [figure(share, False) for share in QUANTILES]
    return (*figures, *(figure(each.share, True) for each in figures if each.training is None))


def off_shares(fitted: Fitted, histories: Sequence[History]) -> tuple[OffShare, ...]:
    """The shares, over all histories, that lie outside what sampling lets one expect of the log's counts."""
    chosen = sum(each.at_transitions.chosen.sum(axis=0) for each in histories)
    by_name = dict(zip(histories[0].transitions, np.asarray(chosen).tolist(), strict=True))
    off = []
    for each in fitted.journey.transitions:
        leaving = sum(by_name[f"{other.source}/{other.target}"] for other in fitted.journey.leaving(each.source))
        if leaving == 0:
            continue
        name = f"{each.source}/{each.target}"
        share = by_name[name] / leaving
        low, high = share_interval(each.seen, each.departures)
        if not low <= share <= high:
            off.append(OffShare(name, each.seen / each.departures, share))
    return tuple(off)


def seen_cycles(history: History, fitted: Fitted, log: EventLog) -> Cycles:
    """The cycle times of the simulated cases as the log would have shown them."""
    events = history.events
    assert events is not None
    numbers = {each.id: each.number for each in fitted.journey.touchpoints}
    number = np.array([numbers.get(each, -1) for each in history.touchpoints])
    midnight = (fitted.arrivals.start_date - EPOCH).days * DAY
    moment = midnight + np.floor(events.time * DAY / log.step + 1e-9).astype(np.int64) * log.step
    shown = (events.event == EVENTS.index("enter")) & (number[events.touchpoint] >= 0) & (moment <= log.last)
    order = np.flatnonzero(shown)[np.argsort(events.customer[shown], kind="stable")]
    customer = events.customer[order]
    firsts = order[np.diff(customer, prepend=-1) != 0]
    lasts = order[np.diff(customer, append=-1) != 0]
    after = np.array([fitted.cut.after[each] for each in range(len(log.activities))])
    days = (moment[lasts] - moment[firsts]) / DAY
    return Cycles(days, moment[lasts] <= log.last - after[number[events.touchpoint[lasts]]])


def markdown(evaluation: Evaluation) -> str:
    """A row of the table for each quantile, and what has moved."""
    agreeing = f"{evaluation.shares - len(evaluation.off)} of {evaluation.shares}"
    rows = [
        f"| {evaluation.name} | {evaluation.training_cases:,} / {evaluation.held_out_cases:,} | {agreeing} | "
        f"{_named(each)} | {_days(each.training)} | "
        f"{_range(each.simulated)} | {_range(each.resampled)} | {_days(each.held_out)} |"
        for each in evaluation.cycle
    ]
    return "\n".join([*rows, "", *_drift(evaluation)])


HEADER = """\
| log | cases: training / held out | shares within the training half's interval | cycle time, days | training half | \
simulated | resampled | held-out half |
|---|---|---|---|---|---|---|---|"""


def _named(figure: CycleFigure) -> str:
    name = "median" if figure.share == 0.5 else f"{100 * figure.share:g}th percentile"
    return f"{name}, as seen by the end of the log" if figure.as_seen else name


def _days(figure: Figure) -> str:
    return "not reached" if figure is None else f"{figure:.3g}"


def _range(figures: Range) -> str:
    return f"{_days(figures.median)} ({_days(figures.low)} to {_days(figures.high)})"


def _drift(evaluation: Evaluation) -> list[str]:
    same = "differ" if evaluation.cycle_p < 0.05 else "do not differ measurably"
    lines = [f"- Cycle times of the halves {same} (log-rank test, p = {evaluation.cycle_p:.2g})."]
    lines += [
        f"- {each.source or 'start'} → {each.target or 'end'}: {100 * each.training:.1f} % of the training half, "
        f"{100 * each.held_out:.1f} % of the held-out half (p = {each.p:.2g})"
        for each in evaluation.moved
    ]
    return lines if evaluation.moved else [*lines, "- No share differs measurably between the halves."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables for one log; 2 where the log cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m sim.fit.evaluate", description=__doc__)
    parser.add_argument("log", type=Path)
    for name in ("case", "activity", "time"):
        parser.add_argument(f"--{name}", required=True, metavar="COL")
    parser.add_argument("--by", choices=("case", "time"), default="case", help="what the log is cut by (default: case)")
    parser.add_argument("--floor", type=float, default=FLOOR)
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args(arguments)
    columns = Columns(options.case, options.activity, options.time)
    how = {"floor": options.floor, "replications": options.replications, "seed": options.seed}
    try:
        if options.by == "time":
            print(f"{LATER_HEADER}\n{later_markdown(evaluate_later(options.log, columns, **how))}")
        else:
            print(f"{HEADER}\n{markdown(evaluate(options.log, columns, **how))}")
    except FitError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
