"""Pages whose classes or elements say what each paragraph is: what programs for screenplays export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from converter.notation.flat import Para, built, typed
from converter.readers.html.blocks import Block, Place
from converter.records import replace
from converter.recovery.documents.names import named
from converter.tree import (
    Action,
    Align,
    Character,
    Dialogue,
    Element,
    Inline,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Section,
    Shot,
    Synopsis,
    Text,
    TitleField,
    TitlePage,
    Transition,
    words,
)


class Mark(NamedTuple):
    """What a class or an element says of the words in it."""

    kind: type[Paragraph] | None = None  # None: a note
    centered: bool = False
    level: int = 1  # of a section


_DUAL = frozenset({"dual", "dualdialogue", "dualdialogueblock"})
# Classes beside those that styles of documents have too.
_CLASSES = {
    "heading": Mark(SceneHeading),
    "lyrics": Mark(Lyric),
    "center": Mark(Action, centered=True),
    "note": Mark(),
    "notes": Mark(),
    "outline": Mark(Section),
    "newact": Mark(NewAct),
    **dict.fromkeys(_DUAL, Mark(Dialogue)),
    **{f"h{level}synopsis": Mark(Synopsis) for level in range(1, 7)},
}
# Inline elements of these classes are paragraphs of their own.
APART = frozenset(
    """scene-heading sceneheading slugline character dialogue dialog parenthetical transition synopsis
    h1-synopsis h2-synopsis h3-synopsis h4-synopsis h5-synopsis h6-synopsis""".split()
)
# A paragraph without a class is what the block around it is.
_HANDED_DOWN = frozenset({Action, Dialogue, Transition, Lyric, Shot, Synopsis})
_HEADLINES = {f"h{level}": Mark(Section, level=level) for level in range(1, 7)}
_SCREENPLAIN = {**_HEADLINES, "h6": Mark(SceneHeading)}
_FOUNTAIN_JS = {"h2": Mark(Transition), "h3": Mark(SceneHeading), "h4": Mark(Character)}
_SCENE_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,4}[A-Z]{0,3}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]+")
_FEWEST = 1 / 3  # of the paragraphs are marked


class Marks:
    """What each place of a page says, each found once."""

    def __init__(self, blocks: Sequence[Block]):
        tags = {block.place.tag for block in blocks}
        names = {name for block in blocks for place in block.place.around() for name in place.names}
        self._tags = _HEADLINES
        if "h6" in tags and names & {"dialog", "action"}:
            self._tags = _SCREENPLAIN
        elif {"h3", "h4"} <= tags and "dialogue" in names:
            self._tags = _FOUNTAIN_JS
        self._found: dict[int, tuple[Place, Mark | None]] = {}

    def mark(self, place: Place) -> Mark | None:
        known = self._found.get(id(place))
        if known is None:
            known = self._found[id(place)] = place, self._mark(place)  # the place lives as long as its number counts
        return known[1]

    def _mark(self, place: Place) -> Mark | None:
        own = _by_names(place.names) or self._tags.get(place.tag)
        if own is not None or place.up is None:
            return _with_depth(own, place) if own is not None else None
        above = self.mark(place.up)
        return above if above is not None and (above.kind in _HANDED_DOWN or above.kind is None) else None


def _with_depth(mark: Mark, place: Place) -> Mark:
    depth = place.values.get("data-depth", "")
    return mark._replace(level=int(depth)) if mark.kind is Section and depth in set("123456") else mark


def _by_names(names: Iterable[str]) -> Mark | None:
    found = list(filter(None, map(_by_name, names)))
    if not found:
        return None
    return found[0]._replace(centered=any(one.centered for one in found))


def _by_name(name: str) -> Mark | None:
    known = _CLASSES.get(_joined(name))
    if known is not None:
        return known
    style = named([name])
    has_kind = style is not None and style.kind is not None and not style.weak
    return Mark(style.kind, style.centered) if style is not None and has_kind else None


def _joined(name: str) -> str:
    """`jouvence-scene-heading` and `sceneHeading` say the same; a program's own name in front says nothing."""
    return "".join(_LETTERS.findall(name.lower())).removeprefix("jouvence")


def are_marked(blocks: Sequence[Block], marks: Marks) -> bool:
    """Whether scenes or speeches are marked, and not a word here and there."""
    found = [marks.mark(block.place) for block in blocks if block.text and not title_place(block.place)]
    kinds = [one.kind for one in found if one is not None]
    speaks = Character in kinds and Dialogue in kinds
    return (SceneHeading in kinds or speaks) and len(kinds) >= len(found) * _FEWEST


# ---------------------------------------------------------------- the body


def body_of(blocks: Iterable[Block], marks: Marks) -> tuple[Element, ...]:
    """What is not of the title page; notes stand before the paragraph that follows."""
    reader = _Paras(marks)
    paras = [para for count, block in enumerate(blocks, 1) for para in reader.of(block, Position(paragraph=count))]
    return (*built(paras), *reader.notes)


