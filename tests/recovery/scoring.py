"""How much of a damaged script came back: words under their element, and elements that begin where they should."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from benchmarks.damage import KINDS, Piece, Span
from converter.tree import Screenplay, paragraphs, words

WORD = re.compile(r"[^\W_]+")


class Score(NamedTuple):
    words: int
    right: int
    hit: int
    false: int
    missed: int

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.words)

    @property
    def boundaries(self) -> float:
        """F1 of the element starts; neighbouring paragraphs of action, and of one speech, count as one."""
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)


class Word(NamedTuple):
    word: str
    kind: str
    opens: bool


def score(text: str, spans: Sequence[Span], script: Sequence[Piece], recovered: Screenplay) -> Score:
    """The recovered screenplay against the truth about the damaged text."""
    truth = list(_opened(_truth(text, spans)))
    found = list(_opened(_found(recovered)))
    kinds = {"page", "number", "furniture"}
    truth = [word for word in truth if word.kind not in kinds]
    matcher = SequenceMatcher(None, [word.word for word in truth], [word.word for word in found], autojunk=False)
    right = hit = 0
    for i, j, size in matcher.get_matching_blocks():
        for k in range(size):
            a, b = truth[i + k], found[j + k]
            right += a.kind == b.kind
            hit += a.opens and b.opens and a.kind == b.kind
    opened = sum(word.opens for word in truth)
    said = sum(word.opens for word in found)
    return Score(len(truth), right, hit, said - hit, opened - hit)


def _truth(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str, int]]:
    for span in spans:
        for match in WORD.finditer(text[span.start : span.end].lower()):
            yield match.group(), span.kind, span.piece


def _found(screenplay: Screenplay) -> Iterator[tuple[str, str, int]]:
    for number, paragraph in enumerate(paragraphs(screenplay.body)):
        text = words(paragraph.text).lower()
        for match in WORD.finditer("omit" if text == "omitted" else text):
            yield match.group(), KINDS[type(paragraph)], number


def _opened(all_words: Iterator[tuple[str, str, int]]) -> Iterator[Word]:
    before: tuple[str, int] | None = None
    for word, kind, number in all_words:
        if kind in ("page", "number", "furniture"):
            yield Word(word, kind, False)
            continue
        same = before is not None and before[0] == kind and (before[1] == number or kind in ("action", "dialogue"))
        yield Word(word, kind, not same)
        before = kind, number
