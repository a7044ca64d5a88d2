"""What the format has room for but nothing simulates yet: refused wherever it stands, so that nothing is ignored."""

from sim.scenario.model import Part


def later_key(owner: type[Part] | None, key: str) -> tuple[str, str] | None:
    """Problem and remedy of a key of this table that would have no effect yet; None for any other key."""
    what = owner.later.get(key) if owner is not None else None
    return None if what is None else (f"this version does not simulate {what} yet", f'remove "{key}"')
