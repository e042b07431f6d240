"""Messages that a terminal can show: one line, no character that could act on the terminal or hide a part."""

from __future__ import annotations

import re

# C0, DEL and C1, bidirectional controls (they reorder what the eye reads), line separators and what UTF-8 cannot hold.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"


def clean(message: str, limit: int = 400) -> str:
    """The message with unsafe characters as \\xNN or \\uNNNN, at most `limit` characters long."""
    message = message[: limit + 1]
    safe = message if message.isascii() and message.isprintable() else re.sub(_UNSAFE, _escaped, message)
    return safe if len(safe) <= limit else safe[: max(0, limit - 3)] + "..."


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
