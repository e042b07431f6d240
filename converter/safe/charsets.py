"""Which encoding a text has that is neither UTF nor surely Windows-1252.

chardet proposes; a proposal is taken only where the text, so read, has the letters that it stands for. Most scripts
that are not UTF are in Western languages, so a wrong proposal that is taken does more harm than a right one refused.
"""

from __future__ import annotations

import re
import unicodedata

# What chardet calls them -> Python's codec. Of the others no script was seen, or Windows-1252 reads them as well.
_OWN_LETTERS = {
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "cp866": "cp866",
    "iso-8859-5": "iso8859-5",
    "maccyrillic": "mac-cyrillic",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc-jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "cp950": "cp950",
    "euc-kr": "cp949",
    "cp949": "cp949",
    "windows-1253": "cp1253",
    "iso-8859-7": "iso8859-7",
    "windows-1255": "cp1255",
    "iso-8859-8": "iso8859-8",
    "windows-1256": "cp1256",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
_LATIN = {
    "macroman": "mac-roman",
    "windows-1250": "cp1250",
    "iso-8859-2": "iso8859-2",
    "windows-1254": "cp1254",
    "iso-8859-9": "cp1254",
    "windows-1257": "cp1257",
}
_SAMPLE = 60_000  # bytes; chardet needs no more
_FEWEST_LETTERS = 20  # beyond ASCII, for a proposal to say anything
_FEWEST_LATIN = 40
_FEWEST_MENDED = 4
_FEW, _MANY = 0.05, 0.2  # of the characters beyond ASCII
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def proposed(data: bytes) -> str | None:
    """The codec of a text that Windows-1252 would turn into other letters; None where it is as good as any."""
    sample = _sample(data)
    western = _Text(sample.decode("cp1252", errors="replace"))
    if western.letters < _FEWEST_LETTERS and western.misplaced < _MANY:
        return None
    import chardet  # slow to load, and hardly ever needed

    name = str(chardet.detect(sample)["encoding"] or "").lower()
    if name in _OWN_LETTERS:
        read = _read(sample, _OWN_LETTERS[name])
        return _OWN_LETTERS[name] if read is not None and read.letters >= max(_FEWEST_LETTERS, read.ascii / 2) else None
    return _latin(sample, western, _LATIN.get(name))


def _latin(sample: bytes, western: _Text, codec: str | None) -> str | None:
    """A proposal for much text; for little, what mends most of the characters that stand where nobody types them."""
    for candidate in (codec, "mac-roman"):
        read = _read(sample, candidate) if candidate is not None else None
        if read is None:
            continue
        is_mended = read.misplaced < _FEW and western.misplaced > _MANY and read.beyond >= _FEWEST_MENDED
        if is_mended or codec == candidate and read.letters >= _FEWEST_LATIN and read.misplaced <= western.misplaced:
            return candidate
    return None


def _read(data: bytes, codec: str) -> _Text | None:
    try:
        return _Text(data.decode(codec))
    except UnicodeDecodeError:
        return None


def _sample(data: bytes) -> bytes:
    """The beginning, up to the end of a line."""
    if len(data) <= _SAMPLE:
        return data
    return data[: data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE]


class _Text:
    """What is counted in a text: its letters, and characters beyond ASCII where no writer has them."""

    def __init__(self, text: str):
        found = list(_BEYOND_ASCII.finditer(text))
        self.beyond = len(found)
        self.letters = sum(match[0].isalpha() for match in found)
        self.ascii = sum(map(str.isalpha, text)) - self.letters
        self.misplaced = sum(map(_is_misplaced, found)) / max(1, self.beyond)


def _is_misplaced(found: re.Match[str]) -> bool:
    """A capital after a small letter, or a sign inside a word that is no dash, apostrophe, ellipsis or blank."""
    char, text = found[0], found.string
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    if char.isalpha():
        return char.isupper() and before.islower()
    return char != "…" and unicodedata.category(char) not in ("Pd", "Pf", "Zs") and before.isalpha() and after.isalpha()
