"""What fonts this machine has, and which letters each of them draws.

To look into every font takes a second, so what was found is kept in the user's cache folder beside the times and sizes
of the files, and only what changed is looked at again. A file that is no font, or a damaged one, is remembered as such.
The command keeps the index; the library reads one, and writes it only inside `converter.fonts.keep_index()`.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from converter.contract import ConverterError, InputError, LimitError, Limits
from converter.fonts import KEEPS
from converter.fonts.tables import (
    FAMILY,
    FULL_NAME,
    MOST_CMAP_BYTES,
    POSTSCRIPT,
    TYPOGRAPHIC_FAMILY,
    Font,
    FontError,
    Letters,
    axes,
    fonts_of,
    is_typewriter,
    may_be_embedded,
    names,
    regions,
    style,
)
from converter.safe import files

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
FONT_LIMITS = Limits(input_bytes=200_000_000)  # the largest known, of all East Asian letters, have 120 MB
_MOST_FILES = 20_000
_DEEPEST_FOLDER = 12
_MOST_CMAP_BYTES_OF_A_FILE = 4 * MOST_CMAP_BYTES


class Face(NamedTuple):
    """One font of a file, as far as it takes to choose it."""

    path: str
    number: int  # in its collection
    family: str
    names: tuple[str, ...]  # of the family, in small letters, in every language
    own_names: tuple[str, ...]  # of this face alone
    weight: int
    width: int
    slanted: bool
    lightest: int  # of a variable font; else the weight
    heaviest: int
    typewriter: bool
    regions: int
    ranges: Sequence[int]  # first and last of each stretch of characters


_Stamp = tuple[int, int, int]  # when the file changed, in two ways, and its size


class _File(NamedTuple):
    stamp: _Stamp
    faces: tuple[Face, ...]  # none: it is no font that can be used


def installed(limits: Limits) -> tuple[Face, ...]:
    """The faces of this machine's fonts, those in the user's own folders first. LimitError if the time is up."""
    where = folders()
    kept = _kept_at(where)
    known = _read(kept)
    found = _looked_at(where, known, limits)
    if KEEPS.get() and found != known:
        _keep(kept, found)
    return tuple(face for file in found.values() for face in file.faces)


def faces_in(path: str) -> tuple[Face, ...]:
    """The faces of one file; none if it is no font that can be used."""
    try:
        with files.parts_of(path, FONT_LIMITS) as parts:
            return tuple(_faces(parts))
    except (FontError, InputError, LimitError, struct.error):
        return ()


# ---------------------------------------------------------------- where fonts are


def folders() -> tuple[str, ...]:
    """Where this system keeps fonts, the user's own first; MATCHCUT_FONTS names others, or none where it is empty."""
    own = os.environ.get("MATCHCUT_FONTS")
    if own is not None:
        return tuple(folder for folder in own.split(os.pathsep) if folder)
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        found = [home + "/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"]
    elif os.name == "nt":
        local = os.environ.get("LOCALAPPDATA", home + "\\AppData\\Local")
        found = [local + "\\Microsoft\\Windows\\Fonts", os.environ.get("WINDIR", "C:\\Windows") + "\\Fonts"]
    else:
        data = os.environ.get("XDG_DATA_HOME") or home + "/.local/share"
        found = [data + "/fonts", home + "/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"]
    return tuple(folder for folder in found if os.path.isabs(folder))  # without a home the user has none


def _font_files(where: Sequence[str], limits: Limits) -> Iterator[tuple[str, _Stamp]]:
    """Every font file with its stamp, in an order that does not depend on the disk's."""
    deadline = limits.deadline()
    left = _MOST_FILES
    waiting = [(folder, 0) for folder in reversed(where)]
    while waiting and left:
        folder, depth = waiting.pop()
        deadline.check()
        inner = []
        for entry in _entries(folder):
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    inner.append((entry.path, depth + 1))
                elif entry.name.lower().endswith(SUFFIXES) and left:
                    status = entry.stat()
                    left -= 1
                    yield entry.path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        if depth < _DEEPEST_FOLDER:
            waiting += reversed(inner)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (OSError, ValueError):
        return []


def _looked_at(where: Sequence[str], known: Mapping[str, _File], limits: Limits) -> dict[str, _File]:
    deadline = limits.deadline()
    found = {}
    for path, stamp in _font_files(where, limits):
        file = known.get(path)
        if file is None or file.stamp != stamp:
            deadline.check()
            file = _File(stamp, faces_in(path))
        found[path] = file
    return found


# ---------------------------------------------------------------- what a font has


def _faces(parts: files.Parts) -> Iterator[Face]:
    coverages: dict[tuple[int, int], array[int]] = {}  # the fonts of a collection share tables
    left = _MOST_CMAP_BYTES_OF_A_FILE
    for number, font in fonts_of(parts):
        has_outlines = "glyf" in font.places or "CFF " in font.places
        if not has_outlines or "cmap" not in font.places or not may_be_embedded(font):
            continue
        place = font.places["cmap"]
        if place not in coverages:
            left -= place[1]
            if left < 0:
                raise FontError("the tables of characters are too large")
            coverages[place] = Letters(font.table("cmap", MOST_CMAP_BYTES)).ranges()
        yield _face(parts.name, number, font, coverages[place])


