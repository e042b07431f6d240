"""The document's body: paragraphs, runs, comments, tracked changes and the tables of dual dialogue, as XML elements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import NamedTuple, assert_never, cast

from lxml import etree

from converter.contract import Deadline
from converter.layout.style import PageOptions, Setup
from converter.notation import docx as notation
from converter.notation.docx import BASES, Base, Role, w
from converter.records import replace
from converter.terms import Continuity
from converter.tree import (
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    Inline,
    LineBreak,
    Lyric,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paragraph,
    ParagraphLayout,
    Part,
    Run,
    SceneHeading,
    Section,
    Speech,
    Style,
    Synopsis,
    TabStop,
    Text,
    Transition,
    words,
)
from writers.docx.locked import PagePlan, Turn
from writers.docx.pages import Placed, can_end_section
from writers.docx.pieces import cut_text
from writers.docx.properties import (
    ALIGNMENTS,
    FieldSetting,
    first_line,
    is_formatted,
    is_large,
    write_align,
    write_field_setting,
    write_page_break,
    write_spacing,
    write_tint,
)
from writers.docx.rows import begin_level, dual_table, new_row
from writers.docx.runs import PRESERVE, Node, comment_reference, run_in_style, write_run_properties, write_words

_P, _PPR, _PSTYLE, _R = (w(name) for name in ("p", "pPr", "pStyle", "r"))
_RPR, _T, _DEL_TEXT = (w(name) for name in ("rPr", "t", "delText"))
_TAB, _BR, _INS, _DEL, _VAL, _ID = (w(name) for name in ("tab", "br", "ins", "del", "val", "id"))


class _Start(Enum):
    """Does a paragraph begin a page?"""

    NONE = auto()
    AUTHORS = auto()
    OURS = auto()
    BEFORE = auto()  # an empty line in front of it does


_ON_PARAGRAPH = (_Start.AUTHORS, _Start.OURS)


class OwnStyle(NamedTuple):
    """A paragraph style that this script needs beside ours: an author's name, or the hidden twin of a cut scene."""

    base: Base
    name: str | None
    cut: int  # how many cut scenes lie around it


