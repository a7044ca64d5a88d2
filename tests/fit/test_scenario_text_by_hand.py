"""The scenario file of a fitted journey, written out by hand."""

import datetime
from dataclasses import replace

import duckdb

from sim.fit.arrivals import Arrivals
from sim.fit.cells.times import DAY
from sim.fit.channels import NO_CHANNELS, Channels
from sim.fit.counting import Counts
from sim.fit.events.eventlog import Activity, EventLog
from sim.fit.families import Described
from sim.fit.journey import Journey, Touchpoint, Transition
from sim.fit.scenario_text import Conversion, scenario_text
from sim.scenario import parse

LOG = EventLog(
    connection=duckdb.connect(),
    name="Shop log.CSV.gz",
    activities=(Activity(0, "Look", 1000, 1500), Activity(1, 'Buy "now"', 500, 800)),
    cases=1200,
    events=2300,
    step=1,
    first=20_513 * DAY,
    last=20_543 * DAY - 1,
    notes=(),
)
COUNTS = Counts(
    cases=1200,
    events=2300,
    starts={0: 1200, 1: 0},
    visits={0: 1500, 1: 800},
    transitions={(0, 1): 750, (0, 0): 300, (1, 0): 10},
    ends={0: 450, 1: 690},
    recent={1: 1100},
    open=5,
    position={0: 1.0, 1: 2.0},
)
SLOW = Described("lognormal", (("median", 0.5), ("sigma", 1.25)), 300, "lognormal by AIC")
LISTED = Described("empirical", (("quantiles", tuple(each / 7 for each in range(40))),), 40, "too few for a family")
JOURNEY = Journey(
    touchpoints=(Touchpoint(0, "look", "Look", 1500, 1200), Touchpoint(1, "buy-now", 'Buy "now"', 800, 0)),
    transitions=(
        Transition("look", "buy-now", 750, 1500, Described("fixed", (("value", 2.5),), 750, "always 2.5 days")),
        Transition("look", "ended", 450, 1500, None),
        Transition("look", "look", 300, 1500, SLOW),
        Transition("buy-now", "churned", 690, 700, None),
        Transition("buy-now", "look", 10, 700, LISTED),
    ),
    exits=(("ended", "completed"), ("churned", "churn")),
    notes=(),
)
ARRIVALS = Arrivals(datetime.date(2026, 3, 1), 30, "poisson", 28.123456789, None, None, "starts are even")
AMOUNTS = {1: Conversion(Described("gamma", (("mean", 12.3456789), ("shape", 2.0)), 640, "gamma by AIC"))}

TEXT = """\
# Fitted to the event log Shop log.CSV.gz: 1,200 cases with 2,300 events.
# Shares are counts; delays are the family that describes them best, or quantiles. How: docs/background/fit.md
# Nothing in a log tells how customers differ from one another or how they feel:
# traits and emotion keep their reference values, without spread.
# - 3 rows left out
# - this line is so long that it has to be folded, since no line of a scenario is to be longer than a hundred
#   and ten characters
# - word word word word word word word word word word word word word word word word word word word word
#   well-known names

format = 1
id = "shop-log"
name = "Shop log"

about = "Fitted to the event log Shop log.CSV.gz: 1,200 cases with 2,300 events from 2026-03-01 to 2026-03-30."

start_date = 2026-03-01
horizon = 30                                      # days from the first start to the end of the log

[fitted]
log = "Shop log.CSV.gz"
days = 30                                       # how far the log reaches: a run that goes on for longer is told so

[population]
size = 1200
# starts are even
arrivals = { pattern = "poisson", over = 28.1235 }

[money]
refund_rate = 0.125                               # negative amounts of goals, of all their money

[[stages]]
id = "journey"

[[touchpoints]]                                   # 1,500 events
id = "look"
name = "Look"
start = 1                                         # 1,200 of 1,200 cases start here

[[touchpoints]]                                   # 800 events
id = "buy-now"
name = "Buy \\"now\\""
# value: gamma by AIC; 640 amounts
goal = { kind = "conversion", value = { family = "gamma", mean = 12.3457, shape = 2 } }

[[touchpoints]]
id = "ended"
exit = "completed"

[[touchpoints]]
id = "churned"
exit = "churn"

# Look: what follows is known of 1,500 events
[[transitions]]
from = "look"
to = "buy-now"
share = 0.5                                       # 750 of 1,500
# always 2.5 days
delay = 2.5

[[transitions]]
from = "look"
to = "ended"
share = 0.3                                       # 450 of 1,500

[[transitions]]
from = "look"
to = "look"
share = 0.2                                       # 300 of 1,500
# lognormal by AIC
delay = { family = "lognormal", median = 0.5, sigma = 1.25 }

# Buy "now": what follows is known of 700 events, 1,100 are too close to the end of the log
[[transitions]]
from = "buy-now"
to = "churned"
share = 0.985714                                  # 690 of 700

[[transitions]]
from = "buy-now"
to = "look"
share = 0.0142857                                 # 10 of 700
# too few for a family
delay = { family = "empirical", quantiles = [
    0, 0.1429, 0.2857, 0.4286, 0.5714, 0.7143, 0.8571, 1, 1.143, 1.286, 1.429, 1.571, 1.714, 1.857, 2, 2.143,
    2.286, 2.429, 2.571, 2.714, 2.857, 3, 3.143, 3.286, 3.429, 3.571, 3.714, 3.857, 4, 4.143, 4.286, 4.429, 4.571,
    4.714, 4.857, 5, 5.143, 5.286, 5.429, 5.571,
] }
"""