def _face(path: str, number: int, font: Font, ranges: Sequence[int]) -> Face:
    called = names(font)
    family = [*called.get(TYPOGRAPHIC_FAMILY, ()), *called.get(FAMILY, ())]
    if not family:
        raise FontError("the font has no name")
    weight, width, slanted = style(font)
    weights = [axis for axis in axes(font) if axis.tag == "wght"]
    own = [*called.get(FULL_NAME, ()), *called.get(POSTSCRIPT, ())]
    return Face(
        path=path,
        number=number,
        family=family[0],
        names=tuple(dict.fromkeys(name.lower() for name in family)),
        own_names=tuple(dict.fromkeys(name.lower() for name in own)),
        weight=weight,
        width=width,
        slanted=slanted,
        lightest=int(weights[0].least) if weights else weight,
        heaviest=int(weights[0].most) if weights else weight,
        typewriter=is_typewriter(font),
        regions=regions(font),
        ranges=ranges,
    )


# ---------------------------------------------------------------- the index in the cache folder


_MARK = b"matchcut fonts 1\n"
_INDEX_LIMITS = Limits(input_bytes=100_000_000)


def _kept_at(where: Sequence[str]) -> str | None:
    """The file of the index of these folders; None where no home says where a cache could be."""
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        cache = home + "/Library/Caches"
    elif os.name == "nt":
        cache = os.environ.get("LOCALAPPDATA", home + "\\AppData\\Local")
    else:
        cache = os.environ.get("XDG_CACHE_HOME") or home + "/.cache"
    if not os.path.isabs(cache):
        return None
    about = zlib.crc32("\0".join(where).encode("utf-8", "surrogatepass"))
    return os.path.join(cache, "matchcut", f"fonts-{about:08x}.index")


def _keep(path: str | None, found: Mapping[str, _File]) -> None:
    """Writes the index; a cache folder that cannot be written to, or none at all, does no harm."""
    if path is None:
        return
    blob = bytearray()
    places: dict[bytes, int] = {}
    rows = [[path_, *file.stamp, [_row(face, blob, places) for face in file.faces]] for path_, file in found.items()]
    text = json.dumps(rows, separators=(",", ":")).encode("ascii")
    body = len(text).to_bytes(4, "little") + text + bytes(-len(text) % 4) + bytes(blob)
    with suppress(ConverterError):
        files.make_folder(os.path.dirname(path))
        files.write_atomic(path, _MARK + zlib.crc32(body).to_bytes(4, "little") + body)


def _row(face: Face, blob: bytearray, places: dict[bytes, int]) -> list[Any]:
    """All of the face but its path, with the place of its ranges for these."""
    raw = _numbers(face.ranges).tobytes()
    if raw not in places:
        places[raw] = len(blob) // 4
        blob += raw
    return [*face[1:-1], places[raw], len(face.ranges)]


def _numbers(values: Sequence[int]) -> array[int]:
    numbers = array("I", values)
    if sys.byteorder != "little":
        numbers.byteswap()
    return numbers


def _read(path: str | None) -> dict[str, _File]:
    """What was kept; nothing where there is none, or somebody changed it."""
    if path is None:
        return {}
    try:
        data = files.read_file(path, _INDEX_LIMITS)
    except ConverterError:
        return {}
    start = len(_MARK) + 8
    if not data.startswith(_MARK) or zlib.crc32(data[start - 4 :]) != int.from_bytes(
        data[start - 8 : start - 4], "little"
    ):
        return {}
    length = int.from_bytes(data[start - 4 : start], "little")
    try:
        rows = json.loads(data[start : start + length])
        ranges = _numbers_in(data[start + length + -length % 4 :])
        return {row[0]: _File((row[1], row[2], row[3]), _faces_kept(row[0], row[4], ranges)) for row in rows}
    except (ValueError, TypeError, IndexError):
        return {}


def _numbers_in(raw: bytes) -> memoryview:
    if sys.byteorder == "little":
        return memoryview(raw).cast("I")
    numbers = array("I", raw)
    numbers.byteswap()
    return memoryview(numbers)


def _faces_kept(path: str, rows: Sequence[Sequence[Any]], ranges: memoryview) -> tuple[Face, ...]:
    return tuple(_face_kept(path, *row, ranges=ranges) for row in rows)


def _face_kept(
    path: str,
    number: int,
    family: str,
    names: Sequence[str],
    own_names: Sequence[str],
    *numbers: Any,
    ranges: memoryview,
) -> Face:
    *style, start, count = numbers
    return Face._make((path, number, family, tuple(names), tuple(own_names), *style, ranges[start : start + count]))
