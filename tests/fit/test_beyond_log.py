"""A fitted scenario knows how long its log was, and says so where it is asked for more."""

from pathlib import Path

from sim import run
from sim.experiment.json_document import notes
from sim.fit import fit
from sim.scenario import Scenario, beyond_log, override, parse
from tests.fit.logs import NAMES, orders, write_log

WARNED = "199 days are simulated, but the scenario was fitted to 152 days of log.csv; "
SHORT = "purchases there came out 27 to 84 % short"


def text_of_fitted(folder: Path) -> str:
    return fit(write_log(folder / "log.csv", orders()), **NAMES, goals=["Order"], scratch=folder).text


def fitted(folder: Path) -> Scenario:
    return parse(text_of_fitted(folder)).scenario


def test_the_file_says_which_log_it_was_fitted_to_and_how_long_that_was(tmp_path: Path) -> None:
    scenario = fitted(tmp_path)
    assert scenario.fitted is not None
    assert (scenario.fitted.log, scenario.fitted.days, scenario.horizon) == ("log.csv", 152, 152)


def test_as_long_as_its_log_it_warns_of_nothing_and_a_moment_longer_it_does(tmp_path: Path) -> None:
    scenario = fitted(tmp_path)
    assert beyond_log(scenario) is None
    assert beyond_log(override(scenario, {"horizon": 30})) is None
    assert beyond_log(override(scenario, {"horizon": 152.5})) is not None


def test_validating_it_warns_at_the_horizon(tmp_path: Path) -> None:
    text = text_of_fitted(tmp_path).replace("horizon = 152", "horizon = 199")
    (warning,) = parse(text).warnings
    assert (warning.level, warning.address) == ("warning", "horizon")
    assert warning.line == text.splitlines().index(next(x for x in text.splitlines() if x.startswith("horizon"))) + 1
    assert warning.problem.startswith(WARNED)
    assert SHORT in warning.problem
    assert warning.remedy == "make the horizon at most 152, or fit a longer log"


def test_a_run_that_is_asked_for_more_says_so_in_its_notes(tmp_path: Path) -> None:
    scenario = fitted(tmp_path)
    assert not any("log.csv" in note for note in notes(run(scenario, replications=1)))
    (told,) = (note for note in notes(run(scenario, replications=1, horizon=199)) if "log.csv" in note)
    assert told.startswith(f"Beyond its log: {WARNED}")
    assert "has no memory" in told
