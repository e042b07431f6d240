"""The body as FDX sees it: one unit for each paragraph, with what leads to it; and where its anchors stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from converter.notation.fdx import units
from converter.tree import (
    Action,
    Boneyard,
    CastList,
    Cut,
    Deletion,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    LineBreak,
    Lyric,
    Marker,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Position,
    Run,
    SceneHeading,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Text,
    Transition,
)


class Unit:
    """A Paragraph of Content, or one inside a dual dialogue or an omitted scene.

    Without `paragraph` it is a dual dialogue (`inner` its columns), or a page break that has no paragraph (`at` its
    place). `inner` of a scene heading is the omitted scene, `behind_inner` the markers at its end, `summary` its card.
    Lyrics stand `alone` right behind a speech that they do not belong to.
    """

    __slots__ = ("alone", "at", "behind_inner", "dual", "inner", "markers", "page_break", "paragraph", "summary")

    def __init__(
        self,
        paragraph: Paragraph | None = None,
        markers: tuple[Marker, ...] = (),
        page_break: bool = False,
        at: Position | None = None,
    ):
        self.paragraph = paragraph
        self.markers = markers
        self.page_break = page_break
        self.at = at
        self.summary: list[Synopsis] = []
        self.dual = False
        self.inner: list[Unit] = []
        self.behind_inner: tuple[Marker, ...] = ()
        self.alone = False


def units_of(body: tuple[Element, ...], card: CardTest | None = None) -> tuple[list[Unit], tuple[Marker, ...]]:
    """The units of a normal body, and the markers behind the last."""
    flow = _Flow(card or CardTest())
    flow.elements(body)
    return flow.units, tuple(flow.markers)


class CardTest:
    """Which synopses stand on their scene's card (Summary) instead of in a paragraph of their own."""

    def on_card(self, heading: SceneHeading, synopsis: Synopsis) -> bool:
        return fits_card(synopsis)


def fits_card(synopsis: Synopsis) -> bool:
    """A card holds words and their emphasis."""
    return (
        synopsis.number is None
        and synopsis.style_name is None
        and synopsis.align is None
        and synopsis.layout is None
        and any(isinstance(inline, Run) and not inline.text.isspace() for inline in synopsis.text)
        and all(isinstance(inline, LineBreak) or _plain(inline) for inline in synopsis.text)
    )


def _plain(inline: object) -> bool:
    return (
        isinstance(inline, Run)
        and inline.look is None
        and inline.revision is None
        and not inline.tags
        and Style.PLAIN not in inline.style
    )


class _Flow:
    def __init__(self, card: CardTest) -> None:
        self.units: list[Unit] = []
        self.markers: list[Marker] = []
        self._breaks: list[PageBreak] = []
        self._card = card

    def elements(self, elements: Iterable[Element]) -> None:
        heading: Unit | None = None  # while its synopses may follow
        behind_speech = False
        for element in elements:
            match element:
                case Synopsis() if (
                    heading is not None
                    and isinstance(heading.paragraph, SceneHeading)
                    and self._card.on_card(heading.paragraph, element)
                ):
                    heading.summary.append(element)
                    continue
                case PageBreak():
                    self._breaks.append(element)
                case Note() | Boneyard() | PageMark():
                    self.markers.append(element)
                case SceneHeading():
                    heading = self._add(element)
                    behind_speech = False
                    if element.omitted is not None:
                        inner = _Flow(self._card)
                        inner.elements(element.omitted)
                        heading.inner, heading.behind_inner = inner.units, tuple(inner.markers)
                    continue
                case Lyric():
                    self._add(element).alone = behind_speech
                    behind_speech = False
                case Speech():
                    self._speech(element)
                    behind_speech = True
                case DualDialogue():
                    self._dual(element)
                    behind_speech = False
                case (
                    Action()
                    | General()
                    | Shot()
                    | Transition()
                    | CastList()
                    | NewAct()
                    | EndOfAct()
                    | Synopsis()
                    | Section()
                ):
                    self._add(element)
                    behind_speech = False
            heading = None

    def _add(self, paragraph: Paragraph | None) -> Unit:
        new_page = False
        if self._breaks:
            self.units.extend(Unit(at=one.at) for one in self._breaks[:-1])
            self._breaks.clear()
            new_page = True
        unit = Unit(paragraph, tuple(self.markers), new_page)
        self.markers.clear()
        self.units.append(unit)
        return unit

    def _speech(self, speech: Speech) -> None:
        if speech.cue is not None:
            self._add(speech.cue)
        for part in speech.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        match part:
            case PageBreak():
                self._breaks.append(part)
            case Cut():
                raise AssertionError("fit leaves no Cut")
            case Note() | Boneyard() | PageMark():
                self.markers.append(part)
            case _:
                self._add(part)

    def _dual(self, dual: DualDialogue) -> None:
        unit = self._add(None)
        unit.dual = True
        inner = _Flow(self._card)
        inner._speech(dual.left)
        inner._speech(dual.right)
        unit.inner = inner.units


