"""The parts of setting a scenario beside its log, each on an example made by hand."""

import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from sim.fit import evaluate as evaluating
from sim.fit.arrivals import Arrivals
from sim.fit.cells.times import DAY
from sim.fit.compare import Moved, Range, resampled
from sim.fit.counting import Cutoffs, Cycles
from sim.fit.evaluate import (
    HEADER,
    CycleFigure,
    Evaluation,
    OffShare,
    cycle_figures,
    evaluate,
    main,
    markdown,
    off_shares,
    seen_cycles,
)
from sim.fit.files.log_reading import Columns
from sim.fit.journey import Journey, Touchpoint, Transition
from tests.fit.by_hand import history_of, log_of
from tests.fit.logs import NAMES, ROOT, stamp, write_log
from tests.fit.test_compare import cycles_of

HOUR = DAY // 24
TOUCHPOINTS = ("look", "buy", "ended")
"""Of the histories here; activity 0 of their logs is Buy, activity 1 is Look."""


def fitted_with(after: dict[int, int] | None = None, transitions: tuple[Transition, ...] = ()) -> Any:
    """A fit that begins on January 11, 1970, with these cut-offs and transitions."""
    touchpoints = (Touchpoint(1, "look", "Look", 9, 9), Touchpoint(0, "buy", "Buy", 9, 0))
    return SimpleNamespace(
        journey=Journey(touchpoints, transitions, (("ended", "completed"),), ()),
        arrivals=Arrivals(datetime.date(1970, 1, 11), 20, "poisson", 10.0, None, None, ""),
        cut=Cutoffs(after or {0: 0, 1: 0}, ()),
    )


def seen(events: list[tuple[float, int, str, str]], log: Any, after: dict[int, int] | None = None) -> Cycles:
    return seen_cycles(history_of(TOUCHPOINTS, events), fitted_with(after), log)


def test_simulated_cases_last_from_their_first_to_their_last_entry_as_the_log_rounds_times() -> None:
    log = log_of(["Buy", "Look"], last=30 * DAY, step=DAY)
    found = seen(
        [
            (0.9, 0, "enter", "look"),
            (1.2, 1, "enter", "look"),
            (1.3, 0, "enter", "buy"),
            (2.5, 1, "conversion", "buy"),
            (4.1, 0, "enter", "look"),
            (4.9, 2, "enter", "buy"),
            (7.0, 0, "enter", "ended"),
            (9.0, 1, "experience", "look"),
        ],
        log,
    )
    # From day 0 to day 4; the exit is no event of the log, and what is no entry is none either.
    assert (found.days.tolist(), found.ended.tolist()) == ([4.0, 0.0, 0.0], [True, True, True])


def test_a_time_on_the_hour_keeps_its_hour() -> None:
    log = log_of(["Buy", "Look"], last=30 * DAY, step=HOUR)
    starts = [(0.0, hour, "enter", "look") for hour in range(200)]
    found = seen([*starts, *((hour / 24, hour, "enter", "buy") for hour in range(200))], log)
    assert found.days * 24 == pytest.approx(np.arange(200.0), abs=1e-9)


