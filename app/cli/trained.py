"""What `journey train` tells of the scores that it has fitted: as tables, or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.screen import results
from app.shown.training import (
    gain_heads,
    gain_rows,
    gains_in_words,
    how_good,
    how_good_uplift,
    how_good_value,
    in_words,
    money,
    points,
    uplift_in_words,
    value_in_words,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.training import ActionGain, Report, ValueReport
    from sim.training.models import Coefficient, Model
    from sim.training.ranking import UpliftTenth
    from sim.training.uplift import Uplift

_NONE = "–"


def document(
    scenario: Scenario,
    seed: int,
    output: Path,
    reports: list[Report],
    value: ValueReport | None,
    gains: list[ActionGain],
) -> dict[str, Any]:
    """All of it, for a program."""
    return {
        "scenario": scenario.id,
        "seed": seed,
        "file": str(output),
        "scores": {report.outcome.score: _told(report) for report in reports}
        | ({value.score: _told_value(value)} if value else {}),
        "gains": [vars(each) | {"gain": vars(each.gain)} for each in gains],
    }


def _told(report: Report) -> dict[str, Any]:
    return {
        "foresees": report.outcome.id,
        "days": report.days,
        "within": report.within,
        "trained": report.trained,
        "tested": report.tested,
        "share": report.share,
        **_coefficients(report.model),
        "auc": report.auc,
        "auc_boosted_trees": report.trees_auc,
        "calibration_error": report.calibration_error,
        "tenths": [vars(each) for each in report.tenths],
        "uplift": report.uplift and _uplift(report.outcome.uplift_score, report.uplift),
    }


def _told_value(report: ValueReport) -> dict[str, Any]:
    return {
        "foresees": "value",
        "days": report.days,
        "within": report.within,
        "trained": report.trained,
        "tested": report.tested,
        "earned": vars(report.earned),
        **_coefficients(report.model),
        "ranks": report.ranks,
        "ranks_boosted_trees": report.trees_ranks,
        "calibration_error": report.calibration_error,
        "tenths": [vars(each) | {"earned": vars(each.earned)} for each in report.tenths],
    }


def _uplift(score: str, uplift: Uplift) -> dict[str, Any]:
    return {
        "score": score,
        "trained": uplift.trained,
        "tested": uplift.tested,
        **_coefficients(uplift.model),
        "overall": vars(uplift.overall),
        "tenths": [_tenth(each) for each in uplift.by_uplift],
        "tenths_by_likelihood": [_tenth(each) for each in uplift.by_likelihood],
        "qini": vars(uplift.qini),
        "qini_by_likelihood": vars(uplift.qini_by_likelihood),
        "qini_more": vars(uplift.qini_more),
    }


def _tenth(each: UpliftTenth) -> dict[str, Any]:
    return {"looks": each.looks, "score": each.score, "uplift": each.uplift and vars(each.uplift)}


def _coefficients(model: Model) -> dict[str, Any]:
    return {
        "intercept": _interval(model.intercept),
        "weights": {name: _interval(each) for name, each in model.weights.items()},
    }


def _interval(each: Coefficient) -> dict[str, float]:
    return {"value": each.value, "lo": each.lo, "hi": each.hi}


def print_report(report: Report) -> None:
    """A score of how likely something is, and one of what the brand's actions change in it."""
    console = results()
    console.print(in_words(report))
    console.print(f"{how_good(report)}\n")
    console.print(_weights(report.model))
    console.print()
    console.print(_parts(report))
    console.print()
    if report.uplift is None:
        console.print(f"No {report.outcome.uplift_score}: the brand does nothing that the holdout does not get.\n")
    else:
        _print_uplift(report, report.uplift)


def _print_uplift(report: Report, uplift: Uplift) -> None:
    console = results()
    console.print(uplift_in_words(report, uplift))
    console.print(f"{how_good_uplift(report, uplift)}\n")
    console.print(_weights(uplift.model))
    console.print()
    console.print(_uplifts(report, uplift))
    console.print()


def print_value(report: ValueReport, currency: str) -> None:
    """A score of what somebody will bring."""
    console = results()
    console.print(value_in_words(report, currency))
    console.print(f"{how_good_value(report, currency)}\n")
    console.print(_weights(report.model))
    console.print()
    table = _table("tenth by score", "score", f"earned, {currency}", "lift", "share of all")
    for number, each in enumerate(report.tenths, 1):
        lift = _NONE if each.lift is None else f"{each.lift:.2f}"
        share = _NONE if each.share is None else f"{100 * each.share:.1f} %"
        table.add_row(str(number), f"{each.expected:.2f}", money(each.earned), lift, share)
    table.add_row("all", "", money(report.earned), "", "")
    console.print(table)
    console.print()


def print_gains(gains: list[ActionGain], within: float, currency: str) -> None:
    """What each action brings: everywhere, and by segment and stage."""
    console = results()
    console.print(f"{gains_in_words(within, currency)}\n")
    table = _table(*(head.lower() for head in gain_heads()))
    for row in gain_rows(gains):
        table.add_row(*row)
    console.print(table)
    console.print()


def _table(*heads: str) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left", overflow="fold")
    return table


def _weights(model: Model) -> Any:
    table = _table("", "weight", "95 % interval")
    for name, each in {"intercept": model.intercept, **model.weights}.items():
        table.add_row(name, f"{each.value:.4g}", f"[{each.lo:.4g}, {each.hi:.4g}]")
    return table


def _parts(report: Report) -> Any:
    table = _table("tenth by score", "score", "came true", "lift")
    for number, each in enumerate(report.tenths, 1):
        lift = _NONE if each.lift is None else f"{each.lift:.2f}"
        table.add_row(str(number), f"{100 * each.expected:.1f} %", f"{100 * each.share:.1f} %", lift)
    table.add_row("all", "", f"{100 * report.share:.1f} %", "")
    return table


def _uplifts(report: Report, uplift: Uplift) -> Any:
    table = _table("tenth by score", "score", "uplift", f"uplift by {report.outcome.score}")
    for number, (own, other) in enumerate(zip(uplift.by_uplift, uplift.by_likelihood, strict=True), 1):
        table.add_row(str(number), f"{own.score:.3f}", points(own.uplift), points(other.uplift))
    table.add_row("all", "", points(uplift.overall), points(uplift.overall))
    return table
