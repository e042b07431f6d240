"""The words, braces and letters of RTF, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = rb"""
    \\ (?: (?P<word> [A-Za-z]{1,32} ) (?P<number> -?[0-9]{1,9} )? [ ]? | ' (?P<hex> [0-9A-Fa-f]{2} ) | (?P<sign> . ) )
  | (?P<brace> [{}] )
  | (?P<text> [^\\{}\r\n]+ )
"""


class Token(NamedTuple):
    kind: str  # word, hex, sign, brace or text
    value: bytes
    number: int | None  # behind a word
    start: int


def tokens(data: bytes) -> Iterator[Token]:
    """All of them; what \\bin counts is left out, if the file is long enough to hold it."""
    pattern = re.compile(_TOKEN, re.VERBOSE | re.DOTALL)
    place = 0
    while place < len(data):
        for found in pattern.finditer(data, place):
            kind = found.lastgroup or ""
            if kind == "number":
                kind = "word"
            number = int(found["number"]) if found["number"] is not None else None
            yield Token(kind, found[kind], number, found.start())
            if kind == "word" and found["word"] == b"bin" and 0 < (number or 0) <= len(data) - found.end():
                place = found.end() + (number or 0)
                break
        else:
            return
