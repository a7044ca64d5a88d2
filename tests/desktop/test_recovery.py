"""Unsaved changes survive a sudden end, are offered once, and nobody else's is taken."""

import datetime
import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.safety.recovery import Autosave
from app.desktop.window import Window
from app.files.unsaved_texts import KEPT_DAYS, Slot, Unsaved, fingerprint, left_behind, tidy_kept
from sim.scenario import edit
from tests.desktop.conftest import Open
from tests.desktop.hands import click, turn

ROOT = Path(__file__).resolve().parents[2]
TEXT = 'id = "one"\nname = "Ein Weg — ünï"\r\n'


def unsaved(text: str = TEXT, path: Path | None = None, tries: int = 0, base: str = "") -> Unsaved:
    at = datetime.datetime.now().astimezone() - datetime.timedelta(minutes=3)
    return Unsaved("shop.toml", text, None if path is None else str(path), base, 12, at.isoformat(), tries)


def left(folder: Path, **said: object) -> Path:
    """A text whose process is gone."""
    slot = Slot.new(folder)
    slot.write(unsaved(**said))  # type: ignore[arg-type]
    slot.let_go()
    return slot.path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_bytes((ROOT / "scenarios" / "cart-recovery.toml").read_bytes())
    return path


@contextmanager
def editing(state: Path, file: Path, *names: str) -> Iterator[subprocess.Popen[str]]:
    """Another process with a window in which that file's name was changed; killed with no warning in the end."""
    command = [sys.executable, "-m", "tests.desktop.editing_until_killed", str(state), str(file), *names]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "kept" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def offers(window: Window) -> list[str]:
    return [text for text in window.messages.texts if "ended" in text]


# The files


def test_a_text_comes_back_to_the_last_byte(folder: Path) -> None:
    left(folder, path=Path("/a/shop.toml"))
    (slot,) = left_behind(folder)
    found = slot.read()
    assert (found.text, found.path, found.changes) == (TEXT, str(Path("/a/shop.toml")), 12)
    slot.remove()
    assert not list(folder.iterdir())


def test_nobody_gets_the_text_of_a_process_that_lives_or_of_one_who_is_asked_already(folder: Path) -> None:
    slot = Slot.new(folder)
    slot.write(unsaved())
    assert not list(left_behind(folder))
    slot.let_go()
    (first,) = left_behind(folder)
    assert not list(left_behind(folder))
    first.let_go()
    (second,) = left_behind(folder)
    second.remove()


def test_what_nobody_wanted_is_kept_for_some_days(folder: Path) -> None:
    left(folder)
    (slot,) = left_behind(folder)
    kept = slot.keep_aside()
    assert TEXT.encode() in kept.read_bytes()
    assert not list(left_behind(folder))
    tidy_kept(folder)
    assert kept.exists()
    long_ago = kept.stat().st_mtime - (KEPT_DAYS + 1) * 86400
    os.utime(kept, (long_ago, long_ago))
    tidy_kept(folder)
    assert not kept.exists()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "just now"), (65, "1 minute ago"), (180, "3 minutes ago"), (7200, "2 hours ago"), (90000, "1 day ago")],
)
def test_it_says_how_long_ago(seconds: int, words: str) -> None:
    moment = datetime.datetime.fromisoformat("2026-01-05T12:00:00+01:00")
    one = Unsaved("a", "", None, "", 1, moment.isoformat())
    assert one.ago(moment + datetime.timedelta(seconds=seconds)) == words


# The window


def test_changes_are_kept_while_they_are_not_saved_and_no_longer(window: Window, folder: Path, tmp_path: Path) -> None:
    window.document.set("Rename", {"name": "Kept"})
    window.safety.autosave.write().result()
    (kept,) = folder.glob("*.toml")
    assert kept.read_text(encoding="utf-8").endswith(window.document.text)
    assert window.files.save_to(tmp_path / "saved.toml")
    window.safety.autosave.close()
    assert not list(folder.iterdir())


