"""Nothing is overwritten, closed or lost unasked: files that are there already, that change, go, or are protected."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop.document.saving import with_ending, write_whole
from app.desktop.window import Window
from tests.desktop.hands import click, turn
from tests.desktop.table_by_keyboard import SHOP

LONG = "é" * 120 + "abcde.toml"
"""a name of 250 bytes; beside it stand others made of it"""


@pytest.fixture
def shop(window: Window, tmp_path: Path) -> Path:
    """The file that is open."""
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    assert window.files.open_now(path)
    return path


def choose(monkeypatch: pytest.MonkeyPatch, name: Path, kind: str = "") -> None:
    """Have the next dialogs end with that name and kind, without asking anything themselves."""

    def ask(*given: object) -> tuple[str, str]:
        assert given[-1] == QFileDialog.Option.DontConfirmOverwrite
        return str(name), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)


def said(window: Window) -> str:
    return " ".join(window.messages.texts)


def rename(window: Window, name: str = "Mine") -> None:
    assert window.document.set("Rename", {"name": name})


def test_save_as_asks_about_the_file_that_it_would_replace(
    window: Window, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shop.with_name("other.toml")
    other.write_text("theirs")
    choose(monkeypatch, other.with_suffix(""))
    assert not window.files.save_as()
    assert "other.toml is in" in said(window)
    assert other.read_text() == "theirs"
    click(window.messages.button("Keep it"))
    assert window.document.path == shop
    window.files.save_as()
    click(window.messages.button("Replace it"))
    assert other.read_text() == SHOP
    assert window.document.path == other
    assert not window.messages.texts


def test_what_was_to_follow_a_save_follows_once_its_question_is_answered(
    window: Window, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = shop.with_name("other.toml")
    other.write_text("theirs")
    choose(monkeypatch, other)
    window.document.new(SHOP, is_kept=False)
    window.close()
    click(window.messages.button("Save"))
    assert window.isVisible()
    click(window.messages.button("Replace it"))
    assert not window.isVisible()
    assert other.read_text() == SHOP


@pytest.mark.parametrize(
    ("name", "wanted", "others", "found"),
    [
        ("our shop", ".toml", (), "our shop.toml"),
        ("our shop 1.5", ".toml", (), "our shop 1.5.toml"),
        ("shop.TOML", ".toml", (), "shop.TOML"),
        ("retention.png", ".svg", (".png",), "retention.svg"),
        ("retention", ".png", (".svg",), "retention.png"),
        ("a.b.svg", ".svg", (".png",), "a.b.svg"),
        (".png", ".svg", (".png",), ".png.svg"),
    ],
)
def test_a_name_gets_the_ending_of_its_format(name: str, wanted: str, others: tuple[str, ...], found: str) -> None:
    assert with_ending(f"/in/{name}", wanted, *others) == Path(f"/in/{found}")


def test_a_file_of_the_longest_name_is_saved(window: Window, shop: Path) -> None:
    long = shop.with_name(LONG)
    assert len(os.fsencode(long.name)) == 250
    assert window.files.save_to(long)
    assert long.read_text(encoding="utf-8") == SHOP
    rename(window)
    written = window.safety.autosave.write()
    assert written is not None
    assert written.exception() is None
    assert window.files.save()
    assert sorted(path.name for path in shop.parent.glob("*.toml")) == sorted([LONG, "shop.toml"])


def test_a_protected_file_is_not_written(window: Window, shop: Path) -> None:
    rename(window)
    shop.chmod(0o444)
    assert not window.files.save()
    assert "shop.toml was not saved: the file is write-protected." in said(window)
    assert shop.read_text(encoding="utf-8") == SHOP
    assert window.document.is_dirty
    shop.chmod(0o644)
    assert window.files.save()
    assert not window.messages.texts


def test_a_file_that_is_protected_while_it_is_open_is_told(window: Window, shop: Path, qtbot: QtBot) -> None:
    shop.chmod(0o444)
    qtbot.waitUntil(lambda: "shop.toml was write-protected by another program" in said(window), timeout=5000)
    assert not window.document.is_dirty
    shop.chmod(0o644)


def test_a_file_that_another_program_changed_is_not_overwritten_unasked(
    window: Window, shop: Path, qtbot: QtBot
) -> None:
    rename(window)
    shop.write_text(SHOP + "# theirs\n", encoding="utf-8")  # nobody has heard of it yet
    assert not window.files.save()
    assert "changed by another program since you opened or saved it" in said(window)
    window.document.disk.look()
    assert "you have unsaved changes" in said(window)
    assert not window.files.save(), "told, but not answered"
    click(window.messages.button("Keep mine"))
    assert window.files.save()
    assert 'name = "Mine"' in shop.read_text(encoding="utf-8")
    shop.write_bytes(b"\xff\xfe damaged")
    rename(window, "Mine again")
    assert not window.files.save()
    click(window.messages.button("Reload from disk"))
    assert "UTF-16" in said(window)
    assert window.document.is_dirty
    window.files.save()
    click(window.messages.button("Save anyway"))
    assert 'name = "Mine again"' in shop.read_text(encoding="utf-8")
    assert not window.document.is_dirty


def test_the_only_copy_is_not_closed_unasked(window: Window, shop: Path, qtbot: QtBot) -> None:
    shop.unlink()
    qtbot.waitUntil(lambda: "shop.toml was deleted or moved" in said(window), timeout=5000)
    rename(window)
    window.document.undo_stack.undo()
    assert window.document.is_dirty, "undoing does not bring the file back"
    window.messages.put_away("disk")
    window.close()
    assert window.isVisible()
    assert "this window has the only copy" in said(window)
    click(window.messages.button("Save"))
    assert not window.isVisible()
    assert shop.read_text(encoding="utf-8") == SHOP


def test_a_deleted_file_is_noticed_when_the_window_closes(window: Window, shop: Path) -> None:
    shop.unlink()  # a moment ago
    window.close()
    assert window.isVisible()
    shop.write_text(SHOP, encoding="utf-8")
    window.close()
    assert not window.isVisible()


def test_a_file_that_is_replaced_at_once_is_not_told_to_be_gone(window: Window, shop: Path, qtbot: QtBot) -> None:
    moved = shop.rename(shop.with_name("moved"))
    turn()
    moved.rename(shop)
    qtbot.wait(700)
    assert not window.messages.texts
    assert not window.document.is_dirty


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept.svg"
    path.write_bytes(b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.svg"]
