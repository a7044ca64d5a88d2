"""What customers leave behind: as often, as wrong and as alike as the scenario says."""

import numpy as np
import pytest

from sim.draws import sites
from sim.draws.philox import block, uniform32
from sim.draws.sites import site
from sim.identity import draw_records
from sim.identity.normalising import normalised
from sim.identity.people import GIVEN_NAMES, POSTCODES, SURNAMES, draw_people
from sim.identity.spelling import mistyped, spelled
from sim.scenario import override
from sim.scenario.identity import KINDS, LEFT, Identity, left_on
from tests.identity.small import FLAWLESS, known

ALL = dict.fromkeys(KINDS, 1.0)


def test_there_are_as_many_names_and_postcodes_as_the_law_says_each_once() -> None:
    assert [len(set(names)) for names in (GIVEN_NAMES, SURNAMES, POSTCODES)] == [200, 1000, 500]


def test_the_share_who_leave_an_identifier_is_that_of_the_channel_or_of_its_kind() -> None:
    scenario = override(known(20_000), {"channels.web.identifiers.email": 0.9})
    records = draw_records(scenario, seed=1)
    for c, channel in enumerate(scenario.channels):
        for kind, share in left_on(channel.kind, channel.identifiers).items():
            assert share == (0.9 if (channel.id, kind) == ("web", "email") else LEFT[channel.kind].get(kind, 0))
            left = (records.written[kind][c::3] != "").mean()
            assert left == pytest.approx(share, abs=4 * 0.5 / np.sqrt(20_000))


def test_draws_are_those_of_the_map() -> None:
    """Customer 7 leaves an address if the first word of the block is below the share, and so on."""
    scenario = known(9, web={"email": 0.6}, app={"email": 1})
    written = draw_records(scenario, seed=5).written["email"]
    for customer in range(9):
        w0, _, _, _ = block(customer, site("channel:web@email"), sites.IDENTIFIER, 0, 5, 0)
        assert (written[2 * customer] != "") == (uniform32(w0) < 0.6)


def test_a_customer_leaves_the_same_however_many_there_are_and_whatever_else_changes() -> None:
    few, many = draw_records(known(50), seed=3), draw_records(known(80), seed=3)
    changed = draw_records(override(known(50), {"identity.typos.email": 1, "channels.app.identifiers.email": 0}), 3)
    for kind in KINDS:
        assert (few.written[kind] == many.written[kind][:150]).all()
        assert kind == "email" or (few.written[kind] == changed.written[kind]).all()
    assert (few.written["email"] != changed.written["email"]).any()
    assert (draw_records(known(50), seed=4).written["name"] != few.written["name"]).any()


def test_flawless_identifiers_of_a_person_are_the_same_everywhere_and_nobody_elses() -> None:
    scenario = known(3000, FLAWLESS, web=ALL, app=ALL, store=ALL)
    compared = normalised(draw_records(scenario, seed=1).written)
    for kind in KINDS:
        by_person = compared[kind].reshape(-1, 3)
        assert (by_person == by_person[:, :1]).all(), kind
        if kind not in ("name", "postcode"):
            assert len(set(by_person[:, 0])) == 3000, kind


def test_households_share_surname_and_postcode_and_some_of_them_a_device() -> None:
    people = draw_people(Identity(households=0.5, shared_devices=0.4), 20_001, seed=1)
    first, second = slice(0, 20_000, 2), slice(1, 20_000, 2)
    together = (people.surname[first] == people.surname[second]) & (people.postcode[first] == people.postcode[second])
    shared = people.device[first] == people.device[second]
    assert together.mean() == pytest.approx(0.5, abs=0.02)
    assert shared.mean() == pytest.approx(0.2, abs=0.02)
    assert together[shared].all()
    assert people.device[20_000] == 20_000


def test_a_lost_cookie_leads_to_nobody_and_a_former_address_to_its_owner() -> None:
    identity = {**FLAWLESS, "outdated": {**FLAWLESS["outdated"], "cookie": 1, "email": 1}}
    both = {"cookie": 1.0, "email": 1.0}
    written = normalised(draw_records(known(500, identity, web=both, app=both), seed=1).written)
    assert len(set(written["cookie"])) == 1000
    assert (written["email"][::2] == written["email"][1::2]).all()
    now = normalised(draw_records(known(500, FLAWLESS, web=both, app=both), seed=1).written)
    assert not set(now["email"]) & set(written["email"])


@pytest.mark.parametrize(
    ("which", "what", "typed"),
    [(0.1, 0.0, "nna@x"), (0.5, 0.0, "bnna@x"), (0.5, 0.999, "znna@x"), (0.9, 0.0, "nana@x")],
)
def test_a_typing_error_leaves_out_replaces_or_exchanges(which: float, what: float, typed: str) -> None:
    assert mistyped("anna@x", "email", 0.0, which, what) == typed
    assert mistyped("anna@x", "email", 0.999, 0.1, 0.0) == "ann@x"


def test_each_spelling_of_a_kind_is_found() -> None:
    ways = {kind: {spelled(text, kind, u / 12) for u in range(12)} for kind, text in (
        ("email", "ann@x.example"), ("phone", "301234567"), ("name", "Ann Ash"), ("cookie", "c"))}  # fmt: skip
    assert ways["email"] == {"ann@x.example", "Ann@X.Example", " ann@x.example ", "ann+shop@x.example"}
    assert ways["phone"] == {"+49 301 234567", "+49301234567", "0301 234567", "0301234567"}
    assert ways["name"] == {"Ann Ash", "ASH, Ann", "ann ash"}
    assert ways["cookie"] == {"c"}


def test_typing_errors_are_as_many_as_the_scenario_says() -> None:
    wrong = {**FLAWLESS, "typos": {"email": 0.3, "phone": 0, "name": 0}}
    right = normalised(draw_records(known(20_000, FLAWLESS, web=ALL), seed=1).written)["email"]
    typed = normalised(draw_records(known(20_000, wrong, web=ALL), seed=1).written)["email"]
    equal_neighbours = 0.02  # exchanged without a trace
    assert (right != typed).mean() == pytest.approx(0.3, abs=0.01 + equal_neighbours)
