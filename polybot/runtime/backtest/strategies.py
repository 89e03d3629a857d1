"""Strategies by name, wired for a run: an entry here adds one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from nautilus_trader.trading import Strategy

from polybot.decisions.fair_value_taker import FairValueTaker, FairValueTakerParams
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Series
from polybot.engine.failures import Failures
from polybot.errors import ConfigError
from polybot.execution.ledger import Ledger
from polybot.runtime.backtest.selection import Needs
from polybot.strategies.deciding_strategy import DecidingStrategy, DecidingStrategyConfig
from polybot.strategies.probe import ProbeConfig, ProbeParams, ProbeStrategy
from polybot.strategies.sink import Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What a run gives every strategy."""

    series: Sequence[Series]
    rulebook: Rulebook
    ledger: Ledger
    sink: Sink
    failures: Failures


@dataclass(frozen=True, slots=True)
class StrategySpec:
    """How a strategy is made, and what it cannot do without."""

    params: type[msgspec.Struct]
    needs: Needs
    build: Callable[[Wiring, Any], Strategy]


def spec_of(name: str) -> StrategySpec:
    """The strategy called ``name``; ConfigError names those there are."""
    spec = STRATEGIES.get(name)
    if spec is None:
        raise ConfigError(f"no strategy is called {name!r}: use one of {', '.join(STRATEGIES)}")
    return spec


def params_of(spec: StrategySpec, raw: Mapping[str, object]) -> Any:
    """A strategy's params, checked; ConfigError says which is unknown or of the wrong type."""
    try:
        return msgspec.convert(dict(raw), spec.params)
    except msgspec.ValidationError as wrong:
        raise ConfigError(f"strategy.params: {wrong}") from wrong


def _fair_value_taker(wiring: Wiring, params: FairValueTakerParams) -> Strategy:
    config = DecidingStrategyConfig(
        series=wiring.series,
        rulebook=wiring.rulebook,
        sink=wiring.sink,
        failures=wiring.failures,
        decider=FairValueTaker(params),
        ledger=wiring.ledger,
    )
    return DecidingStrategy(config)


def _probe(wiring: Wiring, params: ProbeParams) -> Strategy:
    config = ProbeConfig(
        series=wiring.series,
        rulebook=wiring.rulebook,
        sink=wiring.sink,
        failures=wiring.failures,
        params=params,
    )
    return ProbeStrategy(config)


STRATEGIES: dict[str, StrategySpec] = {
    "fair_value_taker": StrategySpec(FairValueTakerParams, Needs(), _fair_value_taker),
    "probe": StrategySpec(ProbeParams, Needs(strike=False, known_sides=False), _probe),
}
