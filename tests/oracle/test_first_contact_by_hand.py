"""What is known of a customer before the first contact (model 10.1, 25), worked out by hand for both programs."""

from itertools import count

import pytest

from .both import Run, Tables, scenario_of
from .by_hand import sending, stay
from .draws import MESSAGE, Draws, uniform32
from .identities import drawn_profiles

WITH_IDENTITIES: Tables = {"integration": {"mode": "omni"}, "identity": {}}
SEED = next(
    seed
    for seed in count(1)
    for profiles in [drawn_profiles(scenario_of(stay(**WITH_IDENTITIES)), seed) or []]
    if None not in profiles[0].values()
)
"""Under which the customer leaves a record on both channels."""
LUCK = uniform32(Draws(SEED, 0).words(0, MESSAGE, "action:mail@email")[2])
"""With which the customer acts on the e-mail, if it is below the rate of responses."""


@pytest.mark.parametrize("met_before", [False, True])
@pytest.mark.parametrize(
    ("integration", "personalized"),
    [
        ({"integration": {"mode": "omni"}}, (True, True)),
        (WITH_IDENTITIES, (False, True)),
        ({"integration": {"mode": "multi"}}, (False, False)),
    ],
    ids=["omni", "identities", "multi"],
)
def test_before_the_first_contact_all_is_linked_under_omni_and_nothing_with_identities(
    run: Run, integration: Tables, personalized: tuple[bool, bool], met_before: bool
) -> None:
    """A fully relevant message is acted on 30 % more often: enough for this customer, who would not act otherwise.

    With two channels, what identities are drawn have both in one profile.
    """
    tables = stay(
        **sending({"entered": "home"}),
        personalization={"level": "individual"},
        behaviour={"known": 1},
        **integration,
    )
    tables["channels"][1]["response_rate"] = LUCK / 1.2
    tables["touchpoints"][0]["channels"] = ["app"] if met_before else []
    events = run(tables, SEED)
    assert [event.channel for event in events if event.event == "opened"] == ["email"]
    assert any(event.event == "responded" for event in events) == personalized[met_before]
