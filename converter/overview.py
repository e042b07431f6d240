"""What is in a script: scenes, cast, elements, notes, revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from converter.terms import cue_name, is_omitted
from converter.tree import (
    ELEMENT_NAMES,
    DualDialogue,
    Element,
    Note,
    Scene,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    paragraphs,
    scenes,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEntry:
    number: str | None
    heading: str  # empty: what stands before the first heading
    speeches: int
    omitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CastEntry:
    name: str
    speeches: int
    scenes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Elements by their names; the cast, who speaks most first; notes in the text and between the elements."""

    title: str | None
    scenes: tuple[SceneEntry, ...]
    cast: tuple[CastEntry, ...]
    elements: tuple[tuple[str, int], ...]
    notes: int
    revisions: tuple[str, ...]


def overview(screenplay: Screenplay) -> Overview:
    speeches: Counter[str] = Counter()
    appearances: Counter[str] = Counter()
    entries = []
    for scene in scenes(screenplay):
        speakers = Counter(_speakers(scene.elements))
        speeches.update(speakers)
        appearances.update(speakers.keys())
        entries.append(_entry(scene, speakers.total()))
    cast = (CastEntry(name=name, speeches=n, scenes=appearances[name]) for name, n in speeches.most_common())
    return Overview(
        title=_title(screenplay),
        scenes=tuple(entries),
        cast=tuple(cast),
        elements=tuple(_elements(screenplay)),
        notes=_notes(screenplay.body),
        revisions=tuple(one.name for one in screenplay.revisions.sets) if screenplay.revisions else (),
    )


def _speakers(elements: tuple[Element, ...]) -> Iterator[str]:
    for speech in _speeches(elements):
        if speech.cue is not None:
            yield cue_name(speech.cue)


def _speeches(elements: tuple[Element, ...]) -> Iterator[Speech]:
    for element in elements:
        if isinstance(element, Speech):
            yield element
        elif isinstance(element, DualDialogue):
            yield element.left
            yield element.right


def _entry(scene: Scene, speeches: int) -> SceneEntry:
    heading = scene.heading
    if heading is None:
        return SceneEntry(number=None, heading="", speeches=speeches, omitted=False)
    text = " ".join(words(heading.text).split())
    return SceneEntry(number=heading.number, heading=text, speeches=speeches, omitted=is_omitted(heading))


def _title(screenplay: Screenplay) -> str | None:
    for field in screenplay.title_page.fields if screenplay.title_page else ():
        if field.name.lower() == "title":
            return " ".join(" ".join(map(words, field.lines)).split()) or None
    return None


_NAMES = {**ELEMENT_NAMES, Section: "Section", Synopsis: "Synopsis"}


def _elements(screenplay: Screenplay) -> Iterator[tuple[str, int]]:
    """In the order of ELEMENT_NAMES, those that occur."""
    counts = Counter(type(paragraph) for paragraph in paragraphs(screenplay.body))
    yield from ((name, counts[kind]) for kind, name in _NAMES.items() if counts[kind])
    pairs = sum(isinstance(element, DualDialogue) for element in screenplay.body)
    if pairs:
        yield "Dual Dialogue", pairs


def _notes(elements: tuple[Element, ...]) -> int:
    """Those between elements, in speeches and in the text of paragraphs."""
    between = sum(isinstance(element, Note) for element in elements)
    inside = sum(isinstance(part, Note) for speech in _speeches(elements) for part in speech.parts)
    in_text = sum(isinstance(inline, Note) for paragraph in paragraphs(elements) for inline in paragraph.text)
    return between + inside + in_text
