"""Conditions, scores and counts that speak of what is not there: where, what, what would be right."""

import pytest

from sim.scenario.checks import check
from tests.builders import scenario, small
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.orchestrated import ORCHESTRATED

PURCHASES = '["purchases", ">", 0]'
"""The condition of the rule `forgotten` under which it stops."""

CONDITIONS = {
    # subjects
    "a misspelt number": ('["sentimnt", ">", 0]', 'there is nothing called "sentimnt"', 'did you mean "sentiment"?'),
    "a word that nobody knows": (
        '["zzz", ">", 0]',
        'there is nothing called "zzz"',
        "known subjects: sentiment, fat",
    ),
    "visits of an unknown touchpoint": ('["visits.crat", ">", 0]', 'no touchpoint "crat"', 'did you mean "cart"?'),
    "an unknown attribute": ('["attributes.regoin", "==", ""]', 'no attribute "regoin"', 'did you mean "region"?'),
    "an attribute by its own name": (
        '["region", "==", "north"]',
        'there is nothing called "region"',
        'did you mean "attributes.region"?',
    ),
    "consent to an unknown channel": ('["opted_in.emial", "==", true]', 'channel "emial"', 'did you mean "email"?'),
    "consent to no channel": (
        '["opted_in", "==", true]',
        '"opted_in" does not say which channel',
        "write opted_in.web",
    ),
    "an unknown score": ('["scores.cold", ">", 0.5]', 'there is no score "cold"', "known scores: warm"),
    "no score": ('["scores", ">", 0.5]', '"scores" does not say which score', "write scores.warm"),
    "an id written like a weight": (
        '["segment.loyal", "==", true]',
        'there is nothing called "segment.loyal"',
        'write ["segment", "==", "loyal"]',
    ),
    # operators
    "an id that is compared like a number": ('["stage", "<", "buy"]', '"stage" is an ID', "use ==, !=, in or not in"),
    "a yes or no that is compared like a number": ('["consent", ">=", true]', "is true or false", "use == or !="),
    "a list that is one value": (
        '["segment", "in", "loyal"]',
        '"in" needs a list',
        'write ["segment", "in", ["loyal"]], or use ==',
    ),
    "a value that is a list": ('["segment", "==", ["loyal"]]', "not with a list", "use in for a list"),
    "no value that is a list": ('["segment", "!=", ["loyal"]]', "not with a list", "use not in for a list"),
    "a limit that is a list": ('["days", ">", [1, 2]]', "compares with one value, not with a list", "give one number"),
    "a list of nothing": ('["segment", "in", []]', "so this never holds", "give at least one value"),
    "nothing but a list of nothing": ('["segment", "not in", []]', "so this always holds", "give at least one value"),
    # values
    "a number where an id is": ('["touchpoint", "==", 3]', "is an ID, but this is 3", "known IDs: page, cart"),
    "a number that is a text": ('["days", ">", "3"]', '"days" is a number, but this is "3"', "write 3 without quotes"),
    "a number that is a word": ('["days", ">", "long"]', '"days" is a number, but this is "long"', "give a number"),
    "a number that is true": ('["visits", ">", true]', '"visits" is a number, but this is true', "give a number"),
    "a number beyond all numbers": ('["visits", ">", nan]', "but this is nan (not a number)", "give a number"),
    "consent as a text": ('["consent", "==", "yes"]', 'true or false, but this is "yes"', "write true without quotes"),
    "an opt-in as a number": (
        '["opted_in.web", "==", 0]',
        "is true or false, but this is 0",
        "write false",
    ),
    # ids
    "an unknown segment": ('["segment", "==", "loyl"]', 'there is no segment "loyl"', 'did you mean "loyal"?'),
    "an unknown segment in a list": ('["segment", "in", ["loyal", "x"]]', 'no segment "x"', "known segments: bargain"),
    "an unknown touchpoint": ('["touchpoint", "==", "crat"]', 'no touchpoint "crat"', 'did you mean "cart"?'),
    "an unknown stage": ('["stage", "==", "bye"]', 'there is no stage "bye"', 'did you mean "buy"?'),
    "an unknown channel": ('["channel", "==", "emial"]', 'there is no channel "emial"', 'did you mean "email"?'),
    "a weekday in full": ('["weekday", "==", "monday"]', 'no weekday "monday"', 'did you mean "mon"?'),
    "a weekday that no week has": ('["weekday", "==", "xyz"]', 'no weekday "xyz"', "known weekdays: mon, tue, wed"),
    "an unknown value of an attribute": (
        '["attributes.region", "==", "nort"]',
        'the attribute "region" has no value "nort"',
        'did you mean "north"?',
    ),
}

