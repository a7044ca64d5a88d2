"""Fields inside others: which there are, which one a name means, and what they hold."""

import json
from collections.abc import Iterator

import duckdb
import pytest

from sim.fit import FitError
from sim.fit.files.nested_fields import SAMPLE, Field, check_single, choose, fields_of, sampled


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def objects(connection: duckdb.DuckDBPyConnection, *rows: object) -> str:
    """The name of a table with these objects in the column `it`."""
    written = [None if row is None else json.dumps(row) for row in rows]
    connection.execute("CREATE OR REPLACE TABLE told AS SELECT unnest(?::VARCHAR[])::JSON AS it", [written])
    return "told"


PARAMS = [{"key": "page", "value": {"int": None, "text": "home"}}, {"key": "it's", "value": 5}]
ROW = {
    "id": 7,
    "a": {"b": {'c"\\': "deep"}, "id": "inner"},
    "items": [{"price": 2.5, "of": {"x": 1}, "tags": [{"t": 1}]}, 3, {"sku": "s"}],
    "params": PARAMS,
    "plain": [1, 2],
    "pairs": [{"key": "k"}, {"key": "l", "value": 1}],
    "none": [],
}


def test_every_field_is_known_by_the_keys_that_lead_there() -> None:
    assert fields_of([ROW, {"id": {"x": 1}, "later": None}]) == {
        "id": Field(("id",)),
        'a.b.c"\\': Field(("a", "b", 'c"\\')),
        "a.id": Field(("a", "id")),
        "items.price": Field(("items",), rest=("price",)),
        "items.of.x": Field(("items",), rest=("of", "x")),
        "items.sku": Field(("items",), rest=("sku",)),
        "params.page": Field(("params",), key="page"),
        "params.it's": Field(("params",), key="it's"),
        "pairs.key": Field(("pairs",), rest=("key",)),
        "pairs.value": Field(("pairs",), rest=("value",)),
        "id.x": Field(("id", "x")),
        "later": Field(("later",)),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("id", "7"),
        ('a.b.c"\\', "deep"),
        ("items.price", "2.5"),
        ("items.of.x", "1"),
        ("items.sku", None),
        ("params.page", "home"),
        ("params.it's", "5"),
        ("pairs.key", "k"),
    ],
)
def test_the_text_of_a_field_is_that_of_the_first_element_of_its_list_or_of_its_key(
    connection: duckdb.DuckDBPyConnection, name: str, text: str | None
) -> None:
    field = fields_of([ROW])[name]
    table = objects(connection, ROW, {"id": None})
    assert connection.execute(f"SELECT {field.text('it')} FROM {table}").fetchall() == [(text,), (None,)]


def test_only_a_field_inside_a_list_has_a_length(connection: duckdb.DuckDBPyConnection) -> None:
    known = fields_of([ROW])
    assert known["id"].length("it") is None
    assert known["params.page"].length("it") is None
    length = known["items.price"].length("it")
    assert connection.execute(f"SELECT {length} FROM {objects(connection, ROW, {})}").fetchall() == [(3,), (None,)]


def test_several_values_for_one_event_are_refused(connection: duckdb.DuckDBPyConnection) -> None:
    field = Field(("items",), rest=("price",))
    one = [{"items": [{"price": 1}]}, {"items": []}, {}]
    check_single(connection, "log.csv", objects(connection, *one), "price", field, "t.it")
    check_single(connection, "log.csv", objects(connection, {}), "price", field, "t.it")
    check_single(connection, "log.csv", "no such table", "id", Field(("id",)), "t.it")
    many = objects(connection, *one, {"items": [1] * 1234})
    with pytest.raises(FitError) as caught:
        check_single(connection, "log.csv", many, "price", field, "t.it")
    assert str(caught.value) == (
        "log.csv: column price: one event holds up to 1,234 values of it; "
        "write one value for each event, such as their sum"
    )
    assert caught.value.findings[0].file == "log.csv"
    with pytest.raises(FitError, match="up to 2 values"):
        check_single(connection, "log.csv", objects(connection, {"items": [1, 2]}), "price", field, "t.it")


def test_the_first_objects_are_looked_at_and_those_that_are_none_left_out(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert sampled(connection, objects(connection, ROW, None, [1]), "t.it") == [ROW, [1]]
    assert SAMPLE == 1000
    assert len(sampled(connection, "range(1500)", "t.range")) == 1000


KNOWN = {name: Field((name,)) for name in ("user.id", "order.id", "total", "order.total", "order.sub.total", "when")}


def test_a_field_is_chosen_by_its_whole_name_or_by_its_end_where_only_one_ends_so() -> None:
    assert choose("log.csv", "total", KNOWN) == (KNOWN["total"], None)
    assert choose("log.csv", "sub.total", KNOWN) == (
        KNOWN["order.sub.total"],
        '"sub.total" is taken from order.sub.total',
    )


def test_a_name_that_several_fields_end_with_or_none_is_refused() -> None:
    def refusal(column: str, known: dict[str, Field], plain: tuple[str, ...] = ()) -> str:
        with pytest.raises(FitError) as caught:
            choose("log.csv", column, known, plain)
        assert caught.value.findings[0].file == "log.csv"
        return str(caught.value)

    assert refusal("id", KNOWN) == ('log.csv: column id: several fields end so; say which: "user.id", "order.id"')
    many = {f"{each}.id": Field(()) for each in "abcdefgh"}
    assert refusal("id", many).endswith('say which: "a.id", "b.id", "c.id", "d.id", "e.id", "f.id"')
    # No point before it: the end of a key is no field.
    assert refusal("hen", KNOWN) == 'log.csv: column hen: the log has no column of this name; did you mean "when"?'
    assert refusal("custmer", KNOWN, ("customer",)).endswith('did you mean "customer"?')
    assert refusal("zzzzzz", {"b": Field(())}, ("a",)).endswith("known columns: a, b")
