"""The reference page says what the models say."""

from pathlib import Path

from sim.scenario.reference import page
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, shapes, shapes_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenario.md"


def every_field(model=Scenario, seen=None):
    """Each key of each table that a scenario may hold."""
    seen = set() if seen is None else seen
    seen.add(model)
    for key, field in fields(model).items():
        yield model, key, field
        ahead = list(shapes_of(field))
        while ahead:
            option = ahead.pop()
            ahead += [inner for item in option.items for inner in shapes(item)]
            ahead += shapes(option.entries) if option.entries is not None else ()
            if option.model is not None and option.model not in seen:
                yield from every_field(option.model, seen)


def test_the_page_is_what_the_models_make():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m sim.scenario.reference"


def test_every_key_has_a_row():
    text = page()
    for model, key, _ in every_field():
        assert f"| `{key}` |" in text or key in ("family", "progress", "neutral", "exit"), f"{model.__name__}.{key}"


def test_defaults_are_shown_as_a_file_would_say_them():
    text = page()
    assert "| `horizon` | a number above 0 | required | days simulated |" in text
    assert "| `carryover` | a number from 0 to 1 | `0.9` |" in text
    assert "| `delay` | number or [distribution](#distributions) | `0.0` |" in text
    assert "| `desk` | an ID | – | the desk that serves customers here | `[[desks]]` |" in text
    assert "| `cost` | a number of at least 0 | `0.0` | cost of each contact | the currency |" in text
    assert "`[[phases]]`, `[[seasons]]` and `[[shocks]]` can change `effort`" not in text
    assert "`[[phases]]`, `[[seasons]]` and `[[shocks]]` can change `emotion`, `effort` and `profile_gain`." in text
    assert "| `sentiment` | 0.4 | 0 | -0.8 |" in text
    assert '| `mode` | "single", "multi" or "omni" | `"omni"` |' in text
