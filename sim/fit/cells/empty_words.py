"""Words that stand for nothing where an id or a name should be."""

from typing import TYPE_CHECKING

from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOTHING = (
    *("null", "(null)", "<null>", "#null!", "\\n", "nil", "none", "(none)", "undefined", "nan", "nat", "<na>"),
    *("na", "n/a", "n.a.", "#n/a", "not available", "(not set)", "(not provided)", "(empty)", "(blank)", "blank"),
    *("empty", "missing", "-", "--", "–", "—", ".", "?", "''", '""'),
    *("#ref!", "#value!", "#name?", "#div/0!"),
    *("00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000"),
    "{00000000-0000-0000-0000-000000000000}",
)
"""What databases, spreadsheets and programs write for nothing, in lower case."""

_REAL = ("na", "nan", "nil", "null")
"""Of these, words that ids may look like: Namibia and North America, first names, a surname."""

_FEW = 10
"""A word with more times the average case's events than this is no case."""


def is_nothing(column: str) -> str:
    """SQL that is true where the column of text is empty or a word for nothing."""
    listed = ", ".join("'" + each.replace("'", "''") + "'" for each in NOTHING)
    return f"coalesce(lower({column}) IN ({listed}), TRUE)"


def real_cases(connection: "DuckDBPyConnection") -> list[str]:
    """Words for nothing that are real cases: nearly all other ids are written alike, and they have no more events."""
    listed = ", ".join(f"'{each}'" for each in _REAL)
    words = connection.execute(
        f"SELECT case_id, count(*) FROM rows WHERE lower(case_id) IN ({listed}) GROUP BY case_id ORDER BY case_id"
    ).fetchall()
    real = []
    for word, events in words:
        shape = "[A-Z][a-z]+" if word.istitle() else f"[{'A-Z' if word.isupper() else 'a-z'}]{{{len(word)}}}"
        alike, others, rows = one_row(
            connection,
            f"""
            SELECT count(*) FILTER (regexp_full_match(case_id, ?)), count(*), sum(events)
            FROM (SELECT case_id, count(*) AS events FROM rows WHERE NOT {is_nothing("case_id")} GROUP BY case_id)
            """,
            [shape],
        )
        if others and alike >= 0.95 * others and events <= _FEW * rows / others:
            real.append(str(word))
    return real


def left_out_notes(connection: "DuckDBPyConnection", column: str, name: str, condition: str) -> list[str]:
    """The note on rows for which `condition` (SQL) is true: left out, for `column`, called `name`, holds nothing."""
    words = connection.execute(
        f"SELECT {column}, count(*) AS seen FROM rows WHERE {condition} GROUP BY {column} ORDER BY seen DESC, {column}"
    ).fetchall()
    if not words:
        return []
    said = [f'"{word}" ({seen:,})' if word else f"empty ({seen:,})" for word, seen in words[:5]]
    more = " …" if len(words) > 5 else ""
    total = sum(seen for _, seen in words)
    what = "is empty" if all(word is None for word, _ in words) else f"holds nothing: {', '.join(said)}{more}"
    return [f'{total:,} rows left out: "{name}" {what}']
