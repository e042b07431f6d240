"""Reports the writing that a page of cells shows wrongly: from right to left, joined, with signs in other places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from converter.contract import Diagnostic, Kind, Report
from converter.fonts.choose import writing
from converter.lines import Page

# Systems whose letters join, change places or grow together, by the first word of their letters' names in Unicode:
# those that HarfBuzz shapes with its engines for Arabic, Indic, Khmer, Myanmar, Thai, and the universal one.
_SHAPED = frozenset(
    "ARABIC SYRIAC MANDAIC MONGOLIAN NKO PHAGS-PA PSALTER MANICHAEAN ADLAM HANIFI SOGDIAN CHORASMIAN YEZIDI "
    "DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA VEDIC "
    "THAI LAO KHMER MYANMAR TIBETAN BALINESE BATAK BHAIKSUKI BRAHMI BUGINESE BUHID CHAKMA CHAM DIVES DOGRA DUPLOYAN "
    "EGYPTIAN GRANTHA GUNJALA HANUNOO JAVANESE KAITHI KAWI KAYAH KHAROSHTHI KHOJKI KHUDAWADI LEPCHA LIMBU MAHAJANI "
    "MAKASAR MARCHEN MASARAM MEETEI MIAO MODI MULTANI NANDINAGARI NEW NEWA NYIAKENG PAHAWH REJANG SAURASHTRA SHARADA "
    "SIDDHAM SOYOMBO SUNDANESE SUTTON SYLOTI TAGALOG TAGBANWA TAI TAKRI TIFINAGH TIRHUTA WANCHO ZANABAZAR "
    "THAANA".split()
)
_RIGHT_TO_LEFT = ("R", "AL", "AN")

# Korean letters written as their parts, joined emoji, skin tones and flags: several signs that make one shape.
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_CLUSTER = re.compile("\u200d[\u2190-\U0001faff]|[\U0001f3fb-\U0001f3ff]|[\U0001f1e6-\U0001f1ff]{2}")


def report_unshaped(text: str, pages: Sequence[Page], report: Report) -> None:
    """A LOSS for each paragraph with such writing; `text` is all that the pages show."""
    letters = frozenset(text)
    backwards = {char: _name(char) for char in letters if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT}
    shaped = {char: _name(char) for char in letters if writing(char) in _SHAPED}
    shaped |= {char: "Korean in parts" for char in letters if _JAMO.match(char)}
    has_clusters = _CLUSTER.search(text) is not None
    if not (backwards or shaped or has_clusters):
        return
    done: set[tuple[object, ...]] = set()
    for page in pages:
        for line in page.lines:
            said = "".join(run.text for run in line.text)
            for code, message in _losses(said, backwards, shaped, has_clusters):
                key = (code, message, line.at or line.paragraph, None if line.at else page.label)
                if key not in done:
                    done.add(key)
                    where = f"page {page.label}" if page.label else "the title page"
                    report(Diagnostic(Kind.LOSS, code, f"{message} ({where}).", line.at))


def _losses(
    said: str, backwards: dict[str, str], shaped: dict[str, str], has_clusters: bool
) -> Iterable[tuple[str, str]]:
    letters = frozenset(said)
    for name in sorted({backwards[char] for char in letters & backwards.keys()} - {""}):
        yield "pdf.right-to-left", f"{name} is written from right to left, but is drawn from left to right"
    for name in sorted({shaped[char] for char in letters & shaped.keys()}):
        yield (
            "pdf.unshaped",
            f"{name} is drawn letter by letter: its letters neither join nor change their shape or place",
        )
    if has_clusters and _CLUSTER.search(said):
        yield "pdf.unshaped", "An emoji made of several signs is drawn as the first of them"


def _name(char: str) -> str:
    """The writing system as one says it: Hebrew, Arabic; "" for signs of none."""
    name = writing(char)
    return "N'Ko" if name == "NKO" else name.title()