WEIGHTS = {
    "an unknown subject": ("sentimnt", 'there is nothing called "sentimnt"', 'did you mean "sentiment"?'),
    "a segment by its own name": ("loyal", 'there is nothing called "loyal"', 'did you mean "segment.loyal"?'),
    "an unknown segment": ("segment.loyl", 'there is no segment "loyl"', 'did you mean "loyal"?'),
    "an unknown touchpoint": ("touchpoint.crat", 'there is no touchpoint "crat"', 'did you mean "cart"?'),
    "visits of an unknown touchpoint": ("visits.crat", 'there is no touchpoint "crat"', 'did you mean "cart"?'),
    "an unknown stage": ("stage.bye", 'there is no stage "bye"', 'did you mean "buy"?'),
    "an unknown channel": ("channel.emial", 'there is no channel "emial"', 'did you mean "email"?'),
    "an unknown attribute": ("attributes.regoin.north", 'no attribute "regoin"', 'did you mean "region"?'),
    "an unknown value": ("attributes.region.nort", 'has no value "nort"', 'did you mean "north"?'),
    "an attribute as a whole": ("attributes.region", "is no number", "such as attributes.region.north"),
    "an id as a whole": ("segment", '"segment" is no number', "weigh one of its IDs, such as segment.bargain"),
    "a weekday": ("weekday.mon", "a score cannot use the weekday", "rules can look at it"),
    "another score": ("scores.warm", "a score cannot be made from another score", "give weights here to what that one"),
}

COUNTS = {
    "an unknown count": ("visit", 'there is no count "visit"', 'did you mean "visits"?'),
    "a number that is no count": ("sentiment", 'there is no count "sentiment"', "known counts: visits, contacts"),
    "visits of an unknown touchpoint": ("visits.crat", 'there is no touchpoint "crat"', 'did you mean "cart"?'),
    "visits of nothing": ("visits.", '"visits." does not say which touchpoint', "write visits.page"),
    "visits of an exit": ("visits.gone", '"gone" is an exit: nothing can be done after', 'before it, such as "page"'),
}


@pytest.mark.parametrize("wrong", CONDITIONS)
def test_a_condition_that_cannot_be_looked_at_is_told_with_what_would_be_right(wrong):
    condition, problem, remedy = CONDITIONS[wrong]
    text = changed((PURCHASES, condition), text=ORCHESTRATED)
    assert_found(text, condition, "rules.forgotten.stop.1", problem, remedy)


@pytest.mark.parametrize("wrong", WEIGHTS)
def test_a_weight_of_what_a_score_cannot_know_is_told_with_what_would_be_right(wrong):
    weight, problem, remedy = WEIGHTS[wrong]
    text = changed(("{ sentiment = 1,", f'{{ "{weight}" = 1,'), text=ORCHESTRATED)
    name = f'"{weight}"' if "." in weight else weight
    assert_found(text, f'{{ "{weight}" = 1', f"scores.warm.weights.{name}", problem, remedy)


@pytest.mark.parametrize("wrong", COUNTS)
def test_a_count_that_nobody_keeps_is_told_with_what_would_be_right(wrong):
    count, problem, remedy = COUNTS[wrong]
    text = changed(('count = "visits.page"', f'count = "{count}"'), text=ORCHESTRATED)
    assert_found(text, f'count = "{count}"', "rules.often.when.count", problem, remedy)


def test_the_conditions_of_a_broadcast_are_looked_at_too():
    text = changed(('["revenue", ">", 0]', '["revenu", ">", 0]'), text=ORCHESTRATED)
    assert_found(text, "revenu", "broadcasts.news.if.1", 'nothing called "revenu"', 'did you mean "revenue"?')