REPORT = (
    "3 rows left out",
    "this line is so long that it has to be folded, since no line of a scenario is to be longer than a hundred and "
    "ten characters",
    "word " * 20 + "well-known names",
)


def parts_of(
    log: EventLog = LOG,
    arrivals: Arrivals = ARRIVALS,
    goals: dict[int, Conversion] | None = None,
    channels: Channels = NO_CHANNELS,
    refunded: float = 0,
) -> list[str]:
    """The text's paragraphs; each text is a scenario without a finding."""
    text = scenario_text(log, COUNTS, JOURNEY, arrivals, goals or {}, channels, refunded, ())
    assert parse(text).warnings == ()
    return text.split("\n\n")


def test_a_fitted_journey_is_written_out_with_where_each_figure_comes_from() -> None:
    assert scenario_text(LOG, COUNTS, JOURNEY, ARRIVALS, AMOUNTS, NO_CHANNELS, 0.125, REPORT) == TEXT
    assert parse(TEXT).warnings == ()


def test_without_refunds_goals_and_channels_nothing_is_said_of_them() -> None:
    parts = parts_of()
    assert len(parts) == len(TEXT.split("\n\n")) - 1
    assert not any(each.startswith(("[money]", "[[channels]]", "[[segments]]")) or "goal" in each for each in parts)


def test_a_goal_without_amounts_is_a_conversion_and_a_fixed_amount_is_one_number() -> None:
    (bought,) = (each for each in parts_of(goals={1: Conversion(None)}) if each.endswith("}") and "goal" in each)
    assert bought.splitlines()[-1] == 'goal = { kind = "conversion" }'
    fixed = Conversion(Described("fixed", (("value", 25.5),), 1234, "always 25.5"))
    (paid,) = (each for each in parts_of(goals={0: fixed}) if "goal" in each)
    assert paid.splitlines()[-2:] == [
        "# value: always 25.5; 1,234 amounts",
        'goal = { kind = "conversion", value = 25.5 }',
    ]


def population(**changed: object) -> list[str]:
    parts = parts_of(arrivals=replace(ARRIVALS, **changed))  # type: ignore[arg-type]
    index = next(number for number, each in enumerate(parts) if each.startswith("[population]"))
    return parts[index : index + 2] if parts[index + 1].startswith("[population") else parts[index : index + 1]


def test_arrivals_stand_on_one_line_or_in_a_table_of_their_own() -> None:
    head = "[population]\nsize = 1200\n# starts are even"
    assert population(pattern="cohort") == [head + '\narrivals = { pattern = "cohort" }']
    week = (1.0, 2.0, 1.0, 0.5, 0.123456, 1.0, 1.0)
    assert population(pattern="profile", weekly=week) == [
        head + '\narrivals = { pattern = "profile", over = 28.1235, weekly = [1, 2, 1, 0.5, 0.123, 1, 1] }'
    ]
    hours = tuple(float(each) for each in range(24))
    assert population(pattern="profile", weekly=week, hourly=hours) == [
        head,
        '[population.arrivals]\npattern = "profile"\nover = 28.1235\nweekly = [1, 2, 1, 0.5, 0.123, 1, 1]\n'
        "hourly = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]",
    ]


