"""Who is who in whole populations: exact where it can be, better with each method, the same each time."""

from typing import Any

import numpy as np
import pytest

from sim.identity import Measures, MissingSplinkError, Resolution, draw_records, probabilistic, resolve
from sim.identity.links import LINKING
from sim.identity.normalising import normalised
from sim.identity.probabilistic import likely_the_same
from sim.identity.resolution import resolutions
from sim.scenario import Scenario, load, override
from sim.scenario.identity import KINDS
from sim.shipped import shipped_scenarios
from tests.identity.small import FLAWLESS, known, only, records

ALL = dict.fromkeys(KINDS, 1.0)
WAYS: list[tuple[Any, ...]] = [
    ("deterministic",),
    ("deterministic", "probabilistic"),
    ("deterministic", "probabilistic", "graph"),
]


def exact(measures: Measures) -> tuple[float | None, float | None, int]:
    return measures.precision, measures.recall, measures.mixed_profiles


@pytest.fixture(scope="module")
def shipped() -> list[Resolution]:
    """The scenario that ships, as customers leave it, by each of the ways."""
    scenario = load(shipped_scenarios()["identity-gap"])
    return list(resolutions(scenario, scenario.experiment.seed, WAYS))


@pytest.mark.parametrize("kind", ["customer_id", "email", "phone", "device", "cookie"])
def test_one_perfect_identifier_finds_everybody_and_mixes_nobody(kind: str) -> None:
    left = {kind: 1.0}
    scenario = known(300, {**FLAWLESS, "methods": ["deterministic"], "keys": [kind]}, web=left, app=left, store=left)
    found = resolve(scenario, seed=1)
    assert exact(found.measures) == (1.0, 1.0, 0)
    assert found.linked.all()


_AND_OTHERS = [pytest.param(list(way), marks=pytest.mark.slow) for way in (("probabilistic", "graph"), *WAYS)]


@pytest.mark.parametrize("methods", [["probabilistic"], *_AND_OTHERS])
def test_perfect_identifiers_are_enough_for_every_method(methods: list[str]) -> None:
    scenario = known(300, {**FLAWLESS, "methods": methods}, web=ALL, app=ALL, store=ALL)
    assert exact(resolve(scenario, seed=1).measures) == (1.0, 1.0, 0)


@pytest.mark.parametrize("methods", [[], ["graph"], *map(list, WAYS)])
def test_nothing_is_linked_where_nothing_is_left(methods: list[str]) -> None:
    found = resolve(known(200, {"methods": methods}, web={}, app={}), seed=1)
    assert (found.profile == -1).all()
    assert not len(found.links)
    assert (found.linked == np.eye(2, dtype=bool)).all()
    assert (found.measures.recall, found.measures.precision) == (0.0, None)


def test_without_methods_each_record_is_a_profile_of_its_own() -> None:
    found = resolve(known(200, {"methods": []}, web={"email": 1}, app={"email": 0.5}), seed=1)
    left = found.profile >= 0
    assert len(set(found.profile[left].tolist())) == left.sum()
    assert left[:, 0].all()
    assert 0 < left[:, 1].mean() < 1


def test_the_probabilistic_method_finds_more_and_is_as_good_as_right(shipped: list[Resolution]) -> None:
    alone, more, tangled_out = (each.measures for each in shipped)
    assert more.recall > alone.recall + 0.02  # type: ignore[operator]
    for each in (more, tangled_out):
        assert each.precision >= 0.98  # type: ignore[operator]
    assert tangled_out.precision >= more.precision  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_it_is_at_other_seeds_and_with_channels_as_they_usually_are(seed: int) -> None:
    more = [{"id": "phone", "kind": "support"}, {"id": "social", "kind": "social"}]
    scenario = known(4000)
    channels = [*(channel.model_dump(include={"id", "kind"}) for channel in scenario.channels), *more]
    alone, both, _ = resolutions(override(scenario, {"channels": channels}), seed, WAYS)
    assert both.measures.recall > alone.measures.recall + 0.02  # type: ignore[operator]
    assert both.measures.precision >= 0.98  # type: ignore[operator]


def test_the_graph_never_has_two_records_of_a_channel_in_a_profile(shipped: list[Resolution]) -> None:
    for channel in shipped[-1].profile.T:
        left = channel[channel >= 0]
        assert len(set(left.tolist())) == len(left)


def test_the_same_seed_gives_the_same_profiles_and_links(shipped: list[Resolution]) -> None:
    scenario = load(shipped_scenarios()["identity-gap"])
    again = resolve(scenario, scenario.experiment.seed)
    assert (again.profile == shipped[-1].profile).all()
    for name in ("left", "right", "confidence", "method"):
        assert (getattr(again.links, name) == getattr(shipped[-1].links, name)).all()


