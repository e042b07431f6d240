"""Scanned pages, each of which lay a little to one side: what stands where is what the straight page says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest

import converter
from converter.layout.paginate import paginate
from converter.lines import Line, Page
from converter.records import replace
from converter.recovery.pages.script import recover
from converter.tree import DualDialogue, Element, Paragraph, Run, Screenplay, Speech, words

SAMPLES = Path(__file__).parents[3] / "samples"


def _scanned(pages: Sequence[Page], seed: int) -> list[Page]:
    """Each page moved by up to a twelfth of an inch, each word by up to a point, as OCR finds them."""
    chance = random.Random(seed)
    out = []
    for page in pages:
        across, down = chance.uniform(-6, 6), chance.uniform(-6, 6)
        lines = [word for line in page.lines for word in _words(line, across, down, chance)]
        out.append(replace(page, lines=tuple(lines)))
    return out


def _words(line: Line, across: float, down: float, chance: random.Random) -> Iterator[Line]:
    place = 0
    for word in "".join(run.text for run in line.text).split(" "):
        if word:
            x = line.x + 7.2 * place + across + chance.uniform(-0.8, 0.8)
            yield Line(text=(Run(text=word),), x=x, y=line.y + down + chance.uniform(-0.7, 0.7))
        place += len(word) + 1


def _kinds_and_words(body: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Every paragraph: what it is and its words."""
    for element in body:
        parts: tuple[object, ...] = (element,)
        if isinstance(element, Speech):
            parts = (element.cue, *element.parts)
        elif isinstance(element, DualDialogue):
            parts = (element.left.cue, *element.left.parts, element.right.cue, *element.right.parts)
        for part in parts:
            if isinstance(part, Paragraph):
                yield type(part).__name__, " ".join(words(part.text).split())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["short-film.fountain", "production-draft.fountain"])
def test_scanned_pages_say_what_straight_ones_say(name: str, seed: int) -> None:
    screenplay: Screenplay = converter.read(SAMPLES / name).screenplay
    printed = paginate(screenplay).script
    straight = list(_kinds_and_words(recover(printed).body))
    scanned = list(_kinds_and_words(recover(_scanned(printed, seed)).body))
    assert SequenceMatcher(None, straight, scanned, autojunk=False).ratio() > 0.96
