"""Editing XML in its bytes: an element taken apart into tag, children and blanks, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from converter.records import dataclass
from converter.safe.xml import Span
from writers.fdx.markup import quoted

_ATTRIBUTE = re.compile(rb"""\s+ (?P<name> [^\s=/>]+ ) \s* = \s* (?: "[^"]*" | '[^']*' )""", re.VERBOSE)
_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")


@dataclass(slots=True)
class Piece:
    """A child: what stands before it, its bytes, its tag."""

    lead: bytes
    data: bytes
    tag: str
    span: Span | None = None


def patched_tag(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A start tag with other attributes: None takes one away, new ones go where the alphabet has them."""
    for name, value in changes.items():
        tag = _patched(tag, name.encode(), None if value is None else quoted(value).encode("utf-8"))
    return tag


def _patched(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    place = None  # in front of the first attribute that comes later in the alphabet
    for found in _ATTRIBUTE.finditer(tag):
        if found["name"] == name:
            new = b"" if value is None else b" " + name + b"=" + value
            return tag[: found.start()] + new + tag[found.end() :]
        if place is None and found["name"] > name:
            place = found.start()
    if value is None:
        return tag
    if place is None:
        place = len(tag) - (2 if tag.endswith(b"/>") else 1)
        while tag[place - 1 : place].isspace():
            place -= 1
    return tag[:place] + b" " + name + b"=" + value + tag[place:]


class Source:
    """The bytes of the file and how it is laid out."""

    def __init__(self, data: bytes):
        self.data = data
        self.newline = b"\r\n" if b"\r\n" in data else b"\n"

    def text(self, span: Span) -> bytes:
        return self.data[span.start : span.end]

    def tag(self, span: Span) -> bytes:
        return self.data[span.start : span.inner]

    def indent(self, span: Span) -> bytes:
        """The blanks before it in its line."""
        line = self.data.rfind(b"\n", 0, span.start) + 1
        blanks = self.data[line : span.start]
        return blanks if not blanks.strip() else b""

    def native(self, text: str) -> bytes:
        """Markup of ours, the file's own spans in it or not, with the file's line ends; a parser reads both as one."""
        data = text.encode("utf-8")
        return data if self.newline == b"\n" else _BARE_LINE_FEED.sub(self.newline, data)

    def pieces(self, span: Span) -> tuple[list[Piece], bytes]:
        """The children, and what stands behind the last."""
        place = span.inner
        result = []
        for child in span.children:
            result.append(Piece(self.data[place : child.start], self.text(child), child.tag, child))
            place = child.end
        return result, self.data[place : span.close]

    def assembled(self, span: Span, pieces: Iterable[Piece], tail: bytes, tag: bytes | None = None) -> bytes:
        tag = self.tag(span) if tag is None else tag
        inside = b"".join(piece.lead + piece.data for piece in pieces)
        if not tag.endswith(b"/>"):
            return tag + inside + tail + self.data[span.close : span.end]
        if not inside:
            return tag
        tail = tail or self.newline + self.indent(span)
        return tag[:-2].rstrip() + b">" + inside + tail + b"</" + span.tag.encode() + b">"

    def child_lead(self, span: Span, pieces: list[Piece]) -> bytes:
        """What stands before a child of this element: as before the others, or a line of its own."""
        for piece in pieces:
            if not piece.lead.strip():
                return piece.lead
        return self.newline + self.indent(span) + b"  "

    def piece(self, text: str, indent: str, lead: bytes, tag: str) -> Piece:
        """Markup of ours, written with that indentation, as a child."""
        return Piece(lead, self.native(text[len(indent) : -1]), tag)

    def without_ids(self, span: Span) -> bytes:
        """A copy: every paragraph has its id once."""
        out = []
        place = span.start
        for one in span.descendants():
            if one.tag == "Paragraph" and "id" in one.attributes:
                out.append(self.data[place : one.start])
                out.append(patched_tag(self.tag(one), {"id": None}))
                place = one.inner
        out.append(self.data[place : span.end])
        return b"".join(out)


def replaced(data: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The data with each (start, end) given anew; what is put at one place keeps its order."""
    out = []
    place = 0
    for start, end, new in sorted(changes, key=lambda change: (change[0], change[1])):
        out.append(data[place:start])
        out.append(new)
        place = end
    out.append(data[place:])
    return b"".join(out)
