"""Pictures of canvas and charts that leave the window: what is in them, and where they go."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSizeF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop.canvas import DrawnPicture, Selection
from app.desktop.canvas.look import Look
from app.desktop.canvas.scene import JourneyScene
from app.desktop.document.drawn_journey import DrawnJourney, Lane
from app.desktop.looks.theme import Theme
from app.desktop.pictures import Picture, formats
from app.desktop.pictures.flat import flat
from app.desktop.pictures.taking import file_name
from app.desktop.results import ResultsPanel
from app.desktop.window import Window
from sim.shipped import shipped_scenarios
from tests.desktop.conftest import Open
from tests.desktop.test_canvas import SHOP, big_journey
from tests.desktop.test_results import panel  # noqa: F401 - a fixture

LIGHT, DARK = Theme(), Theme(dark=True)


@pytest.fixture
def shop(window: Window) -> Iterator[Window]:
    window.files.open_shipped(shipped_scenarios()["online-shop"])
    QApplication.processEvents()
    return window


def texts(svg: bytes) -> str:
    """All that is written in a drawing, in one line."""
    root = ElementTree.fromstring(svg)
    return " ".join(each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text"))


def say_where(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Choose that file whenever somebody is asked; what was suggested is listed."""
    suggested: list[str] = []

    def choose(_parent: object, _title: str, beside: str, *_: object) -> tuple[str, str]:
        suggested.append(beside)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return suggested


def test_a_picture_of_the_canvas_has_ink_on_every_card_and_no_sign_of_a_selection(shop: Window) -> None:
    plain = formats.pixels(shop.pictures.canvas(LIGHT))
    picture, drawn = shop.pictures.canvas(LIGHT), shop.canvas.drawn(LIGHT)
    assert plain.size() == 2 * picture.size()
    assert {plain.pixelColor(x, 2).name() for x in range(0, plain.width(), 50)} == {LIGHT.panel}
    for id_, figure in drawn.scene.cards.items():
        box = figure.box.rect().translated(picture.corner - drawn.area.topLeft())
        seen = {
            plain.pixelColor(round(2 * x), round(2 * (box.top() + 17))).name()
            for x in _steps(box.left() + 10, box.right() - 10)
        }
        assert min(QColor(name).lightness() for name in seen) < 90, f"{id_}: its name is written"
    shop.editor.select_all()
    assert shop.canvas.selected != Selection()
    assert formats.pixels(shop.pictures.canvas(LIGHT)) == plain


def _steps(start: float, end: float) -> Iterator[float]:
    while start < end:
        yield start
        start += 0.5


def test_a_drawing_of_the_canvas_has_every_name_and_share_as_text(shop: Window) -> None:
    written = texts(formats.svg(shop.pictures.canvas(LIGHT)))
    for touchpoint in shop.document.journey.touchpoints:
        assert touchpoint.name.split()[0] in written
    for lane in shop.document.journey.lanes:
        assert lane.name in written
    for figure in shop.canvas.drawn(LIGHT).scene.transitions.values():
        assert figure.share in written
    assert "Online shop" in written
    assert "not simulated yet" in written, "where it comes from"


def test_a_page_is_one_page_of_the_pictures_size_with_its_letters(shop: Window) -> None:
    page = formats.pdf(shop.pictures.canvas(LIGHT))
    assert page.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", page)) == 1
    assert b"/FontFile2" in page, "letters travel with it"
    assert b"/Subtype /Image" not in page, "it is drawn, not a photograph"


def test_a_huge_journey_still_gives_a_picture_and_a_page_that_others_open() -> None:
    huge = Picture("Huge", QSizeF(40_000, 9_000), lambda painter: painter.drawLine(0, 0, 40_000, 9_000), LIGHT)
    image = formats.pixels(huge)
    assert not image.isNull()
    assert image.width() <= 30_000
    assert image.width() * image.height() <= 101e6
    (_, _, wide, _) = map(float, re.findall(rb"/MediaBox \[(.*?)\]", formats.pdf(huge))[0].split())
    assert wide <= 14_400


def test_a_large_journey_that_is_drawn_small_has_all_its_names(qapp: QApplication) -> None:
    scene = JourneyScene(Look(LIGHT))
    scene.show_journey(big_journey(80, 160))
    drawn = DrawnPicture(scene, LIGHT)

    def small(painter: QPainter) -> None:
        painter.scale(0.2, 0.2)
        drawn.draw(painter)

    written = texts(formats.drawing((drawn.size * 0.2).toSize(), LIGHT.panel, small))
    assert all(touchpoint.name.split()[0] in written for touchpoint in scene.journey.touchpoints)


