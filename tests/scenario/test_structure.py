"""Keys, types and numbers that are wrong: each finding says where, what, and what would be right."""

import pytest

from sim.scenario.opening.structure import structured
from tests.builders import small
from tests.scenario.contract import CONTRACT
from tests.scenario.finding import assert_found, changed, findings

WRONG = {
    "an unknown key at the top": (
        ("horizon = 365", "horizons = 30\nhorizon = 365"),
        ("horizons", "horizons", 'unknown key "horizons"', 'did you mean "horizon"?'),
    ),
    "an unknown table": (
        ("[integration]", "[intergration]"),
        ("[intergration]", "intergration", 'unknown key "intergration"', 'did you mean "integration"?'),
    ),
    "an unknown key of a list item": (
        ("effort = 3", "effrot = 3"),
        ("effrot", "touchpoints.cart.effrot", 'unknown key "effrot"', 'did you mean "effort"?'),
    ),
    "an unknown key like none": (
        ("carryover = 0.9", "memory = 0.9"),
        ("memory", "integration.memory", 'unknown key "memory"', "known keys here: mode, carryover"),
    ),
    "a key of another table": (
        ('name = "Cart"', "call_back_above = 3"),
        (
            "call_back_above",
            "touchpoints.cart.call_back_above",
            'unknown key "call_back_above"',
            "it belongs in [[desks]]",
        ),
    ),
    "an unknown key of a nested table": (
        ("emotion = { mean = 0.1, sd = 0.3 }", "emotion = { mean = 0.1, std = 0.3 }"),
        ("std", "touchpoints.cart.emotion.std", 'unknown key "std"', 'did you mean "sd"?'),
    ),
    "an unknown key of a table two levels down": (
        ("email = { max = 2, days = 7 }", 'email = { max = 2, days = 7, perod = "rolling" }'),
        ("perod", "orchestration.caps.email.perod", 'unknown key "perod"', 'did you mean "period"?'),
    ),
    "an unknown key of a distribution": (
        ("median = 0.01, sigma = 1.0", "median = 0.01, sigma = 1.0, sigmas = 2"),
        (
            "sigmas",
            "transitions.cart/checkout.delay.sigmas",
            'unknown key "sigmas" in a distribution of family lognormal',
            'did you mean "sigma"?',
        ),
    ),
    "a key of another family": (
        ('family = "exponential", mean = 5.8', 'family = "exponential", mean = 5.8, shape = 2'),
        ("shape = 2", "desks.contact-centre.patience_minutes.shape", "family exponential", "known keys here: mean"),
    ),
    "an unknown key of a trait": (
        ("propensity = { mean = -0.2, sd = 0.8 }", "propensity = { mean = -0.2, sdd = 0.8 }"),
        ("sdd", "segments.bargain.traits.propensity.sdd", 'unknown key "sdd"', 'did you mean "sd"?'),
    ),
    "an unknown family": (
        ('{ family = "lognormal", median = 0.01', '{ family = "log-normal", median = 0.01'),
        ("log-normal", "transitions.cart/checkout.delay.family", '"log-normal"', 'did you mean "lognormal"?'),
    ),
    "an unknown family of a trait": (
        ("patience_minutes = { mean = 5 }", 'patience_minutes = { family = "gama", mean = 5, shape = 1 }'),
        ("gama", "segments.bargain.traits.patience_minutes.family", '"gama"', 'did you mean "gamma"?'),
    ),
    "a family that is no text": (
        ('family = "exponential", mean = 5.8', "family = 3, mean = 5.8"),
        ("family = 3", "desks.contact-centre.patience_minutes.family", "is called 3", "known families: fixed"),
    ),
    "a distribution without a family": (
        ('{ family = "exponential", mean = 5.8 }', "{ mean = 5.8 }"),
        ("5.8", "desks.contact-centre.patience_minutes.family", "without a family", 'family = "exponential"'),
    ),
    "a distribution with too few parameters": (
        ('{ family = "exponential", mean = 5.8 }', '{ family = "exponential" }'),
        (
            "patience_minutes = { family",
            "desks.contact-centre.patience_minutes.mean",
            "missing",
            "of at least 0 (its mean)",
        ),
    ),
    "a lognormal of two minds": (
        ("median = 0.01, sigma = 1.0", "median = 0.01, sd = 1.0"),
        (
            "sd = 1.0",
            "transitions.cart/checkout.delay",
            "a lognormal with median and sd",
            "either median and sigma, or",
        ),
    ),
    "a uniform upside down": (
        ("delay = 2", 'delay = { family = "uniform", low = 3, high = 1 }'),
        ("uniform", "transitions.cart/gone.delay", "high is below low", "swap them"),
    ),
    "quantiles in disorder": (
        ("delay = 2", 'delay = { family = "empirical", quantiles = [1, 3, 2] }'),
        ("empirical", "transitions.cart/gone.delay", "the quantiles do not ascend", "sort them"),
    ),
    "text for a number": (
        ("effort = 3", 'effort = "abc"'),
        (
            "abc",
            "touchpoints.cart.effort",
            'expected a number from 1 to 7, got "abc"',
            "give a number from 1 to 7 (effort",
        ),
    ),
    "a number in quotes": (
        ("share = 0.35", 'share = "0.35"'),
        (
            '"0.35"',
            "transitions.cart/checkout.share",
            'expected a number of at least 0, got "0.35"',
            "write 0.35 without",
        ),
    ),
    "text for a distribution": (
        ("delay = 2", 'delay = "two days"'),
        ("two days", "transitions.cart/gone.delay", 'a number or a distribution, got "two days"', "give a number or"),
    ),
    "a list for a distribution": (
        ("delay = 2", "delay = [1, 2]"),
        (
            "[1, 2]",
            "transitions.cart/gone.delay",
            "expected a number or a distribution, got a list of 2",
            "exponential",
        ),
    ),
    "true for a distribution": (
        ("delay = 2", "delay = true"),
        ("delay = true", "transitions.cart/gone.delay", "expected a number or a distribution, got true", "exponential"),
    ),
    "a fraction of a person": (
        ("agents = 4 ", "agents = 4.5 "),
        ("4.5", "desks.contact-centre.agents", "expected a whole number of at least 0, got 4.5", "around the clock"),
    ),
    "text for true or false": (
        ("start = true", 'start = "yes"'),
        (
            '"yes"',
            "touchpoints.cart.start",
            'true or false or a number of at least 0, got "yes"',
            "true without quotes",
        ),
    ),
    "a table for a number": (
        ("cost_per_contact = 8.0", "cost_per_contact = { eur = 8 }"),
        ("eur", "desks.contact-centre.cost_per_contact", "got a table", "cost of each contact served"),
    ),
    "a number for a table": (
        ("budget = { per_day = 500 }", "budget = 1"),
        ("budget = 1", "orchestration.budget", "expected a table, got 1", "limits on the money spent on sends"),
    ),
    "a list for a table": (
        ("[integration]\n", "[[integration]]\n"),
        ("[[integration]]", "integration", "expected a table, got a list of 1", "channels work together"),
    ),
    "text for channels": (
        ("channels = { web = 0.7, app = 0.3 }", 'channels = "web"'),
        (
            'channels = "web"',
            "touchpoints.cart.channels",
            "expected a table (values: a number of at least 0) or a list, each an ID",
            "channels on which",
        ),
    ),
    "a negative weight of a channel": (
        ("channels = { web = 0.7, app = 0.3 }", "channels = { web = -0.7, app = 0.3 }"),
        ("-0.7", "touchpoints.cart.channels.web", "expected a number of at least 0, got -0.7", "give a number of at"),
    ),
    "a number among channels": (
        ('channels = ["email", "push"]', 'channels = ["email", 3]'),
        ("3]", "actions.cart-recovery.channels.2", "expected an ID", "give an ID"),
    ),
    "an unknown word": (
        ('mode = "omni" ', 'mode = "onmi" '),
        ("onmi", "integration.mode", '"single", "multi" or "omni", got "onmi"', 'did you mean "omni"?'),
    ),
    "an unknown word in a list": (
        ('over = ["content", "timing", "channel", "offer"]', 'over = ["content", "timeing"]'),
        ("timeing", "personalization.over.2", 'got "timeing"', 'did you mean "timing"?'),
    ),
    "an unknown word as a key": (
        ('level = "individual" ', 'weights = { contents = 1 }\nlevel = "individual" '),
        ("contents", "personalization.weights.contents", 'unknown name "contents"', 'did you mean "content"?'),
    ),
    "a goal of an unknown kind": (
        ('goal = { kind = "conversion"', 'goal = { kind = "convert"'),
        (
            "convert",
            "touchpoints.checkout.goal.kind",
            '"conversion", "value" or "completion"',
            'did you mean "conversion"',
        ),
    ),
    "a goal without a kind": (
        ('goal = { kind = "conversion", value', "goal = { value"),
        (
            "goal = { value",
            "touchpoints.checkout.goal.kind",
            "this is missing",
            '"conversion", "value" or "completion"',
        ),
    ),
    "a goal that is just true": (
        ("goal = false", "goal = true"),
        ("goal = true", "touchpoints.cart.goal", "expected false or a table, got true", "the goal reached here"),
    ),
    "an unknown exit": (
        ('exit = "churn"', 'exit = "churned"'),
        ("churned", "touchpoints.gone.exit", 'got "churned"', 'did you mean "churn"?'),
    ),
    "a date in quotes": (
        ("start_date = 2026-01-05", 'start_date = "2026-01-05"'),
        ('"2026-01-05"', "start_date", "expected a date", "without quotes, as in 2026-01-05"),
    ),
    "a currency in small letters": (
        ('currency = "EUR"', 'currency = "eur"'),
        ('"eur"', "currency", 'expected three capital letters, got "eur"', "EUR"),
    ),
    "an id with capitals": (
        ('id = "push"', 'id = "Push Mobile"'),
        ("Push Mobile", 'channels."Push Mobile".id', 'got "Push Mobile"', 'write "push-mobile"'),
    ),
    "a key that is no ID": (
        ("opt_in = { email = 0.6, push = 0.3 }", 'opt_in = { email = 0.6, "E-Mail" = 0.3 }'),
        ('"E-Mail"', "segments.bargain.opt_in.E-Mail", '"E-Mail" is no ID', 'write "e-mail"'),
    ),
    "a negative share": (
        ("share = 0.35", "share = -0.35"),
        ("-0.35", "transitions.cart/checkout.share", "expected a number of at least 0, got -0.35", "weight among the"),
    ),
    "a number that is none": (
        ("share = 0.35", "share = nan"),
        ("nan", "transitions.cart/checkout.share", "got nan (not a number)", "give a number of at least 0"),
    ),
    "an infinite number": (
        ("cost = 0.002 ", "cost = inf "),
        ("inf", "channels.email.cost", "got inf (infinity)", "give a number of at least 0 (cost of each contact)"),
    ),
    "a number beyond all numbers": (
        ("cost = 0.002 ", f"cost = 1{'0' * 400} "),
        ("cost = 1000", "channels.email.cost", "got a huge number", "give a number of at least 0"),
    ),
    "a probability in per cent": (
        ("holdout = 0.1", "holdout = 10"),
        (
            "holdout = 10",
            "orchestration.holdout",
            "expected a number from 0 to 1, got 10",
            "write a share: 0.1 is 10 %",
        ),
    ),
    "a negative probability": (
        ("open_rate = 0.19", "open_rate = -0.19"),
        ("-0.19", "channels.email.open_rate", "expected a number from 0 to 1, got -0.19", "give a number from 0 to 1"),
    ),
    "a horizon of nothing": (
        ("horizon = 365", "horizon = 0"),
        ("horizon = 0", "horizon", "expected a number above 0, got 0", "give a number above 0 (days simulated)"),
    ),
    "a population of nobody": (
        ("size = 10000", "size = 0"),
        ("size = 0", "population.size", "expected a whole number from 1 to 100000000, got 0", "customers in one"),
    ),
    "a seed below 0": (
        ("seed = 2026", "seed = -1"),
        ("seed = -1", "experiment.seed", "expected a whole number from 0 to 4294967295, got -1", "the same seed"),
    ),
    "weights for six days": (
        ('{ pattern = "poisson", over = 90 }', '{ pattern = "profile", weekly = [1, 1, 1, 1, 1, 1] }'),
        ("weekly = [", "population.arrivals.weekly", "a list of 7 items, each a number of at least 0", "each weekday"),
    ),
    "one quiet hour": (
        ("quiet_hours = [21, 8]", "quiet_hours = [21]"),
        ("[21]", "channels.email.quiet_hours", "a list of 2 items", "each a number from 0 to 24"),
    ),
    "an hour that no day has": (
        ("quiet_hours = [21, 8]", "quiet_hours = [25, 8]"),
        ("[25, 8]", "channels.email.quiet_hours.1", "expected a number from 0 to 24, got 25", "give a number from 0"),
    ),
    "a missing share": (
        (
            '[[transitions]]\nfrom = "cart"\nto = "gone"\nshare = 0.65',
            '[[transitions]] # here\nfrom = "cart"\nto = "gone"',
        ),
        ("# here", "transitions.cart/gone.share", "this is missing", "a number of at least 0 (weight among the"),
    ),
    "a newer format": (
        ("format = 1", "format = 2"),
        ("format = 2", "format", "format 2 is newer than this version of the program reads (1)", "update the program"),
    ),
    "an impossible format": (
        ("format = 1", "format = 0"),
        ("format = 0", "format", "expected 1, got 0", "version of this file format"),
    ),
    "a second channel of the same name": (
        ('id = "push"', 'id = "web" # again'),
        ("# again", "channels.web.id", 'a second "web"', "give each its own ID"),
    ),
    "a second arm of the same name": (
        ("[layout]", '[[experiment.arms]]\nid = "static" # again\n[layout]'),
        ("# again", "experiment.arms.static.id", 'a second "static"', "give each its own ID"),
    ),
    "parallel transitions without an id": (
        ("[[desks]] # only", '[[transitions]] # again\nfrom = "cart"\nto = "gone"\nshare = 1\n[[desks]] # only'),
        ("# again", "transitions.cart/gone", 'a second transition from "cart" to "gone"', "give it an ID"),
    ),
    "a condition with too few words": (
        ('["sentiment", ">", -0.5]', '["sentiment", ">"]'),
        ('["sentiment", ">"]', "rules.abandoned-cart.if.1", "a list of 3 items", '"not in"'),
    ),
    "a condition with an unknown sign": (
        ('["sentiment", ">", -0.5]', '["sentiment", "=>", -0.5]'),
        ("=>", "rules.abandoned-cart.if.1.2", '"=="', "did you mean"),
    ),
    "a moment that is neither day nor date": (
        ("[experiment]", '[[broadcasts]]\nid = "sale"\nat = "monday"\ndo = "cart-recovery"\n[experiment]'),
        ("monday", "broadcasts.sale.at", "a number of at least 0 or a date", "without quotes, as in 2026-01-05"),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_finding_says_where_what_and_what_would_be_right(wrong):
    replaced, (at, address, problem, remedy) = WRONG[wrong]
    assert_found(changed(replaced), at, address, problem, remedy)


def test_a_missing_table_is_found_in_the_file_as_a_whole():
    text = changed(
        ("[population]\nsize = 10000\n", "[uncertainty]\n"), ('arrivals = { pattern = "poisson", over = 90 }', "")
    )
    (found,) = findings(text)
    assert (found.line, found.address, found.problem) == (None, "population", "this is missing")
    assert "how many customers there are" in found.remedy


def test_no_words_of_the_machinery_are_shown():
    for wrong, (replaced, _) in WRONG.items():
        for found in findings(changed(replaced)):
            for jargon in ("pydantic", "Input should", "dict", "tuple", "validat", "literal", "union", "float", "None"):
                assert jargon not in f"{found.problem} {found.remedy}", (wrong, str(found))


def test_everything_of_one_kind_is_found_at_once_in_the_order_of_the_lines():
    text = changed(("effort = 3", "effort = 9"), ("share = 0.65", "share = -1"), ('mode = "omni" ', 'mode = "some" '))
    found = findings(text)
    assert [one.address for one in found] == [
        "touchpoints.cart.effort",
        "transitions.cart/gone.share",
        "integration.mode",
    ]
    assert [one.line for one in found] == sorted(one.line for one in found)


def test_a_finding_reads_as_one_line():
    text = changed(('to = "checkout"', 'to = "checkot"'))
    line = text.split("\n").index('to = "checkot"') + 1
    assert [str(one) for one in findings(text)] == [
        f'shop.toml:{line}: transitions.cart/checkot.to: there is no touchpoint "checkot"; did you mean "checkout"?'
    ]


def test_a_whole_number_may_be_written_as_a_power_of_ten():
    assert findings(changed(("size = 10000", "size = 1e4"))) == ()


def test_the_contracts_example_is_right():
    assert findings(CONTRACT) == ()


def test_a_family_may_be_a_key_of_its_own_distribution():
    tables = small()
    tables["transitions"][0]["delay"] = {"family": "fixed", "fixed": 3, "value": 1}
    (fault,) = structured(tables)
    assert fault.key_path == ("transitions", 0, "delay", "fixed")
    assert "unknown key" in fault.problem
