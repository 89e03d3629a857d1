"""The tables: the journal itself, and those projected from it for people to query.

Only ``journal`` and ``journal_head`` count. The others can be made again from them.
"""

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, String, Table, Text

metadata = MetaData()

journal = Table(
    "journal",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("ts_ns", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("record", Text, nullable=False),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("sent_ns", BigInteger, nullable=False),
    Column("changed_ns", BigInteger, nullable=False),
    Column("slug", String(200), nullable=False),
    Column("token", String(4), nullable=False),
    Column("way", String(4), nullable=False),
    Column("price_e4", Integer, nullable=False),
    Column("size_micro", BigInteger, nullable=False),
    Column("strategy", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", String(200), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("venue_id", Text, nullable=False),
    Column("filled_micro", BigInteger, nullable=False),
    Column("paid_micro", BigInteger, nullable=False),
    Column("fee_micro", BigInteger, nullable=False),
    Column("slippage_e4", BigInteger, nullable=False),
    Column("pnl_micro", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)

trades = Table(
    "trades",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("slug", String(200), nullable=False),
    Column("token", String(4), nullable=False),
    Column("opened_ns", BigInteger, nullable=False),
    Column("closed_ns", BigInteger),
    Column("strategy", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("bought_micro", BigInteger, nullable=False),
    Column("sold_micro", BigInteger, nullable=False),
    Column("paid_micro", BigInteger, nullable=False),
    Column("got_micro", BigInteger, nullable=False),
    Column("fee_micro", BigInteger, nullable=False),
    Column("pnl_micro", BigInteger, nullable=False),
    Column("how", String(20), nullable=False),
)

daily_metrics = Table(
    "daily_metrics",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("orders", BigInteger, nullable=False),
    Column("refusals", BigInteger, nullable=False),
    Column("fills", BigInteger, nullable=False),
    Column("voided", BigInteger, nullable=False),
    Column("closed", BigInteger, nullable=False),
    Column("wins", BigInteger, nullable=False),
    Column("losses", BigInteger, nullable=False),
    Column("volume_micro", BigInteger, nullable=False),
    Column("fee_micro", BigInteger, nullable=False),
    Column("pnl_micro", BigInteger, nullable=False),
    Column("equity_micro", BigInteger, nullable=False),
)

equity_curve = Table(
    "equity_curve",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("ts_ns", BigInteger, nullable=False),
    Column("cash_micro", BigInteger, nullable=False),
    Column("equity_micro", BigInteger, nullable=False),
)

system_events = Table(
    "system_events",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("ts_ns", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("what", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("text", Text, nullable=False),
)

PROJECTED = (orders, trades, daily_metrics, equity_curve, system_events)
