import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.store import Store
from tests.cli.conftest import Journey, write_scenario


def document(text: str) -> dict[str, object]:
    """The one JSON document that a text must be."""
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert isinstance(found, dict)
    return found


def everything_in(path: Path) -> dict[str, str]:
    """A hash of each file of a folder; without those that SQLite keeps beside a store while it is read."""
    files = [file for file in path.iterdir() if file.is_file() and not file.name.endswith(("-shm", "-wal"))]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_journey_that_wins_keeps_and_earns_nobody_is_told_in_a_sentence(journey: Journey) -> None:
    there = {"from": "start", "to": "back", "share": 1, "delay": 1}
    there_and_back = [there, there | {"from": "back", "to": "start"}]
    endless = write_scenario(
        Path("endless.toml"),
        touchpoints=[{"id": "start", "start": True}, {"id": "back"}],
        transitions=there_and_back,
        experiment={"replications": 3},
    )
    for ended in (journey("run", endless, "--workers", 1), journey("show", "latest")):
        assert ended.code == 0
        assert "Nothing in this journey is a goal, an exit, a desk or money" in ended.out
        assert "Arrivals" in ended.out
    compared = journey("compare", endless, "--arm", "a", "--arm", "b:horizon=20", "--workers", 1)
    assert compared.code == 0
    assert "No outcome shows how many customers come or stay" in compared.out


def test_fewer_customers_buy_fewer_visits_and_the_header_says_what_stays(journey: Journey) -> None:
    bought = {"spend": 500, "cost_per_arrival": 1, "saturation": 1000}
    buying = write_scenario(Path("buying.toml"), channels=[{"id": "web", "acquisition": bought}], money={"setup": 5000})
    said = [
        "small · 50 customers · about 247 arrivals (197 bought) · 30 days · 3 replications · seed 7",
        "Simulated with 50 of 100 customers: bought visits scaled alike; not scaled: set-up 5,000 EUR.",
    ]
    ended = journey("run", buying, "--customers", 50, "--workers", 1)
    assert ended.out.splitlines()[:2] == said
    assert ended.out.count("Simulated with") == 1
    assert journey("show", "latest").out.splitlines()[:2] == said
    shown = json.loads(journey("show", "latest", "--json").out)
    assert shown["notes"][0] == said[1]
    assert round(shown["arms"][0]["expected_arrivals"]) == 247
    literal = journey("run", buying, "--set", "population.size=50", "--workers", 1)
    assert literal.out.splitlines()[0].startswith("small · 50 customers · about 443 arrivals (393 bought)")
    assert "Simulated with" not in literal.out
    checked = journey("validate", buying)
    assert "A run has 100 customers and about 493 arrivals (393 bought)." in checked.out


def test_a_run_says_how_many_convert_which_arm_is_better_and_where_it_is_kept(
    journey: Journey, scenario: Path, tmp_path: Path
) -> None:
    ended = journey("run", scenario, "--workers", 1)
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "small · 100 customers · 30 days · 3 replications · seed 7"
    conversion = next(line for line in ended.out.splitlines() if line.startswith("Conversion"))
    assert conversion.count(" % [") == 2
    assert "Compared with now (paired)" in ended.out
    assert "points better" in ended.out
    assert 'Under "Keener customers"' in ended.out
    assert f"in {tmp_path / 'data' / 'journey.sqlite'}" in ended.out
    assert "Next: journey show" in ended.out


def test_json_is_one_document_and_nothing_else(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "--workers", 1, "--json")
    found = document(ended.out)
    assert found["scenario"] == "small"
    assert [arm["id"] for arm in found["arms"]] == ["now", "keener"]
    assert ended.err == ""


