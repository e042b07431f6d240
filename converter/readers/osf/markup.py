"""The mark-up inside the texts of version 12: `<b>`, `<font="Courier">`, `<br>`, as letters of the text.

Tags may lie in each other and need not be balanced, so openings are counted. Whatever else has a < is words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"""<(?:(/)?(b|i|u)|(br)/?|(/)?(font|size|color|bgcolor|rev)(?:="([^"<>]{0,200})")?)>""", re.IGNORECASE
)
_ATTRIBUTES = {"b": "bold", "i": "italic", "u": "underline", "rev": "revision"}


def pieces(text: str, attributes: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The words with the attributes that a later version would write for them."""
    if "<" not in text:
        yield text, attributes
        return
    opened: dict[str, list[str]] = {}
    start = 0
    for tag in _TAG.finditer(text):
        if start < tag.start():
            yield text[start : tag.start()], _said(attributes, opened)
        start = tag.end()
        if tag[3]:
            yield "\n", attributes
        else:
            _turn(opened, _ATTRIBUTES.get((tag[2] or tag[5]).lower(), (tag[2] or tag[5]).lower()), tag)
    if start < len(text):
        yield text[start:], _said(attributes, opened)


def _turn(opened: dict[str, list[str]], name: str, tag: re.Match[str]) -> None:
    values = opened.setdefault(name, [])
    if tag[1] or tag[4]:
        if values:
            values.pop()
    else:
        values.append(tag[6] or "1")


def _said(attributes: dict[str, str], opened: dict[str, list[str]]) -> dict[str, str]:
    return attributes | {name: values[-1] for name, values in opened.items() if values}
