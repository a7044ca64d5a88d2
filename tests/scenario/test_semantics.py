"""Scenarios whose keys and types are right, and which still cannot be meant: where, what, what would be right."""

import pytest

from sim.scenario import parse
from sim.scenario.journey import DEFAULT_STAGES
from tests.scenario.contract import CONTRACT
from tests.scenario.finding import assert_found, changed, findings

STAGES = (*DEFAULT_STAGES, *(f"stage-{number}" for number in range(59)))

WRONG = {
    # ids that name nothing
    "an unknown channel of a touchpoint": (
        ("channels = { web = 0.7, app = 0.3 }", "channels = { web = 0.7, ap = 0.3 }"),
        ("ap = 0.3", "touchpoints.cart.channels.ap", 'there is no channel "ap"', 'did you mean "app"?'),
    ),
    "an unknown channel in a list": (
        ("channels = { web = 0.7, app = 0.3 }", 'channels = ["web", "fax"]'),
        ("fax", "touchpoints.cart.channels.2", 'there is no channel "fax"', "known channels: email, web, app, push"),
    ),
    "an unknown channel of a segment": (
        ("affinity = { web = 0.5, app = 0.2, email = 0.3 }", "affinity = { wbe = 0.5 }"),
        ("wbe", "segments.bargain.affinity.wbe", 'there is no channel "wbe"', 'did you mean "web"?'),
    ),
    "an unknown channel of an opt-in": (
        ("opt_in = { email = 0.6, push = 0.3 }", "opt_in = { emial = 0.6 }"),
        ("emial", "segments.bargain.opt_in.emial", 'there is no channel "emial"', 'did you mean "email"?'),
    ),
    "an unknown channel of an action": (
        ('channels = ["email", "push"]', 'channels = ["email", "psuh"]'),
        ("psuh", "actions.cart-recovery.channels.2", 'there is no channel "psuh"', 'did you mean "push"?'),
    ),
    "an unknown channel of a cap": (
        ("email = { max = 2, days = 7 }", "mail = { max = 2, days = 7 }"),
        ("mail = {", "orchestration.caps.mail", 'there is no channel "mail"', 'did you mean "email"?'),
    ),
    "an unknown stage": (
        ('stage = "consideration"', 'stage = "consideraton"'),
        ("consideraton", "touchpoints.cart.stage", 'no stage "consideraton"', 'did you mean "consideration"?'),
    ),
    "an unknown desk": (
        ('desk = "contact-centre"', 'desk = "contact-center"'),
        ("contact-center", "touchpoints.checkout.desk", 'no desk "contact-center"', 'did you mean "contact-centre"?'),
    ),
    "an unknown source": (
        ('from = "checkout"', 'from = "chekout"'),
        ("chekout", "transitions.chekout/bought.from", 'no touchpoint "chekout"', 'did you mean "checkout"?'),
    ),
    "an unknown target": (
        ('to = "checkout"', 'to = "checkot"'),
        ("checkot", "transitions.cart/checkot.to", 'no touchpoint "checkot"', 'did you mean "checkout"?'),
    ),
    "an unknown covariate": (
        ("effects = { incentive = 0.8 }", "effects = { incentives = 0.8 }"),
        ("incentives", "transitions.cart/checkout.effects.incentives", "no covariate", 'did you mean "incentive"?'),
    ),
    "an unknown covariate of the defaults": (
        ("[integration]", "[coefficients.progress]\nsentimnt = 1\n[integration]"),
        ("sentimnt", "coefficients.progress.sentimnt", 'unknown key "sentimnt"', 'did you mean "sentiment"?'),
    ),
    "an unknown touchpoint of an action": (
        ('leads_to = "cart"', 'leads_to = "card"'),
        ("card", "actions.cart-recovery.leads_to", 'no touchpoint "card"', 'did you mean "cart"?'),
    ),
    "an unknown action of a rule": (
        ('do = "cart-recovery"', 'do = "card-recovery"'),
        ("card-recovery", "rules.abandoned-cart.do", 'no action "card-recovery"', 'did you mean "cart-recovery"?'),
    ),
    "an unknown touchpoint of a trigger": (
        ('without = "checkout"', 'without = "checkouts"'),
        ("checkouts", "rules.abandoned-cart.when.without", 'no touchpoint "checkouts"', 'did you mean "checkout"?'),
    ),
    "an unknown touchpoint of a count": (
        ('{ entered = "cart", without = "checkout", after = 0.04 }', '{ count = "visits.crat", reaches = 3 }'),
        ("visits.crat", "rules.abandoned-cart.when.count", 'no touchpoint "crat"', 'did you mean "cart"?'),
    ),
    "an unknown segment of a condition": (
        ('["segment", "in", ["bargain"]]', '["segment", "in", ["bargian"]]'),
        ("bargian", "rules.abandoned-cart.if.2", 'no segment "bargian"', 'did you mean "bargain"?'),
    ),
    "an unknown action of a broadcast": (
        ("[experiment]", '[[broadcasts]]\nid = "sale"\nat = 3\ndo = "cart-rescue"\n[experiment]'),
        ("cart-rescue", "broadcasts.sale.do", 'no action "cart-rescue"', 'did you mean "cart-recovery"?'),
    ),
    "an unknown segment of a broadcast": (
        ("[experiment]", '[[broadcasts]]\nid = "sale"\nat = 3\ndo = "cart-recovery"\nsegments = ["all"]\n[experiment]'),
        ('["all"]', "broadcasts.sale.segments.1", 'no segment "all"', "known segments: bargain"),
    ),
    "an unknown touchpoint of a survey": (
        ("[experiment]", '[[surveys]]\nid = "nps"\nkind = "nps"\nat = ["carts"]\n[experiment]'),
        ("carts", "surveys.nps.at.1", 'no touchpoint "carts"', 'did you mean "cart"?'),
    ),
    "an unknown touchpoint of referrals": (
        ("[experiment]", '[referrals]\nat = ["chekout"]\nrate = 0.1\n[experiment]'),
        ("chekout", "referrals.at.1", 'no touchpoint "chekout"', 'did you mean "checkout"?'),
    ),
    # triggers
    "a trigger of two kinds": (
        ("after = 0.04 }", "after = 0.04, idle = 3 }"),
        ("idle = 3", "rules.abandoned-cart.when", "entered and idle at once", "give exactly one of entered, leaving"),
    ),
    "a trigger for none": (
        ('{ entered = "cart", without = "checkout", after = 0.04 }', "{ }"),
        ("{ }", "rules.abandoned-cart.when", "this names no trigger", "give exactly one of entered, leaving"),
    ),
    "a trigger that lacks its other half": (
        ('{ entered = "cart", without = "checkout", after = 0.04 }', '{ entered = "cart", without = "checkout" }'),
        ("without =", "rules.abandoned-cart.when.without", "has no effect without after", "add after"),
    ),
    "a count that reaches nothing": (
        ('{ entered = "cart", without = "checkout", after = 0.04 }', '{ count = "visits.cart" }'),
        ("visits.cart", "rules.abandoned-cart.when.count", "has no effect without reaches", "reaches = 3"),
    ),
    "an unknown score": (
        (
            '{ entered = "cart", without = "checkout", after = 0.04 }',
            '{ score = "churn", above = 0.5 }',
        ),
        ('churn", above', "rules.abandoned-cart.when.score", 'there is no score "churn"', "there are no scores"),
    ),
    "a weekly time that no week has": (
        ('{ entered = "cart", without = "checkout", after = 0.04 }', '{ every = "monday 9" }'),
        ("monday", "rules.abandoned-cart.when.every", '"monday 9" is no weekly time', '"mon 09:00"'),
    ),
    # the journey
    "more stages than are told apart": (
        (
            "[integration]",
            "[[stages]] # first\nid = 'first'\n"
            + "".join(f'[[stages]]\nid = "{stage}"\n' for stage in STAGES)
            + "[integration]",
        ),
        ("[[stages]] # first", "stages", "there are 66 stages", "at most 64"),
    ),
    "no start": (
        ("start = true", "start = false"),
        ("[[touchpoints]] # first", "touchpoints", "no touchpoint is a start", "add start = true"),
    ),
    "starts of weight 0": (
        ("start = true", "start = 0"),
        ("start = 0", "touchpoints.cart.start", "the weights of all starts are 0", "at least one a weight above 0"),
    ),
    "an unreachable touchpoint": (
        ("[[transitions]] # first", '[[touchpoints]] # island\nid = "island"\nexit = "churn"\n[[transitions]] # first'),
        ("# island", "touchpoints.island", "no customer can reach this touchpoint", "add a transition to it"),
    ),
    "a touchpoint reached by a share of 0 only": (
        ("share = 0.65", "share = 0"),
        (
            "[[touchpoints]] # gone",
            "touchpoints.gone",
            "no customer can reach this touchpoint",
            "with a weight (share) above 0",
        ),
    ),
    "a dead end": (
        ('exit = "churn"', "exit = false # any more"),
        ("[[touchpoints]] # gone", "touchpoints.gone", "can never leave", 'make it an exit (exit = "churn" or'),
    ),
    "shares of 0": (
        ("share = 1.0\n", "share = 0.0\n"),
        (
            "share = 0.0",
            "transitions.checkout/bought.share",
            'all transitions from "checkout" are 0',
            "at least one a weight (share)",
        ),
    ),
    "an exit at which customers start": (
        ('exit = "churn"', 'exit = "churn"\nstart = 0.5'),
        ("start = 0.5", "touchpoints.gone.start", "a journey cannot start at an exit", "remove start"),
    ),
    "an exit with channels": (
        ('exit = "churn"', 'exit = "churn"\nchannels = ["web"]'),
        ('["web"]', "touchpoints.gone.channels", "an exit has no channels", "put a touchpoint before the exit"),
    ),
    "an exit with a desk": (
        ('exit = "churn"', 'exit = "churn"\ndesk = "contact-centre" # last'),
        ("# last", "touchpoints.gone.desk", "an exit has no desk", "remove desk"),
    ),
    "an exit with a survey": (
        ("[experiment]", '[[surveys]]\nid = "nps"\nkind = "nps"\nat = ["cart", "gone"]\n[experiment]'),
        ('["cart", "gone"]', "surveys.nps.at.2", '"gone" is an exit', "ask at a touchpoint before it"),
    ),
    "an exit that goes on": (
        (
            "[[desks]] # only",
            '[[transitions]]\nfrom = "gone" # goes on\nto = "cart"\nshare = 1\ndelay = 9\n[[desks]] # only',
        ),
        ("# goes on", "transitions.gone/cart.from", '"gone" is an exit', "remove the transition, or the exit"),
    ),
    "an exit that is lapsed": (
        ('exit = "churn"', 'exit = "churn"\nlapsed = true'),
        ("lapsed", "touchpoints.gone.lapsed", "either an exit or lapsed", "remove lapsed if customers never come back"),
    ),
    "a loop in which no time passes": (
        ("[[desks]] # only", '[[transitions]] # again\nfrom = "cart"\nto = "cart"\nshare = 1\n[[desks]] # only'),
        ("# again", "transitions.cart/cart.delay", "no time passes in the loop cart → cart", "delay = 0.01"),
    ),
    # desks, channels, people
    "channels that are all disabled": (
        (
            "channels = { web = 0.7, app = 0.3 }",
            'channels = ["fax"]',
            'id = "app"',
            'id = "app"\n[[channels]]\nid = "fax"\nenabled = false',
        ),
        (
            '["fax"]',
            "touchpoints.cart.channels",
            "all channels of this touchpoint are disabled",
            "enable one, list another",
        ),
    ),
    "a desk with agents and shifts": (
        ("agents = 4 ", "shifts = [{ from = 8, to = 18, agents = 2 }]\nagents = 4 "),
        ("agents = 4 ", "desks.contact-centre.agents", "both agents and shifts", "agents work around the clock"),
    ),
    "a desk without anybody": (
        ("agents = 4 ", 'closed = "wait" '),
        ("[[desks]] # only", "desks.contact-centre", "nobody works here", "add agents (around the clock) or shifts"),
    ),
    "a shift on no day": (
        ("agents = 4 ", 'shifts = [{ days = "mo-fr", from = 8, to = 18, agents = 2 }] '),
        ("mo-fr", "desks.contact-centre.shifts.1.days", 'no weekday "mo"', "write mon, tue, wed"),
    ),
    "a negative delay": (
        ("delay = 2", "delay = -1"),
        ("delay = -1", "transitions.cart/gone.delay", "a delay cannot be -1", "give a number of at least 0"),
    ),
    "a delay that may be negative": (
        ("delay = 2", 'delay = { family = "uniform", low = -1, high = 2 }'),
        ("low = -1", "transitions.cart/gone.delay.low", "a delay cannot be -1", "give a low of at least 0"),
    ),
    "negative quantiles": (
        ("delay = 2", 'delay = { family = "empirical", quantiles = [-1, 2] }'),
        ("[-1, 2]", "transitions.cart/gone.delay.quantiles", "a delay cannot be -1", "give quantiles of at least 0"),
    ),
    "a normal delay that is always negative": (
        ("delay = 2", 'delay = { family = "normal", mean = -1, sd = 0 }'),
        ('"normal"', "transitions.cart/gone.delay.mean", "a delay cannot be -1", "give a mean of at least 0"),
    ),
    "a negative patience": (
        ('patience_minutes = { family = "exponential", mean = 5.8 }', "patience_minutes = -5"),
        ("-5", "desks.contact-centre.patience_minutes", "a patience cannot be -5", "give a number of at least 0"),
    ),
    "a negative price": (
        ('value = { family = "lognormal", mean = 60, sd = 25 }', "value = -60"),
        ("-60", "touchpoints.checkout.goal.value", "a value cannot be -60", "give a number of at least 0"),
    ),
    "a spread around nothing": (
        ("price_sensitivity = { mean = 1.2, sd = 0.3 }", "price_sensitivity = { mean = 0, sd = 0.3 }"),
        (
            "mean = 0, sd",
            "segments.bargain.traits.price_sensitivity.mean",
            "is never negative",
            "a mean above 0, or remove",
        ),
    ),
    "a spread beyond reason": (
        ("price_sensitivity = { mean = 1.2, sd = 0.3 }", "price_sensitivity = { mean = 1.2, sd = 1e-9 }"),
        ("1e-9", "segments.bargain.traits.price_sensitivity.sd", "an sd of 1e-09", "or 0 for no spread"),
    ),
    "a pace of 0": (
        ("patience_minutes = { mean = 5 }", "pace = 0"),
        ("pace", "segments.bargain.traits.pace", "would make every delay endless", "pace divides every delay"),
    ),
    "patience without end": (
        ("patience_minutes = { mean = 5 }", 'patience_minutes = { family = "betaprime", a = 2, b = 1 }'),
        ("betaprime", "segments.bargain.traits.patience_minutes", "no finite mean", "relative to its mean"),
    ),
    "no patience at all": (
        ("patience_minutes = { mean = 5 }", "patience_minutes = 0"),
        (
            "patience_minutes = 0",
            "segments.bargain.traits.patience_minutes",
            "not above 0",
            "above 0: it counts relative",
        ),
    ),
    "segments of share 0": (
        ("share = 0.4", "share = 0 # none"),
        (
            "share = 0 # none",
            "segments.bargain.share",
            "the weights of all segments are 0",
            "give at least one a weight (share) above 0",
        ),
    ),
    "a segment that takes the name of everybody": (
        ("[integration]", '[[segments]]\nid = "all" # everybody\n[integration]'),
        ("# everybody", "segments.all.id", '"all" stands for all segments', 'such as "everyone"'),
    ),
    "an attribute of no weight": (
        ("{ north = 0.5, south = 0.5 }", "{ north = 0, south = 0 }"),
        ("north", "segments.bargain.attributes.region", "no value has a weight above 0", "write weights"),
    ),
    "arrivals on no day": (
        ('{ pattern = "poisson", over = 90 }', '{ pattern = "profile", weekly = [0, 0, 0, 0, 0, 0, 0] }'),
        ('profile"', "population.arrivals.weekly", "no hour in which customers could arrive", "at least one weekday"),
    ),
    "arrivals on days that do not come": (
        ('{ pattern = "poisson", over = 90 }', '{ pattern = "profile", over = 2, weekly = [0, 0, 1, 1, 1, 1, 1] }'),
        ('profile"', "population.arrivals.weekly", "no hour in which customers could arrive", "at least one weekday"),
    ),
    "activity at no hour": (
        ("[integration]", f"[activity]\nweights = [{', '.join(['0'] * 168)}]\n[integration]"),
        ("weights =", "activity.weights", "all weights are 0", "give at least one hour a weight above 0"),
    ),
    "names that share their luck": (
        ('id = "push"', 'id = "push"\n[[channels]]\nid = "plumless"\n[[channels]] # other\nid = "buckeroo"'),
        (
            "# other",
            "channels.buckeroo",
            '"channel:buckeroo" would draw the same random numbers as "channel:plumless"',
            "rename one",
        ),
    ),
    # values set elsewhere
    "an arm at a wrong address": (
        ('"orchestration.policy" = "none"', '"orchestration.polcy" = "none"'),
        (
            "polcy",
            'experiment.arms.static.set."orchestration.polcy"',
            'there is no "polcy" in orchestration',
            "did you mean orchestration.policy?",
        ),
    ),
    "an arm with an unknown id": (
        ('"orchestration.policy" = "none"', '"channels.emial.mix" = 1'),
        (
            "emial",
            'experiment.arms.static.set."channels.emial.mix"',
            'there is no "emial" in channels',
            "did you mean channels.email.mix?",
        ),
    ),
    "an arm with a wrong value": (
        ('"orchestration.policy" = "none"', '"orchestration.policy" = "nobody"'),
        (
            "nobody",
            'experiment.arms.static.set."orchestration.policy"',
            'got "nobody"',
            "known values: none, rules",
        ),
    ),
    "an arm with a number out of range": (
        ('"orchestration.policy" = "none"', '"orchestration.holdout" = 10'),
        (
            'holdout" = 10',
            'experiment.arms.static.set."orchestration.holdout"',
            "expected a number from 0 to 1, got 10",
            "0.1 is 10 %",
        ),
    ),
    "an arm that changes the experiment": (
        ('"orchestration.policy" = "none"', '"experiment.replications" = 10'),
        (
            'replications" = 10',
            'experiment.arms.static.set."experiment.replications"',
            "this is the same for all arms",
            "set it for the whole scenario instead",
        ),
    ),
    "an arm that leaves a dead end": (
        ('"orchestration.policy" = "none"', '"transitions.checkout/bought.share" = 0'),
        (
            "checkout/bought",
            'experiment.arms.static.set."transitions.checkout/bought.share"',
            'the weights of all transitions from "checkout" are 0',
            "give at least one a weight (share) above 0",
        ),
    ),
    "a shock at a wrong address": (
        (
            "[layout]",
            '[[shocks]]\nid = "strike"\nfrom = 3\nto = 4\nset = { "desks.contact-center.agents" = 1 }\n[layout]',
        ),
        (
            "contact-center.",
            'shocks.strike.set."desks.contact-center.agents"',
            'there is no "contact-center" in desks',
            "did you mean desks.contact-centre.agents?",
        ),
    ),
    "a phase at a wrong address": (
        ("[layout]", '[[phases]]\nid = "later"\nat = 3\nset = { "integraton.mode" = "omni" }\n[layout]'),
        (
            "integraton",
            'phases.later.set."integraton.mode"',
            'there is no "integraton"',
            "did you mean integration.mode?",
        ),
    ),
    "an uncertain value at a wrong address": (
        ("[layout]", '[uncertainty]\n"channels.email.mixture" = { family = "uniform", low = 0, high = 1 }\n[layout]'),
        (
            "mixture",
            'uncertainty."channels.email.mixture"',
            'there is no "mixture" in channels.email',
            "did you mean channels.email.mix?",
        ),
    ),
}

