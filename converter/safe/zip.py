"""The only code that opens zip archives: DOCX files and their like, from strangers."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib

from converter.contract import EncryptedError, FormatError, Limits

_PIECE = 65536
_UNSAFE_NAME = re.compile(r"^/ | ^[A-Za-z]: | \\ | \x00 | (?:^|/)\.\.(?:/|$)", re.VERBOSE)
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # password, strong encryption, masked headers
# All that zipfile was seen to raise for damaged archives; ValueError covers names that are not UTF-8 and bad offsets.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


def open_zip(data: bytes, limits: Limits) -> Archive:
    """The archive in these bytes; FormatError or LimitError if it is not one that we would open."""
    if not data.startswith(b"PK\x03\x04"):
        raise FormatError("this is not a zip archive")
    # Each entry of the directory begins so; counted before zipfile makes an object of each.
    if data.count(b"PK\x01\x02") > limits.zip_members:
        raise limits.passed("zip_members", "there are too many files in this zip archive")
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise FormatError("this zip archive is damaged; was it copied or downloaded completely?") from None
    members: dict[str, zipfile.ZipInfo] = {}
    for info in file.infolist():
        _refuse_unsafe(info)
        if info.filename in members:
            raise FormatError("this zip archive holds two files of one name", where=info.filename)
        members[info.filename] = info
    if sum(info.file_size for info in members.values()) > limits.zip_total_bytes:
        raise limits.passed("zip_total_bytes", "this zip archive is too large unpacked (bytes)")
    return Archive(file, members, limits)


def _refuse_unsafe(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedError("this zip archive needs a password; save it without one", where=info.filename)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FormatError("this zip archive is packed in a way that is not supported", where=info.filename)
    if _UNSAFE_NAME.search(info.orig_filename) or stat.S_ISLNK(info.external_attr >> 16):
        raise FormatError("this zip archive points outside itself", where=info.orig_filename)


class Archive:
    """The files in a zip archive. What was read counts towards the limits as long as the object lives."""

    def __init__(self, file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], limits: Limits):
        self._file = file
        self._members = members
        self._limits = limits
        self._expanded = 0
        self._packed = 0

    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def has(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """As the archive says it, in bytes; a hostile one may lie."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of one member. Counted while they come, for headers lie about the size."""
        info = self._members.get(name)
        if info is None:
            raise FormatError(f"this file lacks a part that it needs, {name!r}")
        self._packed += info.compress_size
        pieces = []
        size = 0
        try:
            with self._file.open(info) as member:
                while piece := member.read(_PIECE):
                    size += len(piece)
                    self._expanded += len(piece)
                    if self._too_much(size):
                        break
                    pieces.append(piece)
        except _DAMAGE:
            raise FormatError("this zip archive is damaged", where=name) from None
        self._refuse_too_much(size)
        return b"".join(pieces)

    def _too_much(self, size: int) -> bool:
        limits = self._limits
        return size > limits.zip_member_bytes or self._expanded > limits.zip_total_bytes or self._dense()

    def _dense(self) -> bool:
        limits = self._limits
        return self._expanded > limits.zip_ratio_from_bytes and self._expanded > limits.zip_ratio * self._packed

    def _refuse_too_much(self, size: int) -> None:
        if size > self._limits.zip_member_bytes:
            raise self._limits.passed("zip_member_bytes", "a part of this zip archive is too large (bytes)")
        if self._expanded > self._limits.zip_total_bytes:
            raise self._limits.passed("zip_total_bytes", "this zip archive is too large unpacked (bytes)")
        if self._dense():
            raise self._limits.passed(
                "zip_ratio", "this zip archive is packed suspiciously small (unpacked size to packed)"
            )