def nested(inner: Iterable[Unit]) -> Iterator[Unit]:
    """The units inside a unit in document order, deeper ones too."""
    for unit in inner:
        yield unit
        yield from nested(unit.inner)


def paragraphs_of(body_units: Iterable[Unit]) -> Iterator[Paragraph]:
    return (unit.paragraph for unit in nested(body_units) if unit.paragraph is not None)


# ---------------------------------------------------------------- anchors


class Spot(NamedTuple):
    """Where an anchor stands: a unit of the body, which one inside it (0: itself), a character of its text."""

    unit: int
    nested: int
    character: int


class Anchor:
    """A node and where it stands; `end` is that of a range."""

    __slots__ = ("end", "node", "start")

    def __init__(self, node: Note | Boneyard | PageMark | Deletion, start: Spot):
        self.node = node
        self.start = start
        self.end: Spot | None = None


def anchors_of(body_units: list[Unit], trailing: tuple[Marker, ...]) -> list[Anchor]:
    """Everything that Final Draft anchors by offset, in document order."""
    found: list[Anchor] = []
    open_ranges: dict[int, Anchor] = {}
    for index, unit in enumerate(body_units):
        if unit.markers:
            found.extend(Anchor(marker, Spot(index, 0, 0)) for marker in unit.markers)
        if unit.paragraph is not None:
            _text_anchors(unit.paragraph.text, index, 0, found, open_ranges)
        if unit.inner or unit.behind_inner:
            _inner_anchors(unit, index, found, open_ranges)
    found.extend(Anchor(marker, Spot(len(body_units), 0, 0)) for marker in trailing)
    return found


def _inner_anchors(unit: Unit, index: int, found: list[Anchor], open_ranges: dict[int, Anchor]) -> None:
    number = 0
    for number, one in enumerate(nested(unit.inner), start=1):
        found.extend(Anchor(marker, Spot(index, number, 0)) for marker in one.markers)
        if one.paragraph is not None:
            _text_anchors(one.paragraph.text, index, number, found, open_ranges)
    found.extend(Anchor(marker, Spot(index, number + 1, 0)) for marker in unit.behind_inner)


def _text_anchors(text: Text, index: int, number: int, found: list[Anchor], open_ranges: dict[int, Anchor]) -> None:
    if len(text) <= 1 and (not text or type(text[0]) is Run):
        return
    place = 0
    for inline in text:
        match inline:
            case Run():
                place += units(inline.text)
            case LineBreak():
                place += 1
            case NoteEnd():
                opened = open_ranges.pop(inline.id, None)
                if opened is not None:
                    opened.end = Spot(index, number, place)
            case Note():
                anchor = Anchor(inline, Spot(index, number, place))
                found.append(anchor)
                if inline.id is not None:
                    open_ranges[inline.id] = anchor
            case Boneyard() | PageMark() | Deletion():
                found.append(Anchor(inline, Spot(index, number, place)))


def text_length(text: Text) -> int:
    if len(text) == 1 and type(text[0]) is Run:
        return units(text[0].text)
    return sum(units(one.text) if isinstance(one, Run) else isinstance(one, LineBreak) for one in text)


def unit_length(unit: Unit) -> int:
    """How far the next paragraph is: the text, 2 for a block inside, 1 for the paragraph's end."""
    own = text_length(unit.paragraph.text) if unit.paragraph is not None else 0
    return own + (2 if has_block(unit) else 0) + 1


def has_block(unit: Unit) -> bool:
    return unit.dual or isinstance(unit.paragraph, SceneHeading) and unit.paragraph.omitted is not None