class Body:
    """Writes one screenplay; `styles`, `comments` and `placed` are what the other parts need afterwards."""

    def __init__(
        self,
        setup: Setup,
        authors: dict[int, str],
        deadline: Deadline,
        paper_width: int,
        plan: PagePlan,
    ):
        self.document = etree.Element(w("document"), nsmap={"w": notation.WORD, "r": notation.RELATIONSHIPS})
        self.root = etree.SubElement(self.document, w("body"))  # from the start: lxml moves a large body slowly
        self.comments: list[Note] = []
        self.styles: dict[OwnStyle, str] = {}
        self.placed: list[Placed] = []  # of the script, where the pages are ours
        self._style_ids = {base.id for base in BASES.values()}
        self._setup = setup
        self._authors = authors
        self._deadline = deadline
        self._paper_width = paper_width
        self._continuity = Continuity() if setup.more.automatic else None
        self._waiting: list[Note | PageMark] = []  # marks for the start of the next paragraph
        self._breaks = 0  # page breaks in front of it
        self._open_notes: dict[int, int] = {}  # Note.id -> comment
        self._paragraphs = 0
        self._changes = 0
        self._bookmarks = 0
        self._page_bookmarks: dict[str, int] = {}
        self._plan = plan
        self._page = 0  # of the paragraph at hand
        self._in_script = False
        self._number = 0  # of the next paragraph, as tree.paragraphs counts
        self._nothing_yet = True  # of the script; its first page begins without a space, as every other
        self._owed = 0  # page breaks in front of hidden paragraphs, to be made at the next that prints
        self._marked = 0  # those in front of the hidden paragraph at hand
        self._hidden = _hidden_kinds(setup.options)
        self._struck: list[Node] | None = None  # the paragraphs and rows so far of the Cut at hand

    # ---------------------------------------------------------------- elements

    def write(self, elements: tuple[Element, ...], cut: int = 0) -> None:
        """All elements, and a last paragraph where Word needs one."""
        self._in_script = bool(self._plan.labels)
        self._elements(elements, cut)
        last = self.root[-1] if len(self.root) else None
        ends_cut = bool(elements) and isinstance(elements[-1], Cut)  # Word cannot strike out the last paragraph
        if self._waiting or self._breaks or last is None or last.tag == w("tbl") or ends_cut:
            self._marker(self.root, cut)

    def _elements(self, elements: tuple[Element, ...], cut: int) -> None:
        for place, element in enumerate(elements):
            match element:
                case Note() | PageMark() | Boneyard() | PageBreak():
                    self._between(self.root, element, cut)
                    continue
                case Cut():
                    with self._cut_out(element.revision):
                        self._elements(cast(tuple[Element, ...], element.elements), cut)
                        self._end_cut(self.root, cut)
                    continue
                case Speech():
                    self._speech(element, cut, _ends_page(elements, place))
                case DualDialogue():
                    self._dual(element, cut)
                case Lyric():
                    self._paragraph(self.root, element, notation.base_style(element, joins=False), cut)
                case SceneHeading():
                    self._heading(element, cut, _ends_page(elements, place))
                case _:
                    if isinstance(element, NewAct) and self._continuity:
                        self._continuity.new_scene()
                    keep = _ends_page(elements, place)
                    self._paragraph(self.root, element, notation.base_style(element), cut, keep=keep)

    def _between(self, parent: Node, node: Note | PageMark | Boneyard | PageBreak, cut: int) -> None:
        """What stands between paragraphs."""
        match node:
            case Note() | PageMark():
                self._waiting.append(node)
            case Boneyard():
                self._boneyard(parent, node, cut)
            case PageBreak():
                self._breaks += 1
            case _:
                assert_never(node)

    def _end_cut(self, parent: Node, cut: int) -> None:
        if self._waiting or self._breaks:
            self._marker(parent, cut)

    def _heading(self, heading: SceneHeading, cut: int, keep: bool) -> None:
        if self._continuity:
            self._continuity.new_scene()
        self._paragraph(self.root, heading, BASES["Scene Heading"], cut, keep=keep)
        if heading.omitted is None:
            return
        before = len(self.root)
        continuity, self._continuity = self._continuity, None
        self._elements(heading.omitted, cut + 1)
        self._continuity = continuity
        if self._waiting or self._breaks or len(self.root) == before:
            self._marker(self.root, cut + 1)

    def _speech(self, speech: Speech, cut: int, keep: bool) -> None:
        if speech.cue is not None:
            continued = self._continuity is not None and self._continuity.speech(words(speech.cue.text))[0]
            self._paragraph(self.root, speech.cue, BASES["Character"], cut, continued=continued)
        self._parts(self.root, speech.parts, cut, dual=False, keep=keep)

    def _parts(self, parent: Node, parts: tuple[Part, ...], cut: int, *, dual: bool, keep: bool = False) -> None:
        last = len(parts) - 1
        for place, part in enumerate(parts):
            match part:
                case Note() | PageMark() | Boneyard() | PageBreak():
                    self._between(parent, part, cut)
                case Cut():
                    with self._cut_out(part.revision):
                        self._parts(parent, cast(tuple[Part, ...], part.elements), cut, dual=dual)
                        self._end_cut(parent, cut)
                case _:
                    base = notation.base_style(part, dual=dual)
                    self._paragraph(parent, part, base, cut, keep=keep and place == last)
                    if isinstance(part, Dialogue):
                        for text in part.alternates:
                            self._text(self._new_paragraph(parent, "Alternate"), text)

    def _dual(self, dual: DualDialogue, cut: int) -> None:
        assert dual.left.cue is not None and dual.right.cue is not None  # normal form
        cues = words(dual.left.cue.text), words(dual.right.cue.text)
        continued = self._continuity.speech(*cues) if self._continuity else (False, False)
        self._page = max(self._page, self._page_here(cut))
        columns = self._dual_row(cut)
        for parent, speech, again in zip(columns, (dual.left, dual.right), continued, strict=True):
            assert speech.cue is not None
            self._paragraph(parent, speech.cue, BASES["Dual Character"], cut, continued=again)
            self._parts(parent, speech.parts, cut, dual=True)
        begin_level(*columns)
        if self._in_script and not cut:  # pages that begin inside the row begin for Word after it
            row = self.placed[-1]
            self._page = max(self._page, self._plan.page_of(self._number, -1))
            self.placed[-1] = row._replace(last=self._page)

    def _page_here(self, cut: int) -> int:
        """The page on which the next paragraph of the script begins."""
        return 0 if cut or self._struck is not None else self._plan.page_of(self._number)

    def _dual_row(self, cut: int) -> tuple[Node, Node]:
        """The two cells of a new row. Word takes two tables without a paragraph between for one, so it is one."""
        left = round(self._setup.dual_measure(Dialogue, 1).left * notation.POINT)
        right = round(self._setup.dual_measure(Dialogue, 2).left * notation.POINT)
        width = str(right - left)
        table = self.root[-1] if len(self.root) else None
        if table is None or table.tag != w("tbl"):
            table = dual_table(self.root, width, left - notation.LEFT_MARGIN)
        row, *cells = new_row(table, width, hidden=bool(cut))
        if self._in_script:
            self.placed.append(Placed(row, self._page, self._page))
        if self._struck is not None:
            self._struck.append(row)
        return cells[0], cells[1]

    def _boneyard(self, parent: Node, boneyard: Boneyard, cut: int) -> None:
        paragraph = self._new_paragraph(parent, self._style_id(BASES["Boneyard"], None, cut))
        self._anchors(paragraph)
        for number, line in enumerate(boneyard.source.split("\n")):
            if number:
                etree.SubElement(etree.SubElement(paragraph, _R), _BR)
            if line:
                write_words(etree.SubElement(paragraph, _R), line)

    def _marker(self, parent: Node, cut: int) -> None:
        paragraph = self._new_paragraph(parent, self._style_id(BASES["Marker"], None, cut))
        self._anchors(paragraph)
        self._breaks = 0

    # ---------------------------------------------------------------- what was cut

    @contextmanager
    def _cut_out(self, revision: int) -> Iterator[None]:
        """What is written meanwhile is struck out, and nothing after it is another for it."""
        around = self._continuity, self._owed, self._nothing_yet
        self._continuity, self._owed, self._nothing_yet = None, 0, False
        self._struck = []
        yield
        for node in self._struck:
            self._strike_out(node, revision)
        self._struck = None
        self._continuity, self._owed, self._nothing_yet = around

    def _strike_out(self, node: Node, revision: int) -> None:
        """The end of a paragraph and all its words, or a row."""
        if node.tag == w("tr"):
            self._change(node.find(w("trPr")), _DEL, revision)
            return
        self._change(etree.SubElement(node[0], _RPR), _DEL, revision)
        change: Node = None
        for child in list(node)[1:]:
            if child.tag == _R:
                if change is None:
                    change = self._change(node, _DEL, revision)
                    child.addprevious(change)
                change.append(child)
                continue
            change = None
            if child.tag == _INS:
                runs = list(child)
                self._change(child, _DEL, revision).extend(runs)
        _make_deleted(node)

    def _deleted_words(self, paragraph: Node, text: tuple[Run | LineBreak, ...], revision: int) -> None:
        change: Node = None
        for one in text:
            if isinstance(one, Run) and one.revision is not None:  # written in one revision, cut in another
                inserted = self._change(paragraph, _INS, one.revision)
                self._run(self._change(inserted, _DEL, revision), replace(one, revision=None))
                _make_deleted(inserted)
                change = None
                continue
            if change is None:
                change = self._change(paragraph, _DEL, revision)
            self._inline(change, one)
            _make_deleted(change[-1])

    # ---------------------------------------------------------------- title page

    def write_field(self, name: str, text: Text, set_: FieldSetting, hidden: bool) -> None:
        """A line of a title page field."""
        style = self._style_id(*notation.field_style(name), int(hidden))
        paragraph = self._new_paragraph(self.root, style)
        write_field_setting(paragraph[0], set_)
        self._text(paragraph, text)

    def write_marker(self) -> None:
        """An empty line, which can end a section."""
        self._marker(self.root, 0)

    def write_sheet_line(self, line: Paragraph, new_page: bool) -> None:
        self._breaks = int(new_page)
        self._paragraph(self.root, line, BASES["Title Line"], 0)

    def end_section(self, properties: Node) -> None:
        """The last paragraph ends a section of these properties."""
        self.root[-1][0].append(properties)

    def section_end(self, node: Node) -> Node:
        """A paragraph that can end a section: this one of the flow, or an empty one after it."""
        hidden = {id_ for own, id_ in self.styles.items() if own.cut} | {BASES["Boneyard"].id}
        hidden |= {base.id for base in BASES.values() if base.kind in self._hidden}
        if can_end_section(node, hidden):
            return node
        marker = etree.Element(_P)
        etree.SubElement(etree.SubElement(marker, _PPR), _PSTYLE, {_VAL: BASES["Marker"].id})
        (node.getparent() if node.tag == w("tr") else node).addnext(marker)
        return marker

    # ---------------------------------------------------------------- paragraphs

    def _style_id(self, base: Base, name: str | None, cut: int) -> str:
        if name is None and not cut:
            return base.id
        key = OwnStyle(base, name, cut)
        found = self.styles.get(key)
        if found is None:
            if cut:
                self._style_id(base, name, cut - 1)
            found = self.styles[key] = self._new_style_id((name or base.id), cut)
        return found

    def _new_style_id(self, name: str, cut: int) -> str:
        letters = "".join(char for char in name if char.isascii() and char.isalnum()) or "Style"
        letters += "Omitted" * cut
        found, number = letters, 1
        while found in self._style_ids:
            number += 1
            found = f"{letters}{number}"
        self._style_ids.add(found)
        return found

    def _new_paragraph(self, parent: Node, style: str) -> Node:
        if self._paragraphs % 1000 == 0:
            self._deadline.check()
        self._paragraphs += 1
        paragraph = etree.SubElement(parent, _P)
        etree.SubElement(etree.SubElement(paragraph, _PPR), _PSTYLE, {_VAL: style})
        if self._in_script and parent is self.root:
            self.placed.append(Placed(paragraph, self._page, self._page))
        if self._struck is not None:
            self._struck.append(paragraph)
        return paragraph

    def _paragraph(
        self, parent: Node, node: Paragraph, base: Base, cut: int, *, continued: bool = False, keep: bool = False
    ) -> None:
        style = base.id if node.style_name is None and not cut else self._style_id(base, node.style_name, cut)
        page = self._page_here(cut)
        start = self._page_start(parent, node, cut, page)
        turns = [turn for turn in self._turns_in(parent, base, cut) if turn.offset or start is _Start.NONE]
        if not turns or turns[0].offset:
            self._page = max(self._page, page)
        if turns:
            paragraph = self._turned_paragraphs(parent, node, base, style, turns, start)
        else:
            paragraph = self._unturned_paragraph(parent, node, base, style, start, keep)
        if continued:
            write_words(run_in_style(paragraph, notation.AUTOMATIC), f" {self._setup.more.top}")

    def _unturned_paragraph(
        self, parent: Node, node: Paragraph, base: Base, style: str, start: _Start, keep: bool
    ) -> Node:
        paragraph = self._new_paragraph(parent, style)
        self._properties(paragraph[0], node, base, start in _ON_PARAGRAPH, keep)
        if start is _Start.OURS:
            self._break_bookmark(paragraph, "Page")
        self._words(paragraph, node)
        return paragraph

    def _page_start(self, parent: Node, node: Paragraph, cut: int, page: int) -> _Start:
        """Writes the breaks in front of a paragraph that cannot stand on it, and says what does.

        A hidden paragraph cannot begin a page: its breaks are marked there and made at the next that prints.
        """
        breaks, self._breaks = self._breaks, 0
        if cut or type(node) in self._hidden:
            self._marked = breaks
            if not cut:
                self._owed += breaks
            return _Start.NONE
        owed, self._owed = self._owed, 0
        if not owed and not breaks:
            return _Start.NONE
        ours = [True] * owed + [False] * breaks
        last = None if _stays_on_page(node) else ours.pop()
        for one in ours:
            self._page = max(self._page, min(self._page + 1, page))
            self._empty_page(parent, one, cut)
        return _Start.BEFORE if last is None else _Start.OURS if last else _Start.AUTHORS

    def _words(self, paragraph: Node, node: Paragraph) -> None:
        for _ in range(self._marked):
            self._break_bookmark(paragraph, "Break")
        self._marked = 0
        if self._waiting:
            self._anchors(paragraph)
        if node.number is None:
            self._text(paragraph, node.text)
        else:
            self._numbered_text(paragraph, node.number, node.text)

    def _empty_page(self, parent: Node, ours: bool, cut: int) -> None:
        paragraph = self._new_paragraph(parent, self._style_id(BASES["Marker"], None, cut))
        etree.SubElement(paragraph[0], w("pageBreakBefore"))
        if ours:
            self._break_bookmark(paragraph, "Page")

    def _properties(self, properties: Node, node: Paragraph, base: Base, new_page: bool, keep: bool) -> None:
        """Direct formatting, in the order that the standard wants (ECMA-376, CT_PPrBase)."""
        at_top = self._is_at_top(node, base) or new_page
        large = is_large(node.text)
        if not (at_top or keep or large or is_formatted(node)):
            return
        layout = node.layout or ParagraphLayout()
        numbered = node.number is not None and not base.dual
        if keep:
            etree.SubElement(properties, w("keepNext"))
        write_page_break(properties, new_page, layout)
        write_tint(properties, node)
        self._columns(properties, node, layout, numbered=numbered)
        write_spacing(properties, layout, at_top, large)
        self._indents(properties, node, layout, numbered=numbered)
        write_align(properties, node, base)

    def _is_at_top(self, node: Paragraph, base: Base) -> bool:
        """Is it the first that prints? A row of two columns begins the page by itself."""
        prints = base.role is Role.ELEMENT and type(node) not in self._hidden
        first = prints and self._nothing_yet
        self._nothing_yet = self._nothing_yet and not prints
        return first and not base.dual

    # ---------------------------------------------------------------- pages of ours

    def _turns_in(self, parent: Node, base: Base, cut: int) -> list[Turn]:
        """Where a page begins in the paragraph that comes now. A row of two columns can only begin one as a whole."""
        if cut or base.role is not Role.ELEMENT or self._struck is not None:
            return []
        number = self._number
        self._number += 1
        found = self._plan.turns.get(number, [])
        if parent is self.root:
            return found
        return [turn._replace(foot=(), head=()) for turn in found[:1] if not turn.offset and base.kind is Character]

    def _turned_paragraphs(
        self, parent: Node, node: Paragraph, base: Base, style: str, turns: list[Turn], start: _Start
    ) -> Node:
        """The paragraph, in pieces where pages turn inside it, with what the pages print between them."""
        paragraph: Node = None
        inside = [turn for turn in turns if turn.offset]
        new_page, kind = self._first_break(node, turns[0], start)
        for place, (text, line_broken) in enumerate(cut_text(node.text, [turn.offset for turn in inside])):
            if place:
                new_page, kind = self._turn(inside[place - 1]), "SplitLine" if line_broken else "Split"
            layout = _piece_layout(node, place, bool(kind) and new_page)
            paragraph = self._new_paragraph(parent, style)
            piece = replace(node, text=text, number=None if place else node.number, layout=layout)
            self._properties(paragraph[0], piece, base, new_page, False)
            if kind:
                self._break_bookmark(paragraph, kind, node.layout if new_page else None)
            self._words(paragraph, piece)
        return paragraph

    def _first_break(self, node: Paragraph, turn: Turn, start: _Start) -> tuple[bool, str]:
        """Does the first piece begin a page, and what says that the page is ours?"""
        if turn.offset:
            return start in _ON_PARAGRAPH, "Page" if start is _Start.OURS else ""
        return self._turn(turn), "Kept" if _stays_on_page(node) else "Page"

    def _turn(self, turn: Turn) -> bool:
        """What stands between two pages. Is the break itself still to be made?"""
        for style, text in turn.foot:
            write_words(etree.SubElement(self._new_paragraph(self.root, BASES[style].id), _R), text)
        self._page = turn.page
        for place, (style, text) in enumerate(turn.head):
            paragraph = self._new_paragraph(self.root, BASES[style].id)
            if not place:
                etree.SubElement(paragraph[0], w("pageBreakBefore"))
            write_words(etree.SubElement(paragraph, _R), text)
        return not turn.head

    def _break_bookmark(self, paragraph: Node, kind: str, layout: ParagraphLayout | None = None) -> None:
        """Marks a break as ours; `layout` is what the paragraph has of its own and does not show here."""
        name = f"_{kind}{self._bookmarks + 1}"
        if layout is not None and layout.space_before is not None:
            name += f"_{round(layout.space_before * notation.POINT)}"
        self._point_bookmark(paragraph, name)

    def _point_bookmark(self, paragraph: Node, name: str) -> None:
        number = self._bookmark(paragraph, name)
        etree.SubElement(paragraph, w("bookmarkEnd"), {_ID: number})

    # ---------------------------------------------------------------- layout

    def _columns(self, properties: Node, node: Paragraph, layout: ParagraphLayout, *, numbered: bool) -> None:
        if numbered and not self._numbers_hidden:
            self._number_tabs(properties, node)
        elif layout.tabs:
            self._tabs(properties, layout.tabs)

    def _indents(self, properties: Node, node: Paragraph, layout: ParagraphLayout, *, numbered: bool) -> None:
        indents = {}
        if layout.left is not None:
            indents[w("left")] = str(round(layout.left * notation.INCH) - notation.LEFT_MARGIN)
        if layout.right is not None:
            edge = self._paper_width - notation.RIGHT_MARGIN
            indents[w("right")] = str(edge - round(layout.right * notation.INCH))
        if layout.first_indent is not None:
            indents |= first_line(round(layout.first_indent * notation.INCH))
        if numbered and self._number_leads(node.text):
            indents |= first_line(self._number_left - self._left_of(node))
        if indents:
            etree.SubElement(properties, w("ind"), indents)

    def _tabs(self, properties: Node, stops: tuple[TabStop, ...]) -> None:
        tabs = etree.SubElement(properties, w("tabs"))
        for stop in stops:
            kind = "decimal" if stop.decimal else ALIGNMENTS[stop.align]
            position = round(stop.position * notation.INCH) - notation.LEFT_MARGIN
            etree.SubElement(tabs, _TAB, {_VAL: kind, w("pos"): str(position)})

    # ---------------------------------------------------------------- scene numbers

    @property
    def _number_left(self) -> int:
        return round(self._setup.number_left_x * notation.POINT) - notation.LEFT_MARGIN

    @property
    def _numbers_hidden(self) -> bool:
        return not self._setup.numbers_left and not self._setup.numbers_right

    def _number_leads(self, text: Text) -> bool:
        """Does the number print to the left of the words? A heading without words has it there in any case."""
        return self._setup.numbers_left or self._setup.numbers_right and not _has_words(text)

    def _left_of(self, node: Paragraph) -> int:
        """Where the lines of a paragraph begin, in twips from the margin."""
        return round(self._setup.measure(node).left * notation.POINT) - notation.LEFT_MARGIN

    def _number_tabs(self, properties: Node, node: Paragraph) -> None:
        right = round(self._setup.number_right_x * notation.POINT) - notation.LEFT_MARGIN
        tabs = etree.SubElement(properties, w("tabs"))
        etree.SubElement(tabs, _TAB, {_VAL: "left", w("pos"): str(self._left_of(node))})
        etree.SubElement(tabs, _TAB, {_VAL: "right", w("pos"): str(right)})

    def _numbered_text(self, paragraph: Node, number: str, text: Text) -> None:
        """The number in runs of its own on the sides where it prints; where on none, a hidden one."""
        if self._number_leads(text) or self._numbers_hidden:
            write_words(run_in_style(paragraph, notation.SCENE_NUMBER, self._numbers_hidden), number + "\t")
        self._text(paragraph, text)
        if self._setup.numbers_right and _has_words(text):
            write_words(run_in_style(paragraph, notation.SCENE_NUMBER), "\t" + number)

    # ---------------------------------------------------------------- inside a paragraph

    def _anchors(self, paragraph: Node) -> None:
        """The notes and page marks that stand before this paragraph."""
        waiting, self._waiting = self._waiting, []
        for marker in waiting:
            self._inline(paragraph, marker)

    def _text(self, paragraph: Node, text: Text) -> None:
        for inline in text:
            self._inline(paragraph, inline)

    def _inline(self, paragraph: Node, inline: Inline) -> None:
        match inline:
            case Run(style=Style(value=0), look=None, revision=None, tags=()):
                write_words(etree.SubElement(paragraph, _R), inline.text)
            case Run():
                self._run(paragraph, inline)
            case LineBreak():
                etree.SubElement(etree.SubElement(paragraph, _R), _BR)
            case Note():
                self._note(paragraph, inline)
            case NoteEnd():
                number = str(self._open_notes.pop(inline.id))
                etree.SubElement(paragraph, w("commentRangeEnd"), {_ID: number})
                comment_reference(paragraph, number)
            case Boneyard():
                write_words(run_in_style(paragraph, notation.PUT_ASIDE, True), inline.source)
            case PageMark():
                self._page_mark(paragraph, inline)
            case Deletion(text=text) if text:
                self._deleted_words(paragraph, text, inline.revision)
            case Deletion():
                # Something has to be struck out for Word to keep the change: a blank.
                run = etree.SubElement(self._change(paragraph, _DEL, inline.revision), _R)
                etree.SubElement(run, _DEL_TEXT, PRESERVE).text = " "
            case _:
                assert_never(inline)

    def _run(self, paragraph: Node, run: Run) -> None:
        bookmarks = [self._bookmark(paragraph, f"Tag{tag}_{self._bookmarks + 1}") for tag in run.tags]
        parent = paragraph if run.revision is None else self._change(paragraph, _INS, run.revision)
        node = etree.SubElement(parent, _R)
        if run.style or run.look is not None:
            write_run_properties(node, run.style, run.look)
        write_words(node, run.text)
        for number in bookmarks:
            etree.SubElement(paragraph, w("bookmarkEnd"), {_ID: number})

    def _change(self, paragraph: Node, tag: str, revision: int) -> Node:
        """A tracked change. A revision set has a name but no date of its own, so none is made up."""
        self._changes += 1
        return etree.SubElement(paragraph, tag, {_ID: str(self._changes), w("author"): self._authors[revision]})

    def _note(self, paragraph: Node, note: Note) -> None:
        number = len(self.comments)
        self.comments.append(note)
        if note.id is None:
            comment_reference(paragraph, str(number))
        else:
            self._open_notes[note.id] = number
            etree.SubElement(paragraph, w("commentRangeStart"), {_ID: str(number)})

    def _page_mark(self, paragraph: Node, mark: PageMark) -> None:
        name = notation.page_bookmark(mark.label, mark.locked)
        seen = self._page_bookmarks[name] = self._page_bookmarks.get(name, 0) + 1
        self._point_bookmark(paragraph, f"{name}__{seen}" if seen > 1 else name)

    def _bookmark(self, paragraph: Node, name: str) -> str:
        self._bookmarks += 1
        etree.SubElement(paragraph, w("bookmarkStart"), {_ID: str(self._bookmarks), w("name"): name})
        return str(self._bookmarks)


