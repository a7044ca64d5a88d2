"""Files with far too much in them: an answer in plain words within 20 seconds, on screen, as JSON, in the window."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.desktop.document.text_reading import read
from sim.fit.files import xes
from sim.scenario import new_text
from tests.builders import small
from tests.cli.conftest import Journey
from tests.faults.conftest import told
from tests.faults.test_mutated_logs import xes as xes_of
from tests.fit.logs import orders

SECONDS = 20.0
BASE = new_text(small(population={"size": 50}))

SCENARIOS: dict[str, Callable[[], str]] = {
    "400,000 unknown keys": lambda: "".join(f"k{number} = 1\n" for number in range(400_000)) + BASE,
    "200,000 unknown tables": lambda: BASE + "".join(f"[t{number}]\n" for number in range(200_000)),
    "400,000 wrong values": lambda: BASE + "[layout]\n" + "".join(f"k{number} = 1\n" for number in range(400_000)),
    "100,000 ids said twice": lambda: BASE + '[[channels]]\nid = "web"\n' * 100_000,
    "3,000 arms": lambda: BASE + "".join(_arm(number) for number in range(3000)),
    "3,000 wrong arms": lambda: BASE + "".join(_arm(number, "nothing.here") for number in range(3000)),
    "200 wrong arms": lambda: BASE + "".join(_arm(number, "nothing.here") for number in range(200)),
    "20,000 unknown ends": lambda: BASE + "".join(_transition(number) for number in range(20_000)),
}


def _arm(number: int, address: str = "transitions.middle/done.share") -> str:
    return f'[[experiment.arms]]\nid = "a{number}"\nset = {{ "{address}" = {number % 7 + 1} }}\n'


def _transition(number: int) -> str:
    return f'[[transitions]]\nfrom = "nowhere{number}"\nto = "midle"\nshare = 1\n'


@contextmanager
def soon() -> Iterator[None]:
    """What is done takes at most so long as somebody waits."""
    begin = time.monotonic()
    yield
    assert time.monotonic() - begin < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("what", SCENARIOS)
def test_a_scenario_with_far_too_much_in_it_is_told_at_once(journey: Journey, what: str) -> None:
    text = SCENARIOS[what]()
    Path("much.toml").write_text(text)
    for command in (["validate"], ["run", "--db", "s.sqlite"], ["validate", "--json"]):
        with soon():
            ended = journey(command[0], "much.toml", *command[1:])
        assert ended.code == 2
        assert "should not have" not in ended.err
        assert len(ended.out) + len(ended.err) < 100_000
        if "--json" in command:
            assert 1 <= len(json.loads(ended.out)["findings"]) <= 101
    with soon():
        reading = read(text, Path("much.toml"))
    assert 1 <= reading.errors <= 101


@pytest.mark.slow
@pytest.mark.parametrize("before", ['<remark text="', "<!--", "", "<![CDATA[", '<string key="concept:name" value="'])
def test_a_log_with_200_mb_in_one_piece_is_told_at_once(journey: Journey, before: str) -> None:
    with Path("log.xes").open("w") as file:
        file.write(xes_of(orders(20)).removesuffix("</log>\n") + before)
        for _ in range(200):
            file.write("x>" * 500_000)
    with soon():
        told(journey("fit", "log.xes", "-o", "fitted.toml"), 2, "more than 20 MB long")
    assert not Path("fitted.toml").exists()


def test_a_log_with_too_long_a_piece_is_refused_and_one_just_short_of_it_is_read(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xes, "LONGEST", 400_000)
    monkeypatch.setattr(xes, "CHUNK", 1000)
    whole = xes_of(orders(20))
    for length, code in ((300_000, 0), (2_000_000, 2)):
        Path("log.xes").write_text(whole.replace("<event>", f'<event><string key="more" value="{"x" * length}"/>', 1))
        ended = journey("fit", "log.xes", "-o", "fitted.toml", "--force")
        assert (ended.code, "more than 0.4 MB long" in ended.err) == (code, code == 2)


LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        (f'<!DOCTYPE log [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY x "&l11;">]>', "amplification"),
        ('<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "undefined entity"),
        ('<!DOCTYPE log [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "undefined entity"),
        ('<!DOCTYPE log [<!ENTITY x "&x;">]>', "recursive entity"),
    ],
    ids=["laughs", "file", "web", "itself"],
)
def test_entities_that_grow_or_lead_elsewhere_are_refused(journey: Journey, declared: str, says: str) -> None:
    whole = xes_of(orders(20)).replace("<log ", f"{declared}<log ", 1).replace("<event>", "<event>&x;", 1)
    Path("log.xes").write_text(whole)
    Path("fitted.toml").write_text("what was there")
    told(journey("fit", "log.xes", "-o", "fitted.toml", "--force"), 2, "log.xes:", says)
    assert Path("fitted.toml").read_text() == "what was there"