DOUBTFUL = {
    "arrivals after the end": (
        ("over = 90", "over = 500"),
        ("over = 500", "population.arrivals.over", "spread over 500 days but only 365", "some customers never appear"),
    ),
    "a cohort that takes its time": (
        ('pattern = "poisson", over = 90', 'pattern = "cohort", over = 90'),
        ("over = 90", "population.arrivals.over", "a cohort arrives on day 0", 'pattern = "poisson"'),
    ),
    "a profile that is not used": (
        ("over = 90", f"hourly = [{', '.join(['1'] * 24)}]"),
        ("hourly", "population.arrivals.hourly", 'has no effect with pattern "poisson"', 'set pattern = "profile"'),
    ),
    "a normal delay that is sometimes negative": (
        ("delay = 2", 'delay = { family = "normal", mean = 1, sd = 1 }'),
        ('"normal"', "transitions.cart/gone.delay", "16 % of the values would be below 0", 'family = "lognormal"'),
    ),
    "a normal delay that is nearly always negative": (
        ("delay = 2", 'delay = { family = "normal", mean = -5, sd = 2 }'),
        ('"normal"', "transitions.cart/gone.delay", "99.4 % of the values would be below 0", 'family = "lognormal"'),
    ),
    "a normal delay that is always negative": (
        ("delay = 2", 'delay = { family = "normal", mean = -5, sd = 1 }'),
        ('"normal"', "transitions.cart/gone.delay", "100 % of the values would be below 0", 'family = "lognormal"'),
    ),
    "a delay without a mean": (
        ("delay = 2", 'delay = { family = "betaprime", a = 1, b = 1 }'),
        ("betaprime", "transitions.cart/gone.delay", "no finite mean", "b above 1"),
    ),
    "a goal at a loss": (
        ("margin = 0.35", "margin = -2"),
        ("margin = -2", "touchpoints.checkout.goal.margin", "costs more than it brings", "0.35 for 35 %"),
    ),
    "a margin of nothing": (
        ('value = { family = "lognormal", mean = 60, sd = 25 }, ', ""),
        ("margin", "touchpoints.checkout.goal.margin", "a margin without a value", "add value, or remove margin"),
    ),
    "a desk where nobody ever works": (
        ("agents = 4 ", 'closed = "wait"\nagents = 0 '),
        ("agents = 0", "desks.contact-centre.agents", "no agent ever works here", "give at least one agent"),
    ),
    "a disabled desk": (
        ("agents = 4 ", "enabled = false\nagents = 4 "),
        (
            'desk = "con',
            "touchpoints.checkout.desk",
            'the desk "contact-centre" is disabled',
            "desks.contact-centre.enabled",
        ),
    ),
    "a disabled channel among others": (
        ('id = "app"', 'id = "app"\nenabled = false'),
        (
            "app = 0.3",
            "touchpoints.cart.channels.app",
            'the channel "app" is disabled',
            "enable it, or leave it out here",
        ),
    ),
    "a disabled action": (
        ('id = "cart-recovery"', 'id = "cart-recovery"\nenabled = false'),
        ("do = ", "rules.abandoned-cart.do", 'the action "cart-recovery" is disabled', "actions.cart-recovery.enabled"),
    ),
    "a disabled touchpoint with transitions to it": (
        ("[[transitions]] # first", "enabled = false # closed\n[[transitions]] # first"),
        ("# closed", "touchpoints.gone.enabled", "1 transition is left out", "disable them too, if that is intended"),
    ),
    "stages the wrong way round": (
        ("[integration]", '[[stages]] # order\nid = "purchase"\n[[stages]]\nid = "consideration"\n[integration]'),
        ("# order", "stages", "leads to an earlier one", "in the order of the journey"),
    ),
    "an arm after which nobody comes": (
        ('"orchestration.policy" = "none"', '"transitions.cart/gone.share" = 0'),
        (
            "cart/gone.share",
            'experiment.arms.static.set."transitions.cart/gone.share"',
            "touchpoints.gone: no customer can reach",
            "add a transition to it",
        ),
    ),
}


