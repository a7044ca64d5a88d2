"""The pages of the documentation that come with the program."""

from __future__ import annotations

import posixpath
import re

from app.files.shipped import shipped


def page_text(page: str) -> str | None:
    """The Markdown of a page, or of what stands below one of its headings (`page#heading`); None where it is not there.

    A heading is found by its words or by a name in back-ticks, such as `channels.acquisition`.
    """
    name, _, wanted = page.partition("#")
    path = shipped("docs").joinpath(*name.split("/"))
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    return (_below(text, wanted) or text) if wanted else text


def headings(page: str) -> list[str]:
    """The headings of a page, without their signs; none where the page is not there."""
    return re.findall(r"^#+ (.+)$", page_text(page) or "", re.MULTILINE)


def beside(page: str, link: str) -> str:
    """The page that a link in a page leads to."""
    here = page.partition("#")[0]
    if link.startswith("#"):
        return here + link
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), link))


def _below(text: str, wanted: str) -> str:
    """The part of a page from a heading on to the next."""
    parts = re.split(r"^(?=#+ )", text, flags=re.MULTILINE)
    for part in parts:
        heading = part.partition("\n")[0]
        names = [name.strip("[]") for name in re.findall(r"`([^`]+)`", heading)]
        plain = heading.lstrip("# ").strip()
        if wanted in names or wanted.lower() in (plain.lower(), _anchor(plain)):
            return part
    return ""


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