def test_a_picture_has_the_names_of_stages_without_touchpoints(qapp: QApplication) -> None:
    lanes = (Lane("before", "Awareness"), Lane("awareness", "Consideration"), Lane("after", "Long after the purchase"))
    scene = JourneyScene(Look(LIGHT))
    scene.show_journey(DrawnJourney(lanes, SHOP.touchpoints))
    drawn = DrawnPicture(scene, LIGHT)
    written = texts(formats.drawing(drawn.size.toSize(), LIGHT.panel, drawn.draw))
    assert all(name in written for name in ("Awareness", "Consideration", "Long"))


def test_pens_that_keep_their_width_become_ordinary_ones() -> None:
    def paint(painter: QPainter) -> None:
        painter.scale(100, 0.5)
        pen = painter.pen()
        pen.setCosmetic(True)
        pen.setWidth(3)
        painter.setPen(pen)
        painter.drawLine(QPointF(1, 20), QPointF(2, 40))

    svg = formats.drawing(Picture("", QSizeF(400, 100), paint, LIGHT).size(), "#ffffff", paint)
    assert b"vector-effect" not in svg
    (points,) = [
        shape.get("points") or shape.get("d")
        for shape in ElementTree.fromstring(svg).iter()
        if shape.get("points") or shape.get("d")
    ]
    assert [float(number) for number in re.findall(r"[\d.]+", points or "")] == [100, 10, 200, 20]
    assert flat(svg).count(b"<g") == svg.count(b"<g")


def test_what_is_copied_is_pixels_and_a_drawing_in_the_colours_of_the_window(shop: Window) -> None:
    shop.commands["dark"].trigger()
    shop.commands["take-copy"].trigger()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert "Checkout" in texts(bytes(mime.data("image/svg+xml").data()))
    assert QGuiApplication.clipboard().image().pixelColor(1, 1).name() == DARK.panel
    assert shop.status.currentMessage() == "Copied the picture: Online shop"