def test_what_is_printed_is_what_is_stored(journey: Journey, scenario: Path) -> None:
    printed = document(journey("run", scenario, "--workers", 1, "--json", "--db", "s.sqlite").out)
    shown = document(journey("show", "latest", "--json", "--db", "s.sqlite").out)
    for one in (printed, shown):
        one.pop("engine")
    assert shown == printed
    with sqlite3.connect("s.sqlite") as plain:
        stored = plain.execute(
            "select mean, sd, n, lo, hi from latest_outcomes "
            "where arm = 'keener' and segment = 'all' and outcome = 'conversion_rate'"
        ).fetchone()
        better = plain.execute(
            "select mean, lo, hi from comparisons where segment = 'all' and outcome = 'conversion_rate'"
        ).fetchone()
    figures = printed["arms"][1]["outcomes"]["conversion_rate"]
    assert stored == tuple(figures[name] for name in ("mean", "sd", "n", "lo", "hi"))
    [compared] = [row for row in printed["comparisons"] if row["outcome"] == "conversion_rate"]
    assert better == tuple(compared["difference"][name] for name in ("mean", "lo", "hi"))


def test_options_go_before_what_the_file_says(journey: Journey, scenario: Path) -> None:
    options = ("--replications", 2, "--customers", 40, "--horizon", 10, "--seed", 11, "--workers", 1)
    found = document(journey("run", scenario, *options, "--json").out)
    assert [found[name] for name in ("replications", "customers", "horizon", "seed")] == [2, 40, 10.0, 11]


def test_a_value_set_on_the_command_line_is_part_of_what_is_stored(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "--set", "touchpoints.middle.effort=4", "--workers", 1, "--db", "s.sqlite")
    assert ended.code == 0
    with Store(Path("s.sqlite")) as store:
        run = store.run("latest")
        assert "effort = 4" in run.scenario_text
        assert all("effort = 4" in arm.text for arm in store.arms(run.id))


def test_arms_on_the_command_line_replace_those_of_the_file(journey: Journey, scenario: Path) -> None:
    arms = ("--arm", "As it is", "--arm", "cheap:behaviour.price_index=0.9", "--arm", "cheap:money.setup=5")
    found = document(journey("run", scenario, *arms, "--workers", 1, "--json", "--db", "s.sqlite").out)
    assert [(arm["id"], arm["name"]) for arm in found["arms"]] == [("as-it-is", "As it is"), ("cheap", "cheap")]
    with Store(Path("s.sqlite")) as store:
        cheap = store.arms(str(found["run"]))[1].text
    assert "price_index = 0.9" in cheap
    assert "setup = 5" in cheap


def test_an_arm_named_alone_is_that_arm_of_the_file(journey: Journey, scenario: Path) -> None:
    found = document(journey("run", scenario, "--arm", "keener", "--workers", 1, "--json").out)
    assert [arm["name"] for arm in found["arms"]] == ["Keener customers"]


@pytest.mark.parametrize("name", ["keen", "kener", "Keener customers"])
def test_an_arm_misspelt_is_no_arm_of_its_own(journey: Journey, scenario: Path, name: str) -> None:
    ended = journey("run", scenario, "--arm", name, "--workers", 1)
    assert ended.code == 2
    assert ended.err == f'--arm {name}: the file has no arm of this ID; did you mean "keener"? Its arms: now, keener\n'
    assert journey("run", scenario, "--arm", f"{name}:behaviour.price_index=0.9", "--workers", 1).code == 0


@pytest.mark.parametrize("name", ["As it is", "Keener prices"])
def test_an_arm_unlike_those_of_the_file_is_said_to_be_the_scenario_as_it_is(
    journey: Journey, scenario: Path, name: str
) -> None:
    ended = journey("run", scenario, "--arm", name, "--arm", "keener", "--workers", 1)
    assert ended.code == 0
    assert f"--arm {name}: none of the file's arms (now, keener), so this is the scenario as it is\n" in ended.err


def test_a_shipped_scenario_is_found_by_its_id_wherever_one_is(journey: Journey) -> None:
    (Path.cwd() / "online-shop").mkdir()
    found = document(
        journey("run", "online-shop", "--replications", 1, "--customers", 30, "--workers", 1, "--json").out
    )
    assert found["scenario"] == "online-shop"


