"""Every change of the venue's rules that we know the date of, as far as read on 2026-11-21."""

from typing import Final

from polybot.domain.asset import Asset
from polybot.domain.rulebook.changes.fees import FEES
from polybot.domain.rulebook.changes.orders import HOLDS, SIZES
from polybot.domain.rulebook.changes.settlement import PROTOCOLS, SETTLEMENTS
from polybot.domain.series import Length

TABLE: Final = (*FEES, *SIZES, *HOLDS, *SETTLEMENTS, *PROTOCOLS)

FIRST_WINDOWS: Final = {
    (Asset.BTC, Length.M15): "2025-10-11",
    (Asset.ETH, Length.M15): "2025-10-11",
    (Asset.SOL, Length.M15): "2025-10-27",
    (Asset.XRP, Length.M15): "2025-10-27",
    (Asset.BTC, Length.M5): "2026-02-12",
    (Asset.ETH, Length.M5): "2026-02-18",
    (Asset.SOL, Length.M5): "2026-02-18",
    (Asset.XRP, Length.M5): "2026-02-18",
}
"""Reported starts; 1h and 4h are older than the rulebook or their start is not known."""
