"""Whether the cash of a run adds up to the micro-pUSD."""

from dataclasses import dataclass

from polybot.domain.money import cost_micro
from polybot.reports.evidence import Evidence


@dataclass(frozen=True, slots=True)
class MoneyCheck:
    """Start + sold - bought - fees + payouts should be the end; micro-pUSD."""

    start_micro: int
    bought_micro: int
    sold_micro: int
    fees_micro: int
    payouts_micro: int
    end_micro: int

    @property
    def missing_micro(self) -> int:
        """End minus what the bookings give; zero when the cash is exact."""
        booked = self.start_micro - self.bought_micro + self.sold_micro
        return self.end_micro - (booked - self.fees_micro + self.payouts_micro)


def money_check(evidence: Evidence) -> MoneyCheck:
    """The bookings of a run, fill by fill and payout by payout."""
    bought = sold = 0
    for fill in evidence.fills:
        cost = cost_micro(fill.price_e4, fill.size_micro)
        bought, sold = (bought + cost, sold) if fill.is_buy else (bought, sold + cost)
    return MoneyCheck(
        start_micro=evidence.run.start_pusd_micro,
        bought_micro=bought,
        sold_micro=sold,
        fees_micro=sum(fill.fee_micro for fill in evidence.fills),
        payouts_micro=sum(window.payout_micro for window in evidence.windows),
        end_micro=evidence.run.end_pusd_micro,
    )
