import re
from pathlib import Path

import pytest
import typer

from app.cli.main import program
from sim.store import Store

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
COMMANDS = typer.main.get_command(program).commands  # type: ignore[attr-defined]
PAGE = (REFERENCE / "commands.md").read_text(encoding="utf-8")
SECTIONS = {part.split()[1]: part for part in PAGE.split("\n## ") if part.startswith("journey ")}


def test_the_reference_has_a_section_for_each_command() -> None:
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_names_each_option_of_a_command_and_no_other(command: str) -> None:
    known = {name for option in COMMANDS[command].params for name in option.opts if name.startswith("-")}
    named = set(re.findall(r"`(--?[a-z][a-z-]*)", re.sub(r"```.*?```", "", SECTIONS[command], flags=re.DOTALL)))
    elsewhere = {"--set", "--replications"} if command == "run" else set()
    assert named | elsewhere == known | elsewhere


def test_the_reference_names_each_table_and_column_of_the_store(tmp_path: Path) -> None:
    page = (REFERENCE / "store.md").read_text(encoding="utf-8")
    rows = {
        name: re.findall(r"`([a-z_]+)`", columns)
        for name, columns in re.findall(
            r"^\| `([a-z_]+)` \| [^|]*\| ([^|]*`run`[^|]*|`id`[^|]*) \|$", page, re.MULTILINE
        )
    }
    with Store(tmp_path / "s.sqlite") as store:
        tables = {
            table: [row[1] for row in store._connection.execute(f"pragma table_info({table})")]
            for (table,) in store._connection.execute("select name from sqlite_master where type = 'table'")
        }
        views = {name for (name,) in store._connection.execute("select name from sqlite_master where type = 'view'")}
    assert rows == tables
    assert all(f"| `{view}` |" in page for view in views)


def test_the_questions_of_the_reference_are_answered_by_plain_sqlite(tmp_path: Path) -> None:
    import sqlite3

    from tests.store.replications import begin, replication

    page = (REFERENCE / "store.md").read_text(encoding="utf-8")
    with Store(tmp_path / "s.sqlite") as store:
        prices = {arm: {"behaviour.price_index": 1.1} for arm in ("base", "other")}
        run = begin(store, scenario="online-shop", settings=prices)
        store.write(run, replication(0))
        store.finish(run, "finished")
    with sqlite3.connect(tmp_path / "s.sqlite") as plain:
        answers = [plain.execute(question).fetchall() for question in re.findall(r"```sql\n(.*?)```", page, re.DOTALL)]
    assert [len(answer) for answer in answers] == [2, 3, 2, 2]
