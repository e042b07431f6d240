"""The document tree: the one form of a screenplay that every reader makes and every writer takes.

Everything here is frozen and compares by value; where a node came from (`at`, `origin`) takes no part in equality.
Names are Final Draft's where it has one. docs/tree.md explains each node; `converter.normal` says which of several
ways to say the same thing is the one that readers return.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, Flag, auto
from typing import Any, NamedTuple, TypeAlias, TypeVar, assert_never, cast

from converter.records import dataclass, field, replace


class Position(NamedTuple):
    """A place in the author's source. Line, column, page and paragraph count from 1."""

    line: int | None = None
    column: int | None = None
    page: int | None = None
    paragraph: int | None = None
    source: int | None = None  # digest of the bytes that were read, so that a node knows which file it came from


class Style(Flag):
    """How words were set, apart from what their element does anyway (the capitals of a heading, say)."""

    BOLD = auto()
    ITALIC = auto()
    UNDERLINE = auto()
    STRIKEOUT = auto()
    ALL_CAPS = auto()
    SMALL_CAPS = auto()
    HIDDEN = auto()
    PLAIN = auto()  # the element's own style does not apply to these words


NO_STYLE = Style(0)


class Align(Enum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Type and colour of words; None is the element's own. Size in points, colours as #RRGGBB."""

    font: str | None = None
    size: float | None = None
    color: str | None = None
    background: str | None = None


# ---------------------------------------------------------------- inside a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words set in one way: never empty, no control character but tab."""

    text: str
    style: Style = NO_STYLE
    look: Look | None = None
    revision: int | None = None  # RevisionSet.id
    tags: tuple[int, ...] = ()  # Tag.number


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A typed line break inside a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark that no page prints. With an id it begins a range that NoteEnd closes, without one it is a point."""

    text: str  # may hold line feeds
    id: int | None = None
    title: str | None = None
    category: str | None = None
    author: str | None = None
    color: str | None = None  # #RRGGBB or a colour's name, as the source has it
    date: str | None = None  # ISO 8601, as far as the source knows it
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEnd:
    """Here ends the range of the Note with that id."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Boneyard:
    """Text that was put aside, with its marks: kept, never printed."""

    source: str
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMark:
    """The page called `label` began here; locked pages keep their label for ever."""

    label: str
    locked: bool = False
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """Words were cut here in that revision; the words themselves, where the source still has them."""

    revision: int
    text: tuple[Run | LineBreak, ...] = ()


Inline: TypeAlias = Run | LineBreak | Note | NoteEnd | Boneyard | PageMark | Deletion
Text: TypeAlias = tuple[Inline, ...]
Marker: TypeAlias = Note | Boneyard | PageMark  # the nodes that stand in a text and between blocks alike

_INLINES = frozenset({Run, LineBreak, Note, NoteEnd, Boneyard, PageMark, Deletion})


def _as_text(text: Any) -> Text:
    """What a program gives as text: a tuple of inlines, or a str, which becomes one Run. Else TypeError."""
    if type(text) is tuple and (len(text) == 1 and type(text[0]) is Run or _INLINES.issuperset(map(type, text))):
        return text
    if isinstance(text, str):
        return (Run(text=str(text)),) if text else ()
    raise TypeError(f"text is a str or a tuple of Runs and other inlines, {_found(text)}")


def _found(given: Any) -> str:
    if type(given) is not tuple:
        return f"not {type(given).__name__}"
    return f"not a tuple with {', '.join(sorted({type(one).__name__ for one in given}))}"


# ---------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class TabStop:
    position: float  # inches from the paper's left edge
    align: Align = Align.LEFT
    decimal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLayout:
    """Measures of one paragraph or style; None is the style's own. Indents in inches from the paper's left edge."""

    first_indent: float | None = None  # relative to `left`
    left: float | None = None
    right: float | None = None
    space_before: float | None = None  # points
    line_spacing: float | None = None  # lines
    new_page: bool | None = None
    tabs: tuple[TabStop, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The base of every block with text. The class is what the paragraph behaves as, `style_name` what it is called."""

    text: Text = field(default=(), metadata={"check": _as_text})  # a str given for it becomes one Run
    align: Align | None = None
    number: str | None = None  # opaque: 12A, A12, I-1-A
    style_name: str | None = None  # None: the built-in name
    layout: ParagraphLayout | None = None
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneHeading(Paragraph):
    """The line that opens a scene, as typed: INT. TIDE STATION - DAWN."""

    color: str | None = None  # #RRGGBB
    omitted: tuple[Element, ...] | None = None  # the cut scene, its own heading included


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Paragraph):
    """What is seen and heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class General(Paragraph):
    """A paragraph that is none of the others, set as the script's styles say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot(Paragraph):
    """A camera position on a line of its own: CLOSE ON THE GAUGE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Paragraph):
    """How one scene gives way to the next: CUT TO:"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastList(Paragraph):
    """Who appears, below a heading, as multi-camera comedies have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct(Paragraph):
    """ACT ONE, at the start of an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfAct(Paragraph):
    """END OF ACT ONE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synopsis(Paragraph):
    """A summary for planning, not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Paragraph):
    """A heading for planning, not printed; level 1 stands above level 2."""

    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Character(Paragraph):
    """A cue as typed, extensions and (CONT'D) included; `terms` takes it apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parenthetical(Paragraph):
    """As typed, with its brackets; readers of formats that store it bare add them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue(Paragraph):
    """What is said under a cue; `alternates` are other wordings that the source keeps."""

    alternates: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lyric(Paragraph):
    """A line that is sung."""


# ---------------------------------------------------------------- speeches and the body


def _as_nodes(nodes: Any) -> Any:
    """A tuple of what stands between paragraphs or in a speech, as it is given. Else TypeError."""
    if type(nodes) is tuple and (len(nodes) == 1 and type(nodes[0]) is Dialogue or _NODES.issuperset(map(type, nodes))):
        return nodes
    raise TypeError(f"here stands a tuple of elements such as Action(text=...), {_found(nodes)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The next paragraph starts a page because the author said so."""

    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Whole elements, or whole parts of a speech, were cut here in that revision. No page prints them."""

    revision: int
    elements: tuple[Element | Part, ...]
    at: Position | None = field(default=None, compare=False)


Part: TypeAlias = Parenthetical | Dialogue | Lyric | Note | Boneyard | PageMark | PageBreak | Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A cue and all that is said under it; without a cue, speech whose speaker the source does not name."""

    cue: Character | None = None
    parts: tuple[Part, ...] = field(default=(), metadata={"check": _as_nodes})


@dataclass(frozen=True, slots=True, kw_only=True)
class DualDialogue:
    """Two speeches side by side."""

    left: Speech
    right: Speech


_NODES = frozenset({*Paragraph.__subclasses__(), Speech, DualDialogue, PageBreak, Note, Boneyard, PageMark, Cut})

Block: TypeAlias = (
    SceneHeading | Action | General | Shot | Transition | CastList | NewAct | EndOfAct | Synopsis | Section | Lyric
)
Element: TypeAlias = Block | Speech | DualDialogue | PageBreak | Note | Boneyard | PageMark | Cut


# ---------------------------------------------------------------- around the body


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleField:
    """One entry of the title page, such as Title or Draft date, with its lines."""

    name: str
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePage:
    """What the title page says (`fields`) and, where the source drew one, its lines page by page (`sheets`)."""

    fields: tuple[TitleField, ...] = ()
    sheets: tuple[tuple[General, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementStyle:
    """A paragraph style of the source's own."""

    name: str
    behaves_as: str | None = None
    align: Align | None = None
    layout: ParagraphLayout | None = None
    style: Style = NO_STYLE
    look: Look | None = None
    next_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    width: float  # inches
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Points from the paper's edge; `left` and `right` do not exist, indents count from the edge."""

    top: float
    bottom: float
    header: float
    footer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What a page break in a speech prints, and whether a speaker who goes on is marked."""

    bottom: str = "(MORE)"
    top: str = "(CONT'D)"
    at_bottom: bool = True
    at_top: bool = True
    automatic: bool = True  # (CONT'D) where a speaker goes on after action


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """What a page break in a scene prints."""

    bottom: str = "(CONTINUED)"
    top: str = "CONTINUED:"
    at_bottom: bool = False
    at_top: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneNumbers:
    """Where scene numbers print: the left one starts, the right one ends there, in inches."""

    left: bool = True
    right: bool = True
    left_position: float | None = None
    right_position: float | None = None


class PageFieldKind(Enum):
    PAGE = "page"
    LABEL = "label"
    DATE = "date"
    REVISION = "revision"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageField:
    kind: PageFieldKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A header or footer line; an empty one says that nothing is printed there."""

    left: tuple[Run | PageField, ...] = ()
    center: tuple[Run | PageField, ...] = ()
    right: tuple[Run | PageField, ...] = ()
    on_first_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetup:
    """What the source says of its pages; None: it is silent."""

    paper: Paper | None = None
    margins: Margins | None = None
    leading: float | None = None  # points from baseline to baseline
    more: More | None = None
    continued: Continued | None = None
    scene_numbers: SceneNumbers | None = None
    break_at_sentences: bool | None = None
    first_page: int | None = None
    header: Band | None = None
    footer: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSet:
    """One round of changes: what it is called, the mark in the margin, its colours as the source has them."""

    id: int
    name: str
    mark: str = "*"
    color: str | None = None
    page_color: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The revision sets of a script; `active` is the id of the one that new changes belong to."""

    sets: tuple[RevisionSet, ...] = ()
    active: int | None = None
    show_all: bool = False
    location: float = 7.75  # of the marks, in inches from the paper's left edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What Run.tags points to: a prop, a vehicle, a make-up need."""

    number: int
    category: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """The label of something that only the origin holds; writers of other formats report it unless it is quiet."""

    format: str
    name: str
    count: int = 1
    quiet: bool = False
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The bytes that were read, where each paragraph lies in them, and the screenplay as read.

    `spans` belongs to the format's own reader and writer; `screenplay` has no origin itself.
    """

    format: str
    data: bytes
    spans: tuple[Any, ...]
    screenplay: Screenplay


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenplay:
    """A whole script. `str` of it is its outline; a notebook shows its pages.

    Everything in it is a tuple of frozen nodes: `dataclasses.replace` (or `copy.replace`) makes a changed one.
    """

    title_page: TitlePage | None = None
    body: tuple[Element, ...] = field(default=(), metadata={"check": _as_nodes})
    page_setup: PageSetup | None = None
    styles: tuple[ElementStyle, ...] = ()
    revisions: Revisions | None = None
    tags: tuple[Tag, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    origin: Origin | None = field(default=None, compare=False)
    is_normal: bool = field(default=False, init=False, compare=False)  # `normal` made it, or found nothing to do
    holds_cuts: bool | None = field(default=None, init=False, compare=False)  # words that were cut; None: not asked yet

    def __str__(self) -> str:
        from converter.shown import outline  # it goes to the writers, which import this module

        return outline(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the first pages."""
        from converter.shown import frame

        return frame(self)


# Final Draft's names of the built-in elements; a Section and a Synopsis have none that all its versions share.
ELEMENT_NAMES: dict[type[Paragraph], str] = {
    SceneHeading: "Scene Heading",
    Action: "Action",
    General: "General",
    Shot: "Shot",
    Transition: "Transition",
    CastList: "Cast List",
    NewAct: "New Act",
    EndOfAct: "End of Act",
    Character: "Character",
    Parenthetical: "Parenthetical",
    Dialogue: "Dialogue",
    Lyric: "Lyrics",
}


# ---------------------------------------------------------------- views

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    heading: SceneHeading | None  # None: what stands before the first heading
    elements: tuple[Element, ...]  # the heading is not among them


def scenes(screenplay: Screenplay, *, cut: bool = False) -> Iterator[Scene]:
    """The body cut at its scene headings. A part without heading comes first, if there is one.

    A Cut stays one of the elements; with `cut` what is in it stands in its place, and its headings begin scenes too.
    """
    heading: SceneHeading | None = None
    elements: list[Element] = []
    for element in _uncut(screenplay.body) if cut else screenplay.body:
        if isinstance(element, SceneHeading):
            if heading is not None or elements:
                yield Scene(heading=heading, elements=tuple(elements))
            heading, elements = element, []
        else:
            elements.append(element)
    if heading is not None or elements:
        yield Scene(heading=heading, elements=tuple(elements))


def _uncut(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        if isinstance(element, Cut):
            yield from _uncut(cast(tuple[Element, ...], element.elements))
        else:
            yield element


def words(text: Text, *, cut: bool = False) -> str:
    """The printed characters of a text, a line feed for each LineBreak; those that were cut only if asked for."""
    if len(text) == 1 and isinstance(text[0], Run):
        return text[0].text
    pieces = []
    for inline in text:
        match inline:
            case Run():
                pieces.append(inline.text)
            case LineBreak():
                pieces.append("\n")
            case Deletion():
                if cut:
                    pieces.append(words(inline.text))
            case Note() | NoteEnd() | Boneyard() | PageMark():
                pass
            case _:
                assert_never(inline)
    return "".join(pieces)


def paragraphs(elements: Iterable[Element | Part], *, omitted: bool = False, cut: bool = False) -> Iterator[Paragraph]:
    """Every paragraph in document order; those of omitted scenes, after their heading, and of Cuts if asked for."""
    for element in elements:
        match element:
            case SceneHeading():
                yield element
                if omitted and element.omitted:
                    yield from paragraphs(element.omitted, omitted=True, cut=cut)
            case Paragraph():
                yield element
            case Speech():
                yield from _speech_paragraphs(element, omitted, cut)
            case DualDialogue():
                yield from _speech_paragraphs(element.left, omitted, cut)
                yield from _speech_paragraphs(element.right, omitted, cut)
            case Cut():
                if cut:
                    yield from paragraphs(element.elements, omitted=omitted, cut=True)
            case PageBreak() | Note() | Boneyard() | PageMark():
                pass
            case _:
                assert_never(element)


def _speech_paragraphs(speech: Speech, omitted: bool, cut: bool) -> Iterator[Paragraph]:
    if speech.cue is not None:
        yield speech.cue
    for part in speech.parts:
        if isinstance(part, Paragraph):
            yield part
        elif cut and isinstance(part, Cut):
            yield from paragraphs(part.elements, omitted=omitted, cut=True)


def is_empty(screenplay: Screenplay) -> bool:
    """Is there no word that could be printed: none in the body, none on the title page?"""
    page = screenplay.title_page
    if page is not None and any(words(line).strip() for one in page.fields for line in one.lines):
        return False
    if page is not None and any(words(one.text).strip() for sheet in page.sheets for one in sheet):
        return False
    return not any(words(one.text).strip() for one in paragraphs(screenplay.body, omitted=True))


def map_paragraphs(
    elements: tuple[Element, ...], function: Callable[[Any], Any], *, cut: bool = False
) -> tuple[Element, ...]:
    """The elements with `function` applied to each paragraph in document order, those in Cuts only if asked for.

    Omitted scenes are left to `function`, which sees their heading. What does not change stays the same object.
    """

    def speech(one: Speech) -> Speech:
        cue = None if one.cue is None else function(one.cue)
        parts = mapped(one.parts, changed)
        return one if cue is one.cue and parts is one.parts else Speech(cue=cue, parts=parts)

    def changed(element: Any) -> Any:
        match element:
            case Paragraph():
                return function(element)
            case Speech():
                return speech(element)
            case DualDialogue():
                left, right = speech(element.left), speech(element.right)
                same = left is element.left and right is element.right
                return element if same else DualDialogue(left=left, right=right)
            case Cut() if cut:
                inside = mapped(element.elements, changed)
                return element if inside is element.elements else replace(element, elements=inside)
            case _:
                return element

    return mapped(elements, changed)


def mapped(items: tuple[T, ...], function: Callable[[T], T]) -> tuple[T, ...]:
    """The items, each through the function; the same tuple where none changes."""
    new = tuple(function(item) for item in items)
    return items if all(map(operator.is_, new, items)) else new


def cuts(elements: Iterable[Element | Part]) -> Iterator[Cut]:
    """Every Cut that lies in no other, those in speeches and in omitted scenes too."""
    for element in elements:
        kind = type(element)
        if kind is Cut:
            yield cast(Cut, element)
        elif kind is Speech:
            parts = cast(Speech, element).parts
            if Cut in map(type, parts):
                yield from (part for part in parts if type(part) is Cut)
        elif kind is DualDialogue:
            dual = cast(DualDialogue, element)
            yield from cuts((dual.left, dual.right))
        elif kind is SceneHeading:
            yield from cuts(cast(SceneHeading, element).omitted or ())
