"""How well records were resolved, judged by the truth (model 24)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Measures:
    """What came of the records, against whose they are."""

    records: int
    """those on which something was left"""
    pairs: int
    """pairs of records of one person"""
    found: int
    """those of them that are in one profile"""
    joined: int
    """pairs of records in one profile"""
    profiles: int
    mixed_profiles: int
    """those with records of several people"""
    customers: int
    mixed_customers: int
    """those who have a record in a profile with another's"""
    linked: tuple[float | None, ...]
    """by channel: the share of records with an identifier that are in a profile with another of the same person"""

    @property
    def mixed_share(self) -> float:
        """The share of customers who have a record in a profile with another's."""
        return self.mixed_customers / self.customers

    @property
    def precision(self) -> float | None:
        """The share of pairs in one profile that are of one person; None where no profile has two records."""
        return self.found / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """The share of pairs of one person that are in one profile; None where nobody has two records."""
        return self.found / self.pairs if self.pairs else None


def measures(profile: Numbers) -> Measures:
    """Of profiles, shape (customers, channels), -1 where nothing was left."""
    customers, channels = profile.shape
    left = profile >= 0
    cluster, person = profile[left], np.nonzero(left)[0]
    both, where, sizes = np.unique(cluster * customers + person, return_inverse=True, return_counts=True)
    clusters, people = np.unique(both // customers, return_counts=True)
    mixed = clusters[people > 1]
    own = np.zeros(profile.shape, np.int64)
    own[left] = sizes[where]
    return Measures(
        records=len(cluster),
        pairs=customers * (channels * (channels - 1) // 2),
        found=_pairs(sizes),
        joined=_pairs(np.unique(cluster, return_counts=True)[1]),
        profiles=len(clusters),
        mixed_profiles=len(mixed),
        customers=customers,
        mixed_customers=len(np.unique((both % customers)[np.isin(both // customers, mixed)])),
        linked=tuple(float((own[left[:, c], c] > 1).mean()) if left[:, c].any() else None for c in range(channels)),
    )


def _pairs(sizes: Numbers) -> int:
    """Pairs of records in groups of these sizes."""
    return int((sizes * (sizes - 1) // 2).sum())
