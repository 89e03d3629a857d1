"""Where randomness comes from: named streams of one seed, or the system."""

import random
from hashlib import sha256


def stream(seed: int, name: str) -> random.Random:
    """A generator that depends on nothing but ``seed`` and ``name``.

    Streams of different names are independent: drawing more from one leaves the others as they
    were.
    """
    return random.Random(stream_seed(seed, name))


def stream_seed(seed: int, name: str) -> int:
    """The 256-bit seed of a stream, for generators of other libraries."""
    return int.from_bytes(sha256(f"{seed}\0{name}".encode()).digest())


def system() -> random.Random:
    """The operating system's entropy: never the same twice."""
    return random.SystemRandom()
