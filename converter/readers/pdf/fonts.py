"""The fonts of a PDF: which characters a string shows, how wide each is, and in which style."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pypdf._codecs import adobe_glyphs, charset_encoding
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject

from converter.contract import LimitError
from converter.readers.pdf.font_program import face_of
from converter.readers.pdf.streams import is_whole
from converter.readers.pdf.work import Work

BOLD, ITALIC = 1, 2

UNKNOWN = "\ufffd"  # drawn, but nothing in the file says which letter it is

# PDF 32000-1, 9.7.5.2: predefined CMaps whose codes are a character set that Python knows.
CODECS = (
    ("UTF16", "utf-16-be"),
    ("UCS2", "utf-16-be"),
    ("90ms", "cp932"),
    ("90pv", "cp932"),
    ("EUC-H", "gbk"),
    ("GBK", "gbk"),
    ("ETen", "cp950"),
    ("KSCms", "cp949"),
)
_MOST_CODES = 70_000
_LONGEST_TABLE = 10_000_000  # bytes of a ToUnicode table that are looked at for damage
_TYPOGRAPHIC = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


class Glyph(NamedTuple):
    text: str
    width: float  # of the font's size
    is_blank: bool  # one byte 32: word spacing applies


class Font:
    """Decodes the strings of one font."""

    def __init__(self, font: DictionaryObject, work: Work):
        counted = _FontWork(work)
        self.is_composite = entry(font, "/Subtype") == "/Type0"
        descendant = _first(entry(font, "/DescendantFonts")) if self.is_composite else font
        descriptor = _dictionary(entry(descendant, "/FontDescriptor"))
        self.name = str(entry(font, "/BaseFont") or "").rpartition("+")[2].lstrip("/")
        self.style = _style(self.name, descriptor, work)
        self._unicode = _to_unicode(entry(font, "/ToUnicode"), counted)
        self.is_whole = is_whole(entry(font, "/ToUnicode"), _LONGEST_TABLE)
        self._codec = None
        if self.is_composite:
            encoding = entry(font, "/Encoding")
            name = str(encoding) if isinstance(encoding, str) else ""
            self._codec = next((codec for part, codec in CODECS if part in name), None)
            self._widths = _composite_widths(descendant, counted)
            self._missing = _number(entry(descendant, "/DW"), 1000) / 1000
            self._letters: dict[int, str] = {}
        else:
            self._letters = _simple_letters(font, descriptor)
            self._widths, self._missing = _simple_widths(font, descriptor, self.name, self._letters)
        widths = {width for width in self._widths.values() if width}
        self.is_fixed = len(widths) <= 1
        self._glyphs: dict[bytes, tuple[Glyph, ...]] = {}

    def glyphs(self, string: bytes) -> tuple[Glyph, ...]:
        found = self._glyphs.get(string)
        if found is None:
            found = tuple(self._codes(string))
            if len(string) < 3 or len(self._glyphs) < 2000:
                self._glyphs[string] = found
        return found

    def _codes(self, string: bytes) -> list[Glyph]:
        if not self.is_composite:
            return [self._glyph(code, None, code == 32) for code in string]
        if self._codec in (None, "utf-16-be"):
            pairs = zip(string[::2], string[1::2], strict=False)
            return [self._glyph(high << 8 | low, None, False) for high, low in pairs]
        assert self._codec
        text = string.decode(self._codec, "replace")
        return [self._glyph(int.from_bytes(char.encode(self._codec, "replace"), "big"), char, False) for char in text]

    def _glyph(self, code: int, char: str | None, is_blank: bool) -> Glyph:
        text = self._unicode.get(code)
        if text is None:
            text = char or self._letters.get(code)
        if text is None:
            text = chr(code) if self._codec == "utf-16-be" else UNKNOWN
        if "\x7f" <= text <= "\x9f":  # DEL or C1: what was drawn is a letter, and none of these is one
            text = UNKNOWN
        if text in _TYPOGRAPHIC and not self.is_fixed:
            text = _TYPOGRAPHIC[text]
        # A soft hyphen that is drawn is a hyphen.
        return Glyph(text.replace("\u00ad", "-"), self._widths.get(code, self._missing), is_blank)


# ---------------------------------------------------------------- style

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|slanted|[-,]it\b", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"regular|roman\b|book\b", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18


def _style(name: str, descriptor: DictionaryObject, work: Work) -> int:
    """Bold and italic as the font's name and descriptor say, or, where these say nothing, the font itself."""
    flags = int(_number(entry(descriptor, "/Flags"), 0))
    weight = _number(entry(descriptor, "/FontWeight"), 400)
    bold = _BOLD_NAME.search(name) or flags & _FORCE_BOLD_FLAG or weight >= 600
    italic = _ITALIC_NAME.search(name) or flags & _ITALIC_FLAG or _number(entry(descriptor, "/ItalicAngle"), 0)
    if not (bold or italic or _PLAIN_NAME.search(name)):
        bold, italic = face_of(descriptor, work)
    return (BOLD if bold else 0) | (ITALIC if italic else 0)


