"""Strategies by name, wired for a run: an import and an entry here add one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from nautilus_trader.trading import Strategy

from polybot.config.risk import Risk
from polybot.decisions.decider import Decider
from polybot.decisions.fair_value_taker import FairValueTaker, FairValueTakerParams
from polybot.decisions.trader import TraderParams
from polybot.decisions.world import WorldParams
from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Series
from polybot.engine.failures import Failures
from polybot.errors import ConfigError
from polybot.execution.ledger import Ledger
from polybot.runtime.backtest.selection import Needs
from polybot.signals.candle import Candle
from polybot.strategies.deciding_strategy import DecidingStrategy, DecidingStrategyConfig
from polybot.strategies.ensemble_strategy import EnsembleStrategy, EnsembleStrategyConfig
from polybot.strategies.probe import ProbeConfig, ProbeParams, ProbeStrategy
from polybot.strategies.sink import Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What a run gives every strategy."""

    series: Sequence[Series]
    world: WorldParams
    rulebook: Rulebook
    risk: Risk
    ledger: Ledger
    sink: Sink
    failures: Failures
    history: Callable[[Asset], Sequence[Candle]]
    """Candles from before the run; read when asked for."""


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


def params_of(spec: StrategySpec, raw: Mapping[str, object]) -> tuple[Any, WorldParams]:
    """A strategy's own params, and those of the signals that all share (``world``), checked.

    ConfigError says which is unknown or of the wrong type.
    """
    own = {name: value for name, value in raw.items() if name != "world"}
    try:
        return msgspec.convert(own, spec.params), msgspec.convert(raw.get("world", {}), WorldParams)
    except msgspec.ValidationError as wrong:
        raise ConfigError(f"strategy.params: {wrong}") from wrong


def _decides(params: type[msgspec.Struct], decider: Callable[[Any], Decider]) -> StrategySpec:
    """A strategy that is a pure decision; ``decider`` makes it from its params."""

    def build(wiring: Wiring, params: Any) -> Strategy:
        config = DecidingStrategyConfig(
            series=wiring.series,
            world=wiring.world,
            rulebook=wiring.rulebook,
            sink=wiring.sink,
            failures=wiring.failures,
            decider=decider(params),
            ledger=wiring.ledger,
        )
        return DecidingStrategy(config)

    return StrategySpec(params, Needs(), build)


def _probe(wiring: Wiring, params: ProbeParams) -> Strategy:
    config = ProbeConfig(
        series=wiring.series,
        world=wiring.world,
        rulebook=wiring.rulebook,
        sink=wiring.sink,
        failures=wiring.failures,
        params=params,
    )
    return ProbeStrategy(config)


def _ensemble(wiring: Wiring, params: TraderParams) -> Strategy:
    assets = {series.asset for series in wiring.series}
    config = EnsembleStrategyConfig(
        series=wiring.series,
        world=wiring.world,
        rulebook=wiring.rulebook,
        sink=wiring.sink,
        failures=wiring.failures,
        trader=params,
        risk=wiring.risk,
        ledger=wiring.ledger,
        history={asset: wiring.history(asset) for asset in sorted(assets)},
    )
    return EnsembleStrategy(config)


STRATEGIES: dict[str, StrategySpec] = {
    "ensemble": StrategySpec(TraderParams, Needs(), _ensemble),
    "fair_value_taker": _decides(FairValueTakerParams, FairValueTaker),
    "probe": StrategySpec(ProbeParams, Needs(strike=False, known_sides=False, spot=False), _probe),
}
