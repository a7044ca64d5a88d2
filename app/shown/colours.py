"""The colours and line styles of arms: the same in every view, file and report (Okabe and Ito, 2008)."""

from dataclasses import dataclass

BASELINE = "#808080"
"""What the others are compared with."""

_OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#B3A200")
_ON_DARK = ("#3FA0E0", "#F57B3D", "#19BF8F", "#D888B4", "#E6AC00", "#9AD4F5", "#C4B420")
"""The same hues, light enough to be seen on a dark ground."""
_BASELINE_ON_DARK = "#A6A6A6"
_DASHES = ((), (6, 3), (2, 2), (8, 3, 2, 3), (12, 4), (4, 2, 2, 2, 2, 2), (1, 3))


@dataclass(frozen=True)
class ArmStyle:
    """How an arm is drawn."""

    colour: str
    """#RRGGBB"""
    dashes: tuple[int, ...]
    """lengths of dashes and gaps; empty for a whole line"""


def arm_style(number: int, dark: bool = False) -> ArmStyle:
    """The style of the arm of that number in the file, the baseline being 0. `dark` for a dark ground."""
    if number == 0:
        return ArmStyle(_BASELINE_ON_DARK if dark else BASELINE, ())
    turn = (number - 1) % len(_OKABE_ITO)
    return ArmStyle((_ON_DARK if dark else _OKABE_ITO)[turn], _DASHES[turn])
