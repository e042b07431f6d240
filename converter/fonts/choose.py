"""Which font draws which letter: families are chosen, and of a family the face that comes nearest to the style.

A family is what its fonts say it is, not what their files are called. What comes out depends on the fonts that there
are, never on the order in which a disk lists them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from converter.fonts import BOLD, ITALIC
from converter.fonts.index import Face
from converter.fonts.tables import covered

REGULAR_WEIGHT, BOLD_WEIGHT, NORMAL_WIDTH = 400, 700, 5
_LIGHTEST_BOLD = 600


class Styled(NamedTuple):
    """The face for a style, the weight to set where it varies, and how drawing has to help."""

    face: Face
    weight: int
    emboldened: bool
    slanted: bool


class Family(NamedTuple):
    """Faces of one name; `weight`, `width` and `slanted` are those of its regular style."""

    name: str
    faces: tuple[Face, ...]
    weight: int = REGULAR_WEIGHT
    width: int = NORMAL_WIDTH
    slanted: bool = False
    named: Face | None = None  # the face that was asked for, which wins over its like

    def styled(self, bits: int) -> Styled:
        """The face with the nearest slope, weight and width."""
        weight = max(BOLD_WEIGHT, self.weight) if bits & BOLD else self.weight
        slanted = self.slanted or bool(bits & ITALIC)

        def distance(face: Face) -> tuple[object, ...]:
            nearest = _reached(face, weight)
            off = abs(nearest - weight)
            return face.slanted != slanted, off, nearest < weight, abs(face.width - self.width), face is not self.named

        face = min(self.faces, key=distance)
        reached = _reached(face, weight)
        return Styled(face, reached, bool(bits & BOLD) and reached < _LIGHTEST_BOLD, slanted and not face.slanted)


def _reached(face: Face, weight: int) -> int:
    """The weight that comes nearest: a variable font has many."""
    return min(max(weight, face.lightest), face.heaviest)


# ---------------------------------------------------------------- by name


def named(wanted: str, faces: Iterable[Face]) -> Family | None:
    """The family of that name, or the one with a face of that name, which then is its regular style."""
    asked = " ".join(wanted.split()).lower()
    faces = tuple(faces)
    for part in (
        [face for face in faces if face.family.lower() == asked],
        [face for face in faces if asked in face.names],
        [face for face in faces if asked in face.own_names],
    ):
        if part:
            first = Family(part[0].family, tuple(part)).styled(0).face
            return family_of(first, faces) if part[0].family.lower() != asked else Family(first.family, tuple(part))
    return None


def family_of(first: Face, faces: Iterable[Face]) -> Family:
    """The family of a face, with that face as its regular style."""
    same = first.family.lower()
    like = tuple(face for face in faces if face.family.lower() == same) or (first,)
    return Family(first.family, like, first.weight, first.width, first.slanted, first)


# ---------------------------------------------------------------- by letters


def for_letters(letters: Collection[str], faces: Iterable[Face]) -> list[Family]:
    """Families that have as many of the letters as can be had, few for each writing system, the best first."""
    families: dict[str, list[Face]] = {}
    for face in faces:
        families.setdefault(face.family.lower(), []).append(face)
    chosen: dict[str, Family] = {}
    for group in _by_writing(letters):
        for family in _cover(group, families.values()):
            chosen.setdefault(family.name.lower(), family)
    return list(chosen.values())


def _by_writing(letters: Collection[str]) -> list[list[int]]:
    """The letters by writing system, so that one family draws a language where it can."""
    groups: dict[str, list[int]] = {}
    for char in sorted(letters):
        groups.setdefault(writing(char), []).append(ord(char))
    return [groups[name] for name in sorted(groups)]


EAST_ASIAN = "CJK"
_EAST_ASIAN_NAMES = frozenset(
    "CJK HIRAGANA KATAKANA KATAKANA-HIRAGANA HANGUL BOPOMOFO IDEOGRAPHIC FULLWIDTH HALFWIDTH".split()
)


def writing(char: str) -> str:
    """The writing system as the first word of the letter's name in Unicode; signs that belong to none are ""."""
    first = unicodedata.name(char, "").partition(" ")[0]
    if first in _EAST_ASIAN_NAMES or "\u3000" <= char <= "\u303f":
        return EAST_ASIAN
    return first if unicodedata.category(char)[0] in "LM" else ""


class _Candidate(NamedTuple):
    family: Family
    covers: frozenset[int]
    rank: tuple[object, ...]  # the lower the better


def _cover(codes: Sequence[int], families: Iterable[Sequence[Face]]) -> list[Family]:
    country = _country(codes)
    candidates = []
    for faces in families:
        family = Family(faces[0].family, tuple(faces))
        face = family.styled(0).face
        covers = frozenset(covered(codes, face.ranges))
        if covers:
            candidates.append(_Candidate(family, covers, _rank(face, country)))
    candidates.sort(key=lambda one: one.rank)
    left = frozenset(codes)
    chosen = []
    while left:

        def merit(one: _Candidate, left: frozenset[int] = left) -> tuple[bool, int]:
            gain = len(one.covers & left)
            return gain > 0 and not one.rank[0], gain

        best = max(candidates, key=merit, default=None)  # the first of equals
        if best is None or not best.covers & left:
            break
        chosen.append(best.family)
        left -= best.covers
    return chosen


# Fonts that show a sign for every letter, or for none, so that programs have something to draw.
_STOPGAPS = ("lastresort", "last resort", "adobe blank", "adobeblank", "unicode bmp fallback", "unifont", "tofu")


def _rank(face: Face, country: str) -> tuple[object, ...]:
    """A real font before a stopgap, the country's own, regular ones, typewriters, plain names."""
    name = face.family.lower()
    words = name.split()
    weight = abs(_reached(face, REGULAR_WEIGHT) - REGULAR_WEIGHT)
    return (
        any(stopgap in name for stopgap in _STOPGAPS),
        _foreignness(face, country) if country else 0,
        weight > 100 or face.slanted or face.width != NORMAL_WIDTH,
        not face.typewriter,
        "sans" not in words,
        len(name),
        name,
    )


# ---------------------------------------------------------------- East Asian shapes

# One code stands for a character that Japan, Korea and China write differently; fonts say for whom they are.
_COUNTRIES = {  # the codec of its letters, its bit in OS/2 (from bit 17), how families of many countries are called
    "jp": ("cp932", 0b00001),
    "sc": ("gb2312", 0b00010),
    "kr": ("euc_kr", 0b10100),
    "tc": ("big5", 0b01000),
}
_FAMILY_ENDINGS = frozenset({*_COUNTRIES, "hk"})


def _country(codes: Sequence[int]) -> str:
    """Whose shapes the letters want: kana are Japanese, hangul Korean, the rest is Chinese of one kind or the other."""
    text = "".join(map(chr, codes))
    if not any(writing(char) == EAST_ASIAN for char in text[:1]):
        return ""
    found = {unicodedata.name(char, "").partition(" ")[0] for char in text}
    if found & {"HIRAGANA", "KATAKANA"}:
        return "jp"
    if "HANGUL" in found:
        return "kr"
    return max(("sc", "tc", "jp"), key=lambda country: _encodable(text, _COUNTRIES[country][0]))


def _encodable(text: str, codec: str) -> int:
    return len(text.encode(codec, "ignore").decode(codec, "ignore"))


def _foreignness(face: Face, country: str) -> int:
    ending = face.family.lower().split()[-1:]
    if ending and ending[0] in _FAMILY_ENDINGS:
        return 0 if ending[0] == country else 3
    return 1 if face.regions & _COUNTRIES[country][1] else 2