def test_the_log_shows_nothing_after_its_end_and_calls_open_what_may_go_on() -> None:
    # The log ends at noon of the simulation's day 10; half a day without another event ends a case after Look.
    log = log_of(["Buy", "Look"], last=20 * DAY + DAY // 2, step=HOUR)
    at_noon = 10.5
    found = seen(
        [
            (0.0, 0, "enter", "look"),
            (0.0, 1, "enter", "look"),
            (0.0, 2, "enter", "look"),
            (0.0, 3, "enter", "look"),
            (10.0, 0, "enter", "look"),
            (10.0 + 1 / 24, 1, "enter", "look"),
            (at_noon + 0.9 / 24, 2, "enter", "buy"),
            (at_noon + 1 / 24, 3, "enter", "buy"),
            (12.0, 4, "enter", "buy"),
        ],
        log,
        {0: 0, 1: DAY // 2},
    )
    assert found.days == pytest.approx([10.0, 10.0 + 1 / 24, 10.5, 0.0])
    assert found.ended.tolist() == [True, False, True, True]
    for customer in (0, 1):  # alone, since no other came in time
        assert seen([(1.0, customer, "enter", "look")], log).days.tolist() == [0.0]


def transition(source: str, target: str, often: int, of: int) -> Transition:
    return Transition(source, target, often, of, None)


def chosen(*totals: tuple[int, ...]) -> Any:
    """A history in which so many chose each of the transitions below, by segment."""
    names = ("look/buy", "look/ended", "buy/look", "buy/ended", "call/ended", "other/ended")
    return SimpleNamespace(transitions=names, at_transitions=SimpleNamespace(chosen=np.array(totals)))


def test_a_share_is_off_where_sampling_does_not_explain_it() -> None:
    fitted = fitted_with(
        transitions=(
            transition("look", "buy", 8, 10),
            transition("look", "ended", 2, 10),
            transition("buy", "look", 0, 10),
            transition("buy", "ended", 10, 10),
            transition("call", "ended", 3, 10),
        )
    )
    # Wilson's interval of 8 in 10 ends at 94.3 %, that of 2 in 10 begins at 5.7 %; those of none and all hold these.
    histories = [chosen((40, 1, 0, 5, 0, 7), (10, 0, 0, 5, 0, 7)), chosen((45, 4, 0, 0, 0, 7), (0, 0, 0, 1, 0, 7))]
    assert off_shares(fitted, histories) == (OffShare("look/buy", 0.8, 0.95), OffShare("look/ended", 0.2, 0.05))
    assert off_shares(fitted, [chosen((94, 6, 0, 9, 1, 0))]) == (OffShare("call/ended", 0.3, 1.0),)


def test_cycle_times_are_told_at_the_median_and_the_90th_percentile_and_as_seen_where_open_cases_hide_them() -> None:
    training = cycles_of(1, 2, 3, 4, still_open=(3,))
    held_out = cycles_of(2, 4, 6, 8, still_open=(1,))
    simulated = [cycles_of(day, day, day, 9, still_open=(3,)) for day in (3.0, 1.0, 2.0)]
    median, slowest, as_seen = cycle_figures(training, simulated, held_out, 5)
    assert (median.share, median.as_seen, median.training, median.held_out) == (0.5, False, 2.0, 6.0)
    assert median.simulated == Range(2.0, 1.0, 3.0)
    assert (slowest.share, slowest.as_seen, slowest.training, slowest.held_out) == (0.9, False, None, 8.0)
    assert slowest.simulated == Range(None, None, None)
    assert (as_seen.share, as_seen.as_seen, as_seen.training, as_seen.held_out) == (0.9, True, 4.0, 8.0)
    assert as_seen.simulated == Range(9.0, 9.0, 9.0)
    for each in (median, slowest, as_seen):
        cycles = training.as_seen() if each.as_seen else training
        assert each.resampled == resampled(cycles, each.share, 1000, 5)
    # The longest of four drawn from 1 to 4 is at most 2 in one of 16 draws, and at most 1 in one of 256.
    assert as_seen.resampled == Range(4.0, 2.0, 4.0)


def played(*events: tuple[float, int, str, str]) -> Any:
    """A history of the log below in which everybody who buys looks again, ten times."""
    history = history_of(TOUCHPOINTS, events)
    history.transitions = ("look/buy", "buy/look", "buy/ended")
    history.at_transitions = SimpleNamespace(chosen=np.array([[7, 10, 0]]))
    return history


def written(folder: Path) -> Path:
    """Everybody looks and buys two days later. One of the first half looks again and is open at the end of the log."""
    rows = [(f"c{n}", step, stamp(n + 1 + gap)) for n in range(5) for step, gap in (("Look", 0), ("Buy", 2))]
    rows += [("c2", "Look", stamp(6)), ("c0", "Oddity", stamp(2))]
    return write_log(folder / "log.csv", rows)


def test_the_whole_is_put_together_from_the_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    again = (3.0, 1, "enter", "look"), (6.5, 1, "enter", "look")
    histories = [
        played((0.0, 0, "enter", "look"), (4.0, 0, "enter", "buy")),
        played((0.0, 0, "enter", "look"), (1.0, 0, "enter", "buy"), *again),
    ]

    def simulated(fitted: Any, *how: int) -> Any:
        asked.append((fitted.counts.cases, *how))
        return histories

    monkeypatch.setattr(evaluating, "_simulated", simulated)
    found = evaluate(written(tmp_path), Columns(**NAMES), floor=0.5, replications=3, seed=4, scratch=tmp_path)
    assert asked == [(3, 3, 4)]
    assert (found.name, found.training_cases, found.held_out_cases, found.open_cases) == ("log.csv", 3, 2, 1)
    # look/buy, buy/look and buy/ended; of Oddity, which one in five has, there is nothing.
    assert (found.shares, found.moved) == (3, ())
    assert found.off == (OffShare("buy/ended", 2 / 3, 0.0), OffShare("buy/look", 1 / 3, 1.0))
    # Nothing follows a purchase for a day and more, so whoever bought on the last day is open, too.
    assert [(each.share, each.as_seen, each.training, each.held_out) for each in found.cycle] == [
        (0.5, False, 2.0, 2.0),
        (0.9, False, None, None),
        (0.9, True, 3.0, 2.0),
    ]
    # In one history the case lasts four days; in the other one lasts a day, and one of three is open on the last.
    assert [each.simulated for each in found.cycle] == [
        Range(1.0, 1.0, 4.0),
        Range(4.0, 4.0, None),
        Range(3.0, 3.0, 4.0),
    ]
    assert found.cycle[0].resampled == resampled(cycles_of(2, 2, 3, still_open=(2,)), 0.5, 1000, 4)
    # At 2 days three of five ended: 9/5 are expected of the first half, where 2 did, with variance 3 2 3 2 / (25 4).
    assert found.cycle_p == pytest.approx(chi2.sf(0.2**2 / 0.36, 1))


def test_without_more_being_said_it_is_simulated_a_hundred_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AskedError(Exception):
        pass

    def simulated(fitted: Any, *how: int) -> Any:
        raise AskedError(len(fitted.journey.touchpoints), *how)

    monkeypatch.setattr(evaluating, "_simulated", simulated)
    with pytest.raises(AskedError) as caught:
        evaluate(written(tmp_path), Columns(**NAMES), scratch=tmp_path)
    assert caught.value.args == (3, 100, 2026)  # the oddity is kept: one in five cases is more than one in 200


def test_each_replication_is_simulated_with_its_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.engine.compile_program", lambda one, other: (one.id, other.id))
    monkeypatch.setattr("sim.engine.simulate", lambda *what, events: (*what, events))
    fitted: Any = SimpleNamespace(text=(ROOT / "scenarios" / "online-shop.toml").read_text(encoding="utf-8"))
    program = ("online-shop", "online-shop")
    assert evaluating._simulated(fitted, 2, 7) == [(program, 7, 0, True), (program, 7, 1, True)]


def evaluation(p: float, *moved: Moved) -> Evaluation:
    """One with a share that is off among twelve."""
    figures = (
        CycleFigure(0.5, False, 2.0, Range(2.25, 1.0, 4.0), Range(2.0, 1.5, 2.5), 3.14159),
        CycleFigure(0.9, False, None, Range(None, 20.0, None), Range(21.0, 20.0, None), None),
        CycleFigure(0.975, True, 1234.5, Range(1.0, 1.0, 1.0), Range(2.0, 2.0, 2.0), 0.0),
    )
    off = (OffShare("look/buy", 0.1, 0.2),)
    return Evaluation("log.csv", 1200, 1199, 7, 12, off, figures, p, moved)


def test_the_table_has_a_row_for_each_quantile() -> None:
    assert markdown(evaluation(0.05)).splitlines() == [
        "| log.csv | 1,200 / 1,199 | 11 of 12 | median | 2 | 2.25 (1 to 4) | 2 (1.5 to 2.5) | 3.14 |",
        "| log.csv | 1,200 / 1,199 | 11 of 12 | 90th percentile | not reached | not reached (20 to not reached) | "
        "21 (20 to not reached) | not reached |",
        "| log.csv | 1,200 / 1,199 | 11 of 12 | 97.5th percentile, as seen by the end of the log | 1.23e+03 | "
        "1 (1 to 1) | 2 (2 to 2) | 0 |",
        "",
        "- Cycle times of the halves do not differ measurably (log-rank test, p = 0.05).",
        "- No share differs measurably between the halves.",
    ]
    columns = markdown(evaluation(0.05)).splitlines()[0].count("|")
    assert [line.count("|") for line in HEADER.splitlines()] == [columns, columns]


def test_what_moved_between_the_halves_follows_the_table() -> None:
    moved = (Moved("", "Look", 0.5, 0.25, 0.0123), Moved("Look", "", 0.1234, 0.9, 0.04))
    assert markdown(evaluation(0.049, *moved)).splitlines()[4:] == [
        "- Cycle times of the halves differ (log-rank test, p = 0.049).",
        "- start → Look: 50.0 % of the training half, 25.0 % of the held-out half (p = 0.012)",
        "- Look → end: 12.3 % of the training half, 90.0 % of the held-out half (p = 0.04)",
    ]


ASKED = ["some.csv", "--case", "who", "--activity", "what", "--time", "when"]


@pytest.mark.parametrize(
    ("options", "how"),
    [
        ([], {"floor": 0.005, "replications": 100, "seed": 2026}),
        (
            ["--floor", "0.1", "--replications", "7", "--seed", "3"],
            {"floor": 0.1, "replications": 7, "seed": 3},
        ),
    ],
)
@pytest.mark.parametrize("by", ["case", "time"])
def test_the_command_evaluates_what_it_is_asked_to(
    options: list[str],
    how: dict[str, float],
    by: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[Any] = []
    for name, telling in (("evaluate", "markdown"), ("evaluate_later", "later_markdown")):
        monkeypatch.setattr(evaluating, name, lambda *what, name=name, **how: asked.append((name, *what, how)))
        monkeypatch.setattr(evaluating, telling, lambda _, name=name: f"rows of {name}")
    cut = [] if by == "case" else ["--by", "time"]
    assert main([*ASKED, *cut, *options]) == 0
    name = "evaluate" if by == "case" else "evaluate_later"
    assert asked == [(name, Path("some.csv"), Columns("who", "what", "when"), how)]
    header = HEADER if by == "case" else evaluating.LATER_HEADER
    assert capsys.readouterr().out == f"{header}\nrows of {name}\n"


@pytest.mark.parametrize("index", [1, 3, 5])
def test_the_command_needs_to_know_every_column(index: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*ASKED[:index], *ASKED[index + 2 :]])
    assert f"the following arguments are required: {ASKED[index]}" in capsys.readouterr().err


def test_the_command_cuts_by_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*ASKED, "--by", "customer"])
    assert "choose from" in capsys.readouterr().err
