"""What came of training a score, as it is said everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.training import Report
    from sim.training.measures import Tenth


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
    return "–" if value is None else f"{value:.3f}"
