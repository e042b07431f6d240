"""The bytes of an FDX file as UTF-8, and back."""

from __future__ import annotations

import codecs
import re

from converter.records import dataclass

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z][\w.:-]{0,40})["']""")
_BEGIN = re.compile(rb"<[?!A-Za-z_]")


@dataclass(frozen=True, slots=True)
class Working:
    """`data` is UTF-8 from the first < on; `head` stood before it, `encoding` is that of the file."""

    data: bytes
    head: bytes
    encoding: str

    def original(self, data: bytes) -> bytes:
        """What the file would hold for this UTF-8."""
        if self.encoding == "utf-8":
            return self.head + data
        # A character that the encoding lacks becomes a reference, which XML reads as the same character.
        return self.head + data.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")


def without_junk(data: bytes) -> tuple[bytes, bool]:
    """From the beginning of the XML on, and whether words stood before it.

    The same object where nothing is there, or only a byte order mark and blanks, which programs take.
    """
    working = working_text(data)
    if working is None or working.encoding != "utf-8":
        return data, False
    before = working.head.removeprefix(codecs.BOM_UTF8)
    if not before.strip():
        return data, False
    return working.head[: -len(before)] + working.data, bool(before.replace(codecs.BOM_UTF8, b"").strip())


def working_text(data: bytes) -> Working | None:
    """None if the bytes are not text in the encoding that the file shows or declares."""
    encoding = _encoding(data)
    if encoding == "utf-8":
        start = _BEGIN.search(data)
        head = data[: start.start()] if start else b""
        return Working(data[len(head) :], head, encoding)
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    head = mark if data.startswith(mark) else b""
    try:
        text = data[len(head) :].decode(encoding)
        working = Working(text.encode("utf-8"), head, encoding)
        return working if working.original(working.data) == data else None
    except (UnicodeError, LookupError):
        return None


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0?\0", b"<\0F\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<\0?", b"\0<\0F")):
        return "utf-16-be"
    declared = _DECLARED.search(data[:1000])
    if declared is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    return _declared_encoding(declared[1].decode("ascii").lower())


def _declared_encoding(name: str) -> str:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    # Whoever declares UTF-16 in a file of single bytes has re-encoded it and left the declaration behind.
    is_text = getattr(codec, "_is_text_encoding", False)
    wide = codec.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw"))
    return codec.name if is_text and not wide else "utf-8"