def test_arrivals_whose_settings_have_110_characters_no_longer_stand_on_one_line() -> None:
    # pattern = "profile" has 19, over = 28.1235 has 14, weekly = [, , , , , , ] has 23: 56. Six weights have 8 each.
    small = (1.23e-05,) * 6
    assert len(population(pattern="profile", weekly=(*small, 0.123))) == 1
    assert len(population(pattern="profile", weekly=(*small, 0.0123))) == 2


VISITED = {0: {"Web shop": 900, "Phone": 100}, 1: {"Phone": 4}}


def test_channels_drawn_at_each_visit_have_shares_and_lose_nothing() -> None:
    parts = parts_of(channels=Channels(VISITED, {"Web shop": 900, "Phone": 300}, False, ()))
    index = parts.index('[[channels]]\nid = "web-shop"\nname = "Web shop"')
    assert parts[index - 1] == '[[stages]]\nid = "journey"'
    assert parts[index + 1 : index + 4] == [
        '[[channels]]\nid = "phone"\nname = "Phone"',
        "# The channels' shares at each touchpoint are the log's own: nobody prefers the channel they are on, and a\n"
        "#   change of channel loses nothing, so that the measured shares of the transitions hold.\n"
        "[behaviour]\nstickiness = 0",
        '[integration]\nmode = "omni"\ncarryover = 1',
    ]
    look, buy = parts[index + 4 : index + 6]
    assert look.splitlines()[-1] == "channels = { web-shop = 0.9, phone = 0.1 }"
    assert buy.splitlines()[-1] == "channels = { phone = 1 }"
    thirds = Channels({0: {"Web shop": 2, "Phone": 1}}, {}, False, ())
    look, buy = [each for each in parts_of(channels=thirds) if each.startswith("[[touchpoints]]  ")]
    assert look.splitlines()[-1] == "channels = { web-shop = 0.6667, phone = 0.3333 }"
    assert buy.splitlines()[-1] == "channels = []"


def test_channels_that_customers_keep_are_segments_with_an_affinity_to_theirs_alone() -> None:
    kept = Channels({**VISITED, 2: {"All": 1}}, {"Web shop": 900, "Phone": 298, "All": 2}, True, ())
    parts = parts_of(channels=kept)
    index = parts.index('[[channels]]\nid = "web-shop"\nname = "Web shop"')
    assert parts[index + 1 : index + 6] == [
        '[[channels]]\nid = "phone"\nname = "Phone"',
        '[[channels]]\nid = "all"\nname = "All"',
        "# Customers keep their channel: those of a segment have an affinity to theirs alone.\n"
        '[[segments]]\nid = "web-shop"\nname = "Web shop"\n'
        "share = 0.75                                      # 900 of 1,200 cases\n"
        "affinity = { web-shop = 1, phone = 0, all = 0 }",
        '[[segments]]\nid = "phone"\nname = "Phone"\n'
        "share = 0.248333                                  # 298 of 1,200 cases\n"
        "affinity = { web-shop = 0, phone = 1, all = 0 }",
        # The id "all" stands for all segments together.
        '[[segments]]\nid = "all-2"\nname = "All"\n'
        "share = 0.00166667                                # 2 of 1,200 cases\n"
        "affinity = { web-shop = 0, phone = 0, all = 1 }",
    ]
    look, buy = parts[index + 6 : index + 8]
    for each in (look, buy):
        assert each.splitlines()[-1] == 'channels = ["web-shop", "phone", "all"]'
    assert not any(each.startswith(("[behaviour]", "[integration]")) for each in parts)


def test_the_id_and_the_name_are_the_files_without_its_endings() -> None:
    def named(name: str) -> tuple[str, str]:
        scenario = parse("\n\n".join(parts_of(log=replace(LOG, name=name)))).scenario
        return scenario.id, str(scenario.name)

    assert named("Ünser Log.json.zst") == ("unser-log", "Ünser Log")
    assert named("v1.csv.backup.TXT") == ("v1-backup", "v1.backup")
    assert named(".csv") == ("log", "log")
    assert named("a.csvx") == ("a-csvx", "a.csvx")
