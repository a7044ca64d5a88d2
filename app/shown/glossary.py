"""What words mean: one glossary for documentation and tooltips; `python -m app.shown.glossary` writes it."""

import tomllib
from functools import cache
from pathlib import Path

from app.files.shipped import shipped

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"

_BEGINNING = """# Glossary

| word | what it means here |
|---|---|
"""


@cache
def glossary() -> dict[str, str]:
    """The definitions by word, in alphabetical order; they may hold Markdown's `code` and *emphasis*."""
    meanings: dict[str, str] = tomllib.loads((shipped("assets") / "glossary.toml").read_text(encoding="utf-8"))
    return meanings


def page() -> str:
    """The page in Markdown."""
    return _BEGINNING + "".join(f"| **{word}** | {meaning} |\n" for word, meaning in glossary().items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
