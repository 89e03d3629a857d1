"""From bytes to values, and from bytes to Nautilus objects."""

from collections.abc import Iterator

from benchmarks import isolated
from benchmarks.plan import Plan
from benchmarks.rows import Row, row

_PLAIN = "msgspec.json.decode, same bytes"


def rows(plan: Plan) -> Iterator[Row]:
    """One row a kind of message, then the way to Nautilus."""
    plan.say("decoding")
    for kind in isolated.run("decoding", quick=plan.quick)["kinds"]:
        yield row(
            "decode and check, one core",
            f"{kind['kind']} ({kind['source']})",
            measured=kind["ours"],
            unit="msg/s",
            against=_PLAIN,
            baseline=kind["plain"],
            ratio=kind["ratio"],
        )
    plan.say("objects")
    found = isolated.run("objects", quick=plan.quick)
    for kind, source in (("book", found["source"]), ("price_change", "made up")):
        pace = found[kind]
        yield row(
            "venue bytes to Nautilus objects, one core",
            f"{kind}: decode, compare, build ({source})",
            measured=pace["ours"],
            unit="diff/s",
            against=_PLAIN,
            baseline=pace["plain"],
            ratio=pace["ratio"],
            at_least=120_000,
        )
