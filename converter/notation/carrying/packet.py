"""The boneyard at the end of a Fountain file that carries what Fountain cannot hold: a whole Final Draft file."""

from __future__ import annotations

import re
import zlib
from base64 import b85decode, b85encode
from typing import Any

from converter.notation.fountain.fit import Options
from converter.records import dataclass, fields

_WORDS = """/* What follows is what Final Draft knows of this script and Fountain has no way to say. matchcut puts it
back when it reads this file. It does no harm here, and may be deleted.

"""
_LINE = "matchcut carry {version} {checksum:08x}{options}\n"
_HEADER = re.compile(
    r"^matchcut carry (?P<version>\d+) (?P<checksum>[0-9a-f]{8})(?P<options>(?: \w+=\w+)*)$", re.MULTILINE
)
_VERSION = 1
_WIDTH = 100
_NEAR_THE_TOP = 1000


@dataclass(frozen=True, slots=True)
class Carried:
    data: bytes
    options: Options  # how the Fountain around it was written


class Damaged(ValueError):
    """The boneyard was edited, cut off, or written by a later version."""


def packed(data: bytes, options: Options) -> str:
    """The boneyard. No `*/` can come up in it, as the code has no slash."""
    said = "".join(
        f" {one.name}={getattr(options, one.name)}"
        for one in fields(options)
        if one.name != "carry" and getattr(options, one.name) != one.default
    )
    code = b85encode(zlib.compress(data, 9)).decode("ascii")
    lines = [code[at : at + _WIDTH] for at in range(0, len(code), _WIDTH)]
    header = _LINE.format(version=_VERSION, checksum=zlib.crc32(data), options=said)
    return _WORDS + header + "\n".join([*lines, "*/"])


def is_packed(source: str) -> bool:
    return "matchcut carry " in source[:_NEAR_THE_TOP] and _HEADER.search(source[:_NEAR_THE_TOP]) is not None


def unpacked(source: str, most_bytes: int) -> Carried:
    """Raises Damaged."""
    header = _HEADER.search(source)
    if header is None or int(header["version"][:9]) != _VERSION:
        raise Damaged
    code = "".join(source[header.end() : -2].split())
    try:
        inflating = zlib.decompressobj()
        data = inflating.decompress(b85decode(code), most_bytes + 1)
    except (ValueError, zlib.error) as error:
        raise Damaged from error
    if len(data) > most_bytes or not inflating.eof or zlib.crc32(data) != int(header["checksum"], 16):
        raise Damaged
    return Carried(data, _options(header["options"]))


def _options(said: str) -> Options:
    given = dict(one.split("=") for one in said.split())
    values: dict[str, Any] = {
        one.name: given[one.name] == "True" if isinstance(one.default, bool) else given[one.name]
        for one in fields(Options)
        if one.name in given
    }
    return Options(**values)
