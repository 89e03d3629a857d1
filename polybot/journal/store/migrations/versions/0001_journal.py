"""The journal, and the tables projected from it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "journal",
        sa.Column("seq", big, primary_key=True),
        _count("ts_ns"),
        _text("kind", 20),
        _text("prev", 64),
        _text("hash", 64),
        _text("record"),
    )
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True),
        _count("seq"),
        _text("hash", 64),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.String(200), primary_key=True),
        *map(_count, ("sent_ns", "changed_ns")),
        *(_text(name, size) for name, size in (("slug", 200), ("token", 4), ("way", 4))),
        sa.Column("price_e4", sa.Integer, nullable=False),
        _count("size_micro"),
        *map(_text, ("strategy", "why")),
        _text("state", 200),
        sa.Column("open", sa.Boolean, nullable=False),
        _text("venue_id"),
        *map(_count, ("filled_micro", "paid_micro", "fee_micro", "slippage_e4", "pnl_micro")),
        _text("reason"),
    )
    op.create_table(
        "trades",
        sa.Column("id", big, primary_key=True),
        *(_text(name, size) for name, size in (("slug", 200), ("token", 4))),
        _count("opened_ns"),
        sa.Column("closed_ns", sa.BigInteger),
        *map(_text, ("strategy", "why")),
        *map(_count, ("bought_micro", "sold_micro", "paid_micro", "got_micro")),
        *map(_count, ("fee_micro", "pnl_micro")),
        _text("how", 20),
    )
    op.create_table(
        "daily_metrics",
        sa.Column("day", sa.String(10), primary_key=True),
        *map(_count, ("orders", "refusals", "fills", "voided", "closed", "wins", "losses")),
        *map(_count, ("volume_micro", "fee_micro", "pnl_micro", "equity_micro")),
    )
    op.create_table(
        "equity_curve",
        sa.Column("seq", big, primary_key=True),
        *map(_count, ("ts_ns", "cash_micro", "equity_micro")),
    )
    op.create_table(
        "system_events",
        sa.Column("seq", big, primary_key=True),
        _count("ts_ns"),
        _text("kind", 20),
        *map(_text, ("what", "actor", "text")),
    )


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str, size: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(size) if size else sa.Text(), nullable=False)