def test_a_change_is_kept_by_itself_after_a_while(window: Window, folder: Path, qtbot: QtBot) -> None:
    window.settings.autosave_seconds = 1
    window.document.set("Rename", {"name": "Kept"})
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.toml"))), timeout=20_000)


def test_undoing_everything_leaves_nothing_to_keep(window: Window, folder: Path) -> None:
    window.document.set("Rename", {"name": "Kept"})
    window.safety.autosave.write().result()
    window.document.undo_stack.undo()
    window.safety.autosave.close()
    assert not list(folder.iterdir())


def test_closing_as_one_should_leaves_nothing_to_offer(open_window: Open, folder: Path) -> None:
    window = open_window()
    window.document.set("Rename", {"name": "Not wanted"})
    window.safety.autosave.write().result()
    window.close_now()
    assert not list(folder.iterdir())
    assert not offers(open_window())


def test_an_interrupted_program_offers_what_was_not_saved(open_window: Open) -> None:
    window = open_window()
    window.document.set("Rename", {"name": "Wanted"})
    window.close_now(interrupted=True)
    again = open_window()
    click(again.messages.button("Restore"))
    assert again.document.tables["name"] == "Wanted"


def test_after_a_kill_the_changes_come_back_and_are_not_offered_again(
    open_window: Open, shop: Path, tmp_path: Path, folder: Path
) -> None:
    with editing(tmp_path, shop, "First", "Second — ünï"):
        pass
    before = shop.read_bytes()
    window = open_window()
    (words,) = offers(window)
    assert "editing shop.toml (2 changes, just now)" in words
    click(window.messages.button("Restore"))
    assert window.document.tables["name"] == "Second — ünï"
    assert window.document.path == shop
    assert window.document.is_dirty
    assert shop.read_bytes() == before
    assert not offers(window)
    window.document.undo_stack.undo()
    assert window.document.text.encode() == before
    window.document.undo_stack.redo()
    assert window.files.save()
    window.close_now()
    assert not list(folder.iterdir())
    assert not offers(open_window())


@pytest.mark.slow
def test_the_whole_program_is_killed_and_offers_at_its_next_start_what_it_kept_by_itself(
    shop: Path, tmp_path: Path
) -> None:
    touchpoints = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | touchpoints

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.desktop.program_that", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)

    editing = begin("edit", str(shop))
    folder = tmp_path / "state" / "journey-sandbox" / "unsaved"
    while not list(folder.glob("*.toml")):
        assert editing.poll() is None
        time.sleep(0.05)
    editing.kill()
    assert editing.communicate() == ("", "")
    said, errors = begin("restore").communicate(timeout=60)
    assert errors == ""
    assert said == edit(shop.read_text(encoding="utf-8"), {"name": "Not saved — ünï"})
    (kept,) = folder.glob("*.toml")  # the new process was interrupted, too
    assert kept.read_text(encoding="utf-8").endswith(said)


@pytest.mark.slow
def test_two_programs_at_the_same_time_do_not_take_each_others_changes(
    open_window: Open, shop: Path, tmp_path: Path, folder: Path
) -> None:
    with editing(tmp_path, shop, "First"):
        with editing(tmp_path, shop, "Second"):
            assert len(list(folder.glob("*.toml"))) == 2
            assert not offers(open_window())
        window = open_window()
        click(window.messages.button("Restore"))
        assert window.document.tables["name"] == "Second"
        assert not offers(window)  # the first one lives
        window.close_now()
    window = open_window()
    click(window.messages.button("Restore"))
    assert window.document.tables["name"] == "First"


def test_two_windows_do_not_offer_the_same(open_window: Open, folder: Path) -> None:
    left(folder)
    assert offers(open_window())
    assert not offers(open_window())


def test_an_offer_nobody_answers_is_made_again(open_window: Open, folder: Path) -> None:
    left(folder)
    window = open_window()
    assert offers(window)
    window.close_now()
    assert offers(open_window())


