"""Opening a store file: made when new, migrated when old, refused with a reason when it cannot be used."""

import contextlib
import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sim.store import schema
from sim.store.familiar import strange
from sim.store.sound import LARGEST_ROW, Damaged
from sim.store.waiting import is_locked, patiently

FILE_NAME = "journey.sqlite"
WAIT_SECONDS = 120.0
"""How long opening and writing wait for another program that is writing."""
READ_SECONDS: Final = 15.0
"""How long reading an open store waits; it seldom has to, for one may read while another writes."""

_HEADER = b"SQLite format 3\x00"
_OF_THE_MACHINE = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Numbers of the errors that another store would not help against."""
_NO_FILE = re.compile(r":.*:$|file:")
"""What SQLite may take for a database in memory, which ends with the program, or for an address with options."""


class StoreError(Exception):
    """The store cannot be used; the message says what a person can do about it."""

    def __init__(self, message: str, *, wrong_input: bool = False, locked: bool = False) -> None:
        """Say what is the matter.

        `wrong_input`: the path or run that was asked for is wrong, rather than something having failed. `locked`:
        another program has the store, so that the same may go well later.
        """
        super().__init__(message)
        self.wrong_input = wrong_input
        self.locked = locked


def default_path() -> Path:
    """Where the store lies when no path is given: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("journey-sandbox", appauthor=False) / FILE_NAME


def at_home(path: Path) -> Path:
    """The path with `~` and `~user` put in full; where there is no such user, that is how the name begins."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def connect(
    path: Path, *, read_only: bool = False, wait: float = WAIT_SECONDS, tell: Callable[[], None] | None = None
) -> sqlite3.Connection:
    """Open the store at `path`, in autocommit mode; make it if there is none, migrate it if it is older.

    Where another program locks it, try again for `wait` seconds; `tell` is called once if that takes a while. Raises
    StoreError where the file is not a store, belongs to a newer version, stays locked or cannot be written.
    """
    _check_file(path, read_only)
    with explained(path):
        connection = patiently(lambda: _ready_store(path, read_only, wait), wait, tell)
        connection.execute(f"pragma busy_timeout = {1000 * READ_SECONDS:.0f}")
    return connection


def _ready_store(path: Path, read_only: bool, wait: float) -> sqlite3.Connection:
    connection = _open(path, read_only)
    try:
        version = _version(connection, path)
        if version is not None:
            _check_familiar(connection, path, version)
        if read_only and version is None:
            raise _no_store(path)
        elif read_only and version != schema.VERSION:
            # Only a writer can bring it up to date; after that it is read as asked.
            connect(path, wait=wait).close()
            _check_familiar(connection, path, schema.VERSION)
        elif not read_only:
            connection.execute("pragma synchronous = normal")
            if version is None:
                _create(connection, path)
            elif version < schema.VERSION:
                _migrate(connection, path, version)
            if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
                connection.execute("pragma journal_mode = wal")  # others may read while one writes
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an SQLite error, or that the store is Damaged, into a StoreError that says what to do."""
    try:
        yield
    except Damaged as error:
        raise _damaged(path, f" ({error})") from error
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:  # what SQLite says of it quotes what is damaged
        raise _damaged(path) from error
    except OSError as error:
        if error.errno in _OF_THE_MACHINE:
            raise
        raise StoreError(f"{path}: {error.strerror or error}; choose another store with --db") from error


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """What the error means for the store at `path`, and what can be done."""
    if is_locked(error):
        return StoreError(
            f"{path}: another program is writing to this store; close it, or use another store with --db", locked=True
        )
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path}: the disk is full; what was stored before is kept; free some space")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return StoreError(f"{path}: this store may only be read; make it writable, or use another store with --db")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError(f"{path}: the store cannot be opened; see that its folder is there and may be written")
    if code == sqlite3.SQLITE_NOTADB:
        return _no_store_file(path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT):
        return _damaged(path)
    if code == sqlite3.SQLITE_TOOBIG or isinstance(error, sqlite3.DataError):
        return _damaged(path, " (a text in it is larger than any that is stored)")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path}: the disk does not answer as it should ({error}); what was stored before is kept")
    return StoreError(f"{path}: the store cannot be used ({error})")


