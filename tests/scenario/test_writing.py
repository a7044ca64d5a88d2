"""Writing: what is written is read again, and an edit changes nothing besides."""

import copy
import datetime
import re
import tomllib

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import ScenarioError, edit, get, new_text, override, parse, tables_of
from sim.scenario.addresses.changing import AddressError, change
from sim.scenario.addresses.overriding import written_out
from sim.scenario.toml.text import shared_tables
from tests.builders import small
from tests.scenario.contract import CONTRACT
from tests.scenario.tables import distributions, layouts, numbers, scenarios, shares, words

EDITS = st.one_of(
    st.tuples(st.just("horizon"), numbers),
    st.tuples(st.just("about"), words),
    st.tuples(st.just("currency"), st.none()),
    st.tuples(st.just("touchpoints.middle.effort"), st.floats(1, 7) | st.none()),
    st.tuples(st.just("touchpoints.start.name"), words),
    st.tuples(st.just("touchpoints.start.emotion.sd"), numbers),
    st.tuples(st.just("touchpoints.start.emotion"), st.just({"mean": 0.25})),
    st.tuples(st.just("touchpoints.start.channels.app"), numbers),
    st.tuples(st.just("touchpoints.done.goal.margin"), shares),
    st.tuples(st.just("transitions.start/middle.delay"), distributions | st.none()),
    st.tuples(st.just("transitions.middle/gone.effects.wait"), numbers),
    st.tuples(st.just("channels.web.cost"), numbers),
    st.tuples(st.just("channels.app"), st.just({"mix": 5, "name": "App"})),
    st.tuples(st.just("channels.sms"), st.just({"id": "sms", "cost": 0.1})),
    st.tuples(st.just("channels.app.quiet_hours.1"), st.just(3)),
    st.tuples(st.just("segments.one.attributes.region"), st.dictionaries(words, numbers, min_size=1, max_size=2)),
    st.tuples(st.just("segments.one.traits.pace.mean"), numbers),
    st.tuples(st.just("integration.carryover"), shares | st.none()),
    st.tuples(st.just("integration"), st.just({"mode": "multi"}) | st.none()),
    st.tuples(st.just("orchestration.caps.total"), st.just({"max": 3, "days": 7})),
    st.tuples(st.just("experiment.arms.two.set"), st.just({"horizon": 3.5})),
    st.tuples(st.just("experiment.arms.one.name"), words),
    st.tuples(st.just("experiment.replications"), st.integers(1, 99)),
    st.tuples(st.just("layout"), st.just({"start": [1, 2], "middle": [3.5, -4]})),
    st.tuples(st.just("layout.done"), st.just([0, 0])),
    st.tuples(st.just("stages"), st.just([{"id": "first"}, {"id": "second", "name": "Second"}])),
    st.tuples(st.just("population.arrivals.pattern"), st.just("poisson")),
)


@given(scenarios())
@settings(max_examples=80, deadline=None)
def test_a_new_text_says_the_same_scenario(tables):
    text = new_text(tables)
    assert tomllib.loads(text) == tables
    scenario = parse(text).scenario
    assert parse(new_text(tables_of(scenario))).scenario == scenario


