"""Values, keys and tables in TOML notation."""

import datetime
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 110
"""Characters of a list from which it goes over several lines."""


def key_text(key: str) -> str:
    """A key, quoted where it needs to be."""
    return key if _BARE.fullmatch(key) else _quoted(key)


def value_text(value: Any) -> str:
    """A value on one line; what is None in a table is left out."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        entries = [f"{key_text(key)} = {value_text(inner)}" for key, inner in value.items() if inner is not None]
        return f"{{ {', '.join(entries)} }}" if entries else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(value_text(inner) for inner in value)}]"
    raise TypeError(
        f"a scenario cannot hold {type(value).__name__} {value!r}; give text, numbers, dates, lists or tables"
    )


def line_text(key: str, value: Any) -> str:
    """`key = value`, long texts and lists over several lines."""
    return f"{key_text(key)} = {wide_text(value)}"


def wide_text(value: Any) -> str:
    """A value as it stands after a key outside of inline tables: long texts and lists over several lines."""
    if isinstance(value, str) and "\n" in value:
        return _long_text(value)
    text = value_text(value)
    if isinstance(value, list | tuple) and len(text) > _WIDE:
        return "[\n" + "".join(f"  {line},\n" for line in _packed([value_text(item) for item in value])) + "]"
    return text


def block_text(names: Sequence[str], table: Mapping[str, Any], item: bool = False) -> str:
    """A table under its header, `[name]` or, for a list item, `[[name]]`; lists of tables inside come after it."""
    path = ".".join(key_text(name) for name in names)
    given = {key: value for key, value in table.items() if value is not None}
    lines = [f"[[{path}]]" if item else f"[{path}]"] if names else []
    lines += [line_text(key, value) for key, value in given.items() if item or not is_block_list(value)]
    blocks = ["\n".join(lines)] if lines else []
    for key, value in given.items():
        if not item and is_block_list(value):
            blocks += [block_text((*names, key), each, item=True) for each in value]
    return "\n\n".join(blocks)


def is_block_list(value: Any) -> bool:
    """Whether this is a list of tables, each of which gets a header of its own."""
    return isinstance(value, list | tuple) and len(value) > 0 and all(isinstance(item, Mapping) for item in value)


def _float_text(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(float(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(text: str) -> str:
    lines = [_quoted(line)[1:-1].replace('\\"', '"') for line in text.split("\n")]
    joined = re.sub(r'"(?="|\Z)', r'\\"', "\n".join(lines))
    return f'"""\n{joined}"""'


def _packed(items: list[str]) -> list[str]:
    """The items joined by commas, as many on a line as fit."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 2 <= _WIDE:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return lines
