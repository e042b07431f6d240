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