# ---------------------------------------------------------------- letters


def _simple_letters(font: DictionaryObject, descriptor: DictionaryObject) -> dict[int, str]:
    encoding = _resolved(entry(font, "/Encoding"))
    is_type1 = entry(font, "/Subtype") != "/TrueType"
    base = "/StandardEncoding" if is_type1 else "/WinAnsiEncoding"
    if isinstance(encoding, str) and str(encoding) in charset_encoding:
        base = str(encoding)
    elif isinstance(encoding, DictionaryObject) and str(entry(encoding, "/BaseEncoding")) in charset_encoding:
        base = str(encoding["/BaseEncoding"])
    elif str(entry(font, "/BaseFont")) in charset_encoding:
        base = str(font["/BaseFont"])  # Symbol, ZapfDingbats
    elif is_type1 and "/FontFile" in descriptor:
        built_in = _built_in_letters(descriptor)
        if built_in:
            return built_in | _differences(encoding)
    letters = {code: char for code, char in enumerate(charset_encoding[base]) if char != "\x00"}
    return letters | _differences(encoding)


def _differences(encoding: Any) -> dict[int, str]:
    letters: dict[int, str] = {}
    if not isinstance(encoding, DictionaryObject):
        return letters
    code = 0
    for item in _array(entry(encoding, "/Differences"))[:_MOST_CODES]:
        if isinstance(item, NumberObject):
            code = int(item)
        elif isinstance(item, str):
            char = _named(str(item))
            if char is not None:
                letters[code] = char
            code += 1
    return letters


_HEX_NAME = re.compile(r"/(?:uni([0-9A-Fa-f]{4})|u([0-9A-Fa-f]{4,6}))$")


def _named(name: str) -> str | None:
    """The character of a glyph's name, `/Aacute` or `/uni00C1`; what follows a dot is a variant of the letter."""
    name = name.partition(".")[0] or name
    char = adobe_glyphs.get(name)
    if char is None and (match := _HEX_NAME.match(name)):
        code = int(match[1] or match[2], 16)
        char = chr(code) if code < 0x110000 else None
    return char


_BUILT_IN = re.compile(rb"dup\s+(\d{1,3})\s*(/[\w.]+)\s+put")


def _built_in_letters(descriptor: DictionaryObject) -> dict[int, str]:
    """The encoding in the clear part of an embedded Type 1 font."""
    file = _resolved(entry(descriptor, "/FontFile"))
    if not isinstance(file, StreamObject):
        return {}
    clear = file.get_data()[:200_000].partition(b"eexec")[0]
    named = ((int(match[1]), _named(match[2].decode("latin-1"))) for match in _BUILT_IN.finditer(clear))
    return {code: char for code, char in named if char is not None}


_MAPPED = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _to_unicode(stream: Any, work: _FontWork) -> dict[int, str]:
    """PDF 32000-1, 9.10.3: the bfchar and bfrange sections of a ToUnicode CMap."""
    stream = _resolved(stream)
    letters: dict[int, str] = {}
    if not isinstance(stream, StreamObject):
        return letters
    data = stream.get_data()
    work.read(len(data))
    for section in _sections(data):
        _read_section(*section, letters, work)
    return letters


class _FontWork:
    """Codes written for one font, also those written again: ranges that overlap cost as much as others."""

    def __init__(self, work: Work) -> None:
        self.codes = 0
        self._work = work

    def read(self, size: int) -> None:
        self._work.draw(size)

    def add(self, codes: int) -> None:
        self.codes += max(0, codes)
        self._work.name(codes)
        if self.codes > 2 * _MOST_CODES:
            raise LimitError("a font of this PDF names its letters too often; no option allows more")


def _sections(data: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], 0
    while (match := _BEGIN.search(data, place)) is not None:
        end = data.find(b"end" + match[1], match.end())
        if end < 0:
            end = len(data)
        found.append((match[1], data[match.end() : end]))
        place = end + 3
    return found


_BEGIN = re.compile(rb"begin(bfchar|bfrange)")


