"""What came of training a score, as it is said everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.training import ActionGain, Report, ValueReport
    from sim.training.measures import Tenth
    from sim.training.models import Model
    from sim.training.ranking import Estimate
    from sim.training.uplift import Uplift

NO_ACTIONS: Final = "The brand does nothing that the holdout does not get, so its actions change nothing."
NO_ALTERNATIVES: Final = "no rule has alternatives, so there is no choice of which to learn; give a rule alternatives"
_NONE: Final = "–"


def in_words(report: Report) -> str:
    """To how many it happens, and to how many of those with the highest scores."""
    best = report.tenths[0]
    return (
        f"{report.outcome.score}: of 100 customers looked at {100 * report.share:.0f} {report.outcome.happens} within "
        f"{report.within:g} days; of the tenth with the highest score, {100 * best.share:.0f}."
    )


def how_good(report: Report) -> str:
    """On whom it was trained and tested, and what that came to."""
    ranks = f"AUC {_decimal(report.auc)} (boosted trees {_decimal(report.trees_auc)})"
    return (
        f"Trained on {report.trained:,} looks at customers as the brand knew them, every {report.within:g} days, "
        f"tested on {report.tested:,} others: {ranks}, calibration error {report.calibration_error:.3f}."
    )


def uplift_in_words(report: Report, uplift: Uplift) -> str:
    """What the brand's actions change, among all and among those whom they change most."""
    best = uplift.by_uplift[0].uplift
    of_best = f"; of the tenth with the highest score, {points(best)}" if best else ""
    return (
        f"{report.outcome.uplift_score}: the brand's actions change the share who {report.outcome.good} by "
        f"{points(uplift.overall)}{of_best}. Above a score of 0.5 they help."
    )


def how_good_uplift(report: Report, uplift: Uplift) -> str:
    """On whom it was trained and tested, and how much better it is than going by how likely it is."""
    return (
        f"Trained on {uplift.trained:,} looks at customers to whom nothing had been sent, tested on {uplift.tested:,} "
        f"others: Qini {points(uplift.qini)}, by {report.outcome.score} {points(uplift.qini_by_likelihood)}, "
        f"difference {points(uplift.qini_more)}."
    )


def value_in_words(report: ValueReport, currency: str) -> str:
    """What customers bring, and those with the highest scores."""
    best = report.tenths[0]
    share = "" if best.share is None else f", {100 * best.share:.0f} % of all"
    return (
        f"{report.score}: a customer looked at brings {report.earned.value:.2f} {currency} of margin within "
        f"{report.within:g} days; one of the tenth with the highest score {best.earned.value:.2f}{share}."
    )


def how_good_value(report: ValueReport, currency: str) -> str:
    """On whom it was trained and tested, and what that came to."""
    return (
        f"Trained on {report.trained:,} looks at customers as the brand knew them, every {report.within:g} days, "
        f"tested on {report.tested:,} others: rank correlation {_decimal(report.ranks)} (boosted trees "
        f"{_decimal(report.trees_ranks)}), calibration error {report.calibration_error:.2f} {currency}."
    )


def gains_in_words(within: float, currency: str) -> str:
    """What the figures of actions are."""
    return (
        f"What choosing an action brings within {within:g} days, compared with choosing nothing: margin in {currency} "
        "before what the send costs, from a pilot in which actions are chosen by chance."
    )


def gain_heads() -> tuple[str, ...]:
    """The columns of `gain_rows`."""
    return ("Action", "Channel", "Segment", "Stage", "Chosen", "Nothing", "Gain", "Response rate")


def gain_rows(gains: Sequence[ActionGain]) -> list[tuple[str, ...]]:
    """What each action brings: everywhere, and by segment and stage."""
    return [
        (
            each.action,
            *(where or "all" for where in (each.channel, each.segment, each.stage)),
            f"{each.chosen:,}",
            f"{each.nothing:,}",
            f"{each.gain.value:+.2f} ± {1.96 * each.gain.error:.2f}",
            _NONE if each.response_rate is None else f"{100 * each.response_rate:.1f} %",
        )
        for each in gains
    ]


def money(amount: Estimate) -> str:
    """An amount, with its 95 % interval."""
    return f"{amount.value:.2f} ± {1.96 * amount.error:.2f}"


def points(difference: Estimate | None) -> str:
    """A difference of shares, with its 95 % interval."""
    return _NONE if difference is None else f"{100 * difference.value:+z.1f} ± {196 * difference.error:.1f} points"


def as_score(model: Model, foresees: str | None = None, within: float | None = None) -> dict[str, Any]:
    """What a scenario file says of a model: digits enough for the same score; what it foresees within which days."""
    weights = {name: float(f"{each.value:.6g}") for name, each in model.weights.items()}
    kind = {} if model.kind == "chance" else {"kind": model.kind}
    watched = {} if foresees is None else {"foresees": foresees, "within": within}
    return {**kind, "intercept": float(f"{model.intercept.value:.6g}"), "weights": weights, **watched}


def scores_found(reports: Sequence[Report], value: ValueReport | None = None) -> dict[str, dict[str, Any]]:
    """What a scenario file says of all scores that were trained, by address."""
    found = {each.outcome.score: as_score(each.model, each.outcome.id, each.within) for each in reports}
    found |= {each.outcome.uplift_score: as_score(each.uplift.model) for each in reports if each.uplift}
    found |= {value.score: as_score(value.model, "value", value.within)} if value else {}
    return {f"scores.{name}": score for name, score in found.items()}


def as_gains(gains: Sequence[ActionGain]) -> list[dict[str, Any]]:
    """What a scenario file says of gains: only what is known, and an ID for each."""
    told: dict[str, dict[str, Any]] = {}
    for each in gains:
        where = {"channel": each.channel, "segment": each.segment, "stage": each.stage}
        named = {"action": each.action, **{key: value for key, value in where.items() if value is not None}}
        figures = {"gain": each.gain.value, "error": each.gain.error, "response_rate": each.response_rate}
        known = {key: float(f"{value:.6g}") for key, value in figures.items() if value is not None}
        id_ = "-".join(named.values())
        while id_ in told:
            id_ = f"{id_}-x"
        told[id_] = {"id": id_, **named, **known}
    return list(told.values())


def ranking(tenths: Sequence[Tenth]) -> list[tuple[float, float]]:
    """The ROC curve at eleven thresholds: of those to whom it does not happen and does, the shares above each.

    It begins at (0, 0), above every score, and ends at (1, 1).
    """
    happened = [each.looks * each.share for each in tenths]
    not_happened = [each.looks * (1 - each.share) for each in tenths]
    return [
        (sum(not_happened[:count]) / sum(not_happened), sum(happened[:count]) / sum(happened))
        for count in range(len(tenths) + 1)
    ]


def _decimal(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"
