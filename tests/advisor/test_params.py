from typing import Any

import msgspec
import pytest

from polybot.advisor.params import AdvisorParams
from polybot.errors import ConfigError


def test_the_advisor_is_off_by_default() -> None:
    assert not AdvisorParams().enabled


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({"enabled": True}, "`model` must be set", id="no model"),
        pytest.param({"deadline_s": 60}, "`deadline_s` must be below", id="deadline too long"),
        pytest.param({"model_params": {"api_key": "x"}}, "no secret", id="secret by its name"),
        pytest.param({"model_params": {"url": "ab" * 32}}, "no secret", id="secret by its shape"),
    ],
)
def test_refuses_what_cannot_work(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        msgspec.convert(settings, AdvisorParams)


@pytest.mark.parametrize(
    "settings",
    [
        {"enable": True},
        {"retries": 2},
        {"weak_share": 1.5},
        {"min_confidence": 101},
        {"deadline_s": 0},
        {"on_failure": "double"},
    ],
    ids=["a typo", "two retries", "more than wanted", "confidence", "no time", "fallback"],
)
def test_refuses_what_is_out_of_range(settings: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(settings, AdvisorParams)


def test_a_secret_is_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        AdvisorParams(model_params={"api_key": "canary"})

    assert "canary" not in str(caught.value)
