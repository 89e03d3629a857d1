"""How long a report takes from evidence to one HTML page."""

from pathlib import Path
from typing import Any

import msgspec

from benchmarks.timing import seconds
from polybot.reports.evidence import Evidence
from polybot.reports.html.page import render_html
from polybot.reports.summary import summarise


def measure(evidence: str) -> dict[str, Any]:
    """Seconds to summarise and to render, and to write the same evidence as plain JSON."""
    found = msgspec.json.decode(Path(evidence).read_bytes(), type=Evidence)
    page: list[str] = []
    taken = seconds(lambda: page.append(render_html(found, summarise(found))))
    plain = seconds(lambda: msgspec.json.encode(found))
    return {
        "seconds": taken,
        "plain_s": plain,
        "windows": len(found.windows),
        "fills": len(found.fills),
        "bytes": len(page[0]),
    }
