"""Charts as pictures: a drawing (SVG) whose text stays text, and pixels made from that drawing."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

SHARPNESS = 2
"""pixels of a picture for each on the screen"""


def drawing(size: QSize, resolution: int, paper: str, title: str, paint: Callable[[QPainter], None]) -> bytes:
    """What `paint` draws on that paper, as SVG; `size` in pixels of a screen with `resolution` of them to the inch."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(resolution)  # else type would come out in another size than on the screen, and overlap
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    try:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(paper))
        paint(painter)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def pixels(svg: bytes, size: QSize) -> QImage:
    """The drawing in pixels, finer than on the screen.

    Made from the drawing, not from the widget: pens of charts are as many pixels wide on every device, which would
    make them thinner the finer the picture is.
    """
    image = QImage(size * SHARPNESS, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(svg).render(painter)
    finally:
        painter.end()
    return image


def pixmap(image: QImage) -> QPixmap:
    """The pixels as the clipboard takes them."""
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap


def png(image: QImage) -> bytes:
    """The pixels as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
