"""What is pasted may come from anywhere: what is no part of a journey is told in one line and changes nothing."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from app.desktop.document.clip import CLIP
from app.desktop.window import Window
from tests.desktop.table_by_keyboard import SHOP

CARD = '[[touchpoints]]\nid = "a"\n'
DAMAGED = {
    b"\xff\xfe": "no part of a journey",
    b"": "no part of a journey",
    b"touchpoints = [": "no part of a journey",
    b"x = " + b"[" * 5000: "no part of a journey",
    b"a = 1": "holds no touchpoint and no note",
    b"touchpoints = 3": "its touchpoints are no list of tables",
    b"touchpoints = [1]": "its touchpoints are no list of tables",
    b"[[touchpoints]]\nname = 'A'": 'a touchpoint in it has no "id"',
    b"[[touchpoints]]\nid = 7": 'a touchpoint in it has no "id"',
    (CARD + CARD).encode(): "two of its touchpoints have the same ID",
    f'{CARD}[[transitions]]\nfrom = "a"\nto = "b"'.encode(): "leads to or from a touchpoint that is not in it",
    f'{CARD}[[transitions]]\nfrom = "a"'.encode(): 'a transition in it has no "to"',
    f'{CARD}[[transitions]]\nfrom = "a"\nto = "a"\nid = []'.encode(): 'a transition in it has no "id"',
    f"layout = 3\n{CARD}".encode(): "its layout is no table",
    f"{CARD}[layout]\na = [1]".encode(): "a position in it is not two numbers",
    f"{CARD}[layout]\na = [nan, 2]".encode(): "a position in it is not two numbers",
    b"[[annotations]]\nat = [1, 2]": 'a note in it has no "text"',
    b"[[annotations]]\ntext = 'Look'": "a position in it is not two numbers",
    b"#" * 5_000_001: "more than 5 MB",
}


def lay(content: bytes, kind: str = CLIP) -> None:
    """Put something on the clipboard."""
    mime = QMimeData()
    mime.setData(kind, content)
    QApplication.clipboard().setMimeData(mime)


def test_a_damaged_clip_is_told_in_one_line_and_changes_nothing(window: Window) -> None:
    window.document.new(SHOP)
    for content, words in DAMAGED.items():
        lay(content)
        window.editor.paste()
        (said,) = window.messages.texts
        assert words in said, content[:40]
        assert "\n" not in said
        assert len(said) < 200
        assert window.document.text == SHOP


@pytest.mark.parametrize("kind", [CLIP, "text/plain"])
def test_a_clip_that_another_program_wrote_is_pasted(window: Window, kind: str) -> None:
    window.document.new(SHOP)
    lay(f'{CARD}name = "From a mail"\nodd = 1\n[layout]\na = [1, 2]\ngone = "?"'.encode(), kind)
    window.editor.paste()
    assert not window.messages.texts
    assert window.document.journey.touchpoint("a") is not None
    assert window.document.undo_stack.count() == 1