def test_precision_goes_on_until_it_is_reached(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "--precision", "conversion_rate=0.02", "--workers", 1, "--json")
    found = document(ended.out)
    for arm in found["arms"]:
        figures = arm["outcomes"]["conversion_rate"]
        assert figures["hi"] - figures["lo"] <= 0.04
    assert "as asked" in found["notes"][0]
    assert document(journey("show", "latest", "--json").out)["notes"] == found["notes"]


def test_results_and_events_are_written_where_asked(journey: Journey, scenario: Path) -> None:
    import duckdb

    ended = journey("run", scenario, "--workers", 1, "--csv", "tables", "--events", "logs/events.parquet")
    assert ended.code == 0
    assert (
        (Path("tables") / "outcomes.csv")
        .read_text()
        .startswith("run,arm,replication,segment,outcome,value,part,whole\n")
    )
    with duckdb.connect() as duck:
        rows = duck.execute(
            "select arm, replication, count(distinct customer) from 'logs/events.parquet' group by all order by all"
        ).fetchall()
    assert rows == [(arm, number, 100) for arm in ("keener", "now") for number in range(3)]


def test_in_a_batch_one_that_is_wrong_does_not_stop_the_rest(journey: Journey, scenario: Path) -> None:
    other = write_scenario(Path("other.toml"), id="other")
    ended = journey("run", scenario, "missing.toml", other, "--workers", 1, "--json", "--db", "s.sqlite")
    found = json.loads(ended.out)
    assert ended.code == 2
    assert [one.get("scenario") for one in found] == ["small", None, "other"]
    failure = found[1]["error"]
    assert (failure["file"], failure["exit_code"]) == ("missing.toml", 2)
    assert failure["message"] in ended.err
    assert [finding["problem"] for finding in failure["findings"]] == ["there is no such file"]
    assert "missing.toml: there is no such file" in ended.err
    with Store(Path("s.sqlite")) as store:
        assert [run.status for run in store.runs()] == ["finished", "finished"]


WRONG = [
    ("missing.toml", None, "there is no such file"),
    ("smal.toml", None, 'did you mean "small.toml"?'),
    ("online-shp", None, 'did you mean "online-shop"?'),
    ("folder", "folder", "this is a folder"),
    ("empty.toml", b"", "the file is empty"),
    ("half.toml", b'format = 1\nid = "half"\n[population]\nsiz', "half.toml:4: the file ends in the middle"),
    ("photo.toml", bytes(range(256)) * 4, "not text"),
    ("typo.toml", b'format = 1\nid = "x"\nhorizon = 1\npopulaton = 1\n', 'did you mean "population"?'),
]


@pytest.mark.parametrize(("name", "content", "says"), WRONG)
@pytest.mark.parametrize("command", [["run"], ["compare", "small.toml"], ["validate"]])
def test_a_scenario_that_cannot_be_used_is_told_in_clear_lines_and_touches_no_store(
    journey: Journey, scenario: Path, name: str, content: bytes | str | None, says: str, command: Sequence[str]
) -> None:
    if content == "folder":
        Path(name).mkdir()
    elif isinstance(content, bytes):
        Path(name).write_bytes(content)
    store = [] if command == ["validate"] else ["--db", "s.sqlite"]
    ended = journey(*command, name, *store)
    assert ended.code == 2
    assert says in ended.err
    assert ended.out == ""
    assert not Path("s.sqlite").exists()