def test_paper_is_light_also_where_the_window_is_dark(
    shop: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.commands["dark"].trigger()
    say_where(monkeypatch, tmp_path / "shop.svg")
    shop.commands["take-svg"].trigger()
    assert LIGHT.panel in (tmp_path / "shop.svg").read_text(encoding="utf-8")
    assert DARK.panel not in (tmp_path / "shop.svg").read_text(encoding="utf-8")
    say_where(monkeypatch, tmp_path / "shop.png")
    shop.commands["take-png"].trigger()
    assert QImage(str(tmp_path / "shop.png")).pixelColor(1, 1).name() == DARK.panel


@pytest.mark.parametrize(("way", "begin"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_picture_is_saved_under_the_journeys_name_in_the_folder_of_the_last_one(
    shop: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, begin: bytes
) -> None:
    suggested = say_where(monkeypatch, tmp_path / "board.x")
    shop.commands[f"take-{way}"].trigger()
    assert (tmp_path / f"board.x.{way}").read_bytes().startswith(begin)
    shop.commands[f"take-{way}"].trigger()
    assert suggested == [str(Path.home() / f"Online shop.{way}"), str(tmp_path / f"Online shop.{way}")]
    assert shop.messages.texts == [f"Note: board.x.{way} is in {tmp_path} already. What is in it would be lost."]


def test_a_file_that_is_there_is_replaced_only_if_somebody_says_so(
    shop: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.pdf").write_text("theirs")
    say_where(monkeypatch, tmp_path / "shop.pdf")
    shop.commands["take-pdf"].trigger()
    shop.messages.button("Keep it").click()
    assert (tmp_path / "shop.pdf").read_text() == "theirs"
    shop.commands["take-pdf"].trigger()
    shop.messages.button("Replace it").click()
    assert (tmp_path / "shop.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_to_is_told_in_a_line(
    shop: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_where(monkeypatch, tmp_path / "gone" / "shop.pdf")
    shop.commands["take-pdf"].trigger()
    (said,) = shop.messages.texts
    assert said == "Problem: shop.pdf was not saved: No such file or directory. Choose another folder or name."
    say_where(monkeypatch, tmp_path / "shop.pdf")
    shop.messages.button("Save it elsewhere …").click()
    assert (tmp_path / "shop.pdf").exists()
    assert not shop.messages.texts


def test_an_empty_journey_says_that_there_is_nothing_to_take(window: Window) -> None:
    window.commands["take-copy"].trigger()
    assert "nothing to take along yet" in window.messages.texts[0]
    assert QGuiApplication.clipboard().image().isNull()


def test_a_picture_is_printed_on_one_page_across_where_it_is_wide(
    shop: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QPrinter] = []

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(tmp_path / "paper.pdf"))
        asked.append(dialog.printer())
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    shop.commands["take-print"].trigger()
    paper = (tmp_path / "paper.pdf").read_bytes()
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    left, low, right, high = map(float, re.findall(rb"/MediaBox \[(.*?)\]", paper)[0].split())
    assert right - left > high - low
    assert shop.status.currentMessage() == "Printed Online shop"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Shop: spring / summer", "Shop spring summer"),
        ("..", "Picture"),
        ("", "Picture"),
        ("Kundenreise für Ältere", "Kundenreise für Ältere"),
        ("a" * 300, "a" * 100),
    ],
)
def test_names_of_journeys_become_names_that_files_may_have(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_chart_is_light_on_paper_and_stays_dark_in_the_window(panel: ResultsPanel, qtbot: QtBot) -> None:  # noqa: F811
    panel.appearance.use(DARK)
    for chart, _ in panel.charts.all:
        panel.tabs.setCurrentWidget(chart)
        QApplication.processEvents()
        before = chart.grab().toImage()
        paper = formats.svg(chart.pictured(LIGHT)).decode()
        assert LIGHT.text in paper
        assert DARK.text not in paper, chart.title
        assert DARK.panel not in paper, chart.title
        QApplication.processEvents()
        assert chart.grab().toImage() == before, chart.title
    panel.appearance.use(LIGHT)


def test_a_chart_that_was_zoomed_into_is_whole_in_a_picture_and_stays_zoomed_in_the_window(panel: ResultsPanel) -> None:  # noqa: F811
    chart = panel.charts.retention
    panel.tabs.setCurrentWidget(chart)
    QApplication.processEvents()
    whole = texts(formats.svg(chart.pictured(LIGHT)))
    view = chart.plot.getPlotItem().getViewBox()
    view.setRange(xRange=(5, 40), yRange=(0.6, 0.8), padding=0)
    zoomed = view.viewRange()
    assert texts(formats.svg(chart.pictured(LIGHT))) == whole, "the same axes"
    assert view.viewRange() == zoomed


def test_a_chart_in_a_drawing_is_made_of_shapes_alone(panel: ResultsPanel) -> None:  # noqa: F811
    for chart, _ in panel.charts.all:
        panel.tabs.setCurrentWidget(chart)
        QApplication.processEvents()
        assert "<image" not in formats.svg(chart.pictured(LIGHT)).decode(), (
            f"{chart.title}: pixels, blurred when enlarged"
        )


def test_a_file_dropped_on_the_window_opens(open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    there = tmp_path / "shop.toml"
    there.write_text(shipped_scenarios()["online-shop"].read_text(encoding="utf-8"), encoding="utf-8")
    assert drop(window, there) is True
    assert window.document.path == there
    assert there.exists()


def test_dropping_a_file_asks_about_what_is_not_saved(shop: Window, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("")
    shop.document.set("Name", {"name": "Mine"})
    drop(shop, tmp_path / "other.toml")
    assert shop.document.tables["name"] == "Mine"
    assert "unsaved changes" in shop.messages.texts[0]


def test_what_is_no_scenario_is_told_and_loses_nothing(shop: Window, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    drop(shop, tmp_path / "photo.png")
    assert shop.document.tables["name"] == "Online shop"
    (said,) = shop.messages.texts
    assert "photo.png" in said


def test_several_files_are_asked_about_and_what_is_no_file_is_not_taken(shop: Window, tmp_path: Path) -> None:
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for file in files:
        file.write_text('format = 1\nid = "x"\n')
    drop(shop, *files)
    assert "one journey is open at a time" in shop.messages.texts[0]
    assert shop.document.tables["name"] == "Online shop"
    assert drop(shop, tmp_path) is False, "a folder"
    assert drop(shop, text="touchpoint") is False


def drop(window: Window, *files: Path, text: str = "") -> bool:
    """Drop that into the middle of the window; whether it was taken, as a copy."""
    mime = QMimeData()
    if files:
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if text:
        mime.setText(text)
    at, moves = window.rect().center(), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, moves, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    falls = QDropEvent(QPointF(at), moves, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    falls.setDropAction(Qt.DropAction.MoveAction)  # what some file managers propose: they would delete the file
    QApplication.sendEvent(window, falls)
    QApplication.processEvents()
    return falls.isAccepted() and falls.dropAction() == Qt.DropAction.CopyAction
