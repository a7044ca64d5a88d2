"""Labels, tooltips and captions show a text as it is written, whatever it looks like."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import app.desktop
from app.desktop.looks.plain import PlainLabel, caption, plain_tip, shown_caption
from tests.desktop.opened import watched
from tests.desktop.reading_all import guessed, without_keys

TEXTS = [
    "CN=shop.example.org<table>.elsewhere.example.net",  # a certificate's name of which Qt's guess hid the rest
    "https://example.org/?a=1&b=2",  # the address of an entry, shown with &amp; where every tooltip was escaped
    "https://example.org/?a=1&lt=2&lt;=3",  # the same, taken for HTML because of one of its parameters
    "<b>folder</b> & 'file'.toml",  # a file's name
    '"quoted" <h1>status</h1>',  # a status, shown with &quot; where it was escaped twice
    "two  spaces <b>and</b>\na line\n\n  of its own",
    "<qt>x</qt>",
    "a < b > c",
    "&amp; &lt;b&gt;",
    "Fish & chips",
    "<!-- not shown --><p>",
    "<img src='x'/><style>p { color: red }</style><a href='file:///etc/hosts'>here</a>",
    "",
]
"""Texts with which other programs showed something else than was written, and more of their kind."""
WITHOUT_THE_HELPER = {"setToolTip", "setTabToolTip", "setWhatsThis", "QLabel", "QMessageBox", "QErrorMessage"}
"""What may show HTML that nobody asked for."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_tooltip_reads_as_it_was_written(qtbot: QtBot, text: str) -> None:
    assert guessed(plain_tip(text)) == text
    assert guessed(plain_tip(text, wraps=True)) == text


def test_a_tooltip_is_left_alone_where_qt_shows_it_as_it_is() -> None:
    assert plain_tip("Fish & chips, a < b") == "Fish & chips, a < b"
    assert plain_tip("", wraps=True) == ""


@pytest.mark.parametrize("text", TEXTS)
def test_a_caption_reads_as_it_was_written(text: str) -> None:
    assert without_keys(caption(text)) == text
    assert shown_caption(caption(text)) == text


def test_a_caption_is_told_without_the_sign_of_its_key() -> None:
    assert shown_caption("Save &as …") == "Save as …"
    assert shown_caption("Fish && &chips&") == "Fish & chips"


def test_a_label_loads_no_picture_that_its_text_names(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    text = f'<b>Shop</b> <img src="{picture.as_uri()}">'
    with watched(picture) as watch:
        for made in (PlainLabel(text), QLabel(plain_tip(text))):
            qtbot.addWidget(made)
            assert made.sizeHint().height() < 40
            assert not watch.opened
        usual = QLabel(text)
        qtbot.addWidget(usual)
        assert usual.sizeHint().height() >= 40
        assert watch.opened


def test_no_part_of_the_window_shows_a_text_without_this() -> None:
    found = []
    folder = Path(app.desktop.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in WITHOUT_THE_HELPER and not _is_safe(node):
                found.append(f"{file.relative_to(folder)}:{node.lineno} {ast.unparse(node)}")
    assert not found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_safe(call: ast.Call) -> bool:
    """A text of the program's own, one made by the helper, or a tooltip taken over from somewhere else."""
    told = call.args[-1] if call.args else None
    if not _name(call.func).startswith("set"):
        return False
    made = _name(told.func) if isinstance(told, ast.Call) else ""
    return isinstance(told, ast.Constant) or made in ("plain_tip", "toolTip")
