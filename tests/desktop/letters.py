"""The texts that a view of the canvas or another widget draws, and how large they are on the screen."""

import math
import re
import xml.etree.ElementTree as ET

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget


def drawn_texts(view: QWidget) -> list[tuple[str, float]]:
    """Each text that is drawn in it, and the size of its letters in pixels."""
    picture = QByteArray()
    buffer = QBuffer(picture)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(96)
    area = view.viewport().rect() if isinstance(view, QGraphicsView) else view.rect()
    made.setSize(area.size())
    made.setViewBox(area)
    painter = QPainter(made)
    if isinstance(view, QGraphicsView):
        view.render(painter, QRectF(area), area)
    else:
        view.render(painter, QPoint())
    painter.end()
    return [(words, size) for words, size in _texts(ET.fromstring(bytes(picture.data())), 1.0) if words]


def _texts(element: ET.Element, scale: float) -> list[tuple[str, float]]:
    said = []
    matrix = re.match(r"matrix\(([^,]+),([^,]+),", element.get("transform", ""))
    scale *= math.hypot(float(matrix[1]), float(matrix[2])) if matrix else 1.0
    for child in element:
        if child.tag.endswith("text"):
            size = child.get("font-size") or element.get("font-size") or "0"
            said.append(((child.text or "").strip(), float(size.rstrip("px")) * scale))
        said += _texts(child, scale)
    return said