def _ends_page(elements: tuple[Element, ...], place: int) -> bool:
    """Does a transition or an act's end follow? Word cannot keep it with what stands before in any other way."""
    for element in elements[place + 1 : place + 4]:
        if not isinstance(element, Note | Boneyard | PageMark | Cut):
            return isinstance(element, Transition | EndOfAct)
    return False


def _hidden_kinds(options: PageOptions) -> tuple[type[Paragraph], ...]:
    shown = {Section: options.sections, Synopsis: options.synopses}
    return tuple(kind for kind, is_shown in shown.items() if not is_shown)


def _stays_on_page(node: Paragraph) -> bool:
    """Does it refuse the new page of its style?"""
    return node.layout is not None and node.layout.new_page is False


def _piece_layout(node: Paragraph, place: int, at_top: bool) -> ParagraphLayout | None:
    """Of a paragraph that begins a page of ours: no space above, and behind a cut no indent of the first line."""
    layout = node.layout
    if layout is None or not (place or at_top):
        return layout
    return replace(layout, space_before=None, first_indent=None if place else layout.first_indent)


def _has_words(text: Text) -> bool:
    return any(isinstance(inline, Run | LineBreak) for inline in text)


def _make_deleted(node: Node) -> None:
    for words_ in node.iter(_T):
        words_.tag = _DEL_TEXT
