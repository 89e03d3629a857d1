"""What is masked before anybody sees it."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.config.secrets import MASK, Secret
from polybot.observability.redaction import Redactor

HEX = "5e" * 32
SECRETS = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="*"),
    min_size=8,
    max_size=40,
)


def a_secret(value: str) -> Secret:
    return Secret("POLYBOT_API_SECRET", value)


@given(SECRETS, st.text(max_size=10), st.text(max_size=10))
def test_a_known_secret_is_masked_anywhere_in_a_text(value: str, before: str, after: str) -> None:
    assert value not in Redactor([a_secret(value)]).text(before + value + after)


@pytest.mark.parametrize(
    "spell", [json.dumps, quote, repr, str.upper, lambda text: json.dumps(text, ensure_ascii=False)]
)
def test_a_known_secret_is_masked_in_other_spellings(spell: Callable[[str], str]) -> None:
    value = '0xabc"é+/\\def'

    assert "def" not in Redactor([a_secret(value)]).text(spell(value)).lower()


def test_a_private_key_is_masked_without_its_prefix() -> None:
    assert Redactor([a_secret("0x" + HEX)]).text(f"a{HEX}b") == f"a{MASK}b"


def test_a_secret_that_is_learnt_later_is_masked_from_then_on() -> None:
    redactor = Redactor()
    redactor.learn(a_secret("learnt later"))

    assert redactor.text("it is learnt later") == f"it is {MASK}"


@pytest.mark.parametrize(
    "text",
    [
        f"key 0x{HEX} end",
        f"key {HEX} end",
        f"'{HEX}'",
        "secret " + "q" * 43 + "=",
        "postgresql://me:qqq@db/x",
        "Authorization: Bearer qqqqqqqqqq",
        "authorization: Basic qqqq",
        "{'POLY_SIGNATURE': 'qqq', 'a': 1}",
        '{"POLY_API_KEY":"qqq"}',
        "POLY-PASSPHRASE=qqq",
        "x-api-key: qqq",
        "Cookie: qqq",
        "https://host/path?access_token=qqq&x=1",
        "api_secret=qqq",
        r"{\"passphrase\": \"qqq\"}",
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str) -> None:
    shown = Redactor().text(text)

    assert MASK in shown
    assert "qqq" not in shown
    assert HEX not in shown


@pytest.mark.parametrize(
    "text",
    ["up token: 0.55", "BTC 5m window", "btc-updown-5m-1786104000", "a 20-byte 0x" + "ab" * 20],
)
def test_ordinary_words_stay(text: str) -> None:
    assert Redactor().text(text) == text


@pytest.mark.parametrize("name", ["api_key", "POLY_SIGNATURE", "Authorization", "db_password"])
def test_a_value_under_a_secret_name_is_masked(name: str) -> None:
    assert Redactor().value({name: "q"}) == {name: MASK}


def test_a_public_id_of_the_same_shape_stays() -> None:
    assert Redactor().value({"condition_id": "0x" + HEX}) == {"condition_id": "0x" + HEX}


def test_a_known_secret_is_masked_even_as_a_public_id() -> None:
    redactor = Redactor([a_secret("0x" + HEX)])

    assert redactor.value({"order_id": "0x" + HEX}) == {"order_id": MASK}


def test_a_secret_across_the_cut_of_a_long_text_is_masked() -> None:
    redactor = Redactor([a_secret("canary-in-the-mine")])

    assert "canary" not in str(redactor.value("x" * 3_990 + "canary-in-the-mine" + "x" * 99))


def test_a_value_without_end_is_cut() -> None:
    endless: list[object] = []
    endless.append(endless)

    assert "..." in str(Redactor().value(endless))
