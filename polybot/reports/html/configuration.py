"""What ran: the parameters, the versions, the catalogs and the hashes that a repeat must give."""

from polybot.reports.evidence import Evidence
from polybot.reports.html.text import esc, section, side_by_side, table


def configuration_section(evidence: Evidence) -> str:
    """Parameters and hashes."""
    run = evidence.run
    params = [(esc(name), f"<code>{esc(value)}</code>") for name, value in flat(run.params)]
    return section(
        "configuration",
        "Configuration and hashes",
        side_by_side(
            table("Parameters", ("Name", "Value"), params, text_columns=(0, 1)),
            table("Identity", ("", ""), _identity(evidence), text_columns=(0, 1)),
        ),
    )


def flat(values: dict[str, object], prefix: str = "") -> list[tuple[str, object]]:
    """Nested settings as dotted names in order."""
    found: list[tuple[str, object]] = []
    for name in sorted(values):
        value = values[name]
        if isinstance(value, dict):
            found += flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found


def _identity(evidence: Evidence) -> list[tuple[str, str]]:
    run = evidence.run
    facts = [
        ("Run", run.run_id),
        ("Strategy", run.strategy),
        ("polybot", run.polybot_version),
        ("NautilusTrader", run.engine_version),
        ("Variants tried", str(run.variants_tried)),
        *((f"Catalog {name}", digest) for name, digest in sorted(run.catalogs.items())),
        ("Decisions", evidence.decision_hash),
        ("Orders", evidence.order_hash),
        ("Fills", evidence.fill_hash),
    ]
    return [(esc(name), f'<span class="hash">{esc(value)}</span>') for name, value in facts]
