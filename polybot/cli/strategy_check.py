"""Whether the chosen strategy exists and takes its params, told with the place they come from."""

from typing import Any

import msgspec

from polybot.config.loader import Loaded
from polybot.decisions.world import WorldParams
from polybot.runtime.backtest.strategies import spec_of

_PARAMS = "strategy.params"


def check_strategy(loaded: Loaded, name: str = "") -> None:
    """ConfigError lists every param that ``name``, else the chosen strategy, cannot use."""
    spec = spec_of(name or loaded.settings.strategy.name)
    loaded.read(_PARAMS, _with_world(spec.params))


def _with_world(params: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """A strategy's own params beside those of the signals that all strategies share."""
    world: Any = ("world", WorldParams, WorldParams())
    return msgspec.defstruct(
        params.__name__,
        [world],
        bases=(params,),
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )
