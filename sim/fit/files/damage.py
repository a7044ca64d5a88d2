"""What readers raise about damaged files, as findings."""

import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sim.fit.errors import FitError, wrong
from sim.fit.workspace import is_out_of_space


@contextmanager
def clear_errors(name: str) -> Iterator[None]:
    """Turn what the readers of the file called `name` raise into findings."""
    import duckdb

    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise wrong(name, "", f"the compressed file is damaged or cut off ({error})", "fetch it again") from None
    except PermissionError:
        raise wrong(name, "", "the file may not be read", "change its permissions") from None
    except RecursionError:
        problem = "lists or fields stand inside one another hundreds of levels deep"
        raise wrong(name, "", problem, "give one object for each event, its fields at most a few levels deep") from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise wrong(name, "", f"the compressed file is damaged ({error})", "fetch it again") from None  # bzip2's
    except duckdb.Error as error:
        if is_out_of_space(error):
            raise
        raise _from_database(name, str(error)) from None


def _from_database(name: str, message: str) -> FitError:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = " ".join(lines[:1]).split(": ", 1)[-1]
    if "GZIP" in message or "ZSTD" in message:
        return wrong(name, "", "the compressed file is damaged or cut off", "fetch it again")
    if "Malformed JSON" in message:
        return _from_json(name, said)
    if "CSV Error on Line" not in message:
        return wrong(name, "", f"the file cannot be read ({said})", "check that it is a whole event log")
    number = next((word for word in said.split() if word.isdigit()), None)
    numbers = re.search(r"Expected Number of Columns: (?P<first>\d+) Found: (?P<here>\d+)", message)
    if numbers:
        problem = f"the line has {numbers['here']} fields, the first line {numbers['first']}"
    elif "unterminated quote" in message:
        problem = "a quotation mark opens here and is never closed"
    else:
        problem = f"the line cannot be read ({lines[2] if len(lines) > 2 else said})"
    return wrong(name, "", problem, "correct or remove this line", int(number) if number else None)


def _from_json(name: str, said: str) -> FitError:
    where = re.search(r"in (?:line|record/value) (?P<line>\d+): (?P<what>[^.]*)", said)
    problem = f"the JSON is damaged or cut off ({where['what'] if where else said})"
    line = int(where["line"]) - 1 if where and "in line" in said else None  # the database calls the first line 2
    return wrong(name, "", problem, "give one object for each event, on a line of its own or in one list", line)