def _replaced(words):
    return changed(*zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize("wrong", WRONG)
def test_the_finding_says_where_what_and_what_would_be_right(wrong):
    words, (at, address, problem, remedy) = WRONG[wrong]
    assert_found(_replaced(words), at, address, problem, remedy)


@pytest.mark.parametrize("doubtful", DOUBTFUL)
def test_what_is_doubtful_is_a_warning_and_the_scenario_opens(doubtful):
    words, (at, address, problem, remedy) = DOUBTFUL[doubtful]
    assert_found(_replaced(words), at, address, problem, remedy, level="warning")
    assert parse(_replaced(words)).scenario.id == "online-shop"


def test_what_an_arm_shares_with_its_base_is_said_once():
    text = changed(("margin = 0.35", "margin = -2"))
    assert [one.address for one in findings(text)] == ["touchpoints.checkout.goal.margin"]


def test_all_that_is_wrong_with_the_meaning_is_found_at_once():
    text = changed(
        ('stage = "consideration"', 'stage = "thinking"'),
        ("start = true", "start = false"),
        ("price_sensitivity = { mean = 1.2", "price_sensitivity = { mean = -1.2"),
        ('do = "cart-recovery"', 'do = "nothing"'),
    )
    assert [one.address for one in findings(text)] == [
        "segments.bargain.traits.price_sensitivity.mean",
        "touchpoints",
        "touchpoints.cart.stage",
        "rules.abandoned-cart.do",
    ]


def test_the_example_is_neither_wrong_nor_doubtful():
    assert findings(CONTRACT) == ()