def test_the_conditions_under_which_a_rule_acts_are_looked_at_too():
    text = changed(('["idle_days", ">", 3]', '["idle_days", ">", "3"]'), text=ORCHESTRATED)
    assert_found(text, "idle_days", "rules.each-day.if.1", '"idle_days" is a number', "write 3 without quotes")


def test_two_wrong_values_of_one_list_are_two_findings():
    text = changed((PURCHASES, '["segment", "in", ["loyl", "bargan"]]'), text=ORCHESTRATED)
    assert [finding.remedy for finding in findings(text)] == ['did you mean "loyal"?', 'did you mean "bargain"?']


def test_without_segments_everyone_is_one():
    rules = [{"id": "hello", "when": {"tick": True}, "if": [["segment", "==", "everyone"]], "do": "mail"}]
    assert problems(rules) == []
    rules[0]["if"] = [["segment", "==", "everybody"]]
    assert problems(rules) == ['there is no segment "everybody"']


def test_without_attributes_or_scores_there_is_none_to_name():
    rules = [{"id": "hello", "when": {"tick": True}, "if": [["attributes.x", "==", ""], ["scores.y", ">", 0]]}]
    rules[0]["do"] = "mail"
    assert problems(rules) == ['there is no attribute "x"', 'there is no score "y"']


@pytest.mark.parametrize("value", [{"a": 1}, [[1]], 10**400, [{}], [None]])
@pytest.mark.parametrize("subject", ["visits", "consent", "stage", "attributes.region"])
@pytest.mark.parametrize("operator", ["==", "in", "<"])
def test_whatever_the_value_is_it_is_told_and_never_fails(subject, operator, value):
    rules = [{"id": "hello", "when": {"tick": True}, "if": [[subject, operator, value]], "do": "mail"}]
    assert len(problems(rules, segments=[{"id": "one", "attributes": {"region": {"north": 1}}}])) == 1


def without_shelf(*pairs):
    """The scenario with its touchpoint `shelf` disabled and nothing else wrong."""
    return changed(
        ('id = "shelf"\n', 'id = "shelf"\nenabled = false\n'),
        ('from = "page"\nto = "shelf"\n', 'from = "page"\nto = "shelf"\nenabled = false\n'),
        ('from = "shelf"\n', 'from = "shelf"\nenabled = false\n'),
        *pairs,
        text=ORCHESTRATED,
    )


def test_an_id_of_something_disabled_is_doubtful_as_it_only_never_holds():
    condition = '["touchpoint", "==", "shelf"]'
    text = without_shelf((PURCHASES, condition))
    problem, remedy = 'the touchpoint "shelf" is disabled', "enable it, or leave it out here"
    assert_found(text, condition, "rules.forgotten.stop.1", problem, remedy, level="warning")
    text = without_shelf(('"touchpoint.page" = 0.1', '"touchpoint.shelf" = 0.1'))
    address = 'scores.warm.weights."touchpoint.shelf"'
    assert_found(text, "touchpoint.shelf", address, problem, remedy, level="warning")


def test_a_number_of_something_disabled_cannot_be_known():
    condition = '["visits.shelf", ">", 0]'
    problem, remedy = 'the touchpoint "shelf" is disabled', "enable it, or leave this out (touchpoints.shelf.enabled)"
    assert_found(without_shelf((PURCHASES, condition)), condition, "rules.forgotten.stop.1", problem, remedy)
    count = 'count = "visits.shelf"'
    text = without_shelf(('count = "visits.page"', count))
    assert_found(text, count, "rules.often.when.count", problem, remedy)
    text = without_shelf(('"visits.cart" = 0.2', '"visits.shelf" = 0.2'))
    assert_found(text, "visits.shelf", 'scores.warm.weights."visits.shelf"', problem, remedy)


def test_a_disabled_rule_may_speak_of_something_disabled():
    text = without_shelf(
        ('count = "visits.page"', 'count = "visits.shelf"'), ('id = "often"', 'id = "often"\nenabled = false')
    )
    assert findings(text) == ()


def test_a_scenario_rich_in_rules_is_neither_wrong_nor_doubtful():
    assert findings(ORCHESTRATED) == ()


def problems(rules, **changes):
    actions = [{"id": "mail", "channels": ["web"]}]
    return [fault.problem for fault in check(scenario(**small(actions=actions, rules=rules, **changes)))]
