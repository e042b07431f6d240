"""What is in a script: pages, scenes, cast, elements, notes, revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, count

from converter.contract import DEFAULT_LIMITS, Limits, UsageError
from converter.layout.paginate import SceneLength, eighths_text, paginate
from converter.layout.style import PageOptions
from converter.records import dataclass
from converter.terms import cue_name, is_omitted
from converter.tree import (
    ELEMENT_NAMES,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    Note,
    Paragraph,
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
    page: str | None  # where its heading stands; None: on no page
    eighths: int  # of a page

    @property
    def length(self) -> str:
        """As breakdowns write it: 1 3/8, 4/8, 2."""
        return eighths_text(self.eighths)


@dataclass(frozen=True, slots=True, kw_only=True)
class CastEntry:
    name: str
    speeches: int
    scenes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Elements by their names; the cast, who speaks most first; notes in the text and between the elements."""

    title: str | None
    title_pages: int
    pages: int
    scenes: tuple[SceneEntry, ...]
    cast: tuple[CastEntry, ...]
    elements: tuple[tuple[str, int], ...]
    notes: int
    revisions: tuple[str, ...]

    @property
    def length(self) -> str:
        """Of all scenes, as breakdowns write it: 104 3/8."""
        return eighths_text(sum(one.eighths for one in self.scenes))


def page_count(screenplay: Screenplay, options: object, limits: Limits = DEFAULT_LIMITS) -> int:
    """The pages that a writer with these options prints; for formats without pages, those of a PDF."""
    chosen = options if isinstance(options, PageOptions) else PageOptions()
    return paginate(screenplay, chosen, limits=limits).count


def touched_pages(screenplay: Screenplay, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """The pages that the newest revision touched, as they are called."""
    try:
        pages = paginate(screenplay, PageOptions(only_revised=True), limits=limits)
    except UsageError:
        return ()
    return tuple(page.label or "" for page in pages.script)


def overview(screenplay: Screenplay, limits: Limits = DEFAULT_LIMITS) -> Overview:
    """Raises LimitError for more pages than `limits.output_pages`."""
    speeches: Counter[str] = Counter()
    appearances: Counter[str] = Counter()
    entries = []
    pages = paginate(screenplay, limits=limits)
    lengths = {length.heading: length for length in pages.scenes}
    headings = count()
    for scene in scenes(screenplay):
        speakers = Counter(_speakers(scene.elements))
        speeches.update(speakers)
        appearances.update(speakers.keys())
        length = lengths.get(next(headings)) if scene.heading is not None else None
        entries.append(_entry(scene, speakers.total(), length))
    cast = (CastEntry(name=name, speeches=n, scenes=appearances[name]) for name, n in speeches.most_common())
    return Overview(
        title=_title(screenplay),
        title_pages=len(pages.title),
        pages=pages.count,
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


def _entry(scene: Scene, speeches: int, length: SceneLength | None) -> SceneEntry:
    heading = scene.heading
    return SceneEntry(
        number=heading.number if heading else None,
        heading=" ".join(words(heading.text).split()) if heading else "",
        speeches=speeches,
        omitted=heading is not None and is_omitted(heading),
        page=length.page if length else None,
        eighths=length.eighths if length else 0,
    )


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
    """Those between elements, in speeches and in the text of paragraphs, other takes of a line included."""
    between = sum(isinstance(element, Note) for element in elements)
    inside = sum(isinstance(part, Note) for speech in _speeches(elements) for part in speech.parts)
    in_text = sum(isinstance(inline, Note) for paragraph in paragraphs(elements) for inline in _inlines(paragraph))
    return between + inside + in_text


def _inlines(paragraph: Paragraph) -> Iterator[Inline]:
    yield from paragraph.text
    if isinstance(paragraph, Dialogue):
        yield from chain.from_iterable(paragraph.alternates)
