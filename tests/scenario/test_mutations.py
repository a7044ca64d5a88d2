"""Files that went wrong somehow: findings, never a traceback."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import ScenarioError, open_scenario, parse, variants
from tests.scenario.contract import CONTRACT
from tests.scenario.orchestrated import ORCHESTRATED

EXAMPLES = st.sampled_from([CONTRACT, ORCHESTRATED])
PIECES = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e400",
        "nan",
        "inf",
        "true",
        '""',
        '"x"',
        "[]",
        "[1]",
        "[[1]]",
        "{}",
        "{ a = 1 }",
        '{ family = "beta" }',
        "{ family = [] }",
        "2026-01-05",
        "07:30:00",
        "9" * 30,
        "[[touchpoints]]",
        "[layout]",
        "[a.b.c]",
        "a.b = 1",
        "id",
        "=",
        ".",
        "\n",
        '"""',
        "\\",
        "\0",
        "é",
    ]
)


@st.composite
def mutated(draw):
    """An example with a few pieces replaced by others."""
    text = draw(EXAMPLES)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12) | st.just(len(text) - start))
        piece = draw(PIECES | st.text(max_size=4) | st.sampled_from(text.split("\n")))
        text = text[:start] + piece + text[start + length :]
    return text


@st.composite
def revalued(draw):
    """An example with some values replaced by others."""
    lines = draw(EXAMPLES).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line]))
        lines[number] = f"{lines[number].partition(' = ')[0]} = {draw(PIECES)}"
    return "\n".join(lines)


def check_told(read):
    """Reading gives a scenario, or findings that each say something."""
    try:
        variants(read())
    except ScenarioError as error:
        told = error.findings
        assert told
        for finding in told:
            assert finding.problem
            assert finding.remedy, str(finding)
            assert finding.line is None or finding.line >= 1
            assert "\n" not in str(finding)


@given(mutated() | revalued())
@settings(max_examples=400, deadline=None)
def test_a_mutated_text_is_told_in_findings(text):
    check_told(lambda: parse(text, "shop.toml"))


@given(start=st.integers(0, 3000), piece=st.binary(max_size=6), length=st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_mutated_file_is_told_in_findings(tmp_path_factory, start, piece, length):
    path = tmp_path_factory.getbasetemp() / "mutated.toml"
    content = CONTRACT.encode()
    path.write_bytes(content[:start] + piece + content[start + length :])
    check_told(lambda: open_scenario(path))
