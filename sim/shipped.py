"""The scenarios that come with Journey Sandbox, in a clone and in an installed package."""

import difflib
from collections.abc import Iterable
from pathlib import Path

_SIM = Path(__file__).resolve().parent


def scenarios_folder() -> Path:
    """Where they lie; never a folder in the one that the program is run from."""
    packed = _SIM / "shipped_scenarios"
    return packed if packed.is_dir() else _SIM.parent / "scenarios"


def shipped_scenarios() -> dict[str, Path]:
    """The scenarios that ship, by id."""
    return {path.stem: path for path in sorted(scenarios_folder().glob("*.toml"))}


def find_scenario(name: str, beside: Iterable[str] = ()) -> Path:
    """The file that `name` means: a path, or the id of a scenario that ships.

    A path need not be there: whatever is wrong with it, reading it says so. ValueError says what a name that is neither
    may have meant, one of `beside` among others.
    """
    path = Path(name)
    known = shipped_scenarios()
    if name in known and not path.is_file():
        return known[name]
    if path.exists() or path.suffix or len(path.parts) > 1:
        return path
    near = difflib.get_close_matches(name, [*known, *beside], n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"?' if near else f"these ship: {', '.join(known)}"
    raise ValueError(f"there is no such file, and no scenario of this name ships; {hint}")
