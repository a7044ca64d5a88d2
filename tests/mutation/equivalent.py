"""Faults that are none: looked at one by one, and nobody could see a difference."""

EQUIVALENT: dict[str, str] = {
    "3628e07d34": "_fieller, a < 0: 0 itself comes out only where two sums of other figures agree to the last bit.",
}
"""Why, by the fault's id."""