def test_wrong_input_leaves_a_store_that_is_there_as_it_is(journey: Journey, scenario: Path) -> None:
    assert journey("run", scenario, "--replications", 1, "--workers", 1, "--db", "s.sqlite").code == 0
    before = everything_in(Path.cwd())
    for wrong in (
        ["missing.toml"],
        [scenario, "--set", "nothing.here=1"],
        [scenario, "--set", "horizon"],
        [scenario, "--arm", "a:touchpoints.midle.effort=2"],
        [scenario, "--arm", ":horizon=1"],
        [scenario, "--precision", "conversion_rate"],
        [scenario, "--precision", "conversoin_rate=0.1"],
        [scenario, "--horizon", "-1"],
        [scenario, "--set", "orchestration.policy=next_best"],
        [scenario, "--events", "."],
        [scenario, "--csv", scenario],
        ["--resume", "zzzz"],
    ):
        ended = journey("run", *wrong, "--db", "s.sqlite")
        assert ended.code == 2, wrong
        assert ended.err.count("\n") == 1, ended.err
    assert everything_in(Path.cwd()) == before


def test_every_finding_is_told_at_once(journey: Journey) -> None:
    Path("bad.toml").write_text('format = 1\nid = "Bad"\nhorizon = -1\n[population]\nsize = "many"\n')
    ended = journey("run", "bad.toml")
    assert ended.code == 2
    assert {"bad.toml:2", "bad.toml:3", "bad.toml:5"} <= {line.split(": ")[0] for line in ended.err.splitlines()}


@pytest.mark.parametrize("db", ["folder", "small.toml"])
def test_a_store_that_is_none_is_refused_before_anything_is_simulated(
    journey: Journey, scenario: Path, db: str
) -> None:
    Path("folder").mkdir()
    before = everything_in(Path.cwd())
    ended = journey("run", scenario, "--db", db)
    assert ended.code == 2
    assert ended.err.startswith(f"{db}: this is ")
    assert everything_in(Path.cwd()) == before


