"""Where the simulated market's chance comes from: one named numpy stream of a seed each."""

import numpy as np

from polybot.seam.randomness import stream_seed


def noise(seed: int, name: str) -> np.random.Generator:
    """A generator that depends on nothing but ``seed`` and ``name``."""
    return np.random.default_rng(stream_seed(seed, f"simulation/{name}"))
