"""What a shell offers where a word is begun: scenarios, files and stored runs."""

from collections.abc import Iterator
from pathlib import Path


def scenarios(incomplete: str) -> list[str]:
    """Ids of scenarios that ship, scenario files and folders that begin so."""
    from sim.shipped import shipped_scenarios

    return [*(id_ for id_ in shipped_scenarios() if id_.startswith(incomplete)), *sorted(_files(incomplete))]


def runs(incomplete: str) -> list[str]:
    """Runs in the store of the user's data folder that begin so, the last first."""
    from sim.store import LATEST, Store, StoreError, default_path

    ids = [LATEST]
    try:
        if default_path().exists():
            with Store(read_only=True, wait=0) as store:
                ids += [run.id for run in store.run_list()]
    except StoreError:
        pass  # a shell has no place where it could be told
    return [name for name in ids if name.startswith(incomplete)]


def _files(incomplete: str) -> Iterator[str]:
    begun = Path(incomplete).expanduser()
    folder, name = (begun, "") if incomplete.endswith("/") or not incomplete else (begun.parent, begun.name)
    before = incomplete[: len(incomplete) - len(name)]
    try:
        for path in folder.iterdir():
            hidden = path.name.startswith(".") and not name.startswith(".")
            if path.name.startswith(name) and not hidden and (path.is_dir() or path.suffix == ".toml"):
                yield f"{before}{path.name}{'/' if path.is_dir() else ''}"
    except OSError:
        return
