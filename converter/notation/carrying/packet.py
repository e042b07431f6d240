"""Bytes as lines of letters, to be laid in the file of another format: one line that says what it is, then the code."""

from __future__ import annotations

import re
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping

from converter.records import dataclass

_HEADER = re.compile(
    r"^matchcut carry (?P<version>\d+) (?P<checksum>[0-9a-f]{8})(?P<options>(?: \w+=\w+)*)$", re.MULTILINE
)
_VERSION = 1
_WIDTH = 100
_NEAR_THE_TOP = 1000


@dataclass(frozen=True, slots=True)
class Packet:
    data: bytes
    options: dict[str, str]  # how the file around it was written


class Damaged(ValueError):
    """The packet was edited, cut off, or written by a later version."""


def packed(data: bytes, options: Mapping[str, str]) -> str:
    """The packet, whose last line has no end. No `/` comes up in its code."""
    code = b85encode(zlib.compress(data, 9)).decode("ascii")
    said = "".join(f" {name}={value}" for name, value in options.items())
    lines = [code[at : at + _WIDTH] for at in range(0, len(code), _WIDTH)]
    return "\n".join([f"matchcut carry {_VERSION} {zlib.crc32(data):08x}{said}", *lines])


def is_packed(text: str) -> bool:
    """Is there a packet, with at most some words before it?"""
    return "matchcut carry " in text[:_NEAR_THE_TOP] and _HEADER.search(text[:_NEAR_THE_TOP]) is not None


def unpacked(text: str, most_bytes: int) -> Packet:
    """What stands in the packet that ends with the text. Raises Damaged."""
    header = _HEADER.search(text)
    if header is None or int(header["version"][:9]) != _VERSION:
        raise Damaged
    code = "".join(text[header.end() :].split())
    try:
        inflating = zlib.decompressobj()
        data = inflating.decompress(b85decode(code), most_bytes + 1)
    except (ValueError, zlib.error) as error:
        raise Damaged from error
    if len(data) > most_bytes or not inflating.eof or zlib.crc32(data) != int(header["checksum"], 16):
        raise Damaged
    return Packet(data, dict(one.split("=") for one in header["options"].split()))
