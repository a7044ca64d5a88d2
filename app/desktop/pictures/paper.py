"""A picture on paper: as large as the page allows, upright or across as suits it."""

from __future__ import annotations

from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.desktop.pictures.formats import resolution
from app.desktop.pictures.picture import Picture


def ask_printer(parent: QWidget, picture: Picture) -> QPrinter | None:
    """Have somebody choose a printer; None where they do not."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(resolution())
    printer.setDocName(picture.name)
    size = picture.size()
    across = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print {picture.name}")
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def put_on_paper(picture: Picture, printer: QPrinter) -> bool:
    """Print it on one page, in its middle; whether the printer took it."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    size, page = picture.size(), printer.pageLayout().paintRectPixels(printer.resolution())
    scale = min(page.width() / size.width(), page.height() / size.height(), 1.0)
    painter.translate((page.width() - size.width() * scale) / 2, 0)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    picture.paint(painter)
    return painter.end()