def _read_section(kind: bytes, body: bytes, letters: dict[int, str], work: _FontWork) -> None:
    codes: list[bytes] = []
    listed: list[bytes] | None = None  # inside [ ]
    for match in _MAPPED.finditer(body):
        if len(letters) > _MOST_CODES:
            return
        if match[2]:
            listed = []
        elif match[3]:
            _read_list(codes, listed, letters)
            work.add(len(listed or ()))
            codes, listed = [], None
        elif listed is not None:
            listed.append(b"".join(match[1].split()))
        else:
            codes.append(b"".join(match[1].split()))
            if kind == b"bfchar" and len(codes) == 2:
                letters[_code(codes[0])] = _utf16(codes[1])
                codes = []
                work.add(1)
            elif len(codes) == 3:
                _read_range(codes, letters, work)
                codes = []


def _read_list(codes: list[bytes], listed: list[bytes] | None, letters: dict[int, str]) -> None:
    """A range whose letters are named one by one."""
    if listed is not None and len(codes) == 2:
        first = _code(codes[0])
        letters.update((first + step, _utf16(hexes)) for step, hexes in enumerate(listed))


def _read_range(codes: list[bytes], letters: dict[int, str], work: _FontWork) -> None:
    """Tesseract's one range names every code as itself, from 0 on."""
    first, last = _code(codes[0]), _code(codes[1])
    text = _utf16(codes[2]) or ("\x00" if codes[2].strip(b"0") == b"" != codes[2] else "")
    if not text:
        return
    head, final = text[:-1], ord(text[-1])
    work.add(min(last - first + 1, _MOST_CODES))
    for step in range(min(last - first + 1, _MOST_CODES)):
        if final + step < 0x110000 and not 0xD800 <= final + step < 0xE000 and final + step:
            letters[first + step] = head + chr(final + step)


def _code(digits: bytes) -> int:
    return int(digits[:8] or b"0", 16)


def _utf16(digits: bytes) -> str:
    raw = bytes.fromhex((digits if len(digits) % 2 == 0 else digits + b"0").decode("ascii"))
    if len(raw) == 1:
        return raw.decode("latin-1")
    return raw[:64].decode("utf-16-be", "replace").replace("\x00", "")


# ---------------------------------------------------------------- widths

_COURIER = re.compile(r"courier|mono|typewriter|consol", re.IGNORECASE)


def _simple_widths(
    font: DictionaryObject, descriptor: DictionaryObject, name: str, letters: dict[int, str]
) -> tuple[dict[int, float], float]:
    scale = 0.001
    if entry(font, "/Subtype") == "/Type3":
        matrix = _array(entry(font, "/FontMatrix"))
        scale = abs(_number(matrix[0] if matrix else None, 0.001)) or 0.001
    first = int(_number(entry(font, "/FirstChar"), 0))
    listed = _array(entry(font, "/Widths"))[:256]
    widths = {first + step: _number(width, 0) * scale for step, width in enumerate(listed)}
    if listed:
        return widths, _number(entry(descriptor, "/MissingWidth"), 0) * scale
    if _COURIER.search(name):
        return {}, 0.6
    return _standard_widths(name, letters), 0.5


def _standard_widths(name: str, letters: dict[int, str]) -> dict[int, float]:
    """Widths of the fourteen fonts that a PDF need not bring along."""
    from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

    metrics = CORE_FONT_METRICS.get(name)
    if metrics is None:
        return {}
    widths = metrics.character_widths
    return {code: widths[char] / 1000 for code, char in letters.items() if char in widths}


def _composite_widths(font: DictionaryObject, work: _FontWork) -> dict[int, float]:
    """The /W array: `first [w w w]` or `first last w`."""
    widths: dict[int, float] = {}
    pending: list[int] = []
    for item in _array(entry(font, "/W")):
        item = _resolved(item)
        if isinstance(item, ArrayObject):
            work.add(len(item))
            if pending:
                widths.update((pending[-1] + step, _number(one, 0) / 1000) for step, one in enumerate(item))
            pending = []
        elif len(pending) == 2:
            width = _number(item, 0) / 1000
            work.add(min(pending[1] - pending[0], _MOST_CODES) + 1)
            widths.update(dict.fromkeys(range(pending[0], min(pending[1], pending[0] + _MOST_CODES) + 1), width))
            pending = []
        else:
            pending.append(int(_number(item, 0)))
        if len(widths) > _MOST_CODES:
            break
    return widths


# ---------------------------------------------------------------- objects


def entry(dictionary: DictionaryObject, key: str) -> Any:
    return _resolved(dictionary.get(key))


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> DictionaryObject:
    value = _resolved(value)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> Any:
    value = _resolved(value)
    return value if isinstance(value, ArrayObject) else []


def _first(value: Any) -> DictionaryObject:
    items = _array(value)
    return _dictionary(items[0]) if items else DictionaryObject()


def _number(value: Any, default: float) -> float:
    value = _resolved(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return float(default)
