"""Links between records that are probably of one person, by the model of Fellegi and Sunter (1969) (model 24)."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.identity.likeness import BLOCKS, chance, comparisons
from sim.identity.links import Links, links
from sim.identity.normalising import Texts
from sim.scenario.identity import KINDS, Identity, Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TRAINED_ON: Final = (("customer_id",), ("email",), ("phone",), ("name", "postcode"))
"""Pairs with these the same are mostly of one person, and tell how alike records of one person are in all else."""
_FEWEST_PAIRS: Final = 50
"""From fewer pairs nothing is learned."""
_DIGITS: Final = 6
"""Decimals of a confidence: what is beyond, processors may round differently."""


class MissingSplinkError(ImportError):
    """The method needs a library that is not installed."""

    wrong_input: Final = True

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            'the method "probabilistic" needs Splink: install it with: pip install "journey-sandbox[identity]", '
            'or leave "probabilistic" out of identity.methods'
        )

    def __reduce__(self) -> tuple[type[MissingSplinkError], tuple[()]]:
        """Workers raise it, too; a process that they tell of it makes it anew."""
        return MissingSplinkError, ()


def check_splink() -> None:
    """Raise MissingSplinkError unless the library is there."""
    try:
        import splink  # noqa: F401
    except ImportError as error:
        raise MissingSplinkError from error


def likely_the_same(identifiers: Mapping[Kind, Texts], channels: int, identity: Identity) -> Links:
    """The links between records whose probability to be of one person is at least the minimum confidence."""
    check_splink()
    with database() as connection:
        count = _fill(connection, identifiers, channels)
        customers = len(identifiers["email"]) // channels
        found = _predicted(connection, customers, identity.minimum_confidence) if count else []
    table = np.array(found, np.float64).reshape(-1, 3)
    confidence = np.round(table[:, 2], _DIGITS)
    sure = confidence >= identity.minimum_confidence
    left, right = table[sure, 0].astype(np.int64), table[sure, 1].astype(np.int64)
    return links(left, right, confidence[sure], "probabilistic")


@contextmanager
def database() -> Iterator[DuckDBPyConnection]:
    """A database in memory that takes no more of the machine than it should, and adds up in one order always."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="journey-") as folder:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": "1200MB",
            "temp_directory": folder,
        }
        connection = duckdb.connect(":memory:", config=limits)
        connection.execute("SET enable_progress_bar = false")  # it goes to standard output
        try:
            yield connection
        finally:
            connection.close()


def _fill(connection: DuckDBPyConnection, identifiers: Mapping[Kind, Texts], channels: int) -> int:
    """Put the records into a table, those with nothing left out; how many there are."""
    import pyarrow

    columns: dict[str, Any] = {kind: [text or None for text in identifiers[kind]] for kind in KINDS}
    records = len(identifiers["email"])
    given = pyarrow.table(
        {
            "unique_id": np.arange(records),
            "channel": np.arange(records) % channels,
            **{kind: pyarrow.array(column, pyarrow.string()) for kind, column in columns.items()},
        }
    )
    connection.register("given", given)
    something = " OR ".join(f"{kind} IS NOT NULL" for kind in KINDS)
    connection.execute(
        f"""CREATE TABLE records AS SELECT *, split_part(name, ' ', -1) AS surname, right(email, 18) AS email_end,
            left(phone, 5) AS phone_begin, right(phone, 5) AS phone_end FROM given WHERE {something}
            ORDER BY unique_id"""
    )
    connection.unregister("given")
    return int(connection.execute("SELECT count(*) FROM records").fetchall()[0][0])


def _predicted(connection: DuckDBPyConnection, customers: int, least: float) -> Sequence[tuple[int, int, float]]:
    from splink import DuckDBAPI, Linker, SettingsCreator

    logging.getLogger("splink").setLevel(logging.CRITICAL)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(chance(connection)),
        blocking_rules_to_generate_predictions=[_block(columns) for columns in BLOCKS],
        probability_two_random_records_match=1 / max(customers, 2),  # everybody has one record a channel
        retain_matching_columns=False,
        additional_columns_to_retain=["channel"],
        linker_uid="identity",
    )
    database = DuckDBAPI(connection)
    linker = Linker(database.register("records"), settings, log_level=None, validate_settings=False)
    for columns in _TRAINED_ON:
        if _pairs(connection, columns) >= _FEWEST_PAIRS:
            linker.training.estimate_parameters_using_expectation_maximisation(
                _block(columns)["blocking_rule"],
                fix_probability_two_random_records_match=True,  # it would reach 1 where all of them are of one person
            )
    slack = max(least - 10.0**-_DIGITS, 0.0)
    predicted = linker.inference.predict(threshold_match_probability=slack, warning_mode="never")
    return connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability FROM {predicted.physical_name}"
    ).fetchall()


def _block(columns: Sequence[str]) -> dict[str, str]:
    """Pairs of two channels with the columns the same."""
    same = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    return {"blocking_rule": f"{same} AND l.channel <> r.channel", "sql_dialect": "duckdb"}


def _pairs(connection: DuckDBPyConnection, columns: Sequence[str]) -> int:
    named = ", ".join(columns)
    [[pairs]] = connection.execute(
        f"""SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM records
            WHERE {" AND ".join(f"{column} IS NOT NULL" for column in columns)} GROUP BY {named})"""
    ).fetchall()
    return int(pairs)
