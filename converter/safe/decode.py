"""Bytes into text: which encoding, and what no script can hold taken out, each said once."""

from __future__ import annotations

import codecs
import re

from converter.contract import Diagnostic, Kind, Limits, Report, UsageError
from converter.normal import FORBIDDEN
from converter.safe.charsets import proposed
from converter.tree import Position

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(code for code in (*range(32), 0x7F) if code not in b"\t\n\r")
_BEYOND_ASCII = bytes(range(128, 256))
_ESCAPED_BYTE = "[\udc80-\udcff]"  # as errors="surrogateescape" writes it
# Python's codecs for domain names; no file is written in them, and decoding takes quadratic time.
_NOT_FOR_FILES = frozenset({"idna", "punycode"})


def decode(
    data: bytes, report: Report, limits: Limits, encoding: str | None = None, *, form_feeds: bool = False
) -> str:
    """The text of a file, without byte order mark and forbidden characters; `form_feeds` may stay: they begin pages.

    A byte order mark says the encoding; else it is UTF-16 if its NULs look so, strict UTF-8, what its letters look like
    (a GUESS, see charsets), or Windows-1252 with a WARNING. An `encoding` that the caller names is used whatever the
    bytes look like; UsageError for an unknown one.
    """
    if encoding is None and data.isascii() and len(data.translate(None, _CONTROLS)) == len(data):
        return _within(data.decode("ascii"), limits)
    text = _guessed(data, report) if encoding is None else _named(data, encoding, report)
    return checked(text, report, limits, form_feeds=form_feeds)


def checked(text: str, report: Report, limits: Limits, *, form_feeds: bool = False) -> str:
    """The same for what is text already: within the limit, without forbidden characters."""
    text = _within(text, limits)
    if not text.isascii() or "\x0b" in text or "\x0c" in text:
        text = _with_line_ends(text, form_feeds)
    return _without_controls(text, report, form_feeds)


def _within(text: str, limits: Limits) -> str:
    if len(text) > limits.text_characters:
        raise limits.passed("text_characters", "this text is too long")
    return text


# ---------------------------------------------------------------- which encoding


def _named(data: bytes, encoding: str, report: Report) -> str:
    try:
        codec = codecs.lookup(encoding).name
        if codec in _NOT_FOR_FILES:
            raise LookupError
        return _decoded(data, codec, report)
    except (LookupError, ValueError):  # ValueError: a NUL in the name, or a codec that cannot replace
        raise UsageError(f"there is no text encoding called {encoding!r}; try utf-8, cp1252 or mac-roman") from None


def _guessed(data: bytes, report: Report) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, report)
    wide = _utf16_by_nuls(data)
    if wide:
        return _decoded(data, wide, report)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_text(data, error.start, report)


def _utf16_by_nuls(data: bytes) -> str | None:
    """UTF-16 without a mark: one half of the bytes is often NUL, if only for the blanks; the other hardly ever."""
    if len(data) % 2:
        return None
    sample = data[:65536]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 20  # a tenth of one half
    if odd > enough and even * 10 <= odd:
        return "utf-16-le"
    if even > enough and odd * 10 <= even:
        return "utf-16-be"
    return None


def _decoded(data: bytes, codec: str, report: Report) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, errors="replace")
        count = text.count("\ufffd")
        message = (
            f"{_things(count, 'place')} could not be read as {codec}, the first at byte {error.start + 1}; "
            "each is marked with \ufffd. --encoding names another encoding."
        )
        at = Position(line=data[: error.start].decode(codec).count("\n") + 1)
        report(Diagnostic(Kind.WARNING, "text.undecodable", message, at))
        return text


def _windows_text(data: bytes, first: int, report: Report) -> str:
    """Windows-1252; but where most letters beyond ASCII are good UTF-8, only the bytes that are not."""
    readable = data.decode("utf-8", errors="ignore")
    bad = len(data) - len(readable.encode())
    good = len(readable) - len(data.translate(None, _BEYOND_ASCII))
    if good > bad:
        text = data.decode("utf-8", errors="surrogateescape")
        text = re.sub(_ESCAPED_BYTE, lambda found: _cp1252(bytes([ord(found.group()) - 0xDC00])), text)
        how = "Each was read as Windows-1252, the rest as UTF-8."
    elif (codec := proposed(data)) is not None:
        message = f"This is not UTF-8; its letters look like {codec}, which it was read as. --encoding names another."
        report(Diagnostic(Kind.GUESS, "text.encoding", message))
        return _decoded(data, codec, report)
    else:
        text = _cp1252(data)
        how = "The file was read as Windows-1252; --encoding names another encoding."
    message = f"{_things(bad, 'byte')} {'is' if bad == 1 else 'are'} not UTF-8, the first at byte {first + 1}. {how}"
    report(Diagnostic(Kind.WARNING, "text.not-utf8", message, Position(line=data.count(b"\n", 0, first) + 1)))
    return text


def _cp1252(data: bytes) -> str:
    return data.decode("cp1252", errors="replace")  # five of its bytes stand for nothing


# ---------------------------------------------------------------- line ends

PARAGRAPH_END, SOFT_BREAK, NEXT_LINE = "\u2029", "\u2028", "\x85"


def _with_line_ends(text: str, form_feeds: bool) -> str:
    """The text with a line feed for each line end that is none of LF, CR LF and CR.

    Word writes VT for a line break inside a paragraph and FF for a page, web pages and macOS paste U+2028 and U+2029,
    mainframes and some editors end lines with U+0085. Beside other line ends, U+2028 breaks a line inside a paragraph.
    """
    text = text.replace("\x0b", "\n")
    if not form_feeds:
        text = text.replace("\x0c", "\n")
    body = text.rstrip("\r\n")
    if "\n" in body or "\r" in body:
        return text.replace(PARAGRAPH_END, "\n").replace(NEXT_LINE, SOFT_BREAK)
    # Where both occur, a paragraph ends as with an empty line; where one ends every line, two of it make one.
    both = SOFT_BREAK in text and PARAGRAPH_END in text and PARAGRAPH_END * 2 not in text
    text = text.replace(PARAGRAPH_END, "\n\n" if both else "\n")
    return text.replace(SOFT_BREAK, "\n").replace(NEXT_LINE, "\n")


# ---------------------------------------------------------------- characters that no script holds


def _without_controls(text: str, report: Report, form_feeds: bool) -> str:
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    pattern = re.compile(FORBIDDEN.pattern.replace("\x0c", "")) if form_feeds else FORBIDDEN
    first = pattern.search(text)
    if first is None:
        return text
    cleaned = pattern.sub("", text)
    count = len(text) - len(cleaned) - text.count("\ufeff")
    if count:
        while first and first.group() == "\ufeff":
            first = pattern.search(text, first.end())
        line = text.count("\n", 0, first.start() if first else 0) + 1
        message = f"Left out {_things(count, 'control character')}; no script can hold them."
        report(Diagnostic(Kind.WARNING, "text.control-characters", message, Position(line=line)))
    return cleaned


def _things(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"