def test_skipping_says_where_the_changes_are(open_window: Open, folder: Path) -> None:
    left(folder)
    window = open_window()
    before = window.document.text
    click(window.messages.button("Skip"))
    (kept,) = (folder / "kept").iterdir()
    assert any(str(kept) in text for text in window.messages.texts)
    assert window.document.text == before
    assert not window.document.is_dirty
    window.close_now()
    assert not offers(open_window())


def test_the_saved_file_can_be_opened_instead(open_window: Open, folder: Path, shop: Path) -> None:
    left(folder, path=shop)
    window = open_window()
    click(window.messages.button("Open saved"))
    assert window.document.path == shop
    assert not window.document.is_dirty
    assert list((folder / "kept").iterdir())


def test_a_text_that_ended_the_program_again_is_offered_with_a_way_out(open_window: Open, folder: Path) -> None:
    left(folder)
    window = open_window()
    click(window.messages.button("Restore"))
    window.safety.autosave.close(keep=True)  # as a kill does: what was kept stays
    window.safety.autosave._thread = None
    again = open_window()
    (words,) = offers(again)
    assert "ended again right after restoring" in words
    assert "journey desktop --safe" in words
    assert again.document.tables.get("name") != "Ein Weg — ünï"
    click(again.messages.button("Restore anyway"))
    assert again.document.text == TEXT


def test_a_text_that_proved_harmless_counts_as_new(open_window: Open, folder: Path) -> None:
    left(folder, tries=1)
    window = open_window()
    click(window.messages.button("Restore anyway"))
    (kept,) = folder.glob("*.toml")
    assert '"tries": 2' in kept.read_text(encoding="utf-8")
    window.safety.autosave._settled.timeout.emit()
    window.safety.autosave.write().result()
    assert '"tries": 0' in kept.read_text(encoding="utf-8")


def test_several_texts_are_offered_one_after_the_other_the_last_one_first(open_window: Open, folder: Path) -> None:
    for number in (1, 2):
        path = left(folder, text=f'id = "n{number}"\n')
        path.rename(folder / f"2026010{number}-120000-1.toml")
    window = open_window()
    click(window.messages.button("Restore"))
    assert window.document.tables["id"] == "n2"
    click(window.messages.button("Restore"))
    assert offers(window)  # it stays until somebody says what becomes of the other
    click(window.messages.button("Discard changes"))
    assert window.document.tables["id"] == "n1"
    assert not offers(window)


def test_a_file_that_changed_meanwhile_or_is_gone_is_told(open_window: Open, folder: Path, shop: Path) -> None:
    left(folder, path=shop, base=fingerprint("something else"))
    window = open_window()
    click(window.messages.button("Restore"))
    assert any("has changed the file since" in text for text in window.messages.texts)
    window.close_now()
    left(folder, path=shop)
    shop.unlink()
    window = open_window()
    with pytest.raises(KeyError):
        window.messages.button("Open saved")
    click(window.messages.button("Restore"))
    assert window.document.text == TEXT
    assert window.document.is_dirty
    assert any("no longer exists" in text for text in window.messages.texts)


def test_what_cannot_be_read_is_put_aside_without_a_word(open_window: Open, folder: Path) -> None:
    folder.mkdir()
    (folder / "broken.toml").write_text("nothing of ours")
    window = open_window()
    assert not window.messages.texts
    assert [path.name for path in (folder / "kept").iterdir()] == ["broken.toml"]


def test_a_full_disk_is_told_once_and_work_goes_on(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Slot, text: Unsaved) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Slot, "write", full)
    autosave: Autosave = window.safety.autosave
    window.document.set("Rename", {"name": "One"})
    assert isinstance(autosave.write().exception(), OSError)
    qtbot.waitUntil(lambda: any("No space left" in text for text in window.messages.texts))
    window.messages.put_away("autosave")
    window.document.set("Rename", {"name": "Two"})
    assert isinstance(autosave.write().exception(), OSError)
    turn()
    assert not window.messages.texts
    assert window.document.tables["name"] == "Two"
