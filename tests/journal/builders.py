"""Small records, and journals of them."""

import secrets
import sys
from pathlib import Path

from hypothesis import strategies as st

from polybot.domain.outcome import TokenSide
from polybot.journal.chain import START, Entry, Line, seal, walk
from polybot.journal.journal import Journal
from polybot.journal.records import (
    Cash,
    Decision,
    Fill,
    FillStatus,
    Intent,
    LimitChange,
    OperatorAction,
    OrderChange,
    Record,
    Refusal,
    Settlement,
    SystemEvent,
)
from polybot.journal.store.backend import Backend
from polybot.journal.store.sqlite import SqliteBackend
from polybot.seam.clock import ManualClock

SLUG = "btc-updown-5m-1776081600"
NOW = 1_776_081_600 * 10**9
PUSD = 1_000_000


def an_intent(id_: str = "o1", *, slug: str = SLUG, token: TokenSide = TokenSide.UP) -> Intent:
    return Intent(
        id=id_, slug=slug, token=token, way="buy", price_e4=4_700, size_micro=10 * PUSD, why="lag"
    )


def a_fill(id_: str = "f1", *, order: str = "o1", way: str = "buy", **changes: object) -> Fill:
    fields: dict[str, object] = {
        "id": id_,
        "order_id": order,
        "slug": SLUG,
        "token": TokenSide.UP,
        "way": way,
        "price_e4": 4_700,
        "size_micro": 10 * PUSD,
        "fee_micro": 174_370,
    }
    return Fill(**(fields | changes))  # type: ignore[arg-type]


def a_change(id_: str = "o1", state: str = "filled", *, is_open: bool = False) -> OrderChange:
    return OrderChange(id=id_, state=state, open=is_open)


def an_opening(pusd: int = 1_000) -> Cash:
    return Cash(what="opening", amount_micro=pusd * PUSD)


def a_payout(up_e6: int = 1_000_000, slug: str = SLUG) -> Settlement:
    payouts = {TokenSide.UP: up_e6, TokenSide.DOWN: 1_000_000 - up_e6}
    return Settlement(slug=slug, payouts_e6=payouts)


def a_kill(reason: str = "smoke") -> OperatorAction:
    return OperatorAction(what="kill", actor="anna", reason=reason)


def a_release(reason: str = "fan replaced") -> OperatorAction:
    return OperatorAction(what="release", actor="anna", reason=reason)


def sealed(*records: Record, ts_ns: int = NOW) -> list[Line]:
    head, lines = START, []
    for record in records:
        lines.append(seal(head, ts_ns, record))
        head = lines[-1].head
    return lines


def entries(*records: Record) -> list[Entry]:
    return list(walk(sealed(*records)))


def opened(backend: Backend, clock: ManualClock | None = None) -> Journal:
    return Journal.open(backend, clock or ManualClock(NOW))


def a_file(folder: Path) -> SqliteBackend:
    return SqliteBackend(folder / "state" / "journal.db")


def say(text: str) -> None:
    """Shown by ``pytest -s``."""
    sys.stdout.write(f"{text}\n")


def unused() -> str:
    return f"t{secrets.token_hex(6)}"


_ids = st.sampled_from(["a", "b", "c", "d"])
_slugs = st.sampled_from([SLUG, "sol-updown-15m-1776081600"])
_sides = st.sampled_from([TokenSide.UP, TokenSide.DOWN])
_ways = st.sampled_from(["buy", "sell"])
_amounts = st.integers(1, 50 * PUSD)
_prices = st.integers(1, 9_999)
_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)

RECORDS = st.one_of(
    st.builds(
        Intent,
        id=_ids,
        slug=_slugs,
        token=_sides,
        way=_ways,
        price_e4=_prices,
        size_micro=_amounts,
        why=_texts,
    ),
    st.builds(Refusal, id=_ids, rule=st.sampled_from(["OneWindow", "Spread"]), sentence=_texts),
    st.builds(
        OrderChange,
        id=_ids,
        state=st.sampled_from(["open", "filled", "unknown"]),
        open=st.booleans(),
        reason=_texts,
    ),
    st.builds(
        Fill,
        id=st.sampled_from([f"f{number}" for number in range(8)]),
        order_id=_ids,
        slug=_slugs,
        token=_sides,
        way=_ways,
        price_e4=_prices,
        size_micro=_amounts,
        fee_micro=st.integers(0, PUSD),
    ),
    st.builds(
        FillStatus,
        fill_id=st.sampled_from([f"f{number}" for number in range(8)]),
        status=st.sampled_from(["confirmed", "failed"]),
    ),
    st.builds(a_payout, st.sampled_from([0, 500_000, 1_000_000]), _slugs),
    st.builds(
        Cash,
        what=st.sampled_from(["deposit", "withdrawal", "rebate"]),
        amount_micro=st.integers(-PUSD, 100 * PUSD),
    ),
    st.builds(Decision, slug=_slugs, action=st.just("take"), reasons=st.tuples(_texts)),
    st.builds(LimitChange, name=_ids, value=_ids, actor=_texts, reason=_texts),
    st.builds(a_kill, _texts),
    st.builds(a_release, _texts),
    st.builds(SystemEvent, what=st.just("alert"), text=_texts),
)
HISTORIES = st.lists(RECORDS, min_size=1, max_size=30)
