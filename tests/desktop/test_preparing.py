"""The engine is compiled as soon as the window is there, and the window says how long that takes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.frame.messages import Messages
from app.desktop.jobs import Job, Runner
from app.processes.runner.messages import GoOn, Prepared, Preparing
from app.shown.preparing import preparing
from sim.compiling import cache
from tests.desktop.test_jobs import SECONDS, ended, short_plan

ALONE = "Preparing the engine for this machine (once) …"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, ALONE),
        (11.2, "Preparing the engine for this machine (once): about 12 s left …"),
        (0.4, "Preparing the engine for this machine (once): almost done …"),
    ],
)
def test_it_is_said_how_long_it_takes(qapp: QApplication, left: float | None, said: str) -> None:
    job = Job(GoOn(1, "r", None), lambda _: None)
    job.hear(Preparing(1, left))
    assert (job.state, job.message) == ("preparing", said)
    assert preparing(left) == said


def test_whoever_listens_hears_of_it_ahead_of_any_job_until_it_is_over(qapp: QApplication, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "s.sqlite")
    heard: list[str] = []
    runner.preparing.connect(heard.append)
    for news in (Preparing(None, None), Preparing(None, 3.0), Prepared()):
        runner._hear(news)
    runner.close()
    assert heard == [ALONE, "Preparing the engine for this machine (once): about 3 s left …", ""]


def test_a_message_that_was_put_away_does_not_come_back_in_other_words(qtbot: QtBot) -> None:
    messages = Messages()
    qtbot.addWidget(messages)
    messages.say("engine", "one")
    messages.change("engine", "two")
    assert messages.texts == ["two"]
    messages.put_away("engine")
    messages.change("engine", "three")
    assert messages.texts == []


@pytest.mark.slow
def test_a_run_that_is_started_meanwhile_waits_for_the_same_compiling(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_this_process = cache.folder()  # before it would be another's
    monkeypatch.setattr(cache, "is_warm", lambda: False)  # else the runner would be forked from what is of this one
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    runner = Runner(tmp_path / "s.sqlite")
    heard: list[str] = []
    runner.preparing.connect(heard.append)
    runner.prepare()
    qtbot.waitUntil(lambda: bool(heard), timeout=SECONDS)
    job = runner.start(*short_plan())
    said: list[str] = []
    job.changed.connect(lambda: said.append(job.message))
    ended(qtbot, job)
    runner.close()
    assert job.state == "finished"
    assert heard[-1] == ""
    assert any(" s left …" in text for text in heard)
    assert any(text.startswith("Preparing the engine") for text in said)
    kept = list((tmp_path / "cache").rglob("entry._do-*.nbc"))
    assert len(kept) == 1
    assert of_this_process not in kept[0].parents
