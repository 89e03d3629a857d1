"""By what observations are ordered."""

from polybot.recording.observations import Observation


def received(observation: Observation) -> int:
    """When the observation reached us."""
    return observation.received_ns
