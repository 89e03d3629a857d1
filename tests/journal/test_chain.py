import json
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given

from polybot.errors import JournalError
from polybot.journal.chain import GENESIS, START, Line, check, seal, walk
from polybot.journal.records import KINDS, Decision, Intent, Record
from tests.journal.builders import HISTORIES, NOW, a_kill, an_intent, an_opening, sealed


def test_the_hash_is_that_of_canonical_json_written_without_us() -> None:
    line = seal(START, NOW, an_intent())
    whole = {
        "seq": 1,
        "ts_ns": NOW,
        "prev": GENESIS,
        "record": {
            "kind": "intent", "id": "o1", "slug": "btc-updown-5m-1776081600", "token": "up",
            "way": "buy", "price_e4": 4700, "size_micro": 10000000, "order_type": "",
            "strategy": "", "why": "lag", "digest": "",
        },
    }  # fmt: skip

    canonical = json.dumps(whole, separators=(",", ":"), sort_keys=True, ensure_ascii=False)

    # Inside the record msgspec keeps the fields in the order of their struct.
    assert json.loads(line.record) == whole["record"]
    outer = canonical.replace(
        json.dumps(whole["record"], separators=(",", ":"), sort_keys=True), ""
    )
    assert outer == f'{{"prev":"{GENESIS}","record":,"seq":1,"ts_ns":{NOW}}}'
    assert (
        line.hash
        == sha256(outer.replace('"record":', f'"record":{line.record}').encode()).hexdigest()
    )


@given(HISTORIES)
def test_what_is_sealed_is_read_back(records: list[Record]) -> None:
    assert [entry.record for entry in walk(sealed(*records))] == records


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"seq": 3}, "the next one stored is 3", id="missing"),
        pytest.param({"prev": "f" * 64}, "it follows 'ff", id="prev"),
        pytest.param({"ts_ns": NOW + 1}, "its content has", id="time"),
        pytest.param({"record": "{}"}, "its content has", id="record"),
        pytest.param({"hash": "0" * 64}, "its hash is stored as '00", id="hash"),
        pytest.param({"kind": "intent"}, "its kind is stored as 'intent'", id="kind"),
    ],
)
def test_a_line_that_was_altered_is_refused_with_its_seq(
    changes: dict[str, object], says: str
) -> None:
    first, second = sealed(an_opening(), a_kill())

    with pytest.raises(JournalError, match=rf"damaged at record 2: .*{says}"):
        check(first.head, Line(**(second._asdict() | changes)))  # type: ignore[arg-type]


def test_swapped_lines_are_refused() -> None:
    one, two, three = sealed(an_opening(), a_kill(), an_intent())

    with pytest.raises(JournalError, match="record 2: the next one stored is 3"):
        list(walk([one, three, two]))


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(Decision(slug="s", action="take", numbers={"edge": float("nan")}), id="nan"),
        pytest.param(msgspec.structs.replace(an_intent(), id="\ud800"), id="surrogate"),
        pytest.param(msgspec.structs.replace(an_intent(), size_micro=-1), id="negative"),
        pytest.param(msgspec.structs.replace(an_intent(), size_micro=1 << 70), id="too-large"),
        pytest.param(msgspec.structs.replace(an_intent(), id=""), id="no-id"),
        pytest.param(msgspec.structs.replace(an_intent(), price_e4=0.47), id="float"),
    ],
)
def test_what_could_not_be_read_back_is_not_sealed(record: Intent) -> None:
    with pytest.raises(JournalError, match="cannot be journaled"):
        seal(START, NOW, record)


def test_an_instant_outside_of_time_is_not_sealed() -> None:
    with pytest.raises(JournalError, match="set the clock"):
        seal(START, -1, a_kill())


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind.__struct_config__.tag for kind in KINDS}) == len(KINDS)