def test_no_link_is_less_sure_than_asked_and_each_has_a_method(shipped: list[Resolution]) -> None:
    links = shipped[-1].links
    probabilistic = links.method == LINKING.index("probabilistic")
    assert probabilistic.any()
    assert (links.confidence[probabilistic] >= 0.98).all()
    assert (links.confidence <= 1).all()
    assert (links.left < links.right).all()


def test_links_of_the_probabilistic_method_are_as_right_as_they_claim(shipped: list[Resolution]) -> None:
    links, channels = shipped[-1].links, len(shipped[-1].channels)
    only_it = links.method == LINKING.index("probabilistic")
    right = (links.left // channels == links.right // channels)[only_it]
    assert right.mean() >= links.confidence[only_it].mean() - 0.02


def test_a_typing_error_is_forgiven_where_the_rest_agrees() -> None:
    """Nobody has a customer number, and every other address is mistyped."""
    left = {"email": 1.0, "phone": 1.0, "name": 1.0, "postcode": 1.0}
    flawed = {**FLAWLESS, "typos": {"email": 0.5, "phone": 0.5, "name": 0}, "keys": ["email", "phone"]}
    alone, both, _ = resolutions(known(400, flawed, web=left, app=left), 1, WAYS)
    assert alone.measures.recall < 0.7  # type: ignore[operator]
    assert both.measures.recall > 0.98  # type: ignore[operator]
    assert both.measures.precision == 1.0


def test_a_shared_device_alone_does_not_make_one_person_of_a_household() -> None:
    """Two people on one device, each with a name and an address of their own."""
    left = {"device": 1.0, "email": 1.0, "name": 1.0}
    shared = {**FLAWLESS, "households": 0.5, "shared_devices": 1, "methods": ["probabilistic"]}
    found = resolve(known(400, shared, web=left, app=left), seed=1).measures
    assert found.mixed_share < 0.05
    assert found.recall > 0.99  # type: ignore[operator]


def test_what_is_missing_speaks_neither_for_nor_against() -> None:
    """Records with nothing but a customer number are linked (as they were not in Duke 222)."""
    rows = [{"customer_id": f"C{i // 2}", **({"name": f"Ann Ash{i}"} if i % 2 else {})} for i in range(400)]
    found = likely_the_same(records(*rows), 2, only("probabilistic"))  # type: ignore[arg-type]
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == {(2 * i, 2 * i + 1) for i in range(200)}


@pytest.mark.parametrize("customers", [1, 2, 5])
def test_it_works_with_hardly_anybody(customers: int) -> None:
    found = resolve(known(customers), seed=1)
    assert found.profile.shape == (customers, 3)
    assert found.measures.mixed_profiles == 0


def test_without_splink_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "splink", None)
    with pytest.raises(MissingSplinkError, match="install") as missing:
        resolve(known(5), seed=1)
    assert "identity.methods" in str(missing.value)
    assert resolve(known(5, {"methods": ["deterministic", "graph"]}), seed=1).measures.customers == 5


def test_its_database_writes_nothing_on_the_screen_and_adds_up_in_one_order() -> None:
    with probabilistic.database() as connection:
        settings = connection.execute("SELECT current_setting('enable_progress_bar'), current_setting('threads')")
        assert settings.fetchall() == [(False, 1)]


def test_more_of_an_identifier_never_finds_fewer() -> None:
    def recall(share: float) -> float | None:
        left = {"email": share}
        return resolve(known(500, {"methods": ["deterministic"]}, web=left, app=left), seed=1).measures.recall

    recalls = [recall(share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert recalls == sorted(recalls)  # type: ignore[type-var]


def test_customers_keep_their_links_when_there_are_more(shipped: list[Resolution]) -> None:
    """By identifiers alone, which hang on nobody else."""

    def linked(size: int) -> np.ndarray:
        scenario: Scenario = override(known(size, {"methods": ["deterministic"]}), {"identity.households": 0})
        return resolve(scenario, seed=1).linked[:100]

    assert (linked(100) == linked(150)).all()


def test_records_are_compared_as_they_were_left(shipped: list[Resolution]) -> None:
    scenario = load(shipped_scenarios()["identity-gap"])
    compared = normalised(draw_records(scenario, scenario.experiment.seed).written)
    links = shipped[0].links
    same = np.zeros(len(links), bool)
    for kind in ("customer_id", "email", "phone"):
        one, other = compared[kind][links.left], compared[kind][links.right]
        same |= (one == other) & (one != "")
    assert same.all()
