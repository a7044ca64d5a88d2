"""Random scenarios for property tests, and random ways to write them down."""

from typing import Any

from hypothesis import strategies as st

from sim.scenario.toml.notation import block_text, key_text, value_text
from tests.builders import small

numbers = st.floats(0.001, 1e6) | st.integers(1, 10**6)
shares = st.just(0.0) | st.floats(1e-9, 1)
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12)
distributions = st.one_of(
    numbers,
    st.fixed_dictionaries({"family": st.just("exponential"), "mean": numbers}),
    st.fixed_dictionaries({"family": st.just("lognormal"), "median": numbers, "sigma": shares}),
    st.fixed_dictionaries({"family": st.just("gamma"), "mean": numbers, "shape": st.floats(0.1, 10)}),
    st.lists(numbers, min_size=2, max_size=30).map(lambda q: {"family": "empirical", "quantiles": sorted(q)}),
)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """The tables of a scenario that is right."""
    tables = small(name=draw(words), about=draw(words))
    tables["channels"].append({"id": "app", "mix": draw(numbers), "quiet_hours": [draw(st.integers(0, 24)), 8]})
    for touchpoint in tables["touchpoints"][:2]:
        touchpoint["effort"] = draw(st.floats(1, 7))
        touchpoint["channels"] = draw(st.sampled_from([["web"], {"web": 0.5, "app": 2}, []]))
        touchpoint["emotion"] = {"mean": draw(shares), "sd": draw(shares)}
    for transition in tables["transitions"]:
        transition["delay"] = draw(distributions)
        transition["share"] = draw(numbers)
    values = draw(st.dictionaries(words, numbers, min_size=1, max_size=3))
    tables["segments"] = [{"id": "one", "attributes": {"region": values}, "persona": {"goals": [draw(words), 1, True]}}]
    if draw(st.booleans()):
        tables["integration"] = {"mode": draw(st.sampled_from(["single", "multi", "omni"])), "carryover": draw(shares)}
    tables["experiment"] = {"seed": draw(st.integers(0, 2**32 - 1)), "arms": [{"id": "one"}, {"id": "two", "set": {}}]}
    if draw(st.booleans()):
        tables["experiment"]["arms"][1]["set"] = {"integration.mode": "single", "channels.app.mix": draw(numbers)}
    return tables


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A scenario written in one of the many ways that TOML has, with comments and odd spacing."""
    tables = draw(scenarios())
    comments = st.sampled_from(["", "", "\n", "# a comment\n", "\n# [not] a = 'table'\n\n"])
    endings = st.sampled_from(["", "", "   ", ' # why "this"'])
    single = {key: value for key, value in tables.items() if not isinstance(value, dict | list)}
    lines = ["".join(draw(comments) + f"{key} = {value_text(value)}{draw(endings)}\n" for key, value in single.items())]
    for key, value in tables.items():
        if key in single:
            continue
        lines.append(draw(comments))
        if isinstance(value, list) and draw(st.booleans()):
            for item in value:
                lines.append(draw(comments) + _item(draw, key, item, endings) + "\n")
        elif isinstance(value, list) or draw(st.booleans()):
            lines.insert(1, f"{key_text(key)} = {value_text(value)}{draw(endings)}\n")
        else:
            lines.append(block_text((key,), value) + draw(endings) + "\n")
    text = "".join(lines)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def _item(draw: st.DrawFn, key: str, item: dict[str, Any], endings: st.SearchStrategy[str]) -> str:
    """A list item under its header, some of its tables dotted, some under headers of their own."""
    lines, below = [f"[[{key}]]{draw(endings)}"], []
    for name, value in item.items():
        way = draw(st.sampled_from(["inline", "dotted", "header"])) if isinstance(value, dict) and value else "inline"
        if way == "dotted":
            lines += [f"{name}.{key_text(inner)} = {value_text(each)}{draw(endings)}" for inner, each in value.items()]
        elif way == "header":
            below.append(block_text((key, name), value))
        else:
            lines.append(f"{name} = {value_text(value)}{draw(endings)}")
    return "\n".join([*lines, *below])