def test_a_store_in_use_is_told_and_is_a_failure(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(Path("s.sqlite")).close()
    monkeypatch.setattr("sim.store.opening.WAIT_SECONDS", 0.05)
    writer = sqlite3.connect("s.sqlite", isolation_level=None)
    writer.execute("begin immediate")
    ended = journey("run", scenario, "--workers", 1, "--db", "s.sqlite")
    writer.close()
    assert ended.code == 1
    assert ended.err == (
        "s.sqlite: another program is writing to this store; close it, or use another store with --db\n"
    )


def test_the_first_compilation_is_announced(journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.compiling.cache.is_warm", lambda: False)
    ended = journey("run", scenario, "--workers", 1, "--replications", 1)
    assert ended.err.startswith("Preparing the engine for this machine (once) …\n")


def test_results_fit_a_narrow_terminal(journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "48")
    ended = journey("run", scenario, "--workers", 1)
    kept = [line for line in ended.out.splitlines() if line.startswith(("Stored as", "Next:"))]
    assert all(len(line) <= 48 for line in ended.out.splitlines() if line not in kept)
    assert "[" in ended.out


def test_the_working_folder_cannot_stand_in_for_what_ships(journey: Journey) -> None:
    Path("scenarios").mkdir()
    write_scenario(Path("scenarios") / "impostor.toml")
    assert "impostor" not in journey("scenarios").out
    assert os.listdir("scenarios") == ["impostor.toml"]


def test_what_a_run_is_given_and_what_its_arms_set_can_be_read_back(journey: Journey, scenario: Path) -> None:
    given = ("--set", "touchpoints.middle.effort=4", "--customers", 40, "--horizon", 10, "--seed", 11)
    ended = journey("run", scenario, *given, "--replications", 1, "--workers", 1, "--db", "s.sqlite", "--json")
    assert ended.code == 0
    with sqlite3.connect("s.sqlite") as plain:
        found = plain.execute("select arm, address, value from settings order by arm desc, address").fetchall()
    assert [row[1:] for row in found[:5]] == [
        ("experiment.seed", 11), ("horizon", 10.0), ("population.size", 40), ("touchpoints.middle.effort", 4),
        ("transitions.middle/done.share", 3),
    ]  # fmt: skip
    assert [arm for arm, *_ in found] == ["now"] * 5 + ["keener"] * 5
    assert found[-1] == ("keener", "transitions.middle/done.share", 6)
    [*told] = ((arm["id"], *each) for arm in document(ended.out)["arms"] for each in arm["settings"].items())
    assert sorted(told) == sorted(found)


def test_curves_over_calendar_time_are_the_same_in_json_and_in_the_store(journey: Journey, scenario: Path) -> None:
    found = document(journey("run", scenario, "--workers", 1, "--json", "--db", "s.sqlite").out)
    arm = found["arms"][1]
    with sqlite3.connect("s.sqlite") as plain:
        for per, table in (("day", "series"), ("week", "weekly_series"), ("month", "monthly_series")):
            told = arm["series"][per]
            for outcome in ("arrivals", "conversions", "active_customers"):
                rows = plain.execute(
                    f"select day, date, mean, lo, hi from {table} where arm = ? and outcome = ? order by day",
                    ("keener", outcome),
                ).fetchall()
                ends = (told[outcome][name] for name in ("mean", "lo", "hi"))
                assert rows == list(zip(told["day"], told["date"], *ends, strict=True))
    assert sum(arm["series"]["day"]["arrivals"]["mean"]) == arm["outcomes"]["arrivals"]["mean"] == 100
    assert len(arm["series"]["day"]["day"]) == 30


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("run", "typo.toml"), 2, "populaton"),
        (("show", "latest"), 2, "there is no store here yet"),
        (("run", "small.toml", "--customers", "none"), 2, "--customers"),
        (("run", "small.toml", "--note", "a\nb"), 2, "--note: the text has an end of line in it"),
        (("run", "small.toml", "--workers", "1", "--events", "a file/events.parquet"), 1, "a file"),
    ],
)
def test_with_json_a_failure_is_one_document_too(
    journey: Journey, scenario: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    Path("typo.toml").write_text('format = 1\nid = "x"\nhorizon = 1\npopulaton = 1\n')
    Path("a file").touch()
    ended = journey(*arguments, "--json")
    failure = document(ended.out)["error"]
    assert (ended.code, failure["exit_code"]) == (code, code)
    assert says in failure["message"]
    assert failure["message"].splitlines() == ended.err.splitlines()[-len(failure["message"].splitlines()) :]
    if arguments[1] == "typo.toml":
        assert (4, "populaton") in [(one["line"], one["address"]) for one in failure["findings"]]


def test_quiet_says_nothing_but_what_fails(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "missing.toml", "--arm", "plain", "--arm", "other", "--quiet", "--workers", 1)
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("missing.toml: there is no such file")
    assert "Stored as run" in ended.out
    assert journey("export", "latest", "-o", "out", "--quiet").err == ""
    assert journey("export", "latest", "-o", "out").err != "", "the next call speaks again"


def test_a_note_is_kept_with_the_run_and_shown(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "--workers", 1, "--note", "  for Monday's talk ", "--json")
    assert document(ended.out)["note"] == "for Monday's talk"
    assert "for Monday's talk" in journey("runs").out
    assert journey("show", "latest").out.splitlines()[1] == "for Monday's talk"
    assert document(journey("show", "latest", "--json").out)["note"] == "for Monday's talk"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_scenarios_files_and_runs(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    (Path.cwd() / "smaller").mkdir()

    def offered(line: str) -> str:
        monkeypatch.setenv("_JOURNEY_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        return journey().out

    assert "runs" in offered("journey ru")
    assert "online-shop" in offered("journey run onl")
    assert "small.toml" in (found := offered("journey run smal"))
    assert "smaller/" in found
    assert "--replications" in offered("journey run --repl")
    assert "latest" in offered("journey show lat")
    assert "latest" in offered("journey run --resume lat")
    assert "journey 0" not in offered("journey --version ru"), "nothing but what completes the line"