def _damaged(path: Path, what: str = "") -> StoreError:
    return StoreError(f"{path}: the store is damaged{what}; put a copy of it back, or use another store with --db")


def _check_file(path: Path, read_only: bool) -> None:
    if _NO_FILE.match(str(path)):
        raise StoreError(
            f"{path}: SQLite takes this for something else than a file's name; --db takes a file, such as {FILE_NAME}",
            wrong_input=True,
        )
    try:
        if path.is_dir():
            raise StoreError(
                f"{path}: this is a folder; --db takes a file, such as {path / FILE_NAME}", wrong_input=True
            )
        exists = path.exists()
        if exists and not path.is_file():
            raise StoreError(
                f"{path}: this is no ordinary file, so it keeps nothing; give --db another path", wrong_input=True
            )
        if exists:
            with path.open("rb") as file:
                start = file.read(len(_HEADER))
            if start and start != _HEADER:
                raise _no_store_file(path)
        elif not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in _OF_THE_MACHINE:
            raise
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{path}: {reason}; give --db a path in a folder that may be written", wrong_input=True
        ) from error
    if not exists and read_only:
        raise _no_store(path)


def _no_store_file(path: Path) -> StoreError:
    return StoreError(f"{path}: this is not a store (not an SQLite file); give --db another path", wrong_input=True)


def _no_store(path: Path) -> StoreError:
    return StoreError(f"{path}: there is no store here yet; `journey run` makes one", wrong_input=True)


def _open(path: Path, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        _ready(connection)
        return connection
    address = path.resolve().as_uri() + "?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
    try:
        _ready(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if is_locked(error) or os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
            raise
        # In a folder that nobody here can write, SQLite cannot make the files that WAL needs; nothing changes either.
        connection = sqlite3.connect(address + "&immutable=1", uri=True, timeout=0, isolation_level=None)
        _ready(connection)
    return connection


def _ready(connection: sqlite3.Connection) -> None:
    try:
        # What a store from elsewhere holds is data: its schema calls no functions, and its pages are looked at.
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma cell_size_check = on")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_ROW)
        connection.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int | None:
    """The store's schema version; None for a file without any table."""
    version = int(connection.execute("pragma user_version").fetchone()[0])
    mark = int(connection.execute("pragma application_id").fetchone()[0])
    tables = int(connection.execute("select count(*) from sqlite_master").fetchone()[0])
    if not tables and not version and not mark:
        return None
    if mark != schema.APPLICATION_ID:
        raise StoreError(
            f"{path}: this SQLite file belongs to another program; give --db another path", wrong_input=True
        )
    if version > schema.VERSION:
        raise StoreError(
            f"{path}: this store was written by a newer Journey Sandbox (store version {version}, "
            f"this one knows up to {schema.VERSION}); update the program, or use another store with --db",
            wrong_input=True,
        )
    return version


def _check_familiar(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Raise StoreError where the store holds what may change what is read from it."""
    problem = strange(connection, current=version == schema.VERSION)
    if problem is not None:
        raise StoreError(f"{path}: {problem}", wrong_input=True)


def _create(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("begin immediate")
    try:
        if _version(connection, path) is None:  # another program may have been faster
            schema.create(connection)
        connection.execute("commit")
    except BaseException:
        _roll_back(connection)
        raise


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    copy = _backup_path(path, version)
    backup(connection, copy)
    connection.execute("begin immediate")
    try:
        if _version(connection, path) == version:  # another program may have been faster
            schema.migrate(connection, version)
        _check_familiar(connection, path, schema.VERSION)
        connection.execute("commit")
    except BaseException:
        _roll_back(connection)
        copy.unlink(missing_ok=True)  # the store is as it was
        raise


def _backup_path(path: Path, version: int) -> Path:
    """A name beside the store that is not taken: `journey.v1.sqlite`, `journey.v1-2.sqlite`, …"""
    count, candidate = 1, path.with_name(f"{path.stem}.v{version}{path.suffix}")
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}.v{version}-{count}{path.suffix}")
    return candidate


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole store, whatever other programs do with it meanwhile, into a new file."""
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("rollback")
