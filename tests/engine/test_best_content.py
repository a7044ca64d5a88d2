"""First messages have the content to which each customer responded most (model 33.6)."""

import math
from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import KNOWN
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.drawing import check_drawn
from tests.engine.brands import CHANNELS, HOUR, Line, brand, done
from tests.strategies import Drawn
from tests.strategies_optimising import some_that_optimise
from tests.strategies_orchestration import orchestrated_scenarios

EMAIL = {"id": "email", "open_rate": 1, "response_rate": 0, "time_to_act_hours": 0.5}
APP = {**EMAIL, "id": "app"}
FORMAL = {"id": "formal", "channels": ["email"], "nudge": 0, "content": {"tone": "formal"}}
FRIENDLY = {"id": "friendly", "channels": ["email"], "nudge": 0, "response_rate": 1, "content": {"tone": "friendly"}}
LETTER = {"id": "letter", "channels": ["email"], "nudge": 0, "content": {"tone": "formal", "format": "text"}}
FILM = {"id": "film", "channels": ["email"], "nudge": 0, "content": {"tone": "friendly", "format": "video"}}
FIRST = {3: "formal", 9: "formal", 15: "friendly", 19: "friendly"}
MANY = {"population": {"size": 4000}}


def at(hour: float, action: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{action}{60 * hour:.0f}", "when": {"at": hour * HOUR}, "do": action, **more}


def choosing(
    *later: dict[str, Any], first: Any = FIRST, actions: Any = (), orchestration: Any = (), **more: Any
) -> Scenario:
    """Two formal messages without a response, two friendly ones with one, and what comes later."""
    by = {"policy": "rules", "gap_hours": 0, "optimise": ["content"], "optimise_from": 4, "optimise_prior": 1}
    tables = {
        "channels": [CHANNELS[0], EMAIL, APP],
        "actions": [FORMAL, FRIENDLY, LETTER, FILM, *actions],
        "rules": [*(at(hour, action) for hour, action in first.items()), *later],
        "orchestration": by | dict(orchestration),
    }
    return brand(**(tables | more))


def last(*later: dict[str, Any], **more: Any) -> Line:
    return done(choosing(*later, **more))[-1]


def simulated(of: Scenario) -> History:
    return simulate(compile_program(of, of), 5, 0, events=True)


LATER = at(33, "letter", alternatives=["film"])


def test_a_message_has_the_tone_to_which_the_customer_responded_in_others() -> None:
    """Neither letter nor film was ever sent: what is known of their tone is of other actions."""
    assert last(LATER) == (33, "film@email", None)
    assert last(at(33, "film", alternatives=["letter"])) == (33, "film@email", None)


def test_at_a_tie_it_is_what_the_rule_says() -> None:
    """Nobody responded to anything, although the friendly one was sent less often."""
    cold = {3: "formal", 9: "formal", 15: "letter", 19: "film"}
    for own, other in (("letter", "film"), ("film", "letter")):
        assert last(at(33, own, alternatives=[other]), first=cold) == (33, f"{own}@email", None)


def test_a_control_gets_what_the_rule_says() -> None:
    assert last(LATER, orchestration={"optimise_share": 0}) == (33, "letter@email", None)


def test_a_rule_without_alternatives_and_what_is_transactional_stay_as_they_are() -> None:
    assert last(at(33, "letter")) == (33, "letter@email", None)
    receipt = {"id": "receipt", "channels": ["email"], "transactional": True, "content": {"tone": "formal"}}
    assert last(at(33, "letter", alternatives=["receipt"]), actions=[receipt]) == (33, "letter@email", None)


def test_what_was_never_sent_neither_gains_nor_loses() -> None:
    """Of three messages one was responded to; a video was never sent, so it is as good as usual: better than formal."""
    video = {"id": "video", "channels": ["email"], "nudge": 0, "content": {"format": "video"}}
    assert last(at(33, "letter", alternatives=["video"]), actions=[video]) == (33, "video@email", None)
    assert last(at(33, "friendly", alternatives=["video"]), actions=[video]) == (33, "friendly@email", None)


@pytest.mark.parametrize(("prior", "taken"), [(0.1, "loud"), (10, "calm")])
def test_few_messages_count_for_little(prior: float, taken: str) -> None:
    """Responded to: 1 of 1 loud, 3 of 4 calm, none of 5 dull, so 4 of 10 in all.

    With a prior of 10 loud ones are at (1 + 4) / 11, calm ones at (3 + 4) / 14.
    """
    rates = {"loud": ("loud", 1), "calm": ("calm", 1), "calm-too": ("calm", 0), "dull": ("dull", 0)}
    actions = [
        {"id": id_, "channels": ["email"], "nudge": 0, "response_rate": rate, "content": {"tone": tone}}
        for id_, (tone, rate) in rates.items()
    ]
    many = dict(enumerate(["loud", "calm", "calm", "calm", "calm-too", *["dull"] * 5], 3))
    later = at(33, "dull", alternatives=["calm", "loud"])
    found = last(later, first=many, actions=actions, orchestration={"optimise_prior": prior})
    assert found == (33, f"{taken}@email", None)


def test_only_messages_with_a_content_make_a_customer_known() -> None:
    """Three of the four messages that are asked for have none: lots are drawn."""
    bare = {"id": "bare", "channels": ["email"], "nudge": 0, "response_rate": 1}
    of = choosing(LATER, first={3: "bare", 9: "bare", 15: "bare", 19: "friendly"}, actions=[bare], **MANY)
    assert simulated(of).by_known[0, KNOWN.index("little-known"), 0] == 4000
    known = choosing(LATER, **MANY)
    assert simulated(known).by_known[0, KNOWN.index("optimised")].tolist() == [4000, 4000, 0]


def test_of_those_little_known_as_many_get_each() -> None:
    three = at(33, "letter", alternatives=["film", "formal"])
    history = simulated(choosing(three, first={}, **MANY))
    sent = dict(zip(history.pairs, history.at_actions.sent.sum(axis=0).tolist(), strict=True))
    of_each = [sent[action, "email"] for action in ("letter", "film", "formal")]
    assert sum(of_each) == 4000
    assert all(abs(count / 4000 - 1 / 3) < 0.03 for count in of_each)


def test_the_lot_stays_the_same_while_a_message_waits() -> None:
    """At 33 o'clock it is quiet until 40: what is ruled out then is what goes out."""
    quiet = [CHANNELS[0], {**EMAIL, "quiet_hours": [8, 16]}]
    of = choosing(at(33, "letter", alternatives=["film"]), first={}, channels=quiet, population={"size": 60})
    events = simulated(of).events
    assert events is not None
    taken: dict[int, set[int]] = {}
    for k in np.flatnonzero(events.action >= 0):
        taken.setdefault(int(events.customer[k]), set()).add(int(events.action[k]))
    assert len(taken) == 60
    assert all(len(actions) == 1 for actions in taken.values())
    assert len(set.union(*taken.values())) == 2


def test_what_may_not_be_sent_is_no_candidate_and_told_as_ruled_out() -> None:
    push = {"id": "push", "channels": ["app"], "nudge": 0, "content": {"tone": "friendly"}}
    shy = [{"id": "a", "opt_in": {"app": 0}}]
    lines = done(choosing(at(33, "letter", alternatives=["push"]), actions=[push], segments=shy))
    assert lines[-2:] == [(33, "push@app", "opted-out"), (33, "letter@email", None)]
    lines = done(choosing(at(33, "push", alternatives=["letter"]), actions=[push], segments=shy))
    assert lines[-2:] == [(33, "push@app", "opted-out"), (33, "letter@email", None)]


def test_what_supports_is_on_the_channels_of_what_was_taken() -> None:
    twice = {**FILM, "id": "twice", "channels": ["email", "app"], "support_after": 0.25}
    lines = done(choosing(at(33, "letter", alternatives=["twice"]), actions=[twice]))
    assert lines[-2:] == [(33, "twice@email", None), (39, "twice@app", None)]


def test_channel_and_hour_go_by_what_was_taken() -> None:
    """The film goes by e-mail or app; on the app nothing was opened, so with the channel optimised it is e-mail."""
    both = {**FILM, "id": "both", "channels": ["app", "email"], "open_rate": 0.5}
    everything = {"optimise": ["content", "channel"]}
    assert last(at(33, "letter", alternatives=["both"]), actions=[both]) == (33, "both@app", None)
    found = last(at(33, "letter", alternatives=["both"]), actions=[both], orchestration=everything)
    assert found == (33, "both@email", None)


def test_what_was_forgotten_counts_no_more() -> None:
    """Half a day keeps at 33 o'clock what came after 21: nothing; then it goes by lot, so for some by the letter."""
    of = choosing(LATER, profile={"keep_days": 0.5}, **MANY)
    assert simulated(of).by_known[0, KNOWN.index("little-known"), 0] == 4000


def test_responses_to_what_is_on_site_or_transactional_are_none_to_messages() -> None:
    receipt = {**FRIENDLY, "id": "receipt", "transactional": True, "content": {"tone": "formal"}}
    many = [at(20 + 0.1 * n, "receipt") for n in range(5)]
    assert last(*many, LATER, actions=[receipt]) == (33, "film@email", None)


@pytest.mark.parametrize(("liking", "share"), [(None, 0.2), (0, 0.2), (2, 0.65), ({"mean": -3, "sd": 0}, 0.012)])
def test_who_likes_a_content_acts_on_it_more(liking: Any, share: float) -> None:
    """logit(0.2) + the liking, of 4,000 who open it; nothing is optimised."""
    liked = {} if liking is None else {"content": {"tone": {"friendly": liking}}}
    warm = {**FILM, "response_rate": 0.2}
    of = brand(
        channels=[CHANNELS[0], EMAIL], actions=[warm], rules=[at(3, "film")], segments=[{"id": "a", **liked}], **MANY
    )
    acted = simulated(of).at_actions
    assert acted.opened.sum() == 4000
    assert acted.responded.sum() / 4000 == pytest.approx(share, abs=0.02)


def test_likings_of_several_traits_add_up_and_spread() -> None:
    spread = {"tone": {"friendly": {"mean": 0.5, "sd": 1.2}}, "format": {"video": -0.7}}
    warm = {**FILM, "response_rate": 0.3}
    of = brand(
        channels=[CHANNELS[0], EMAIL],
        actions=[warm],
        rules=[at(3, "film")],
        segments=[{"id": "a", "content": spread}],
        **MANY,
    )
    z = np.random.default_rng(1).normal(size=200_000)
    expected = (1 / (1 + np.exp(-(math.log(0.3 / 0.7) - 0.2 + 1.2 * z)))).mean()
    assert simulated(of).at_actions.responded.sum() / 4000 == pytest.approx(float(expected), abs=0.025)


def test_a_subject_line_is_liked_before_it_is_opened() -> None:
    subject = {**FILM, "open_rate": 0.3, "response_rate": 0.3, "content": {"subject": "hello"}}
    liking = [{"id": "a", "content": {"subject": {"hello": 1.5}}}]
    of = brand(channels=[CHANNELS[0], EMAIL], actions=[subject], rules=[at(3, "film")], segments=liking, **MANY)
    acted = simulated(of).at_actions
    opened = 1 / (1 + math.exp(-(math.log(3 / 7) + 1.5)))
    assert acted.opened.sum() / 4000 == pytest.approx(opened, abs=0.025)
    assert acted.responded.sum() / acted.opened.sum() == pytest.approx(0.3, abs=0.025)


@pytest.mark.parametrize("examples", [15, pytest.param(200, marks=pytest.mark.slow)])
def test_content_that_nobody_likes_changes_nothing(examples: int) -> None:
    def same(drawn: Drawn) -> None:
        plain = drawn.arm | {"segments": [each | {"content": {}} for each in drawn.arm["segments"]]}
        likings = {"tone": {"sung": {"mean": 1, "sd": 1}}, "subject": {"none": 2}}
        liked = drawn.arm | {"segments": [each | {"content": likings} for each in drawn.arm["segments"]]}
        found = []
        for arm in (plain, liked):
            of = scenario(**arm)
            events = simulate(compile_program(of, drawn.reference), drawn.seed, 0, events=True).events
            assert events is not None
            found.append([events.customer, events.time, events.event, events.action, events.channel, events.value])
        for one, other in zip(*found, strict=True):
            assert np.array_equal(one, other, equal_nan=True)

    check_drawn(some_that_optimise(orchestrated_scenarios(), 100), same, examples)
