"""A draft as a row of units: its paragraphs in document order, with their places and words that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from converter.records import dataclass, field
from converter.tree import (
    Action,
    Character,
    DualDialogue,
    Element,
    General,
    Paragraph,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    words,
)

# Where a paragraph stands: the element of the body, the speech of a pair (0 or 1), its part (-1: the cue).
Place = tuple[int, int, int]

# Typing that says the same: quotes, dots and dashes of either make.
_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."})
_DRAWN_IN_CAPITALS = (SceneHeading, Character)


def folded(text: str) -> str:
    """The words without what typography changes in them."""
    return text.translate(_SAME).replace("--", "-")


@dataclass(slots=True)
class Unit:
    paragraph: Paragraph
    place: Place
    words: list[str]  # folded
    key: str  # the same as one text, which equal paragraphs share
    kind: type[Paragraph]


@dataclass(slots=True)
class SceneUnits:
    """A heading and what is under it, up to the next heading; the first may have none."""

    start: int  # in the row of units
    units: list[Unit] = field(default_factory=list)
    bag: Counter[str] = field(default_factory=Counter)

    @property
    def heading(self) -> SceneHeading | None:
        first = self.units[0].paragraph
        return first if isinstance(first, SceneHeading) else None

    @property
    def number(self) -> str | None:
        return self.heading.number if self.heading is not None else None

    @property
    def end(self) -> int:
        return self.start + len(self.units)


def units_of(screenplay: Screenplay, *, ignore_case: bool = False) -> list[Unit]:
    """All that a page prints but the title page: synopses, sections and what was cut before are no words of a draft."""
    return [_unit(paragraph, place, ignore_case) for paragraph, place in _placed(screenplay.body)]


def _placed(body: Sequence[Element]) -> Iterator[tuple[Paragraph, Place]]:
    for number, element in enumerate(body):
        if isinstance(element, Speech):
            yield from _of_speech(element, number, 0)
        elif isinstance(element, DualDialogue):
            yield from _of_speech(element.left, number, 0)
            yield from _of_speech(element.right, number, 1)
        elif isinstance(element, Paragraph) and not isinstance(element, Section | Synopsis):
            yield element, (number, 0, 0)


def _of_speech(speech: Speech, number: int, side: int) -> Iterator[tuple[Paragraph, Place]]:
    if speech.cue is not None:
        yield speech.cue, (number, side, -1)
    for part, one in enumerate(speech.parts):
        if isinstance(one, Paragraph):
            yield one, (number, side, part)


def _unit(paragraph: Paragraph, place: Place, ignore_case: bool) -> Unit:
    said = folded(words(paragraph.text))
    if ignore_case or isinstance(paragraph, _DRAWN_IN_CAPITALS):
        said = said.upper()
    kind = Action if isinstance(paragraph, General) else type(paragraph)
    said_words = said.split()
    return Unit(paragraph, place, said_words, " ".join(said_words), kind)


def scenes_of(units: Sequence[Unit]) -> list[SceneUnits]:
    found: list[SceneUnits] = []
    for place, unit in enumerate(units):
        if unit.kind is SceneHeading or not found:
            found.append(SceneUnits(place))
        found[-1].units.append(unit)
    for scene in found:
        for unit in scene.units:
            scene.bag.update(unit.words)
    return found
