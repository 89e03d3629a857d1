"""What looks like a secret, wherever it turns up."""

import re

from polybot.config.secrets import Secrets

_HEX_KEY = re.compile(r"(?<![0-9a-zA-Z])(?:0[xX])?[0-9a-fA-F]{64}(?![0-9a-zA-Z])")
_BASE64_KEY = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{43}=(?![A-Za-z0-9+/=_-])")
_URL_USER = re.compile(r"(?<=://)[^/\s@]+:[^/\s@]+(?=@)")
_WORDS = re.compile(r"(?<![a-z])(?:[a-z]{3,8}\s+){11,23}[a-z]{3,8}(?![a-z])")
_NAMES = re.compile(
    r"(private|api|secret|access)_?key|secret|passphrase|passw(or)?d|mnemonic|seed_?phrase"
    r"|(auth|bearer|api|access)_?token|credential|authorization|cookie|^poly[_-]",
    re.IGNORECASE,
)
# Numbers that everybody may see although they have the shape of a key.
_PUBLIC = re.compile(r"(order|condition|question|market)_id$|_hash$|(^|_)sha256$", re.IGNORECASE)

SHAPES = (_HEX_KEY, _BASE64_KEY, _URL_USER)


def is_secret_name(name: str) -> bool:
    """Whether something of this name must not be shown."""
    return bool(_NAMES.search(name))


def is_public_name(name: str) -> bool:
    """Whether something of this name may look like a key."""
    return bool(_PUBLIC.search(name))


def is_secret(path: str, value: object, secrets: Secrets) -> bool:
    """Whether a value given for a setting is a secret, by its name, its shape or itself."""
    name, text = path.rpartition(".")[2], str(value)
    if is_secret_name(name) or any(secret.reveal() in text for secret in secrets):
        return True
    shaped = any(shape.search(text) for shape in (*SHAPES, _WORDS))
    return shaped and not is_public_name(name)
