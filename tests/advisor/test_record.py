import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.advisor.advice import Action, Advice, Failure, NoAdvice, Verdict
from polybot.advisor.record import Call, Recorder, call_of, read_calls
from polybot.errors import DataError
from tests.advisor.world import a_question, an_advice


def a_call(verdict: Verdict | None = None, **changes: Any) -> Call:
    return call_of(
        a_question(**changes), verdict or an_advice(), model="fake", latency_ns=7, refused=("{}",)
    )


def test_what_was_written_is_read_in_order(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "calls.jsonl")
    calls = [a_call(), a_call(NoAdvice(Failure.LATE, "slow")), a_call(asked_ns=9)]

    for call in calls:
        recorder.add(call)

    assert read_calls(recorder.path) == calls


advices = st.builds(
    Advice,
    action=st.sampled_from(Action),
    confidence=st.floats(0, 100),
    reasons=st.lists(st.text(min_size=1, max_size=240), min_size=1, max_size=5).map(tuple),
    veto=st.booleans(),
)


@given(advices)
def test_advice_comes_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, advice: Advice
) -> None:
    recorder = Recorder(tmp_path_factory.mktemp("run") / "calls.jsonl")

    recorder.add(a_call(advice))

    assert read_calls(recorder.path)[0].answer.verdict == advice


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "calls.jsonl")

    assert stat.S_IMODE(recorder.path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_continued(tmp_path: Path) -> None:
    path = Recorder(tmp_path / "calls.jsonl").path

    with pytest.raises(DataError, match="cannot be created"):
        Recorder(path)


def test_after_a_failed_line_nothing_more_is_written(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "calls.jsonl")
    recorder.path.unlink()
    recorder.path.mkdir()
    with pytest.raises(DataError, match="cannot be written"):
        recorder.add(a_call())
    recorder.path.rmdir()

    with pytest.raises(DataError, match="start another file"):
        recorder.add(a_call())


def test_a_last_line_that_was_cut_off_never_happened(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "calls.jsonl")
    recorder.add(a_call())
    with recorder.path.open("ab") as file:
        file.write(b'{"version":1,"slug":"btc')

    assert read_calls(recorder.path) == [a_call()]


def _line(**changes: object) -> bytes:
    import msgspec

    return msgspec.json.encode({**msgspec.to_builtins(a_call()), **changes})


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"what?", id="prose"),
        pytest.param(_line(version=2), id="another version"),
        pytest.param(_line(stake=1), id="unknown field"),
        pytest.param(_line(advice=None), id="neither advice nor failure"),
        pytest.param(_line(failure={"failure": "late", "reason": ""}), id="both"),
        pytest.param(_line(latency_ns=-1), id="answered before it was asked"),
        pytest.param(_line(prompt_sha256="abc"), id="no hash"),
        pytest.param(
            _line(advice={"action": "long", "confidence": 101, "reasons": ["x"]}), id="too sure"
        ),
    ],
)
def test_a_line_that_is_no_call_is_named(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(_line() + b"\n" + line + b"\n")

    with pytest.raises(DataError, match="line 2 is not a call"):
        read_calls(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_calls(tmp_path / "calls.jsonl")


def test_the_request_is_another_for_another_model_or_prompt() -> None:
    other_model = call_of(a_question(), an_advice(), model="other", latency_ns=7, refused=("{}",))

    hashes = {each.request_sha256 for each in (a_call(), other_model, a_call(prompt="other"))}

    assert len(hashes) == 3
