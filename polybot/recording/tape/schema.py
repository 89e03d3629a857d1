"""What is on a tape: one channel per socket and topic, and three of the recorder's own.

A channel's topic is ``<socket>/<name>``; its metadata says the socket, the wire format and the
recorder's version. Message bytes are exactly those received.
"""

from enum import StrEnum

PROFILE = "polybot-tape"
VERSION = "1"


class Wire(StrEnum):
    """How the bytes of a channel are read."""

    POLYMARKET_MARKET = "polymarket-market"
    POLYMARKET_USER = "polymarket-user"
    POLYBOLT = "polybolt"
    RTDS = "rtds"
    BINANCE = "binance"
    GAMMA = "gamma"
    CLOCK = "clock"
    GAP = "gap"
    NOTE = "note"


CLOCK_TOPIC = "recorder/clock"
GAP_TOPIC = "recorder/gap"
NOTE_TOPIC = "recorder/note"

OWN = {CLOCK_TOPIC: Wire.CLOCK, GAP_TOPIC: Wire.GAP, NOTE_TOPIC: Wire.NOTE}
