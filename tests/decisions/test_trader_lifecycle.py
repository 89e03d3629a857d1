"""The trader lived through at random: what must hold in whatever order things happen."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from polybot.decisions.exits.params import PROFILES
from polybot.decisions.exits.phase import LEGAL, Phase
from polybot.decisions.intents import Sell, Take
from polybot.decisions.stance import Stance
from polybot.decisions.trader import Trader, TraderParams
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS, Length, Series, Window
from polybot.domain.tick import SIZE_STEP_MICRO
from polybot.errors import DomainError
from tests.decisions.trader_world import FUNDS, START_NS, a_view, votes

ASSETS = st.sampled_from([Asset.BTC, Asset.SOL])
LENGTHS = st.sampled_from([Length.M5, Length.M15])
LEADS = st.sampled_from([100.0, -100.0, 0.0, 600.0, -600.0, 3_000.0, -3_000.0])
ASKS = st.sampled_from([0.51, 0.3, 0.8, 0.05, 0.99])
MARKETS = st.sampled_from(
    [(0.0, 0.51), (3_000.0, 0.99), (-3_000.0, 0.03), (300.0, 0.95)]
) | st.tuples(LEADS, ASKS)
"""Lead of spot and ask of up, more often than not as a market would have it."""
WAITS = st.sampled_from([7, 60, 1, 0, 299, 900])
SHARES = st.sampled_from([1, 9_999, 1_000_000, 7_500_000, 10**12])


@dataclass
class Out:
    """An order at the venue, which knows what has not filled of it."""

    order: Take | Sell
    left_micro: int


class Life(RuleBasedStateMachine):
    """Two assets, two lengths; the venue fills and ends orders as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = START_NS
        self.trader = Trader()
        self.out: list[Out] = []
        self.bought: dict[str, int] = {}
        self.sold: dict[str, int] = {}
        self.phases: dict[str, Phase] = {}

    @initialize(
        profile=st.sampled_from(sorted(PROFILES)),
        entries=st.integers(1, 3),
        side=st.none() | st.sampled_from([Stance.LONG, Stance.SHORT]),
    )
    def begins(self, profile: str, entries: int, side: Stance | None) -> None:
        params = TraderParams(exits=PROFILES[profile], entries_per_window=entries, settle_s=2.0)
        self.trader = Trader(params)
        if side is not None:
            self.a_candle_closes(Asset.BTC, side)
            self.a_candle_closes(Asset.SOL, side)
        self.now_ns += 60 * NS

    @rule(wait_s=WAITS)
    def time_passes(self, wait_s: int) -> None:
        self.now_ns += wait_s * NS

    @rule(asset=ASSETS, side=st.sampled_from([Stance.LONG, Stance.SHORT]))
    def a_candle_closes(self, asset: Asset, side: Stance) -> None:
        steps = (self.now_ns - START_NS) // (900 * NS)
        self.trader.voted(votes(side, asset, steps=steps))

    @rule(lead=LEADS, ask=ASKS, at_once=st.booleans())
    def spot_moves(self, lead: float, ask: float, at_once: bool) -> None:
        views = [self.view(window, lead, ask) for window in self.windows()]
        held_before = set(self.trader.held)
        wanted = self.trader.enter(views, FUNDS)
        for each in wanted:
            if isinstance(each.take, Take):
                assert self.trader.worth_a_look(each.view)
                assert each.take.window.series.asset not in held_before
                assert each.has_edge or each.take.window.series.length is Length.M15
                self.trader.bought(each, each.take)
                self.leaves(each.take)
                self.phases[each.take.window.slug] = Phase.PENDING
                if at_once:
                    self.fills(self.out[-1], each.take.shares_micro)

    @rule(market=MARKETS)
    def exits_are_asked_for(self, market: tuple[float, float]) -> None:
        lead, ask = market
        self.now_ns += 3 * NS
        for window in [each.position.window for each in self.trader.holdings.values()]:
            if window.end_ns <= self.now_ns:
                continue
            view = self.view(window, lead, ask)
            is_due = self.trader.is_exit_due(view)
            answer = self.trader.leave(view)
            if isinstance(answer, Sell):
                assert is_due
                self.trader.selling(answer)
                self.leaves(answer)

    @rule(data=st.data(), share=st.sampled_from([1.0, 0.5, 0.03]))
    def an_order_fills(self, data: st.DataObject, share: float) -> None:
        if not self.out:
            return
        out = data.draw(st.sampled_from(self.out))
        self.fills(out, max(1, int(out.left_micro * share)))

    @rule(data=st.data())
    def an_order_ends(self, data: st.DataObject) -> None:
        if not self.out:
            return
        out = data.draw(st.sampled_from(self.out))
        self.out.remove(out)
        slug = out.order.window.slug
        self.trader.ended(slug, is_buy=isinstance(out.order, Take), ts_ns=self.now_ns)

    @rule(outcome=st.none() | st.sampled_from(Outcome))
    def what_is_held_resolves(self, outcome: Outcome | None) -> None:
        for window in [each.position.window for each in self.trader.holdings.values()]:
            self.now_ns = max(self.now_ns, window.end_ns)
            taught = len(self.trader.learner.lessons)
            bought = self.trader.holdings[window.slug].position.bought_micro > 0
            self.trader.resolved(window.slug, outcome, now_ns=self.now_ns)
            assert len(self.trader.learner.lessons) == taught + bought

    @rule(asset=ASSETS, length=LENGTHS, outcome=st.none() | st.sampled_from(Outcome))
    def a_window_resolves(self, asset: Asset, length: Length, outcome: Outcome | None) -> None:
        start_ns = self.now_ns - self.now_ns % (length.seconds * NS) - length.seconds * NS
        window = Window(Series(asset, length), start_ns)
        self.trader.resolved(window.slug, outcome, now_ns=self.now_ns)
        self.trader.resolved(window.slug, outcome, now_ns=self.now_ns)
        assert window.slug not in self.trader.holdings
        if outcome is not None and length is Length.M15:
            self.trader.ballot_resolved(asset, start_ns, outcome)

    @rule(asset=ASSETS, length=LENGTHS, shares=SHARES)
    def a_sale_is_heard_of_that_never_was(self, asset: Asset, length: Length, shares: int) -> None:
        slug = self.window(asset, length).slug
        holding = self.trader.holdings.get(slug)
        if holding is not None and shares <= holding.position.out_micro:
            return
        self.impossible(lambda: self.fill(slug, is_buy=False, shares=shares))
        assert self.trader.holdings.get(slug) == holding

    @rule(asset=ASSETS, length=LENGTHS, shares=SHARES)
    def a_sale_is_sent_that_cannot_be(self, asset: Asset, length: Length, shares: int) -> None:
        window = self.window(asset, length)
        holding = self.trader.holdings.get(window.slug)
        if holding is not None and shares <= holding.position.held_micro:
            return
        sale = Sell(window, Outcome.UP, shares, 5_000, "made up", "stop")
        assert self.impossible(lambda: self.trader.selling(sale))

    @rule(asset=ASSETS, length=LENGTHS)
    def a_sale_ends_that_never_was(self, asset: Asset, length: Length) -> None:
        slug = self.window(asset, length).slug
        holding = self.trader.holdings.get(slug)
        if holding is None or holding.position.phase is not Phase.CLOSING:
            self.trader.ended(slug, is_buy=False, ts_ns=self.now_ns)
            assert self.trader.holdings.get(slug) == holding

    @invariant()
    def assets_are_held_once_and_two_at_most(self) -> None:
        holdings = self.trader.holdings.values()
        assets = [each.position.window.series.asset for each in holdings]
        assert len(assets) == len(set(assets)) <= 2
        assert self.trader.held == set(assets)

    @invariant()
    def positions_are_what_filled(self) -> None:
        for slug, holding in self.trader.holdings.items():
            position = holding.position
            assert position.held_micro == self.bought.get(slug, 0) - self.sold.get(slug, 0)
            assert 0 <= position.out_micro <= position.held_micro
            assert position.phase is not Phase.CLOSED

    @invariant()
    def lives_take_legal_steps(self) -> None:
        for slug, holding in self.trader.holdings.items():
            now, before = holding.position.phase, self.phases.get(slug)
            assert before is now or now in LEGAL[before or Phase.PENDING]
            self.phases[slug] = now
        for slug in self.phases.keys() - self.trader.holdings.keys():
            del self.phases[slug]
            rest = self.bought.pop(slug, 0) - self.sold.pop(slug, 0)
            assert rest >= 0

    @invariant()
    def every_closed_position_taught_once(self) -> None:
        slugs = [each.slug for each in self.trader.learner.lessons]
        most = self.trader.params.entries_per_window
        assert all(slugs.count(slug) <= most for slug in slugs)

    def leaves(self, order: Take | Sell) -> None:
        if isinstance(order, Sell):
            held = self.trader.holdings[order.window.slug].position.held_micro
            assert order.shares_micro <= held
            assert order.shares_micro % SIZE_STEP_MICRO == 0
        self.out.append(Out(order, order.shares_micro))

    def fills(self, out: Out, shares: int) -> None:
        slug, is_buy = out.order.window.slug, isinstance(out.order, Take)
        known = slug in self.trader.holdings
        self.fill(slug, is_buy=is_buy, shares=shares)
        out.left_micro -= shares
        if known:
            counted = self.bought if is_buy else self.sold
            counted[slug] = counted.get(slug, 0) + shares
        if not out.left_micro:
            self.out.remove(out)

    def fill(self, slug: str, *, is_buy: bool, shares: int) -> None:
        money = shares // 2
        self.trader.filled(
            slug, is_buy=is_buy, shares_micro=shares, money_micro=money, ts_ns=self.now_ns
        )

    def impossible(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except DomainError:
            return True
        return False

    def windows(self) -> list[Window]:
        both = (Asset.BTC, Asset.SOL), (Length.M5, Length.M15)
        return [self.window(asset, length) for asset in both[0] for length in both[1]]

    def window(self, asset: Asset, length: Length) -> Window:
        start_ns = self.now_ns - self.now_ns % (length.seconds * NS)
        return Window(Series(asset, length), start_ns)

    def view(self, window: Window, lead: float, ask: float) -> View:
        at_s = (self.now_ns - START_NS) / NS
        return a_view(at_s, window=window, lead=lead, ask=ask)


Life.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
TestLife = Life.TestCase
