"""Names of runs: they sort by time and never repeat."""

import random
from datetime import UTC, datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SUFFIX = 8


def run_id(now_ns: int, entropy: random.Random) -> str:
    """A name like ``20260807-120000123-7k2m9q0x`` (UTC, milliseconds), safe as a folder's name.

    The same instant and the same state of ``entropy`` give the same name.
    """
    seconds, rest_ns = divmod(now_ns, 1_000_000_000)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d-%H%M%S")
    suffix = "".join(entropy.choices(_ALPHABET, k=_SUFFIX))
    return f"{stamp}{rest_ns // 1_000_000:03d}-{suffix}"
