"""The windows beside the journey's: who is who, and a customer's story."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.studies.asking import DIED
from app.desktop.studies.customer_story import NO_RUN
from app.desktop.studies.lift import NO_RUN as NO_RUN_TO_LIFT
from app.desktop.studies.limit_costs import ASK
from app.desktop.studies.limit_costs import NO_RUN as NO_RUN_TO_PRICE
from app.desktop.studies.pain_points import NO_RUN as NO_RUN_TO_RELIEVE
from app.desktop.studies.rows import Rows
from app.desktop.studies.staffing import NO_RUN as NO_RUN_TO_STAFF
from app.desktop.studies.watching import NO_RUN as NO_RUN_TO_WATCH
from app.desktop.studies.who_is_who import NO_IDENTITY
from app.desktop.window import Window
from app.shown.stories import NOTHING_KNOWN, fates, known
from app.shown.training import ranking
from app.shown.watching import NOTHING_TO_WATCH
from sim.scenario import edit
from sim.shipped import shipped_scenarios
from sim.story import Fate
from tests.desktop.conftest import Open
from tests.desktop.hands import turn

SHOP = """
format = 1
id = "families"
horizon = 20

[population]
size = 60

[identity]
methods = ["deterministic"]
keys = ["device", "email"]
households = 0.6
shared_devices = 1

[[channels]]
id = "web"
name = "Website"
identifiers = { device = 0.7, email = 0.4 }

[[channels]]
id = "app"
identifiers = { device = 0.7 }

[[channels]]
id = "mail"
identifiers = { email = 0.9 }

[[touchpoints]]
id = "home"
start = true
channels = ["web", "app"]

[[touchpoints]]
id = "gone"
exit = "churn"

[[transitions]]
from = "home"
to = "home"
share = 3
delay = 1

[[transitions]]
from = "home"
to = "gone"
share = 1

[[actions]]
id = "news"
channels = ["mail"]

[[rules]]
id = "daily"
when = { tick = true }
do = "news"

[orchestration]
policy = "rules"
tick = 4

[experiment]
replications = 2

[[experiment.arms]]
id = "as-left"
name = "As they leave it"

