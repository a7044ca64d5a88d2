"""The map of the draws: purposes and sites (model 3.1)."""

from zlib import crc32

SEGMENT = 1
ARRIVAL = 2
START = 3
TRAIT = 4
AFFINITY = 5
OPT_IN = 6
CONSENT = 7
ATTRIBUTE = 8
CHANNEL = 9
VISIT = 10
VALUE = 11
SURVEY = 12
TRANSITION = 13
SERVICE = 14
PATIENCE = 15
MESSAGE = 16
TIME_TO_ACT = 17
HOLDOUT = 18
POLICY = 19
THROTTLE = 20
BOUGHT = 21
REFERRAL = 22
FRIEND = 23
FRIEND_ARRIVES = 24
UNCERTAINTY = 25
HOUSEHOLD = 26
NAME = 27
IDENTIFIER = 28
TYPING_ERROR = 29
LIKING = 30

FIRST_FRIEND = 1 << 63
"""The least number that a friend who was referred can have; those who come by themselves have smaller ones."""


def site(text: str) -> int:
    """The 32-bit number under which draws for `text` (such as `touchpoint:cart`) are made."""
    return crc32(text.encode())