class _Paras:
    def __init__(self, marks: Marks):
        self._marks = marks
        self._duals: list[Place] = []  # of which a cue has been met
        self.notes: list[Note] = []
        self._new_page = False
        self._kind: type[Paragraph] | None = None  # of the paragraph before

    def of(self, block: Block, at: Position) -> Iterator[Para]:
        mark = self._marks.mark(block.place)
        if block.is_break:
            self._new_page = self._kind is not None  # the title page ends in any case
        elif not block.text or title_place(block.place):
            return
        elif mark is not None and mark.kind is None:
            self.notes.append(Note(text=_note_words(block.text), at=at))
        else:
            for text in _paragraphs(block.text) if mark is None or mark.kind is Action else [block.text]:
                yield self._para(block, text, mark or Mark(Action), at)

    def _para(self, block: Block, text: Text, mark: Mark, at: Position) -> Para:
        paragraph = typed(self._paragraph(block, text, mark, at))
        para = Para(paragraph=paragraph, notes=tuple(self.notes), new_page=self._new_page)
        para.dual = type(paragraph) is Character and self._opens_dual(block.place)
        self.notes, self._new_page, self._kind = [], False, type(paragraph)
        return para

    def _paragraph(self, block: Block, text: Text, mark: Mark, at: Position) -> Paragraph:
        kind, text = mark.kind or Action, _plain_blanks(text)
        if kind is SceneHeading:
            return SceneHeading(text=text, number=_number(block), at=at)
        text = block.with_numbers(text)
        if kind is Section:
            return Section(text=text, level=mark.level, at=at)
        if kind is Dialogue and _is_in_brackets(text) and self._kind in (Character, Dialogue):
            kind = Parenthetical
        align = Align.CENTER if mark.centered else None
        return kind(text=text, align=align, at=at)

    def _opens_dual(self, place: Place) -> bool:
        dual = next((one for one in place.around() if any(_joined(name) in _DUAL for name in one.names)), None)
        if dual is None or any(dual is one for one in self._duals[-1:]):
            return False
        self._duals.append(dual)
        return True


def _paragraphs(text: Text) -> Iterator[Text]:
    """Action is divided where a line is left empty: Jouvence puts all of it into one element."""
    piece: list[Inline] = []
    for one in text:
        if isinstance(one, LineBreak) and piece and isinstance(piece[-1], LineBreak):
            yield tuple(piece[:-1])
            piece = []
        elif piece or not isinstance(one, LineBreak):
            piece.append(one)
    if piece:
        yield tuple(piece)


def _number(block: Block) -> str | None:
    """What is set apart beside the words; of Fountain.js the id of the heading."""
    if block.numbers:
        return block.numbers[0].strip(" .#") or None
    said = block.place.values.get("data-number") or block.place.values.get("id") or ""
    return said if _SCENE_NUMBER.fullmatch(said) else None


def _is_in_brackets(text: Text) -> bool:
    said = words(text).strip()
    return said.startswith("(") and said.endswith(")") and said.count("(") == 1


def _note_words(text: Text) -> str:
    return words(_plain_blanks(text)).removeprefix("[[").removesuffix("]]").strip()


def _plain_blanks(text: Text) -> Text:
    """A blank that does not break is how pages keep two in a row."""
    return tuple(
        replace(one, text=one.text.replace("\u00a0", " ")) if isinstance(one, Run) and "\u00a0" in one.text else one
        for one in text
    )


# ---------------------------------------------------------------- the title page

_TITLE_PAGE = re.compile(r"(?:.*[-_])?(?:title-?page|script-title|titlepage)\b.*", re.IGNORECASE)
_FIELDS = {
    "title": "Title",
    "h1": "Title",
    "credit": "Credit",
    "author": "Author",
    "authors": "Author",
    "source": "Source",
    "draftdate": "Draft date",
    "date": "Draft date",
    "contact": "Contact",
    "copyright": "Copyright",
    "notes": "Notes",
    "revision": "Revision",
}


def title_place(place: Place) -> Place | None:
    """The block that is the title page around a place."""
    return next((one for one in place.around() if any(map(_TITLE_PAGE.fullmatch, one.names))), None)


def title_page_of(blocks: Iterable[Block]) -> TitlePage | None:
    """Fields by their classes. Lines without one: above the first field of another place the credit and the authors
    come after the title; what is left is the contact."""
    lines = [(block, _lines_of(block.text)) for block in blocks if block.text and title_place(block.place)]
    fields: dict[str, list[Text]] = {}
    for block, said in lines:
        name = _field_of(block.place)
        if name is None:
            name = _next_field(fields, words(said[0]), is_foot=any("footer" in one for one in block.place.names))
        fields.setdefault(name, []).extend(said)
    made = tuple(TitleField(name=name, lines=tuple(said)) for name, said in fields.items())
    return TitlePage(fields=made) if made else None


def _field_of(place: Place) -> str | None:
    for key in (*map(_joined, place.names), place.tag, place.values.get("data-name", "").lower()):
        if key in _FIELDS:
            return _FIELDS[key]
    return None


def _next_field(fields: dict[str, list[Text]], said: str, *, is_foot: bool) -> str:
    if is_foot:
        is_date = re.search(r"\d[/.-]\d|\b(?:19|20)\d\d\b", said) is not None and "Draft date" not in fields
        return "Draft date" if is_date and "Contact" not in fields else "Contact"
    if "Title" not in fields:
        return "Title"
    if "Credit" not in fields and re.search(r"\bby\b", said, re.IGNORECASE):
        return "Credit"
    return "Author"


def _lines_of(text: Text) -> list[Text]:
    lines: list[list[Inline]] = [[]]
    for one in _plain_blanks(text):
        if isinstance(one, LineBreak):
            lines.append([])
        else:
            lines[-1].append(one)
    return [tuple(line) for line in lines]
