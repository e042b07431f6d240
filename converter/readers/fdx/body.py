"""Content into the body: paragraphs by their type, speeches put together, notes and page breaks at their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import filterfalse, pairwise
from typing import TYPE_CHECKING, Any, cast

from converter.contract import Deadline
from converter.notation.fdx import ALIGN, NO_NUMBER, units
from converter.notation.fdx.listed import read_tab_stops
from converter.notation.fdx.places import BLOCKS, nested_paragraphs
from converter.notation.fdx.styles import DEFAULTS, Kind, Settings, StyleTable
from converter.notation.numbers import number_of
from converter.readers.fdx.context import Context
from converter.readers.fdx.notes import Anchors, note_color, read_note
from converter.readers.fdx.runs import Runs
from converter.records import dataclass, field, replace
from converter.terms import bracketed
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    General,
    Inline,
    LineBreak,
    Lyric,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Section,
    Shot,
    Speech,
    Synopsis,
    TabStop,
    Text,
    Transition,
)

if TYPE_CHECKING:
    from lxml import etree

_OWN_LAYOUT = frozenset(
    {"Alignment", "FirstIndent", "LeftIndent", "RightIndent", "SpaceBefore", "Spacing", "StartsNewPage"}
)


def read_body(
    content: etree._Element, root: etree._Element, table: StyleTable, anchors: Anchors, context: Context
) -> tuple[tuple[Element, ...], list[tuple[int, etree._Element]]]:
    """The body, and the paragraphs by number that may hold something that the tree does not."""
    reader = _BodyReader(root, table, anchors, context)
    builder = _Builder()
    reader.top_paragraphs(content, builder)
    builder.loose.extend(reader.loose_at_end())
    return tuple(builder.finished()), reader.unusual


# Elements that are made of their text alone.
_PLAIN = frozenset({Action, Character, Dialogue, General, Lyric, Parenthetical, Shot, Synopsis, Transition})

# ---------------------------------------------------------------- speeches


@dataclass(slots=True)
class _Builder:
    """Puts paragraphs one after the other and joins cues with their lines."""

    elements: list[Element] = field(default_factory=list)
    loose: list[Any] = field(default_factory=list)  # page breaks and markers before the next paragraph
    cue: Character | None = None
    parts: list[Any] | None = None  # of the speech that goes on

    def add(self, paragraph: Paragraph, kind: Kind) -> None:
        element = type(paragraph)
        if element is Dialogue or element is Parenthetical:
            if self.parts is None or self.loose:
                self._join(paragraph)
            else:
                self.parts.append(paragraph)
        elif element is Character:
            self.close()
            if self.loose:
                self._flush(self.elements)
            self.cue, self.parts = cast(Character, paragraph), []
        elif element is Lyric and self.parts is not None and not kind.alone:
            self._join(paragraph)
        else:
            self.append(paragraph)

    def append(self, element: Any) -> None:
        self.close()
        if self.loose:
            self._flush(self.elements)
        self.elements.append(element)

    def close(self) -> None:
        if self.parts is not None:
            self.elements.append(Speech(cue=self.cue, parts=tuple(self.parts)))
            self.cue, self.parts = None, None

    def finished(self) -> list[Element]:
        self.close()
        self._flush(self.elements)
        return self.elements

    def _join(self, paragraph: Paragraph) -> None:
        if self.parts is None:
            self._flush(self.elements)
            self.parts = [paragraph]
        else:
            if self.loose:
                self._flush(self.parts)
            self.parts.append(paragraph)

    def _flush(self, target: list[Any]) -> None:
        if self.loose:
            target.extend(self.loose)
            self.loose.clear()


def _paired(elements: Iterable[Element]) -> Iterator[Element]:
    """Each cue of a dual dialogue with the next one; a third speech begins a new pair."""
    left: Speech | None = None
    between: list[Any] = []
    for element in elements:
        if left is None:
            if isinstance(element, Speech) and element.cue is not None:
                left = element
            else:
                yield element
        elif isinstance(element, Speech) and element.cue is not None:
            yield DualDialogue(left=Speech(cue=left.cue, parts=(*left.parts, *between)), right=element)
            left, between = None, []
        elif isinstance(element, Note | Boneyard | PageMark | PageBreak):
            between.append(element)
        else:
            yield left
            yield from between
            left, between = None, []
            yield element
    if left is not None:
        yield left
        yield from between


# ---------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class _Raw:
    """A paragraph as the file has it."""

    element: etree._Element
    depth: int  # in how many blocks it lies
    at: Position
    key: tuple[int, int]  # which of Content it is in, and which of those inside that
    name: str
    settings: Settings
    attributes: dict[str, str]
    pieces: list[etree._Element]
    others: list[etree._Element]

    def blocks_taken_out(self) -> list[etree._Element]:
        blocks = [child for child in self.others if child.tag in BLOCKS]
        self.others = [child for child in self.others if child.tag not in BLOCKS]
        return blocks


def _followed_by_their_id(root: etree._Element) -> set[etree._Element]:
    """The elements before a neighbour of the same id."""
    pairs = (pair for parent in root.iter() for pair in pairwise(list(parent)))
    return {one for one, other in pairs if "id" in one.attrib and one.get("id") == other.get("id")}


class _BodyReader:
    def __init__(self, root: etree._Element, table: StyleTable, anchors: Anchors, context: Context):
        self._root = root
        self._doubled: set[etree._Element] | None = None  # before a neighbour of the same id; found once it is asked
        self._table = table
        self._anchors = anchors
        self._context = context
        self._runs = Runs()
        self._deadline: Deadline = context.limits.deadline()
        self._alternates = _Alternates(root, self._runs)
        self._anchored = bool(anchors.before or anchors.inside)
        self.unusual: list[tuple[int, etree._Element]] = []  # paragraphs with more than a type and plain words
        self._plain_types: dict[str, tuple[Any, Kind, Settings, str | None]] = {}
        self._number = 0  # of the paragraph that is being read, from 1
        self._index = -1  # of the paragraph of Content that it is in, from 0
        self._top_number = 0

    def top_paragraphs(self, content: etree._Element, builder: _Builder) -> None:
        plain, paragraph = self._plain, self._paragraph
        self._deadline.check()
        for element in content:
            if element.tag == "Paragraph":
                self._index += 1
                self._top_number = self._number + 1
                if not plain(element, builder):
                    paragraph(element, builder, 0)

    def loose_at_end(self) -> list[Any]:
        nowhere = Position(source=self._context.source)
        markers = self._anchors.before.pop((self._index + 1, 0), [])
        lost = self._anchors.left_over()
        if lost:
            message = "A note or a page points to a place that the script does not have; it stands at the end."
            self._context.warn("fdx.place-missing", message)
        return [_at(marker, nowhere) for marker in (*markers, *lost)]

    def _next_at(self) -> Position:
        self._number += 1
        if not self._number % 1000:
            self._deadline.check()
            if self._number > self._context.limits.paragraphs:
                raise self._context.limits.passed("paragraphs", "there are too many paragraphs in this script")
        return Position(None, None, None, self._number, self._context.source)

    def _paragraph(self, element: etree._Element, builder: _Builder, depth: int, *, flat: bool = False) -> None:
        if depth and self._plain(element, builder):
            return
        raw = self._raw(element, depth)
        deeper = raw.blocks_taken_out() if flat or depth >= self._context.limits.nesting else []
        if self._is_first_of_two(raw):
            builder.loose.extend(self._markers(raw))
            return
        kind = self._opened(raw, builder)
        if kind is None:
            return
        paragraph, after = self._made(kind, raw, self._text(raw))
        builder.add(paragraph, kind)
        for synopsis in after:
            builder.append(synopsis)
        if deeper and not flat:
            self._flatten(deeper, builder, raw)

    def _raw(self, element: etree._Element, depth: int) -> _Raw:
        at = self._next_at()
        self.unusual.append((self._number, element))
        attributes: dict[str, str] = dict(cast(Any, element.items()))
        pieces, others = _children(element)
        name = attributes.get("Type", "General")
        key = (self._index, self._number - self._top_number)
        return _Raw(element, depth, at, key, name, self._table.settings(name), attributes, pieces, others)

    def _opened(self, raw: _Raw, builder: _Builder) -> Kind | None:
        """Put what leads to a paragraph before it; gives the kind of its own words, None if it has none."""
        kind = self._table.kind(raw.name)
        markers = self._markers(raw)
        is_dual = any(child.tag == "DualDialogue" for child in raw.others)
        has_words = any(piece.text for piece in raw.pieces)
        if raw.attributes.get("StartsNewPage") == "Yes" and (is_dual or not raw.settings.new_page):
            builder.loose.append(PageBreak(at=raw.at))
        if is_dual:
            builder.loose.extend(markers)
            for block in raw.blocks_taken_out():
                if block.tag == "DualDialogue":
                    self._dual(block, builder, raw.depth)
                else:
                    self._pass_over(block)
            raw.name, raw.settings = "General", self._table.settings("General")
            return self._table.kind("General") if has_words else None
        if kind.element is not PageBreak:
            builder.loose.extend(markers)
            return kind
        if not has_words:
            builder.loose.append(PageBreak(at=raw.at))
        builder.loose.extend(markers)
        return Kind(General, "General", style_name=raw.name) if has_words else None

    def _pass_over(self, block: etree._Element) -> None:
        """A cut scene in a paragraph that can have none; what numbers come after it count its paragraphs."""
        self._number += sum(1 for _ in nested_paragraphs(block))

    def _flatten(self, blocks: list[etree._Element], builder: _Builder, raw: _Raw) -> None:
        self._context.flattened = True
        message = "Scenes are nested here too deeply; the inner ones were put one after the other."
        self._context.warn("fdx.nested-too-deep", message, raw.at)
        for block in blocks:
            for nested in nested_paragraphs(block):
                self._paragraph(nested, builder, raw.depth, flat=True)

    def _plain(self, element: etree._Element, builder: _Builder) -> bool:
        """Nine paragraphs of ten have a type, words and nothing else; these are made at once."""
        count = len(element)
        name = element.get("Type")
        if not count or name is None or len(element.keys()) != 1:
            return False
        child = element[0]
        if child.tag != "Text" or count > 1 and any(other.tag != "Text" for other in element):
            return False
        if self._anchored:
            key = (self._index, self._number + 1 - self._top_number)
            if key in self._anchors.before or key in self._anchors.inside:
                return False
        try:
            make, kind, settings, style_name = self._plain_types[name]
        except KeyError:
            found = self._plain_type(name)
            if found is None:
                return False
            make, kind, settings, style_name = self._plain_types[name] = found
        at = self._next_at()
        text: Text
        if count == 1 and not child.keys():
            words = child.text
            text = (Run(text=words),) if words else ()
        else:
            self.unusual.append((self._number, element))
            text = tuple(self._runs.run(piece, words, settings) for piece in element if (words := piece.text))
        if make is Parenthetical:
            text = bracketed(text)
        builder.add(make(text=text, style_name=style_name, at=at), kind)
        return True

    def _plain_type(self, name: str) -> tuple[Any, Kind, Settings, str | None] | None:
        kind, settings = self._table.kind(name), self._table.settings(name)
        plain = kind.element in _PLAIN and not settings.new_page
        return (kind.element, kind, settings, kind.style_name) if plain else None

    def _is_first_of_two(self, raw: _Raw) -> bool:
        """In Final Draft 13 the heading of an act is written twice: first empty, then with its text, under one id."""
        if raw.pieces or raw.others or "id" not in raw.attributes:
            return False
        if self._doubled is None:
            self._doubled = _followed_by_their_id(self._root)
        return raw.element in self._doubled

    def _markers(self, raw: _Raw) -> list[Any]:
        """The markers before a paragraph: first locked pages, then the notes that it holds, then those of offsets."""
        inside = (child for child in raw.others if child.tag == "ScriptNote")
        notes = [_at(read_note(child, number, self._anchors), raw.at) for number, child in enumerate(inside, start=1)]
        anchored = self._anchors.before.pop(raw.key, None)
        if not anchored:
            return notes
        markers = [_at(marker, raw.at) for marker in anchored]
        return [*filter(_is_locked_page, markers), *notes, *filterfalse(_is_locked_page, markers)]

    def _text(self, raw: _Raw) -> Text:
        inside = self._anchors.inside.pop(raw.key, None)
        if inside:
            return self._anchored_text(raw, inside)
        runs, settings = self._runs, raw.settings
        return tuple(runs.run(piece, words, settings) for piece in raw.pieces if (words := piece.text))

    def _anchored_text(self, raw: _Raw, inside: list[tuple[int, Inline]]) -> Text:
        settings, at = raw.settings, raw.at
        waiting = sorted(inside, key=lambda item: item[0])[::-1]
        result: list[Inline] = []
        place = 0
        for piece in raw.pieces:
            words = piece.text or ""
            length = units(words)
            while waiting and waiting[-1][0] < place + length:
                offset, inline = waiting.pop()
                cut = _cut(words, offset - place)
                if cut:
                    result.append(self._runs.run(piece, words[:cut], settings))
                place += units(words[:cut])
                words = words[cut:]
                length = units(words)
                result.append(_at(inline, at))
            if words:
                result.append(self._runs.run(piece, words, settings))
            place += length
        result.extend(_at(inline, at) for _, inline in reversed(waiting))
        return tuple(result)

    def _made(self, kind: Kind, raw: _Raw, text: Text) -> tuple[Any, list[Synopsis]]:
        """The paragraph, and the elements that stand after it: the synopses of a scene."""
        number = raw.attributes.get("Number")
        align, layout = self._own_layout(raw)
        common: dict[str, Any] = {
            "text": text,
            "align": align,
            "number": None if number in NO_NUMBER else number,
            "style_name": kind.style_name,
            "layout": layout,
            "at": raw.at,
        }
        element: Any = kind.element
        if element is SceneHeading:
            return self._heading(common, raw)
        for block in raw.blocks_taken_out():
            self._pass_over(block)
        if element is Section:
            return Section(**common, level=kind.level), []
        if element is Parenthetical:
            common["text"] = bracketed(text)
        if element is Dialogue and raw.others:
            return Dialogue(**common, alternates=self._alternates.of(raw.others, raw.settings)), []
        return element(**common), []

    def _own_layout(self, raw: _Raw) -> tuple[Align | None, ParagraphLayout | None]:
        align, layout = None, None
        if not _OWN_LAYOUT.isdisjoint(raw.attributes):
            align, layout = _overrides(raw.attributes, raw.settings)
        tabs = _tab_stops(raw.others)
        if tabs is not None and tabs != raw.settings.tabs:
            layout = replace(layout or ParagraphLayout(), tabs=tabs)
        return align, layout

    def _heading(self, common: dict[str, Any], raw: _Raw) -> tuple[SceneHeading, list[Synopsis]]:
        color: str | None = None
        omitted: tuple[Element, ...] | None = None
        synopses: list[Synopsis] = []
        for child in raw.others:
            if child.tag == "SceneProperties":
                color = color or note_color(child)
                if common["number"] is None and child.get("Number", "") not in NO_NUMBER:
                    common["number"] = child.get("Number")
                synopses.extend(self._summary(child, raw.at))
            elif child.tag == "OmittedScene":
                omitted = (*(omitted or ()), *self._omitted(child, raw))
        return SceneHeading(**common, color=color, omitted=omitted), synopses

    def _summary(self, properties: etree._Element, at: Position) -> Iterator[Synopsis]:
        settings = DEFAULTS["General"]
        summaries = [child for child in properties if child.tag == "Summary"]  # iterfind takes five times as long
        for paragraph in (line for one in summaries for line in one.findall("Paragraph") or [one]):
            runs = (self._runs.run(piece, piece.text, settings) for piece in paragraph.iterfind("Text") if piece.text)
            # The font of a card is Final Draft's own business.
            text = tuple(run if run.look is None else replace(run, look=None) for run in runs)
            if any(run.text.strip() for run in text):
                yield Synopsis(text=text, at=at)

    def _omitted(self, scene: etree._Element, raw: _Raw) -> tuple[Element, ...]:
        builder = _Builder()
        for child in scene:
            if child.tag == "Paragraph":
                self._paragraph(child, builder, raw.depth + 1)
        if not raw.depth:
            after = (self._index, self._number - self._top_number + 1)
            builder.loose.extend(_at(marker, raw.at) for marker in self._anchors.before.pop(after, ()))
        return tuple(builder.finished())

    def _dual(self, dual: etree._Element, builder: _Builder, depth: int) -> None:
        inner = _Builder()
        for child in dual:
            if child.tag == "Paragraph":
                self._paragraph(child, inner, depth + 1)
        for element in _paired(inner.finished()):
            if isinstance(element, Note | Boneyard | PageMark | PageBreak):
                builder.loose.append(element)
            else:
                builder.append(element)


def _children(element: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    pieces, others = [], []
    for child in element:
        if child.tag == "Text":
            pieces.append(child)
        else:
            others.append(child)
    return pieces, others


def _is_locked_page(marker: Any) -> bool:
    return isinstance(marker, PageMark) and marker.locked


def _at(inline: Any, at: Position) -> Any:
    """The marker with its place; its column says which of its list it is."""
    if not isinstance(inline, Note | Boneyard | PageMark):
        return inline
    column = None if inline.at is None else inline.at.column
    return replace(inline, at=at._replace(column=column))


def _cut(words: str, offset: int) -> int:
    """How many characters make so many UTF-16 units."""
    if words.isascii():
        return offset
    length = 0
    for count, char in enumerate(words):
        if length >= offset:
            return count
        length += 2 if char > "\uffff" else 1
    return len(words)


# ---------------------------------------------------------------- overrides


def _overrides(attributes: dict[str, str], settings: Settings) -> tuple[Align | None, ParagraphLayout | None]:
    """What differs from the settings of the type: Final Draft writes all nine as soon as one does."""
    align = ALIGN.get(attributes.get("Alignment", ""))
    layout = ParagraphLayout(
        first_indent=_other(attributes.get("FirstIndent"), settings.first),
        left=_other(attributes.get("LeftIndent"), settings.left),
        right=_other(attributes.get("RightIndent"), settings.right),
        space_before=_other(attributes.get("SpaceBefore"), settings.before),
        line_spacing=_other(attributes.get("Spacing"), settings.spacing),
        new_page=False if settings.new_page and attributes.get("StartsNewPage") == "No" else None,
    )
    return None if align == settings.align else align, None if layout == ParagraphLayout() else layout


def _other(value: str | None, own: float) -> float | None:
    number = number_of(value)
    return None if number == own else number


def _tab_stops(others: list[etree._Element]) -> tuple[TabStop, ...] | None:
    stops = next((child for child in others if child.tag == "Tabstops"), None)
    return None if stops is None else read_tab_stops(stops)


# ---------------------------------------------------------------- alternates


class _Alternates:
    """Other wordings of a line: the paragraph names them by number, AltCollection holds them."""

    def __init__(self, root: etree._Element, runs: Runs):
        self._runs = runs
        self._by_id = {alt.get("Id", ""): alt for alt in root.iterfind("AltCollection/Alt")}

    def of(self, others: list[etree._Element], settings: Settings) -> tuple[Text, ...]:
        identities = (
            (one.text or "").strip() for child in others if child.tag == "Alts" for one in child.iterfind("AltId")
        )
        return tuple(self._text(self._by_id[one], settings) for one in identities if one in self._by_id)

    def _text(self, alt: etree._Element, settings: Settings) -> Text:
        text: list[Inline] = []
        for number, paragraph in enumerate(alt.findall("Paragraph") or [alt]):
            if number:
                text.append(LineBreak())
            text.extend(
                self._runs.run(piece, piece.text, settings) for piece in paragraph.iterfind("Text") if piece.text
            )
        return tuple(text)
