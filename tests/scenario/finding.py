"""What reading a changed text finds, and where."""

from sim.scenario import Finding, ScenarioError, parse
from tests.scenario.contract import CONTRACT


def findings(text: str) -> tuple[Finding, ...]:
    """Everything found in a text that is wrong or doubtful."""
    try:
        return parse(text, "shop.toml").warnings
    except ScenarioError as error:
        return error.findings or (Finding(None, None, "", "an error without a finding helps nobody", ""),)


def changed(*pairs: tuple[str, str], text: str = CONTRACT) -> str:
    """The contract's example with some words replaced, each of which it says once."""
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def assert_found(text: str, at: str, address: str, problem: str, remedy: str, level: str = "error") -> None:
    """One finding only: on the line that says `at`, at this address, whose words hold these."""
    found = findings(text)
    assert len(found) == 1, [str(one) for one in found]
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if at in line]
    assert len(lines) == 1, f"{at!r} stands on lines {lines}"
    assert (found[0].file, found[0].line, found[0].address) == ("shop.toml", lines[0], address), str(found[0])
    assert problem in found[0].problem, found[0].problem
    assert remedy in found[0].remedy, found[0].remedy
    assert found[0].level == level
