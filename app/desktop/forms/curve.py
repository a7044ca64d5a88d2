"""A small drawing of a distribution."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.forms.probability import density, quantile
from app.desktop.looks.plain import plain_tip
from app.desktop.looks.theme import GRID, Appearance
from sim.scenario.distributions import Distribution, Fixed

_POINTS = 96


def in_words(distribution: Distribution, unit: str) -> str:
    """Mean and median in a sentence."""
    after = f" {unit}" if unit else ""
    if isinstance(distribution, Fixed):
        return f"Always {_number(distribution.value)}{after.removesuffix('s') if distribution.value == 1 else after}."
    mean, median = distribution.mean_value(), quantile(distribution, 0.5)
    if mean == float("inf"):
        return f"Half below {_number(median)}{after}; the mean is infinite."
    return f"On average {_number(mean)}{after}, half below {_number(median)}{after}."


class Curve(QWidget):
    """How densely the values lie, with the mean as a line and the median as a dashed one."""

    def __init__(self, appearance: Appearance) -> None:
        """Nothing to show yet."""
        super().__init__()
        self.appearance = appearance
        self.distribution: Distribution | None = None
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Curve of the distribution")
        appearance.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for the curve and a line of figures."""
        return QSize(160, 5 * GRID + self.fontMetrics().height() + GRID)

    def show_distribution(self, distribution: Distribution | None, unit: str) -> None:
        """Draw this one; None for nothing."""
        self.distribution, self._unit = distribution, unit
        words = "" if distribution is None else in_words(distribution, unit)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip(f"{words} The solid line is the mean, the dashed line the median." if words else ""))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it."""
        if self.distribution is None:
            return
        theme = self.appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        room = QRectF(1, 2, self.width() - 2, self.height() - metrics.height() - GRID / 2 - 2)
        low, high = _range(self.distribution)

        def across(x: float) -> float:
            return room.left() + room.width() * (x - low) / (high - low)

        colour = QColor(theme.accent)
        line = _outline(self.distribution, low, high, room)
        fill = QColor(colour)
        fill.setAlpha(40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([room.bottomLeft(), *line, room.bottomRight()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(QColor(theme.stroke), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        typical = [(self.distribution.mean_value(), Qt.PenStyle.SolidLine)]
        if not isinstance(self.distribution, Fixed):
            typical.append((quantile(self.distribution, 0.5), Qt.PenStyle.DashLine))
        for value, style in typical:
            if low <= value <= high:
                painter.setPen(QPen(QColor(theme.text), 1, style))
                painter.drawLine(QPointF(across(value), room.top()), QPointF(across(value), room.bottom()))
        painter.setPen(QColor(theme.quiet))
        below = QRectF(room.left(), room.bottom() + GRID / 2, room.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _number(low))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{_number(high)} {self._unit}".strip())
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _range(distribution: Distribution) -> tuple[float, float]:
    """From where to where to draw: all but the rarest values, and 0 where values are near it."""
    if isinstance(distribution, Fixed):
        middle = distribution.value
        return (0.0, 2 * middle) if middle > 0 else (middle - 1, middle + 1)
    low, high = quantile(distribution, 0.002), quantile(distribution, 0.98)
    low = 0.0 if 0 < low < (high - low) / 2 else low
    return (low, high) if high > low else (low - 1, low + 1)


def _outline(distribution: Distribution, low: float, high: float, room: QRectF) -> list[QPointF]:
    if isinstance(distribution, Fixed):
        return [room.bottomLeft(), room.bottomRight()]
    step = (high - low) / _POINTS
    heights = [density(distribution, low + step * (n + 0.5)) for n in range(_POINTS)]
    # Where values pile up at an end, that end may go out of the picture, or nothing else would be seen.
    top = min(max(heights), 4 * sorted(heights)[_POINTS // 2] + _typical(heights)) or 1.0
    width = room.width() / _POINTS
    return [
        QPointF(room.left() + width * (n + 0.5), room.bottom() - room.height() * 0.94 * min(height / top, 1.0))
        for n, height in enumerate(heights)
    ]


def _typical(heights: list[float]) -> float:
    """The height that few points exceed."""
    return sorted(heights)[int(_POINTS * 0.95)]


def _number(value: float) -> str:
    if value and not 1e-4 <= abs(value) < 1e6:
        return f"{value:.2g}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
