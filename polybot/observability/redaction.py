"""Keeps secrets out of everything that is shown: known values, and whatever looks like one."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from polybot.config.leaks import SHAPES, is_public_name, is_secret_name
from polybot.config.secrets import MASK, Secret
from polybot.observability.text import plain, printable, shortened

_HEADER = re.compile(
    r"(?i)\b((?:proxy-)?authorization|set-cookie|cookie|poly[_-][a-z0-9_-]{1,40}|x-api-key"
    r"|(?:[a-z0-9]{1,20}[_-]){0,3}(?:secret|passphrase|password|private[_-]?key|api[_-]?key)"
    r"|(?:auth|bearer|access|refresh|api)[_-]?token)"
    r"(\\?[\"']?\s*[:=]\s*)"
    r"(\\?\"[^\"]*\"?|\\?'[^']*'?|(?:bearer|basic)\s+[^\s,;}&]+|[^\s,;}&]+)"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}")
_DEPTH = 6
_ITEMS = 200


class Redactor:
    """Masks the secrets it has learnt, in any text and in any value on its way to a log."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: Secret) -> None:
        """Mask this one too from now on, in every spelling that a log may give it."""
        self._known |= _spellings(secret.reveal())
        longest_first = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = self._without_known(text)
        for shape in SHAPES:
            text = shape.sub(MASK, text)
        text = _HEADER.sub(rf"\1\2{MASK}", text)
        return _BEARER.sub(rf"\1 {MASK}", text)

    def value(self, value: object, name: str = "", depth: int = 0) -> object:
        """The value as plain JSON without secrets; ``name`` is the key it stands under.

        Anything that is not JSON becomes its ``repr``, whatever that does.
        """
        if name and is_secret_name(name) and not isinstance(value, bool | None):
            return MASK
        if depth > _DEPTH:
            return "..."
        if isinstance(value, dict):
            pairs = list(value.items())[:_ITEMS]
            return {self._key(key): self.value(item, _name(key), depth + 1) for key, item in pairs}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item, name, depth + 1) for item in list(value)[:_ITEMS]]
        simple = plain(value)
        return self._shown(simple, name) if isinstance(simple, str) else simple

    def lines(self, text: str) -> str:
        """A text of several lines, such as a traceback, without secrets and made printable."""
        return "\n".join(printable(line) for line in self.text(text).split("\n"))

    def _key(self, key: object) -> str:
        return shortened(printable(self.text(str(plain(key)))))

    def _shown(self, text: str, name: str) -> str:
        public = is_public_name(name)
        # Shortened last: a secret that was cut in two would not be found.
        return shortened(printable(self._without_known(text) if public else self.text(text)))

    def _without_known(self, text: str) -> str:
        return self._pattern.sub(MASK, text) if self._pattern else text


def _name(key: object) -> str:
    return key if isinstance(key, str) else ""


def _spellings(value: str) -> set[str]:
    bare = value.removeprefix("0x").removeprefix("0X")
    spelt = {value, bare, bare.lower(), bare.upper()}
    return spelt | {
        change(one)
        for one in (value, bare)
        for change in (quote, _quoted_whole, _in_json, _in_ascii_json, _in_repr)
    }


def _quoted_whole(text: str) -> str:
    return quote(text, safe="")


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_ascii_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _in_repr(text: str) -> str:
    return repr(text)[1:-1]
