"""The family of errors: a broken assumption raises one of these; an expected "no" is a value.

PolybotError
├── ConfigError     a setting is unknown, of the wrong type, or impossible with another
├── DomainError     a value cannot exist (a slug of no series, a price outside 0..1)
├── DecodeError     bytes from outside are not what they claim to be
├── DataError       a file on disk cannot be trusted
│   ├── TapeError
│   ├── CatalogError
│   └── JournalError
│       └── JournalFailed   it could not be written: nothing may be sent any more
└── RunError        a backtest or a node cannot start, or had to stop
    └── Interrupted     the user asked to stop
"""


class PolybotError(Exception):
    """Base of everything polybot raises on purpose; its message says what to do."""


class ConfigError(PolybotError):
    """A setting is unknown, has the wrong type, or is impossible together with another."""


class DomainError(PolybotError):
    """A value that cannot exist in the domain."""


class DecodeError(PolybotError):
    """Bytes from outside that are not what they claim to be."""


class DataError(PolybotError):
    """A file on disk that cannot be trusted."""


class TapeError(DataError):
    """A tape that cannot be read or written."""


class CatalogError(DataError):
    """A catalog that cannot be read, written or verified."""


class JournalError(DataError):
    """A journal that cannot be opened, read or trusted."""


class JournalFailed(JournalError):  # noqa: N818  says what happened to the journal
    """A journal that could not be written, and never will be by this process again."""


class RunError(PolybotError):
    """A run that cannot start or had to stop."""


class Interrupted(RunError):  # noqa: N818  nothing went wrong
    """The user asked to stop."""