[[experiment.arms]]
id = "alone"
name = "Records alone"
set = { "identity.methods" = [] }
"""
PATIENCE_MS = 240_000


@pytest.fixture
def shop(open_window: Open, tmp_path: Path) -> Window:
    """A window with a journey of families that share devices."""
    file = tmp_path / "families.toml"
    file.write_text(SHOP)
    return open_window(file)


def test_rows_are_no_taller_than_their_words_once_these_have_room(qtbot: QtBot) -> None:
    rows = Rows("Figures")
    qtbot.addWidget(rows)
    rows.resize(160, 200)
    rows.show()
    rows.show_rows(["", "Share"], [["Profiles that mix several people", "0.60 %"]])
    turn()
    narrow = rows.rowHeight(0)
    rows.resize(600, 200)
    turn()
    assert rows.rowHeight(0) < narrow


def test_who_is_who_answers_and_goes_to_customers_who_are_mixed_up(shop: Window, qtbot: QtBot) -> None:
    shop.commands["who-is-who"].trigger()
    study = shop.studies.who_is_who
    assert study is not None
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("Of 100 pairs of records that belong together, ")
    assert study.answer.text().endswith(" profiles mixes several people.")
    cells = [[study.table.item(row, column).text() for column in (0, 1)] for row in range(study.table.rowCount())]
    assert [label for label, _ in cells[:2]] == ["Pairs found (recall)", "Pairs joined that are right (precision)"]
    assert [label for label, _ in cells[-3:]] == [
        "Records linked: Website",
        "Records linked: app",
        "Records linked: mail",
    ]
    assert study.of_customer.text().startswith("Customer 0 left ")
    study.mixed.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    first = study.customer.value()
    assert study.of_customer.text().startswith(f"Customer {first} left ")
    assert study.of_customer.text().endswith("taken for theirs.")
    assert study.cluster.accessibleDescription() == study.of_customer.text()
    study.parted.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert " people" in study.of_customer.text()

    study.arm.ask_for("alone")
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert not study.mixed.isEnabled()
    assert study.table.horizontalHeaderItem(1).text() == "no method"


def test_a_journey_without_identities_says_where_to_add_them(open_window: Open) -> None:
    window = open_window(shipped_scenarios()["cart-recovery"])
    window.studies.show_who_is_who()
    study = window.studies.who_is_who
    assert study is not None
    assert study.answer.text() == NO_IDENTITY
    assert not study.asking.busy
    assert study.table.isHidden()


def test_a_story_is_told_of_the_run_that_is_shown(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_story()
    study = shop.studies.story
    assert study is not None
    assert study.answer.text() == NO_RUN
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.studies.show_story()
    qtbot.waitUntil(lambda: not study.asking.busy and study.moments.rowCount() > 0, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("Customer 0 (everyone")
    everything = study.moments.rowCount()
    study.decisions.setChecked(True)
    assert 0 < study.moments.rowCount() < everything
    study.moments.selectRow(0)
    names = [study.knew.item(row, 0).text() for row in range(study.knew.rowCount())]
    assert "sentiment" in names
    study.decisions.setChecked(False)
    entered = next(row for row in range(everything) if study.moments.item(row, 1).text().startswith("enters "))
    study.moments.selectRow(entered)
    assert study.knew.item(0, 0).text() == NOTHING_KNOWN
    study.another.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("Customer 1 ")


def test_an_answer_that_never_comes_is_told_and_asked_again(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_who_is_who()
    study = shop.studies.who_is_who
    assert study is not None
    qtbot.waitUntil(lambda: study.asking.process is not None, timeout=PATIENCE_MS)
    study.asking.process.kill()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: study.state.text() == DIED, timeout=PATIENCE_MS)
    shop.studies.show_who_is_who()
    qtbot.waitUntil(lambda: study.table.rowCount() > 0, timeout=PATIENCE_MS)
    study.close()
    assert study.asking.process is None


def test_a_score_is_trained_judged_and_put_into_the_journey_in_one_step(open_window: Open, qtbot: QtBot) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn")
    window = open_window(shipped_scenarios()["win-back"])
    window.document.apply("Fewer", lambda text: edit(text, {"population.size": 500, "horizon": 60}))
    qtbot.waitUntil(lambda: window.document.reading.file is not None)
    window.commands["train-scores"].trigger()
    study = window.studies.scores
    assert study is not None
    assert not study.keep.isEnabled()
    assert study.within.value() == 30
    study.train.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("churn-risk: of 100 customers looked at ")
    assert "calibration error" in study.ranks.accessibleDescription()
    assert study.comes_true.accessibleDescription().count("score ") == 10
    text = window.document.text
    study.keep.click()
    weights = window.document.tables["scores"]["churn-risk"]["weights"]
    rows = [[study.weights.item(row, column).text() for column in (0, 1)] for row in range(study.weights.rowCount())]
    assert {name: f"{value:.4g}" for name, value in weights.items()} == {
        name: value for name, value in rows if name != "intercept"
    }
    window.document.undo_stack.undo()
    assert window.document.text == text


def test_what_somebody_brings_is_trained_in_money(open_window: Open, qtbot: QtBot) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn")
    window = open_window(shipped_scenarios()["win-back"])
    window.document.apply("Fewer", lambda text: edit(text, {"population.size": 500, "horizon": 60}))
    qtbot.waitUntil(lambda: window.document.reading.file is not None)
    window.commands["train-scores"].trigger()
    study = window.studies.scores
    assert study is not None
    study.outcome.ask_for("value")
    study.train.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("lifetime-value: a customer looked at brings ")
    currency = window.document.reading.file.scenario.currency
    assert study.comes_true.accessibleDescription().count(f" {currency}") == 10
    assert [study.charts.isTabVisible(number) for number in range(study.charts.count())] == [True, False, False]
    study.keep.click()
    assert window.document.tables["scores"]["lifetime-value"]["kind"] == "amount"
    assert window.document.undo_stack.undoText() == "Add lifetime-value"


def test_what_each_action_brings_is_put_into_the_journey(open_window: Open, qtbot: QtBot) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn")
    window = open_window(shipped_scenarios()["next-best-action"])
    window.document.apply("Fewer", lambda text: edit(text, {"population.size": 1500}))
    qtbot.waitUntil(lambda: window.document.reading.file is not None)
    window.studies.show_scores()
    study = window.studies.scores
    assert study is not None
    study.outcome.ask_for("gains")
    study.train.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("What choosing an action brings within ")
    assert not study.charts.isVisible()
    rows = study.weights.rowCount()
    study.keep.click()
    assert len(window.document.tables["gains"]) == rows > 0
    window.document.undo_stack.undo()
    assert len(window.document.tables["gains"]) != rows


def test_where_there_is_no_choice_no_gains_are_learned(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_scores()
    study = shop.studies.scores
    assert study is not None
    study.outcome.ask_for("gains")
    study.train.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert "give a rule alternatives" in study.state.text()
    assert not study.keep.isEnabled()


def test_a_score_of_what_happens_to_nobody_says_so(shop: Window, qtbot: QtBot) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn")
    shop.studies.show_scores()
    study = shop.studies.scores
    assert study is not None
    assert study.within.value() == 10  # the run lasts twenty days
    study.outcome.ask_for("purchase")
    study.train.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert "nobody did convert" in study.state.text()
    assert not study.keep.isEnabled()


def test_the_ranking_is_that_of_the_tenths() -> None:
    tenths = [SimpleNamespace(looks=10, share=0.8), SimpleNamespace(looks=10, share=0.2)]
    (begin, middle, end) = ranking(tenths)  # type: ignore[arg-type]
    assert (begin, end) == ((0, 0), (1, 1))
    assert middle == pytest.approx((0.2, 0.8))


def test_how_sure_the_brand_was_stands_before_what_it_knew() -> None:
    parts = {"completeness": 0.25, "model": 1.0, "alignment": 0.5, "performance": 1.0, "confidence": 0.675}
    candidate = {"type": "Offer", "content": {"call_to_action": "Come back"}, "priority": 2}
    moment = SimpleNamespace(
        candidate=candidate, confidence=parts, knew={"profile.contacts": 1.0, "contacts": 3, "profile.idle_days": 2.0}
    )
    assert known(moment) == [  # type: ignore[arg-type]
        ("Type", "Offer"),
        ("Priority", "2"),
        ("Call to action", "Come back"),
        ("Confidence", "0.68"),
        ("– profile complete", "0.25"),
        ("– chance that it is worth it", "1.00"),
        ("– fit with the rule", "0.50"),
        ("– responses as expected", "1.00"),
        ("profile.contacts", "1 (in truth 3)"),
        ("contacts", "3"),
        ("profile.idle_days", "2"),
    ]


def test_what_becomes_of_the_same_customer_is_said_once_for_arms_in_which_it_is_the_same() -> None:
    of = [
        Fate("a", "Nobody", "churned", 0, 0.0),
        Fate("b", "Rules", "active", 1, 20.0),
        Fate("c", "None", "churned", 0, 0.0),
        Fate("d", "Adverts", None, 0, 0.0),
    ]
    assert fates(of, "EUR") == [
        'Under "Nobody" and "None" the same customer got 0 messages and had left for good at the end.',
        'Under "Rules" the same customer got 1 message and was active at the end, having paid 20.00 EUR.',
        'Under "Adverts" the same customer does not come.',
    ]


def test_what_limits_cost_is_told_of_the_run_that_is_shown(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_limit_costs()
    study = shop.studies.limits
    assert study is not None
    assert study.answer.text() == NO_RUN_TO_PRICE
    assert not study.find.isEnabled()
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.commands["limit-costs"].trigger()
    assert study.action.current == "news"
    assert study.answer.text() == ASK
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert study.answer.text() == "What they cost in money is not known: the scenario has no money."
    labels = [study.table.item(row, 0).text() for row in range(study.table.rowCount())]
    assert labels == ["(as it is)", "Minimum gap between messages: 4 hours", 'The rule "daily" itself']
    got = [float(study.table.item(row, 1).text()) for row in range(3)]
    assert got[0] == got[1] > got[2] == 0.0
    assert study.state.text() == "2 replications; the brackets hold the simulation error (95 %)."


def test_whether_scores_come_true_is_told_of_the_run_that_is_shown(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_what_to_watch()
    study = shop.studies.watching
    assert study is not None
    assert study.answer.text() == NO_RUN_TO_WATCH
    score = {"intercept": 6.0, "foresees": "churn", "within": 5}
    shop.document.apply("Watch", lambda text: edit(text, {"scores.risk": score}))
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.commands["what-to-watch"].trigger()
    qtbot.waitUntil(lambda: study.table.rowCount() > 0, timeout=PATIENCE_MS)
    assert study.answer.text().startswith("risk does not come true: ")
    rows = [[study.table.item(row, column).text() for column in range(6)] for row in range(study.table.rowCount())]
    assert [row[1] for row in rows] == ["day 5", "day 10", "day 15"]
    assert {row[3] for row in rows} == {"99.8 %"}
    assert rows[0][5].endswith(", off")


def test_without_a_score_that_foresees_there_is_nothing_to_watch(shop: Window, qtbot: QtBot) -> None:
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.studies.show_what_to_watch()
    study = shop.studies.watching
    assert study is not None
    assert study.answer.text() == NOTHING_TO_WATCH
    assert not study.asking.busy


def test_what_optimising_brings_is_told_of_the_run_that_is_shown(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_lift()
    study = shop.studies.lift
    assert study is not None
    assert study.answer.text() == NO_RUN_TO_LIFT
    optimised = {"orchestration.optimise": ["hour"], "orchestration.optimise_from": 1}
    shop.document.apply("Optimise", lambda text: edit(text, optimised))
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.commands["lift"].trigger()
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    assert "The same customers open " in study.answer.text()
    labels = [study.table.item(row, 0).text() for row in range(study.table.rowCount())]
    assert [label.split(":")[0] for label in labels] == ["Apparent", "True"]
    assert study.state.text() == "2 replications; the brackets hold the simulation error (95 %)."


def test_pain_points_are_told_of_the_run_that_is_shown_and_a_row_shows_where(shop: Window, qtbot: QtBot) -> None:
    shop.studies.show_pain_points()
    study = shop.studies.pains
    assert study is not None
    assert study.answer.text() == NO_RUN_TO_RELIEVE
    hard = {"touchpoints.home.effort": 5}
    shop.document.apply("Make it hard", lambda text: edit(text, hard))
    shop.simulation.start()
    qtbot.waitUntil(lambda: not shop.simulation.busy and shop.simulation.results is not None, timeout=PATIENCE_MS)
    shop.commands["pain-points"].trigger()
    study.find.click()
    qtbot.waitUntil(lambda: not study.asking.busy, timeout=PATIENCE_MS)
    labels = [study.table.item(row, 0).text() for row in range(study.table.rowCount())]
    assert set(labels) == {"Leaving from “home”", "Effort at “home”", "Context lost between channels"}
    assert study.answer.text().startswith("What they cost is not known: the journey has no goal.")
    assert shop.canvas.selected.touchpoints == frozenset(), "nothing is chosen yet"
    study.table.selectRow(labels.index("Effort at “home”"))
    assert shop.canvas.selected.touchpoints == frozenset({"home"})


def test_how_many_agents_a_desk_of_the_run_needs(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "calls.toml"
    file.write_text(
        """
