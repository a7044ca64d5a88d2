"""A customer's story says why a message waits, and counts as the engine did (model 33)."""

import re

import pytest

from sim.engine import compile_program, simulate
from sim.story import sharing, story
from tests.builders import scenario
from tests.engine.brands import CHANNELS, brand
from tests.engine.test_best_hour import opens_at, optimising, twice_a_day
from tests.oracle.identities import drawn_profiles, numbered
from tests.oracle.scenarios_optimised import (
    best_channels_and_hours,
    best_hours,
    best_hours_of_few_messages,
    best_of_everything,
)

WAITS = re.compile(r"put off to \d\d:00, when they open most: \d+ of \d+ messages(, \d+ of \d+ at other hours)?(;|$)")
UNTRIED = re.compile(r"put off to \d\d:00, which was not tried yet: they opened \d+ of \d+ at other hours(;|$)")


def test_a_message_that_waits_says_until_when_and_why() -> None:
    days = [hour / 24 for hour in (3, 9, 15, 19, 33)]
    of = brand(rules=twice_a_day(*days), orchestration=optimising(), horizon=30, **opens_at(18))
    moments = story(simulate(compile_program(of, of), 0, 0, watched=0), of, 0).moments
    [waits] = [moment for moment in moments if moment.reason == "other-hour"]
    assert waits.sentence == (
        '"rule4" would send "mail" on "email": put off to 18:00, when they open most: 1 of 1 messages, '
        "0 of 3 at other hours"
    )


def test_an_hour_that_was_not_tried_is_told_as_such() -> None:
    days = [hour / 24 for hour in (3, 9, 15, 19, 33)]
    quiet = opens_at(18, quiet_hours=[17.5, 18.5])
    of = brand(rules=twice_a_day(*days), orchestration=optimising(), horizon=30, **quiet)
    moments = story(simulate(compile_program(of, of), 0, 0, watched=0), of, 0).moments
    [waits] = [moment for moment in moments if moment.reason == "other-hour"]
    assert waits.sentence.endswith("put off to 22:00, which was not tried yet: they opened 1 of 4 at other hours")


@pytest.mark.parametrize("tables", [best_hours(), best_hours_of_few_messages()], ids=["alone", "mixed"])
def test_the_figures_of_a_story_are_those_of_the_profile(tables: dict[str, object]) -> None:
    """At least as many messages are counted as have to be known, and some of them were opened."""
    of = scenario(**tables)
    program = compile_program(of, of)
    profiles = numbered(drawn_profiles(of, 3), program.channels)
    waits = 0
    for customer in range(40):
        history = simulate(program, 3, 0, profiles=profiles, watched=customer)
        others = {
            other: simulate(program, 3, 0, profiles=profiles, watched=other)
            for other in sharing(history, customer, profiles)
        }
        for moment in story(history, of, customer, profiles, others).moments:
            if moment.reason != "other-hour":
                continue
            assert moment.hour is not None
            (opened, sent), (others_opened, others_sent) = moment.hour.then, moment.hour.otherwise
            assert opened + others_opened > 0
            assert sent + others_sent >= of.orchestration.optimise_from
            assert (WAITS if sent else UNTRIED).search(moment.sentence)
            waits += 1
    assert waits > 10


def test_a_channel_that_is_chosen_says_what_is_held_of_each() -> None:
    of = scenario(**best_channels_and_hours())
    program = compile_program(of, of)
    considered = [
        moment
        for customer in range(30)
        for moment in story(simulate(program, 3, 0, watched=customer), of, customer).moments
        if moment.event == "considered"
    ]
    assert considered
    said = re.compile(r'".*" considers ".*" on ".*": \d+\.\d % of what goes there is taken to be opened$')
    assert all(said.search(moment.sentence) for moment in considered)
    assert all(moment.knew is not None for moment in considered)


def test_a_content_that_is_chosen_says_to_how_much_like_it_they_responded() -> None:
    by = optimising(optimise=["content"])
    looks = {"formal": 0, "friendly": 1}
    actions = [
        {"id": tone, "channels": ["email"], "nudge": 0, "response_rate": rate, "content": {"tone": tone}}
        for tone, rate in looks.items()
    ]
    rules = [
        {"id": f"rule{n}", "when": {"at": n + 0.1}, "do": action, **more}
        for n, (action, more) in enumerate(
            [
                ("formal", {}),
                ("friendly", {}),
                ("formal", {}),
                ("friendly", {}),
                ("formal", {"alternatives": ["friendly"]}),
            ]
        )
    ]
    channels = [CHANNELS[0], {**CHANNELS[1], "time_to_act_hours": 1}]
    for enough, said in ((4, None), (5, "too little is known of the customer, so it goes by lot")):
        by["optimise_from"] = enough
        of = brand(rules=rules, actions=actions, orchestration=by, channels=channels, horizon=30)
        moments = story(simulate(compile_program(of, of), 0, 0, watched=0), of, 0).moments
        considered = [moment.sentence for moment in moments if moment.event == "considered"]
        assert considered == [
            f'"rule4" considers "{tone}": {said or told}'
            for tone, told in (
                (
                    "formal",
                    '16.7 % of what looks like it is taken to be responded to (tone "formal": responded to 0 of 2)',
                ),
                (
                    "friendly",
                    '83.3 % of what looks like it is taken to be responded to (tone "friendly": responded to 2 of 2)',
                ),
            )
        ]


def test_the_figures_of_what_is_chosen_for_its_content_are_those_of_the_profile() -> None:
    """The rate that the engine worked out follows from what the story counts, also in mixed profiles that forget."""
    of = scenario(**best_of_everything())
    program = compile_program(of, of)
    profiles = numbered(drawn_profiles(of, 3), program.channels)
    looked = 0
    for customer in range(30):
        history = simulate(program, 3, 0, profiles=profiles, watched=customer)
        others = {
            other: simulate(program, 3, 0, profiles=profiles, watched=other)
            for other in sharing(history, customer, profiles)
        }
        moments = [
            moment
            for moment in story(history, of, customer, profiles, others).moments
            if moment.event == "considered" and moment.channel is None and moment.value is not None
        ]
        for moment in moments:
            [bare] = [
                m.value for m in moments if (m.time, m.rule) == (moment.time, moment.rule) and m.action == "bare"
            ] or [None]
            if bare is None:
                continue
            prior = of.orchestration.optimise_prior
            rate = bare + sum((e.responded + prior * bare) / (e.messages + prior) - bare for e in moment.answered)
            assert moment.value == pytest.approx(rate)
            looked += bool(moment.answered)
    assert looked > 20
