"""``reference-csv``: prints of the settlement feed, one a line, with receipt and venue times."""

import re
from collections.abc import Iterator

from polybot.domain.asset import Asset
from polybot.errors import CatalogError, DecodeError
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.importers.table import Row, row_decoder
from polybot.recording.observations import Observation, ReferencePrinted
from polybot.wire.decimals import whole_number
from polybot.wire.times import ms_text_to_ns

_COLUMNS = ("feed_ts_ms", "full_accuracy_value", "recv_ms")
_NAMED = re.compile(rf"({'|'.join(Asset)})(?![a-z]*[a-z]{{6}})", re.IGNORECASE)


def _decoder(context: Context) -> Decode:
    asset = context.asset or _asset_of(context)

    def meaning(row: Row) -> Iterator[Observation]:
        value = whole_number(row["full_accuracy_value"], "full_accuracy_value")
        if value == 0:
            raise DecodeError("full_accuracy_value is 0: the feed has no value to give")
        yield ReferencePrinted(
            received_ns=ms_text_to_ns(row["recv_ms"]),
            venue_ns=ms_text_to_ns(row["feed_ts_ms"]),
            asset=asset,
            averaging_s=context.averaging_s,
            value_e18=value,
        )

    return row_decoder(_COLUMNS, meaning)


def _asset_of(context: Context) -> Asset:
    match = _NAMED.match(context.file.name)
    if match is None:
        raise CatalogError(
            f"{context.file.name} does not begin with an asset: say which with --asset btc"
        )
    return Asset(match[1].lower())


REFERENCE_CSV = Format(name="reference-csv", records=lines, decoder=_decoder)
