"""What is assumed of recordings that do not say when something was known."""

from polybot.domain.series import NS

STRIKE_KNOWN_AFTER_NS = 2 * NS
"""The settlement feed prints the strike 1.1 to 1.7 s late."""

RESOLVED_AFTER_NS = 60 * NS
"""The venue resolves 20 to 90 s after the end of a window."""