@given(layouts(), st.lists(EDITS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_an_edit_says_what_it_should_and_keeps_every_comment(text, edits):
    expected = tomllib.loads(text)
    changes = dict(edits)
    try:
        for address, value in changes.items():
            change(expected, address, written_out(value))
    except AddressError:  # one edit may take away what the next one would change
        with pytest.raises(ScenarioError):
            edit(text, changes)
        return
    edited = edit(text, changes)
    assert tomllib.loads(edited) == expected
    assert tomlkit.parse(edited.replace("\r\n", "\n")).unwrap() == expected, "another reader agrees"
    for comment in ("# a comment", "# [not] a = 'table'"):
        assert edited.count(comment) == text.count(comment)
    assert edit(edited, {}) == edited


@given(layouts(), st.tuples(st.just("horizon"), numbers) | st.tuples(st.just("channels.web.cost"), numbers))
@settings(max_examples=60, deadline=None)
def test_an_edit_of_one_value_changes_one_place_only(text, one):
    edited = edit(text, dict([one]))
    start = next((n for n, (a, b) in enumerate(zip(text, edited, strict=False)) if a != b), min(len(text), len(edited)))
    before, after = text[start:], edited[start:]
    same = next((n for n in range(min(len(before), len(after))) if before[-1 - n] != after[-1 - n]), None)
    kept = min(len(before), len(after)) if same is None else same
    assert len(before) - kept <= 12, "no more is taken away than the old value"
    assert len(after) - kept <= 30, "no more is added than the new value and its key"


NEW_LINES = st.one_of(
    st.tuples(st.sampled_from([f"layout.{name}" for name in ("start", "middle", "gone", "done")]), st.just([1, 2])),
    st.tuples(st.sampled_from([f"touchpoints.done.{key}" for key in ("name", "stage", "about")]), words),
    st.tuples(st.sampled_from(["currency", "layout.start"]), st.none()),
)
GONE = st.tuples(
    st.sampled_from(
        [
            *("touchpoints.start", "touchpoints.middle", "touchpoints.gone", "touchpoints.done"),
            *("transitions.start/middle", "transitions.middle/gone", "transitions.middle/done"),
            *("channels.web", "channels.app", "segments.one", "experiment.arms.one", "experiment.arms.two"),
        ]
    ),
    st.none(),
)


@given(layouts(), st.lists(EDITS | NEW_LINES, min_size=2, max_size=10) | st.lists(GONE, min_size=2, unique=True))
@settings(max_examples=200, deadline=None)
def test_many_edits_at_once_give_what_they_give_one_after_the_other(text, edits):
    changes = dict(edits)
    one_by_one, problem = text, ""
    try:
        for address, value in changes.items():
            one_by_one = edit(one_by_one, {address: value})
    except ScenarioError as error:
        problem = str(error)
    before = copy.deepcopy(shared_tables(text, None))
    if problem:
        with pytest.raises(ScenarioError, match=re.escape(problem)):
            edit(text, changes)
    else:
        assert edit(text, changes) == one_by_one
    assert shared_tables(text, None) == before == tomllib.loads(text), "what others share is never changed"


@given(layouts())
@settings(max_examples=60, deadline=None)
def test_more_items_at_once_give_what_they_give_one_after_the_other(text):
    present = tomllib.loads(text)["touchpoints"]
    more = [{"id": f"new-{number}", "name": "New", "emotion": {"mean": 0.5}} for number in range(3)]
    one_by_one = text
    for item in more:
        one_by_one = edit(one_by_one, {f"touchpoints.{item['id']}": item})
    assert edit(text, {"touchpoints": [*present, *more], "horizon": 7}) == edit(one_by_one, {"horizon": 7})


@given(scenarios(), EDITS)
@settings(max_examples=80, deadline=None)
def test_an_override_gives_what_the_edited_text_says(tables, one):
    address, value = one
    try:
        changed = override(parse(new_text(tables)).scenario, {address: value})
    except ScenarioError:
        with pytest.raises(ScenarioError):
            parse(edit(new_text(tables), {address: value}))
        return
    assert parse(edit(new_text(tables), {address: value})).scenario == changed
    if value is not None:
        assert get(parse(edit(new_text(tables), {address: value})).scenario, address) == get(changed, address)


def test_a_new_text_is_laid_out_as_people_write_it():
    assert new_text(small(integration={"mode": "omni"}, about="One.\nTwo.")) == (
        'format = 1\nid = "small"\nhorizon = 30\nabout = """\nOne.\nTwo."""\n'
        "\n[population]\nsize = 100\n"
        '\n[[channels]]\nid = "web"\n'
        '\n[[touchpoints]]\nid = "start"\nstart = true\n'
        '\n[[touchpoints]]\nid = "middle"\n'
        '\n[[touchpoints]]\nid = "done"\nexit = "completed"\ngoal = { kind = "conversion", value = 50 }\n'
        '\n[[touchpoints]]\nid = "gone"\nexit = "churn"\n'
        '\n[[transitions]]\nfrom = "start"\nto = "middle"\nshare = 1\ndelay = 1\n'
        '\n[[transitions]]\nfrom = "middle"\nto = "done"\nshare = 3\ndelay = 1\n'
        '\n[[transitions]]\nfrom = "middle"\nto = "gone"\nshare = 1\ndelay = 1\n'
        '\n[integration]\nmode = "omni"\n'
    )


def test_a_new_text_leaves_out_what_is_none_and_writes_dates_and_long_lists():
    text = new_text({"name": None, "start_date": datetime.date(2026, 1, 5), "activity": {"weights": [0.25] * 168}})
    assert text.startswith("start_date = 2026-01-05\n\n[activity]\nweights = [\n  0.25, 0.25")
    assert max(len(line) for line in text.split("\n")) < 120
    assert tomllib.loads(text)["activity"]["weights"] == [0.25] * 168


def test_a_value_that_no_file_can_hold_is_refused():
    with pytest.raises(TypeError, match="a scenario cannot hold complex"):
        new_text({"horizon": 1j})


def test_only_the_value_changes_and_its_comment_stays():
    edited = edit(CONTRACT, {"channels.email.mix": 0.4, "transitions.cart/checkout.delay.sigma": 2, "horizon": 10})
    assert edited == CONTRACT.replace("mix = 0.3 ", "mix = 0.4 ").replace("sigma = 1.0", "sigma = 2").replace(
        "365", "10"
    )


def test_a_new_key_comes_after_the_last_one_of_its_table_and_before_what_follows():
    text = "[a]\n".replace("a", "integration") + 'mode = "omni" # how\n\n# about money\n[money]\nsetup = 3\n'
    assert edit(text, {"integration.carryover": 0.5}) == text.replace("# how\n", "# how\ncarryover = 0.5\n")


def test_a_new_key_at_the_top_stays_at_the_top():
    assert edit("# shop\nformat = 1\n\n[money]\nsetup = 3\n", {"horizon": 5}).startswith(
        "# shop\nformat = 1\nhorizon = 5\n\n"
    )
    assert edit("[money]\nsetup = 3\n", {"horizon": 5}) == "horizon = 5\n\n[money]\nsetup = 3\n"


def test_a_new_table_comes_at_the_end_and_a_new_item_after_the_last_of_its_kind():
    text = '[[channels]]\nid = "web"\n\n[money]\nsetup = 3\n'
    edited = edit(text, {"channels.app": {"id": "app", "mix": 2}, "orchestration.policy": "rules"})
    assert edited == (
        '[[channels]]\nid = "web"\n\n[[channels]]\nid = "app"\nmix = 2\n\n[money]\nsetup = 3\n'
        '\n[orchestration]\npolicy = "rules"\n'
    )


def test_a_key_that_is_taken_away_leaves_the_others_as_they_were():
    assert edit(CONTRACT, {"channels.email.cost": None}) == re.sub(r"cost = 0.002 .*\n", "", CONTRACT)
    assert edit(CONTRACT, {"segments.bargain.affinity.app": None}) == CONTRACT.replace("app = 0.2, email", "email")
    assert edit(CONTRACT, {"segments.bargain.affinity.email": None}) == CONTRACT.replace(", email = 0.3 }", " }")


def test_a_file_that_extends_another_gets_only_what_differs():
    text = 'extends = "base.toml" # the rest\n'
    edited = edit(text, {"channels.email.mix": 0.5, "transitions.cart/gone.share": 2, "integration.mode": "single"})
    assert edited == (
        'extends = "base.toml" # the rest\n'
        '\n[[channels]]\nid = "email"\nmix = 0.5\n'
        '\n[[transitions]]\nfrom = "cart"\nto = "gone"\nshare = 2\n'
        '\n[integration]\nmode = "single"\n'
    )
    assert edit(edited, {"channels.email.mix": 1}) == edited.replace("0.5", "1")


def test_the_first_of_several_edits_that_is_wrong_is_named():
    inline = 'horizon = 3\n[experiment]\n[[experiment.arms]]\nid = "a"\n'
    changes = {"horizon": 4, "experiment.arms.a": None, "experiment.seed": 1, "nothing": 1}
    with pytest.raises(ScenarioError, match=r"^experiment\.arms\.a: this file is laid out in a way"):
        edit(inline, changes)
    with pytest.raises(ScenarioError, match=r'^nothing: there is no "nothing"'):
        edit(inline, {"horizon": 4, "nothing": 1, "experiment.arms.a": None})


def test_values_inside_of_and_around_each_other_are_set_in_turn():
    text = '[[transitions]]\nfrom = "a"\nto = "b"\ndelay = { family = "gamma", mean = 1, shape = 2 }\n'
    delay = "transitions.a/b.delay"
    first = {f"{delay}.mean": 3, delay: {"family": "gamma", "mean": 4, "shape": 5}, f"{delay}.shape": 6}
    assert edit(text, first).endswith('delay = { family = "gamma", mean = 4, shape = 6 }\n')
    assert edit(text, {delay: 1, "transitions.a/b.share": 2}).endswith("delay = 1\nshare = 2\n")


def test_a_wrong_address_and_a_broken_text_are_refused():
    with pytest.raises(ScenarioError, match=r"did you mean channels\.email\.mix\?"):
        edit(CONTRACT, {"channels.emial.mix": 1})
    with pytest.raises(ScenarioError, match="not valid TOML"):
        edit("format = = 1\n", {"horizon": 1})


def test_a_table_comes_beside_another_that_has_a_header_of_its_own() -> None:
    text = "format = 1\n\n[scores.warm] # first\nintercept = -1\n"
    after = edit(text, {"scores.cold": {"intercept": 0}})
    assert after == f"{text}\n[scores.cold]\nintercept = 0\n"
    assert edit(after, {"scores.cold": None}) == text
