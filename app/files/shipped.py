"""Where the files lie that come with Journey Sandbox, in a clone and in an installed package."""

from pathlib import Path
from typing import Literal

Kind = Literal["assets", "docs"]

_APP = Path(__file__).resolve().parents[1]


def shipped(kind: Kind) -> Path:
    """The folder of the shipped files of this kind; never one in the folder that the program is run from."""
    packed = _APP / "shipped" / kind
    return packed if packed.is_dir() else _APP.parent / kind