format = 1
id = "calls"
horizon = 7
population = { size = 500, arrivals = { pattern = "poisson" } }
desks = [{ id = "help", name = "Help", agents = 1, service_minutes = 6 }]
channels = [{ id = "phone" }]
touchpoints = [{ id = "call", start = true, desk = "help" }, { id = "end", exit = "completed" }]
transitions = [{ from = "call", to = "end", share = 1, delay = 1 }]
experiment = { replications = 2 }
"""
    )
    window = open_window(file)
    window.studies.show_how_many_agents()
    study = window.studies.staffing
    assert study is not None
    assert study.answer.text() == NO_RUN_TO_STAFF
    window.simulation.start()
    qtbot.waitUntil(lambda: not window.simulation.busy and window.simulation.results is not None, timeout=PATIENCE_MS)
    window.commands["how-many-agents"].trigger()
    study.shrinkage.setValue(30)
    study.find.click()
    qtbot.waitUntil(lambda: study.table.rowCount() > 0, timeout=PATIENCE_MS)
    assert study.answer.text().startswith('Of 100 who ask at "Help" ')
    assert study.table.rowCount() == 48
    assert study.table.item(0, 3).text() == "1"
    assert int(study.table.item(0, 5).text()) >= 2  # one at the desk, and 30 % of their time away
