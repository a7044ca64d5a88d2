"""Drawings without pens that keep their width while what they draw is scaled.

Charts use such pens, and SVG has a word for them (`vector-effect`). Many programs pass over it and draw lines hundreds
of times too wide. So points are put where they come to lie, and lines have a width like any other.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

_SVG: Final = "http://www.w3.org/2000/svg"
_KEPT: Final = "non-scaling-stroke"
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_PAIR: Final = re.compile(rf"({_NUMBER})\s*,\s*({_NUMBER})")
_STILL: Final = "matrix(1,0,0,1,0,0)"

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def flat(svg: bytes) -> bytes:
    """The drawing of Qt's generator with every such pen made an ordinary one."""
    root = ElementTree.fromstring(svg)
    for group in root.iter(f"{{{_SVG}}}g"):
        if any(shape.get("vector-effect") == _KEPT for shape in group):
            transform = _transform(group.get("transform", _STILL))
            for shape in group:
                _put(shape, transform)
            group.set("transform", _STILL)
    for shape in root.iter():
        shape.attrib.pop("vector-effect", None)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _put(shape: ElementTree.Element, transform: QTransform) -> None:
    """Put a shape where the transform would bring it."""
    if shape.tag == f"{{{_SVG}}}rect":
        x, y, width, height = (float(shape.attrib.pop(name)) for name in ("x", "y", "width", "height"))
        shape.tag = f"{{{_SVG}}}path"
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        shape.set("d", "M" + " L".join(f"{across},{down}" for across, down in corners) + " Z")
    for name in ("d", "points"):
        if name in shape.attrib:
            shape.set(name, _PAIR.sub(lambda pair: _moved(pair, transform), shape.attrib[name]))


def _moved(pair: re.Match[str], transform: QTransform) -> str:
    point = transform.map(QPointF(float(pair[1]), float(pair[2])))
    return f"{point.x():.4f},{point.y():.4f}"


def _transform(written: str) -> QTransform:
    return QTransform(*(float(number) for number in re.findall(_NUMBER, written)))
