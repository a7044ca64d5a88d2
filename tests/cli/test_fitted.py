"""What the commands say of a fitted scenario that is asked for more days than its log has."""

import json
from pathlib import Path

from sim.fit import fit
from tests.cli.conftest import Journey
from tests.fit.logs import NAMES, orders, write_log

WARNED = "199 days are simulated, but the scenario was fitted to 152 days of log.csv; "


def written(folder: Path, horizon: int) -> Path:
    text = fit(write_log(folder / "log.csv", orders()), **NAMES, goals=["Order"], scratch=folder).text
    file = folder / "fitted.toml"
    file.write_text(text.replace("horizon = 152", f"horizon = {horizon}"), encoding="utf-8")
    return file


def test_a_run_beyond_the_log_says_so_on_the_screen_in_json_and_when_it_is_shown_again(
    journey: Journey, tmp_path: Path
) -> None:
    asked = ("run", written(tmp_path, 152), "--replications", 2, "--horizon", 199)
    found = json.loads(journey(*asked, "--json").out)
    assert any(WARNED in note for note in found["notes"])
    on_screen = journey(*asked)
    shown = journey("show", found["run"])
    for ended in (on_screen, shown):
        assert WARNED in " ".join((ended.out + ended.err).split())


def test_validate_warns_of_a_horizon_beyond_the_log(journey: Journey, tmp_path: Path) -> None:
    ended = journey("validate", written(tmp_path, 199), "--json", "--no-shares")
    (finding,) = json.loads(ended.out)["findings"]
    assert (ended.code, finding["level"], finding["address"]) == (0, "warning", "horizon")
    assert finding["problem"].startswith(WARNED)


def test_nothing_is_said_within_the_log(journey: Journey, tmp_path: Path) -> None:
    file = written(tmp_path, 152)
    assert json.loads(journey("validate", file, "--json", "--no-shares").out)["findings"] == []
    assert "log.csv" not in journey("run", file, "--replications", 2, "--horizon", 60).out
