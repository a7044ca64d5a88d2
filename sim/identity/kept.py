"""Resolutions kept from one run to the next, in the user's cache, under the hash of all that they hang on."""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import numpy as np
from platformdirs import user_cache_path

from sim.identity.links import Links
from sim.identity.resolution import Resolution, Told, resolutions
from sim.scenario.identity import Identity, Method, in_order, left_on
from sim.scenario.resolve import enabled_channels
from sim.scenario.scenario import Scenario
from sim.unfinished import unfinished

_SIM: Final = Path(__file__).resolve().parent.parent
_SOURCES: Final = ("identity", "draws")
_PACKAGES: Final = ("duckdb", "networkx", "numpy", "splink")
_MOST_BYTES: Final = 500_000_000


def resolution_of(scenario: Scenario, seed: int, tell: Told = lambda _: None) -> Resolution:
    """Who is who in a scenario with `[identity]`, by all its methods: kept, or found out now."""
    identity = scenario.identity or Identity()
    return kept_resolutions(scenario, seed, [in_order(identity.methods)], tell)[0]


def is_kept(scenario: Scenario, seed: int) -> bool:
    """Whether that need not be found out any more."""
    identity = scenario.identity or Identity()
    return _path(scenario, seed, in_order(identity.methods)).exists()


def kept_resolutions(
    scenario: Scenario, seed: int, ways: Sequence[Sequence[Method]], tell: Told = lambda _: None
) -> list[Resolution]:
    """The same by several choices among the methods."""
    channels = tuple(channel.id for channel in enabled_channels(scenario))
    paths = [_path(scenario, seed, methods) for methods in ways]
    kept = [_read(path, channels, methods, scenario) for path, methods in zip(paths, ways, strict=True)]
    missing = [at for at, resolution in enumerate(kept) if resolution is None]
    if missing:
        found: Iterator[Resolution] = resolutions(scenario, seed, [ways[at] for at in missing], tell)
        for at, resolution in zip(missing, found, strict=True):
            kept[at] = resolution
            _write(paths[at], resolution)
        _sweep()
    return [resolution for resolution in kept if resolution is not None]


def folder() -> Path:
    """Where resolutions are kept."""
    return user_cache_path("journey-sandbox") / "identity"


def _path(scenario: Scenario, seed: int, methods: Sequence[Method]) -> Path:
    return folder() / f"{_hash(scenario, seed, methods)}.npz"


def _hash(scenario: Scenario, seed: int, methods: Sequence[Method]) -> str:
    """Of all that a resolution hangs on: what is left where, the errors in it, how many, the seed, and the methods."""
    identity = (scenario.identity or Identity()).model_dump(exclude={"corrected"})
    channels = [(channel.id, left_on(channel.kind, channel.identifiers)) for channel in enabled_channels(scenario)]
    content = [identity | {"methods": list(methods)}, channels, scenario.population.size, seed, _versions()]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


@cache
def _versions() -> str:
    """Hash of the sources that find out who is who, and of the packages that they use."""
    digest = hashlib.sha256()
    for package in _SOURCES:
        for file in sorted((_SIM / package).rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for package in _PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{package} {version(package)}\0".encode())
    return digest.hexdigest()


def _read(path: Path, channels: tuple[str, ...], methods: Sequence[Method], scenario: Scenario) -> Resolution | None:
    """What is kept there; None where nothing is, or where it is not what was put there."""
    shape = (scenario.population.size, len(channels))
    with contextlib.suppress(Exception):  # a file may be damaged in any way, and is then made anew
        with np.load(path, allow_pickle=False) as file:
            profile, links = file["profile"], [file[name] for name in ("left", "right", "confidence", "method")]
        whole = profile.shape == shape and len({each.shape for each in links}) == 1
        path.touch()  # so that it counts as used
        left, right, confidence, method = links
        return Resolution(tuple(methods), channels, profile, Links(left, right, confidence, method)) if whole else None
    return None


def _write(path: Path, resolution: Resolution) -> None:
    links = resolution.links
    with contextlib.suppress(OSError):  # where nothing can be kept, it is found out again the next time
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path) as part, part.open("wb") as file:
            np.savez(
                file,
                profile=resolution.profile,
                left=links.left,
                right=links.right,
                confidence=links.confidence,
                method=links.method,
            )


def _sweep() -> None:
    """Remove what was used longest ago, as soon as all together takes too much room."""
    with contextlib.suppress(OSError):
        used = sorted(folder().glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        room = _MOST_BYTES
        for path in used:
            room -= path.stat().st_size
            if room < 0:
                path.unlink()
