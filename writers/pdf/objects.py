"""PDF objects that are spelled once, where reportlab works them out key by key: pages, their contents, bookmarks.

It loads reportlab, so it is imported only where a file is made.
"""

from __future__ import annotations

import os
import re
import time
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from converter.contract import UsageError


class Spelled(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that already is what stands in the file."""

    __RefOnly__ = 1

    def __init__(self, data: bytes = b""):
        self.data = data

    def format(self, document: Any) -> bytes:
        return self.data


def _number(reference: Any, document: Any) -> int:
    """Of the object that a reference points to."""
    found: int = document.idToObjectNumberAndVersion[reference.name][0]
    return found


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, anything else in UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(%s)" % _SPECIAL.sub(rb"\\\g<0>", text.encode("ascii"))
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().encode("ascii")


_SPECIAL = re.compile(rb"[\\()]")


def canvas_for(output: IO[bytes], size: tuple[float, float], font: str | None) -> Any:
    """A canvas that begins each page in this font of reportlab's; without one, none of those is in the file."""
    _check_date()
    kind = Canvas if font else _BareCanvas
    return kind(output, pagesize=size, invariant=1, pageCompression=1, initialFontName=font)


def _check_date() -> None:
    """reportlab dates a file by the environment, if that says a moment (https://reproducible-builds.org)."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        is_date = not said or time.gmtime(int(said)).tm_year <= 9999
    except (ValueError, OverflowError, OSError):
        is_date = False
    if not is_date:
        message = f"the environment says SOURCE_DATE_EPOCH={said[:40]}; it must be seconds since 1970, a whole number"
        raise UsageError(message)


class _BareCanvas(Canvas):  # type: ignore[misc]
    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def reference(document: Any, data: bytes) -> int:
    """Puts an object into the document; its number."""
    return _number(document.Reference(Spelled(data)), document)


def compressed(data: bytes, more: bytes = b"") -> bytes:
    """A stream; `more` may ask for the length before it was deflated."""
    small = zlib.compress(data)
    about = more % len(data) if more else b""
    return b"<< /Filter /FlateDecode %s /Length %d >>\nstream\n%s\nendstream" % (about, len(small), small)


def add_font(document: Any, resource: str, data: bytes) -> None:
    """A font, under the name by which pages call it."""
    document.idToObject[pdfdoc.BasicFonts].dict[resource] = document.Reference(Spelled(data))


# ---------------------------------------------------------------- pages


class Pages:
    """Finishes the pages of a document, and labels them."""

    def __init__(self, document: Any):
        self._document = document
        fonts = _number(pdfdoc.PDFObjectReference(pdfdoc.BasicFonts), document)
        resources = Spelled(b"<< /Font %d 0 R /ProcSet [ /PDF /Text ] >>" % fonts)
        self._shared = (
            _number(document.Reference(document.Pages), document),
            _number(document.Reference(resources), document),
        )
        self._labels: list[bytes] = []
        document.Catalog.PageLabels = self._numbered = Spelled()

    def finish(self, label: str, *, mark: list[int] | None = None) -> None:
        """The page that the canvas showed last: deflated, and with the resources that all of them share.

        With `mark`, an empty stream below the page's own words waits for what is drawn there; its number is added.
        """
        page = self._document.Pages.pages[-1]
        data = zlib.compress(page.stream.encode("latin-1"))
        head = b"<< /Filter [ /FlateDecode ] /Length %d >>\nstream\n" % len(data)
        contents = _number(self._document.Reference(Spelled(head + data + b"\nendstream")), self._document)
        size = f"{page.pagewidth:g} {page.pageheight:g}".encode("ascii")
        whole = b"<< /Type /Page /Parent %d 0 R /MediaBox [ 0 0 %s ] /Resources %d 0 R /Contents %s >>"
        parent, resources = self._shared
        drawn = b"%d 0 R" % contents
        if mark is not None:
            mark.append(reference(self._document, compressed(b"")))
            drawn = b"[ %d 0 R %s ]" % (mark[-1], drawn)
        page.format = Spelled(whole % (parent, size, resources, drawn)).format
        prefix = text_string(label)
        self._labels.append(b"%d << /Type /PageLabel /P %s >>" % (len(self._labels), prefix))

    def label(self) -> None:
        """When all are finished: the number tree of ISO 32000-1, 12.4.2."""
        self._numbered.data = b"<< /Nums [ %s ] >>" % b" ".join(self._labels)


# ---------------------------------------------------------------- bookmarks


class _Entry(NamedTuple):
    title: str
    page: Any  # a reference
    top: float
    level: int  # from 0, and never more than one deeper than the entry before


class Outline(pdfdoc.PDFObject):  # type: ignore[misc]
    """The tree of bookmarks (ISO 32000-1, 12.3.3), in the place of reportlab's own."""

    def __init__(self, document: Any):
        self.ready = 1
        self._entries: list[_Entry] = []
        self._data = b""
        document.outline = document.Outlines = document.Catalog.Outlines = self

    def add(self, title: str, page: Any, top: float, level: int) -> None:
        self._entries.append(_Entry(title, page, top, level))

    def prepare(self, document: Any, canvas: Any) -> None:
        """What reportlab calls before it writes: every entry gets its number, then its text."""
        if not self._entries:
            self.ready = -1
            return
        objects = [Spelled() for _ in self._entries]
        numbers = [_number(document.Reference(one), document) for one in objects]
        root = _number(document.Reference(self), document)
        parents, children, below = self._tree()
        for place, entry in enumerate(self._entries):
            parent = parents[place]
            links = [(b"Parent", root if parent is None else numbers[parent])]
            links += ((name, numbers[other]) for name, other in _links(place, children[parent], children.get(place)))
            objects[place].data = b"<< /Title %s /Dest [ %d 0 R /XYZ 0 %d 0 ]%s%s >>" % (
                text_string(entry.title),
                _number(entry.page, document),
                round(entry.top),
                b"".join(b" /%s %d 0 R" % link for link in links),
                b" /Count %d" % below[place] if below[place] else b"",
            )
        ends = (numbers[children[None][0]], numbers[children[None][-1]])
        self._data = b"<< /Type /Outlines /Count %d /First %d 0 R /Last %d 0 R >>" % (len(objects), *ends)

    def _tree(self) -> tuple[list[int | None], dict[int | None, list[int]], list[int]]:
        """Of each entry its parent, its children in their order, and how many stand below it."""
        parents: list[int | None] = []
        children: dict[int | None, list[int]] = {}
        above: list[int] = []
        for place, entry in enumerate(self._entries):
            del above[entry.level :]
            parents.append(above[-1] if above else None)
            children.setdefault(parents[-1], []).append(place)
            above.append(place)
        below = [0] * len(parents)
        for place in range(len(parents) - 1, -1, -1):
            parent = parents[place]
            if parent is not None:
                below[parent] += 1 + below[place]
        return parents, children, below

    def format(self, document: Any) -> bytes:
        return self._data


def _links(place: int, siblings: list[int], children: list[int] | None) -> Iterator[tuple[bytes, int]]:
    at = bisect_left(siblings, place)
    if at:
        yield b"Prev", siblings[at - 1]
    if at + 1 < len(siblings):
        yield b"Next", siblings[at + 1]
    if children:
        yield b"First", children[0]
        yield b"Last", children[-1]
