"""Compiled code on disk, checked before it is run: what is damaged is compiled again, and no run fails over it."""

import contextlib
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.registry import cpu_target
from numba.core.runtime.nrt import rtsys

_DIGEST = hashlib.sha256().digest_size


class CheckedFiles(IndexDataCacheFile):
    """The index of a function's compiled versions and their files, each with a digest before what is pickled."""

    def save(self, key: Any, data: Any) -> None:
        """Keep a version; where it cannot be written, it is compiled again the next time."""
        with contextlib.suppress(OSError):
            super().save(key, data)  # type: ignore[no-untyped-call]

    def _load_index(self) -> dict[Any, str]:
        try:
            version, stamp, versions = checked(Path(self._index_path))
        except OSError:
            return {}
        return dict(versions) if (version, stamp) == (self._version, self._source_stamp) else {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        with self._open_for_write(self._index_path) as file:
            file.write(self._dump((self._version, self._source_stamp, overloads)))

    def _load_data(self, name: str) -> Any:
        return checked(Path(self._cache_path) / name)

    def _dump(self, obj: Any) -> bytes:
        pickled: bytes = super()._dump(obj)  # type: ignore[no-untyped-call]
        return hashlib.sha256(pickled).digest() + pickled


def checked(path: Path) -> Any:
    """What was pickled; OSError where the file is not there, not to be read, or not as it was written."""
    content = path.read_bytes()
    digest, pickled = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(pickled).digest() != digest:
        raise OSError(f"{path} is damaged")
    return pickle.loads(pickled)


class CheckedCache(FunctionCache):
    """The versions of a compiled function, in such files."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """The cache of this function."""
        super().__init__(function)  # type: ignore[no-untyped-call]
        self._cache_file = CheckedFiles(  # type: ignore[no-untyped-call]
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=self._impl.locator.get_source_stamp(),
        )

    def holds(self, signature: Any) -> bool:
        """Whether there is a version for arguments of these types."""
        key = self._index_key(signature, cpu_target.target_context.codegen())  # type: ignore[no-untyped-call]
        return key in self._cache_file._load_index()

    def load_overload(self, signature: Any, context: Any) -> Any:
        """The version for this signature, or None.

        Numba fills all its registries before it looks, which takes longer than the rest. They are needed to compile.
        """
        rtsys.initialize(context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(signature, context)  # type: ignore[no-untyped-call]
