"""Whether a stream of a PDF unpacks whole. What pypdf makes of a damaged one it gives without a word."""

from __future__ import annotations

import zlib
from typing import Any

from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, IndirectObject, StreamObject

_ASCII: dict[str, Any] = {
    "/ASCII85Decode": ASCII85Decode,
    "/ASCIIHexDecode": ASCIIHexDecode,
}


def is_whole(stream: Any, most: int) -> bool:
    """Does its first compression end as it should, with the right sum? True where nothing of it is known."""
    if not isinstance(stream, StreamObject):
        return True
    filters = stream.get("/Filter")
    filters = filters.get_object() if isinstance(filters, IndirectObject) else filters
    data: bytes = stream._data
    for name in filters if isinstance(filters, ArrayObject) else [filters]:
        if str(name) == "/FlateDecode":
            return _inflates(data, most)
        if str(name) == "/LZWDecode":
            return _unpacks_lzw(data, most)
        if str(name) not in _ASCII:
            return True
        try:
            data = bytes(_ASCII[str(name)].decode(data))
        except LimitReachedError:
            raise
        except (PyPdfError, ValueError, TypeError, IndexError):
            return False
    return True


def _inflates(data: bytes, most: int) -> bool:
    """More than `most` bytes are for the reader of the stream to refuse."""
    inflating = zlib.decompressobj()
    try:
        out = inflating.decompress(data, most + 1)
    except zlib.error:
        return False
    return inflating.eof or len(out) > most


_CLEAR, _END, _FULL = 256, 257, 4096


def _unpacks_lzw(data: bytes, most: int) -> bool:
    """Is each code one that the table has by then, up to the one that ends the data? (PDF 32000-1, 7.4.4.2)"""
    place, held, bits = 0, 0, 0
    width, entries, is_first = 9, _END + 1, True
    out = 0
    while out <= most:
        while bits < width:
            if place == len(data):
                return False
            held, bits, place = (held << 8 | data[place]) & 0xFFFFFF, bits + 8, place + 1
        bits -= width
        code = held >> bits & (1 << width) - 1
        if code == _END:
            return True
        if code == _CLEAR:
            width, entries, is_first = 9, _END + 1, True
            continue
        if code > (255 if is_first else entries):
            return False
        entries = min(entries + (not is_first), _FULL)
        width, is_first, out = _width(entries), False, out + 1
    return True  # for the reader of the stream to refuse


def _width(entries: int) -> int:
    """Of the next code, one entry before it is needed ("early change", which all writers make)."""
    return min(12, (entries + 1).bit_length())
