"""Positions lived through at random: what must hold whatever fills, moves and refusals come."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from polybot.decisions.exits.decide import Market, decide
from polybot.decisions.exits.params import PROFILES
from polybot.decisions.exits.phase import LEGAL, Phase
from polybot.decisions.exits.position import Position
from polybot.decisions.intents import Sell
from polybot.decisions.limits import slippage_allowed_e4
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS
from polybot.domain.tick import SIZE_STEP_MICRO
from tests.decisions.exits.world import RULES, WINDOW, pending

SIZES = [1, 9_999, 2_000_001, 15_000_000, 200_000_000]
BIDS = st.lists(
    st.builds(Level, st.integers(1_000, 9_900), st.sampled_from(SIZES)), min_size=1, max_size=3
).map(lambda bids: tuple(sorted(bids, reverse=True)))
FAIRS = st.sampled_from([None, 0.0, 0.5, 0.9])
MOVES = st.sampled_from([-3.0, -1.0, -0.1, 0.0, 0.1, 0.35, 0.6, 1.2, 2.5, 4.5])


class Lifecycle(RuleBasedStateMachine):
    """A position, while spot, the clock and the bids for its token move as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.position: Position = pending()
        self.now_ns = WINDOW.start_ns
        self.spot = 100_000.0
        self.params = PROFILES["parts"]
        self.filled = 0

    def become(self, after: Position) -> None:
        before = self.position
        assert after.phase is before.phase or after.phase in LEGAL[before.phase]
        self.position = after

    @initialize(
        name=st.sampled_from(sorted(PROFILES)),
        outcome=st.sampled_from(Outcome),
        shares=st.sampled_from([0, 9_999, 3_000_000, 20_000_000, 100_000_001]),
    )
    def begins(self, name: str, outcome: Outcome, shares: int) -> None:
        self.params = PROFILES[name]
        self.position = replace(self.position, outcome=outcome)
        if shares:
            self.buy_fills(shares=shares, delay_s=0)

    @rule(shares=st.sampled_from(SIZES), delay_s=st.integers(0, 10))
    @precondition(lambda self: self.position.phase in (Phase.PENDING, Phase.OPEN))
    @precondition(lambda self: self.position.sold_micro == 0)
    def buy_fills(self, shares: int, delay_s: int) -> None:
        settled_ns = self.now_ns + delay_s * NS
        self.become(
            self.position.bought(
                shares, paid_micro=shares // 2, ts_ns=self.now_ns, settled_ns=settled_ns
            )
        )

    @rule()
    @precondition(lambda self: self.position.phase is not Phase.CLOSED)
    def purchase_ends(self) -> None:
        self.become(self.position.entry_ended())

    @rule(percent=MOVES, seconds=st.integers(1, 20), bids=BIDS, fair=FAIRS)
    def decides(
        self, percent: float, seconds: int, bids: tuple[Level, ...], fair: float | None
    ) -> None:
        self.now_ns += seconds * NS
        self.spot = 100_000.0 * (1 + percent / 100)
        self.become(self.position.seen(self.spot))
        market = Market(
            now_ns=self.now_ns, spot=self.spot, book=Book(bids=bids), rules=RULES, fair=fair
        )
        answer = decide(self.position, market, self.params)
        if isinstance(answer, Sell):
            assert answer.shares_micro <= self.position.held_micro
            assert answer.shares_micro % SIZE_STEP_MICRO == 0
            assert self.now_ns >= self.position.settled_ns
            assert self.now_ns < WINDOW.end_ns
            assert answer.limit_e4 >= bids[0].price_e4 - slippage_allowed_e4(
                RULES, bids[0].price_e4
            )
            # Seen from the other token a sale is a purchase, and both together are worth 1.
            mirrored = market.book.mirror.taking(answer.shares_micro)
            assert mirrored is not None
            assert answer.shares_micro - mirrored.cost_micro >= 1_000_000 - len(bids)
            self.become(self.position.selling(answer.shares_micro))

    @rule(share=st.floats(0, 1))
    @precondition(lambda self: self.position.phase is Phase.CLOSING)
    def sale_fills(self, share: float) -> None:
        shares = max(1, int(self.position.out_micro * share))
        self.filled += shares
        self.become(self.position.sold(shares, earned_micro=shares // 2))

    @rule()
    def sale_ends(self) -> None:
        self.become(self.position.sale_ended())

    @rule()
    @precondition(lambda self: self.now_ns >= WINDOW.end_ns)
    @precondition(lambda self: self.position.phase is not Phase.CLOSED)
    def resolves(self) -> None:
        self.become(self.position.resolved(earned_micro=self.position.held_micro))
        assert self.position.held_micro == 0

    @invariant()
    def never_more_is_sold_than_was_bought(self) -> None:
        position = self.position
        assert position.sold_micro == self.filled <= position.bought_micro

    @invariant()
    def parts_and_rest_sum_to_the_whole(self) -> None:
        position = self.position
        parts = position.sold_micro + position.resolved_micro + position.held_micro
        assert parts == position.bought_micro
        assert min(position.sold_micro, position.resolved_micro, position.held_micro) >= 0

    @invariant()
    def a_sale_is_out_only_while_closing(self) -> None:
        position = self.position
        assert (position.out_micro > 0) is (position.phase is Phase.CLOSING)
        assert position.out_micro <= position.held_micro

    @invariant()
    def a_closed_position_holds_dust_at_most(self) -> None:
        if self.position.phase is Phase.CLOSED:
            assert self.position.held_micro < SIZE_STEP_MICRO


Lifecycle.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestLifecycle = Lifecycle.TestCase
