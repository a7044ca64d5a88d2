"""A picture in the formats of files, on the clipboard and on paper: painted by one function on different devices."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QMimeData, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.desktop.looks.typeface import FAMILY
from app.desktop.pictures.flat import flat
from app.desktop.pictures.picture import Picture

SHARPNESS: Final = 2
"""pixels of a picture for each on the screen"""
_MOST_PIXELS, _LONGEST_SIDE = 100e6, 30_000
"""what other programs still open; a larger journey is drawn in fewer pixels"""
_LONGEST_PAGE: Final = 14_000.0
"""points; readers of PDF refuse a side of more than 14,400"""
_INSTEAD: Final = "Helvetica Neue, Segoe UI, Arial, sans-serif"
"""what a drawing is written in where the window's typeface is not installed"""


def resolution() -> int:
    """Pixels to the inch of the screen: type has a size in points, and would not fit in any other."""
    return round(QGuiApplication.primaryScreen().logicalDotsPerInch())


def drawing(size: QSize, ground: str, paint: Callable[[QPainter], None], title: str = "", source: str = "") -> bytes:
    """What `paint` draws on that ground, as SVG in which text stays text."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(resolution())
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    generator.setTitle(title)
    generator.setDescription(source)
    painter = QPainter(generator)
    painter.fillRect(QRect(QPoint(), size), QColor(ground))
    _paint(paint, painter)
    return flat(_content(buffer))


def svg(picture: Picture) -> bytes:
    """The picture as a drawing."""
    title = picture.title or picture.name
    text = drawing(picture.size(), picture.theme.panel, picture.paint, title, picture.source).decode()
    return text.replace(f'font-family="{FAMILY}"', f'font-family="{FAMILY}, {_INSTEAD}"').encode()


def pixels(picture: Picture) -> QImage:
    """The picture in pixels, finer than on the screen."""
    size = picture.size()
    sharpness = min(
        SHARPNESS,
        math.sqrt(_MOST_PIXELS / max(1, size.width() * size.height())),
        _LONGEST_SIDE / max(size.width(), size.height()),
    )
    image = QImage(
        QSize(round(size.width() * sharpness), round(size.height() * sharpness)), QImage.Format.Format_ARGB32
    )
    image.fill(picture.theme.panel)
    painter = QPainter(image)
    painter.scale(image.width() / size.width(), image.height() / size.height())
    _paint(picture.paint, painter)
    return image


def png(picture: Picture) -> bytes:
    """The picture in pixels, as a file."""
    image, buffer = pixels(picture), _buffer()
    image.setText("Title", picture.title or picture.name)
    if not QImageWriter(buffer, b"png").write(image):
        raise OSError("the picture is too large for a PNG file; save it as PDF or SVG")
    return _content(buffer)


def pdf(picture: Picture) -> bytes:
    """The picture on a page of its own size, with the letters that it needs."""
    size, buffer, dots = picture.size(), _buffer(), resolution()
    points = QSizeF(size) * (72 / dots)
    points *= min(1.0, _LONGEST_PAGE / max(points.width(), points.height()))
    writer = QPdfWriter(buffer)
    writer.setResolution(dots)
    writer.setTitle(picture.title or picture.name)
    writer.setCreator(QGuiApplication.applicationDisplayName())
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    painter = QPainter(writer)
    scale = min(writer.width() / size.width(), writer.height() / size.height())
    if scale < 1.0:
        painter.scale(scale, scale)
    _paint(picture.paint, painter)
    return _content(buffer)


def clip(picture: Picture) -> QMimeData:
    """The picture for the clipboard: pixels, and the drawing for programs that take one."""
    mime = QMimeData()
    mime.setImageData(pixels(picture))
    mime.setData("image/svg+xml", svg(picture))
    return mime


def _paint(paint: Callable[[QPainter], None], painter: QPainter) -> None:
    try:
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        paint(painter)
    finally:
        painter.end()


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _content(buffer: QBuffer) -> bytes:
    return bytes(buffer.data().data())
