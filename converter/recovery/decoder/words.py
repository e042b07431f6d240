"""The words of a text that lost its layout: tokens with their offsets, stems and word classes."""

from __future__ import annotations

import re

from converter.patterns import pattern
from converter.recovery.decoder.vocabulary import classes

# Linear: no two neighbouring quantifiers share a letter.
TOKEN = pattern(
    r"""
      \.{2,} | …  | -{2,} | [–—]+             # ellipsis, dash
    | [^\W\d_] (?: \. [^\W\d_] )+ (?: \.(?!\w) )?   # o.s. L.A.
    | \d+ (?: [.,:/] \d+ )+ | [^\W_]+ (?: ['’`/] [^\W_]+ )*
    | ['’] [^\W\d_]+                          # 's 'em
    | &amp | [^\w\s] | _+
    """,
    re.VERBOSE,
)
CONTRACTION = pattern(r"(.+?)(n['’]t|['’](?:s|re|ll|ve|d|m))$", re.IGNORECASE)
# A scene's number: 12, A12, 12A, C148PT; not 23rd, 9pm, 16mm, 50s.
NUMBERED = pattern(r"[a-z]{0,2}\d{1,4}(?!(?:st|nd|rd|th|am|pm|mm|s|k)$)[a-z]{0,2}$", re.IGNORECASE)

ELLIPSIS = frozenset(("...", "…", "..", "...."))


def stem(word: str) -> str:
    """A crude stem, good for counting only: walks, walked, walking and walk are one."""
    if len(word) > 4:
        word = _without_ending(word)
        if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "y":
        word = word[:-1] + "i"
    return word


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending):
            cut = word[: -len(ending)]
            is_part_of_it = len(cut) < 3 or ending == "s" and cut[-1] in "su"  # pass, bus
            return word if is_part_of_it else cut
    return word


class Words:
    """Parallel lists, one entry a token: as written, lower case, offsets, class, stem."""

    __slots__ = ("text", "form", "low", "start", "end", "kind", "stem", "cap", "_known")

    def __init__(self, text: str) -> None:
        self.text = text
        self.form: list[str] = []
        self.low: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self._known: dict[str, tuple[str, str]] = {}  # each form once: a long text repeats its words
        for match in TOKEN.finditer(text):
            self._add(match.group(), match.start(), match.end())
        self._classify()

    def __len__(self) -> int:
        return len(self.form)

    def _add(self, form: str, start: int, end: int) -> None:
        if "'" in form or "’" in form:
            split = CONTRACTION.match(form) if len(form) < 40 else None
            if split:
                cut = start + split.end(1)
                self._append(split.group(1), start, cut)
                self._append(split.group(2), cut, end)
                return
        self._append(form, start, end)

    def _append(self, form: str, start: int, end: int) -> None:
        known = self._known.get(form)
        if known is None:
            known = self._known[form] = (form, form.lower().replace("’", "'"))
        self.form.append(known[0])
        self.low.append(known[1])
        self.start.append(start)
        self.end.append(end)

    def _classify(self) -> None:
        table = classes()
        by_stem = {stem(word): kind for word, kind in reversed(table.items())}
        known: dict[str, tuple[str, str]] = {}
        self.kind: list[str] = []
        self.stem: list[str] = []
        for low in self.low:
            pair = known.get(low)
            if pair is None:
                cut = stem(low)
                pair = known[low] = (_class(low, cut, table, by_stem), cut)
            self.kind.append(pair[0])
            self.stem.append(pair[1])
        # 0 no capital, 1 the first letter, 2 all of two or more
        self.cap = [(2 if len(form) > 1 and form.isupper() else 1) if form[0].isupper() else 0 for form in self.form]


def _class(low: str, cut: str, table: dict[str, str], by_stem: dict[str, str]) -> str:
    if not (low[0].isalnum() or low[0] == "'" and len(low) > 1):
        return _class_of_mark(low)
    if low in table:
        return table[low]
    if low == "'s":
        return "'s"
    is_numbered = NUMBERED.match(low) is not None
    if is_numbered or low[0].isdigit():
        return "num" if low.isdigit() else "numx" if is_numbered else "num+"
    return by_stem.get(cut) or _class_of_shape(low)


def _class_of_shape(low: str) -> str:
    ending = next((one for one in ("ing", "ly", "ed") if low.endswith(one) and len(low) > len(one) + 2), None)
    if ending is not None:
        return "-" + ending
    return "l.a." if "." in low else "w"


def _class_of_mark(low: str) -> str:
    if low in ELLIPSIS:
        return "..."
    if low != "-" and low[0] in "-–—":
        return "--"
    if low[0] in '“”"':
        return '"'
    if low[0] in "'’‘`":
        return "'"
    return low if low in _MARKS else "*"


_MARKS = frozenset(".,;:!?()[]-#/&*")
PUNCTUATION = frozenset(
    (".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "-", "--", "...", '"', "'", "#", "/", "&", "*")
)
