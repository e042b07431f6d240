"""The inside of a paragraph: runs, breaks, comments, tracked changes and fields as inlines of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain, groupby
from typing import Any, cast

from converter.contract import Diagnostic, Kind, Report
from converter.normal import allowed
from converter.notation import docx as notation
from converter.notation.docx import w
from converter.readers.docx import maths, symbols
from converter.readers.docx.package import Node
from converter.readers.docx.styles import Format, Styles, run_format, value
from converter.readers.docx.wrappers import ALTERNATIVES, WORDLESS, chosen, is_placeholder
from converter.records import dataclass, field
from converter.safe.clean import clean
from converter.tree import (
    NO_STYLE,
    Boneyard,
    Deletion,
    Inline,
    LineBreak,
    Look,
    Note,
    NoteEnd,
    PageField,
    PageFieldKind,
    PageMark,
    Position,
    Run,
    Style,
)

_VAL, _ID, _NAME, _AUTHOR = w("val"), w("id"), w("name"), w("author")


@dataclass(slots=True)
class Content:
    """What stands in one paragraph."""

    text: list[Inline | PageField] = field(default_factory=list)  # page fields only in headers and footers
    left_number: str = ""  # what has the character style of scene numbers, before and behind the words
    right_number: str = ""
    breaks: int = 0  # page breaks in front of the words
    break_behind: bool = False
    boxes: list[Node] = field(default_factory=list)  # text boxes anchored here, and paragraphs inside this one
    turn: re.Match[str] | None = None  # a page of ours begins here


def _joined(text: list[Inline | PageField]) -> list[Inline | PageField]:
    """Words that are set like the words before them join them, all of one setting at once."""
    if len(text) < 2:
        return text
    joined: list[Inline | PageField] = []
    alike: list[str] = []  # the words of the runs at hand, the first of which is the last of `joined`
    for inline in text:
        last = joined[-1] if joined else None
        if _are_alike(last, inline):
            alike.append(_letters(inline))
            continue
        if len(alike) > 1:
            joined[-1] = _whole(last, "".join(alike))
        joined.append(inline)
        alike = [_letters(inline)]
    if len(alike) > 1:
        joined[-1] = _whole(joined[-1], "".join(alike))
    return joined


def _deleted(content: Content, revision: int) -> Iterator[Inline | PageField]:
    """What stands for a deletion: its words, then the notes and marks that stood among them."""
    words = tuple(one for one in _joined(content.text) if isinstance(one, Run | LineBreak))
    yield Deletion(revision=revision, text=words)
    yield from (one for one in content.text if not isinstance(one, Run | LineBreak))


def _with_deletions_joined(text: list[Inline | PageField]) -> list[Inline | PageField]:
    """Deletions of one author at one place are one. A blank alone was only struck out so that Word keeps the place."""
    if not any(type(one) is Deletion for one in text):
        return text
    joined: list[Inline | PageField] = []
    for revision, alike in groupby(text, key=_deleted_in):
        if revision is None:
            joined.extend(alike)
            continue
        words = tuple(chain.from_iterable(cast(Deletion, one).text for one in alike))
        is_blank = all(isinstance(one, LineBreak) or not one.text.strip() for one in words)
        joined.append(Deletion(revision=revision, text=() if is_blank else words))
    return joined


def _deleted_in(inline: Inline | PageField) -> int | None:
    return inline.revision if isinstance(inline, Deletion) else None


def _are_alike(last: Inline | PageField | None, one: Inline | PageField) -> bool:
    if type(last) is Run and type(one) is Run:
        return _same_setting(last, one)
    return type(last) is Boneyard and type(one) is Boneyard


def _letters(inline: Inline | PageField) -> str:
    return inline.text if type(inline) is Run else inline.source if type(inline) is Boneyard else ""


def _whole(first: Inline | PageField | None, words: str) -> Inline | PageField:
    if type(first) is Run:
        return Run(text=words, style=first.style, look=first.look, revision=first.revision, tags=first.tags)
    return Boneyard(source=words)


def _same_setting(a: Run, b: Run) -> bool:
    return a.style == b.style and a.revision == b.revision and a.look == b.look and a.tags == b.tags


class Authors:
    """Which revision set an author's tracked changes are of; an unknown author is a new one."""

    def __init__(self, known: dict[int, str]):
        self._ids = {author: id_ for id_, author in known.items()}
        self._next = max(known, default=0) + 1
        self.new: dict[int, str] = {}

    def revision(self, author: str) -> int:
        author = " ".join(allowed(author).split()) or "Unknown"
        found = self._ids.get(author)
        if found is None:
            found = self._ids[author] = self._next
            self.new[found] = author
            self._next += 1
        return found


class TextReader:
    """Reads the paragraphs of one document in order; ranges of notes and tags may run over several."""

    def __init__(
        self, styles: Styles, notes: dict[str, Note], footnotes: dict[str, str], authors: Authors, report: Report
    ):
        self._styles = styles
        self._notes = notes
        self._footnotes = footnotes
        self._authors = authors
        self._report = report
        self._ours = styles.ours
        self.in_band = False  # of a page's header or footer fields are kept as such
        self.has_words = False
        self.literal = False  # just as we wrote it: no other program has saved the file
        self._open: dict[str, int] = {}  # comment -> Note.id
        self._footnotes_read: set[str] = set()
        self._seen_notes = 0
        self._tags: dict[str, int] = {}  # bookmark -> Tag.number
        self._anchors: list[Node] = []  # starts and ends that stand between paragraphs
        self._settings: dict[str, tuple[Style, Look | None, str]] = {}

    def add_anchor(self, node: Node) -> None:
        self._anchors.append(node)

    def read(self, paragraph: Node, paragraph_style: Format, at: Position | None, *, struck: bool = False) -> Content:
        """The paragraph's content. In one that is `struck` out as a whole, deleted words are words as all others."""
        whole = content = Content()
        fields = _Fields(paragraph)
        anchors, self._anchors = self._anchors, []
        waiting: list[tuple[Iterator[Any], int | None]] = [(iter(paragraph), None), (iter(anchors), None)]
        deletion: tuple[int, int] | None = None  # how deep we are in a deletion, and whose it is
        while waiting:
            nodes, revision = waiting[-1]
            node = next(nodes, None)
            if node is None:
                waiting.pop()
                if deletion is not None and len(waiting) < deletion[0]:
                    whole.text.extend(_deleted(content, deletion[1]))
                    content, deletion = whole, None
                continue
            match node.tag:
                case _Tag.r:
                    self._run(content, node, revision, fields, paragraph_style, at)
                case _Tag.ins | _Tag.move_to:
                    waiting.append((iter(node), self._authors.revision(node.get(_AUTHOR, ""))))
                case _Tag.deleted | _Tag.move_from:
                    waiting.append((iter(node), revision))
                    if not struck and deletion is None:
                        content, deletion = Content(), (len(waiting), self._authors.revision(node.get(_AUTHOR, "")))
                case _Tag.range_start | _Tag.range_end | _Tag.bookmark_start | _Tag.bookmark_end:
                    self._end_of_range(content, node, at)
                case _Tag.alternate_content:
                    waiting.append((iter(chosen(node)), revision))
                case _Tag.simple_field if self._field_code(content, node.get(w("instr"), ""), None):
                    pass
                case _Tag.control if is_placeholder(node):
                    self.report_placeholder(node, at)
                case _ if node.tag in maths.FORMULAS:
                    self._formula(content, node, revision, at)
                case _ if node.tag in _BLOCKS:
                    content.boxes.append(node)
                case _ if node.tag in IN_RUNS:
                    self._run(content, _in_run(node), revision, fields, paragraph_style, at)
                case _:
                    waiting.append((iter(() if node.tag in WORDLESS else node), revision))
        content.text = _joined(_with_deletions_joined(content.text))
        return content

    def _end_of_range(self, content: Content, node: Node, at: Position | None) -> None:
        """Where a comment or a bookmark begins or ends."""
        id = node.get(_ID, "")
        match node.tag:
            case _Tag.range_start:
                self._open_note(content, id, at)
            case _Tag.range_end:
                self._close_note(content, id)
            case _Tag.bookmark_start:
                self._bookmark(content, node)
            case _:
                self._tags.pop(id, None)

    # ---------------------------------------------------------------- runs

    def _run(
        self,
        content: Content,
        run: Node,
        revision: int | None,
        fields: _Fields,
        paragraph_style: Format,
        at: Position | None,
    ) -> None:
        style, look, role, font = NO_STYLE, None, "", None
        properties = run.find(_Tag.rpr)
        if properties is not None:
            style, look, role, font = self._setting(properties, paragraph_style)
        drawn_in = font or paragraph_style.font
        signs = None if drawn_in is None else symbols.signs_of(drawn_in)
        if signs is not None and look is not None and look.font == font:
            look = _without_font(look)  # the letters that stand for its signs are not in it
        waiting: list[Iterator[Any]] = [iter(run)]
        while waiting:
            node = next(waiting[-1], None)
            if node is None:
                waiting.pop()
                continue
            if node.tag in _TEXTS:
                if node.text and fields.show():
                    words = node.text
                    if signs is not None or not words.isprintable():
                        words = self._letters(words, signs, font, at)
                    self._words(content, words, style, look, role, revision)
            elif node.tag in _AS_LETTERS:
                self._words(content, _AS_LETTERS[node.tag], style, look, role, revision)
            elif node.tag in symbols.SIGNS:
                self._words(content, self._symbol(node, font, at), style, look, role, revision)
            elif not self._is_mark(content, node, role, fields, at):
                waiting.extend(self._inside(content, node, revision, at))

    def _is_mark(self, content: Content, node: Node, role: str, fields: _Fields, at: Position | None) -> bool:
        """Reads a break, a part of a field, the place of a comment or a footnote; False for anything else."""
        tag = node.tag
        if tag in (_Tag.br, _Tag.cr):
            self._break(content, node, role)
        elif tag == _Tag.field_mark:
            fields.enter(node)
        elif tag == _Tag.code:
            self._field_code(content, node.text or "", fields)
        elif tag == _Tag.comment:
            self._point(content, node.get(_ID, ""), at)
        elif tag in _FOOTNOTES:
            self._footnote(content, f"{_FOOTNOTES[tag]} {node.get(_ID, '')}", at)
        else:
            return False
        return True

    def _inside(self, content: Content, node: Node, revision: int | None, at: Position | None) -> list[Iterator[Any]]:
        """What stands around words: what is to be read of it here, the last first."""
        tag = node.tag
        if tag == ALTERNATIVES:
            return [iter(chosen(node))]
        if tag == _Tag.ruby and node.find(_Tag.ruby_base) is not None:
            self._report_reading(node, at)
            return [iter(one) for one in reversed(list(_ruby_base(node)))]
        if tag in _BOXES:
            content.boxes.extend(_text_boxes(node))
        elif tag in maths.FORMULAS:
            self._formula(content, node, revision, at)
        elif tag in _BLOCKS:
            content.boxes.append(node)
        elif tag not in WORDLESS:
            return [iter(node)]
        return []

    def _letters(self, words: str, signs: str | None, font: str | None, at: Position | None) -> str:
        """What a `w:t` says: signs of symbol fonts as letters, and nothing that no script can hold."""
        said = symbols.letters(words, signs, all_signs=font is not None)
        if symbols.NO_LETTER in said and symbols.NO_LETTER not in words:
            self._report_sign(font or "a symbol font", at)
        elif not self._ours and any(map(symbols.is_private, said)):  # in ours they are the author's
            said = "".join(symbols.NO_LETTER if symbols.is_private(char) else char for char in said)
            self._report_sign(font or "a font that is not named", at)
        kept = allowed(said)
        if len(kept) < len(said.replace("\ufeff", "")):
            message = "Control characters were left out; no script can hold them."
            self._report(Diagnostic(Kind.WARNING, "docx.control-characters", message, at))
        return kept

    def _symbol(self, node: Node, font: str | None, at: Position | None) -> str:
        """A sign of a symbol font; it names the font itself, as a rule."""
        font, code = symbols.font_of(node) or font, symbols.code_of(node)
        letter = allowed(symbols.letter(code, symbols.signs_of(font)))
        if letter == symbols.NO_LETTER:
            self._report_sign(f"{font or 'a font that is not named'} ({code:04X})", at)
        return letter

    def _report_sign(self, font: str, at: Position | None) -> None:
        name = clean(font, _LONGEST_FONT)
        message = f"A sign of {name} has no letter that is known to be its like; {symbols.NO_LETTER} stands for it."
        self._report(Diagnostic(Kind.WARNING, "docx.unknown-sign", message, at))

    def _formula(self, content: Content, formula: Node, revision: int | None, at: Position | None) -> None:
        line = allowed(maths.in_one_line(formula))
        if not line.strip():
            return
        if not maths.is_plain(formula):
            message = f"A formula was written in one line: {line[:200]!r}."
            self._report(Diagnostic(Kind.WARNING, "docx.formula", message, at))
        self._words(content, line, NO_STYLE, None, "", revision)

    def report_placeholder(self, control: Node, at: Position | None) -> None:
        said = "".join(one.text or "" for one in control.iter(_Tag.t)).strip()
        if said:
            message = f"Placeholder text that stands where nothing was typed was left out: {said[:200]!r}."
            self._report(Diagnostic(Kind.WARNING, "docx.placeholder", message, at))

    def _report_reading(self, ruby: Node, at: Position | None) -> None:
        reading = "".join(one.text or "" for small in ruby.iter(w("rt")) for one in small.iter(_Tag.t))
        if reading:
            message = f"The small letters {reading[:60]!r} over a word were left out; the word itself is here."
            self._report(Diagnostic(Kind.WARNING, "docx.reading", message, at))

    def _words(
        self, content: Content, words: str, style: Style, look: Look | None, role: str, revision: int | None
    ) -> None:
        if not words:
            return
        self.has_words = True
        if role == notation.SCENE_NUMBER:
            if any(isinstance(inline, Run | LineBreak) for inline in content.text):
                content.right_number += words
            else:
                content.left_number += words
        elif role == notation.PUT_ASIDE:
            content.text.append(Boneyard(source=words))
        elif role == notation.AUTOMATIC:
            pass
        elif role == notation.PAGE_LABEL and self.in_band:
            content.text.append(PageField(kind=PageFieldKind.PAGE))
        else:
            tags = tuple(sorted(set(self._tags.values()))) if self._tags else ()
            content.text.append(Run(text=words, style=style, look=look, revision=revision, tags=tags))

    def _break(self, content: Content, node: Node, role: str) -> None:
        if role == notation.PUT_ASIDE:
            content.text.append(Boneyard(source="\n"))
        elif node.get(w("type")) != "page":
            content.text.append(LineBreak())
        elif any(isinstance(inline, Run | LineBreak) for inline in content.text):
            content.break_behind = True
        else:
            content.breaks += 1

    def _setting(self, properties: Node, paragraph_style: Format) -> tuple[Style, Look | None, str, str | None]:
        """Style, look, the name of the character style that says more than a look, and the font."""
        said = run_format(properties)
        font = said.font
        role = self._styles.name(value(properties, "rStyle")) if properties.find(_Tag.rstyle) is not None else ""
        style = said.on
        if role == notation.AS_TYPED and self._ours:
            style |= Style.PLAIN
        elif role in _SPECIAL:
            return style, None, role, font
        elif role:
            of_style = self._styles.run_style(value(properties, "rStyle") or "")
            style |= of_style.on & ~said.off & _EMPHASIS
            font = font or of_style.font
        if not self._ours:
            # The type of a whole foreign script is not what its author said of these words.
            said = said._replace(font=None, size=None, color=None if said.color == "#000000" else said.color)
        elif not self.literal:
            said = said._replace(
                font=None if said.font == paragraph_style.font else said.font,
                size=None if said.size == paragraph_style.size else said.size,
                color=None if said.color == paragraph_style.color else said.color,
            )
        return style, _look(said), role, font

    def _field_code(self, content: Content, code: str, fields: _Fields | None) -> bool:
        """In a header, what a field prints instead of what it printed last."""
        kind = notation.page_field(code) if self.in_band else None
        if kind is None:
            return False
        content.text.append(PageField(kind=kind))
        if fields is not None:
            fields.print_themselves()
        return True

    # ---------------------------------------------------------------- changes, notes, bookmarks

    def _open_note(self, content: Content, id_: str, at: Position | None) -> None:
        note = self._notes.get(id_)
        if note is not None and id_ not in self._open:
            self._seen_notes += 1
            self._open[id_] = self._seen_notes
            content.text.append(_copied(note, self._seen_notes, at))

    def _close_note(self, content: Content, id_: str) -> None:
        if id_ in self._open:
            content.text.append(NoteEnd(id=self._open[id_]))

    def _point(self, content: Content, id_: str, at: Position | None) -> None:
        """Where the comment's mark stands. Of one that has a range we know already."""
        note = self._notes.get(id_)
        if note is None and not self.in_band:
            self._report_missing("A comment", at)
        if note is not None and id_ not in self._open:
            self._open[id_] = 0
            content.text.append(_copied(note, None, at))

    def _footnote(self, content: Content, id_: str, at: Position | None) -> None:
        text = self._footnotes.get(id_)
        if text is None and not self.in_band:
            self._report_missing("A footnote", at)
        if text:
            self._footnotes_read.add(id_)
            content.text.append(Note(text=text, at=at))

    def _report_missing(self, what: str, at: Position | None) -> None:
        message = f"{what} belongs here that this document does not hold; was it damaged or cut?"
        self._report(Diagnostic(Kind.WARNING, "docx.note-missing", message, at))

    def left_over(self) -> list[Note]:
        """The notes that nothing in the text refers to."""
        comments = (note for id_, note in self._notes.items() if id_ not in self._open)
        footnotes = (Note(text=text) for id_, text in self._footnotes.items() if id_ not in self._footnotes_read)
        return [note for note in (*comments, *footnotes) if note.text.strip()]

    def _bookmark(self, content: Content, node: Node) -> None:
        name = node.get(_NAME, "")
        page = notation.PAGE_BOOKMARK.fullmatch(name)
        tag = notation.TAG_BOOKMARK.fullmatch(name)
        turn = notation.BREAK_BOOKMARK.fullmatch(name)
        if not self._ours:
            return
        if page:
            content.text.append(PageMark(label=notation.page_label(page), locked=bool(page["locked"])))
        elif turn and turn["kind"] == "Break":
            content.breaks += 1
        elif turn:
            content.turn = turn
        elif tag:
            self._tags[node.get(_ID, "")] = int(tag["number"])


class _Tag:
    r, t, rpr, rstyle, br, cr = w("r"), w("t"), w("rPr"), w("rStyle"), w("br"), w("cr")
    ins, deleted, move_from, move_to = w("ins"), w("del"), w("moveFrom"), w("moveTo")
    range_start, range_end, comment = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
    deleted_text = w("delText")
    bookmark_start, bookmark_end = w("bookmarkStart"), w("bookmarkEnd")
    field_mark, code, simple_field = w("fldChar"), w("instrText"), w("fldSimple")
    alternate_content, control = ALTERNATIVES, w("sdt")
    ruby, ruby_base = w("ruby"), w("rubyBase")
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


_LONGEST_FONT = 60  # letters of a name that is shown
_BLOCKS = {w("p"), w("tbl")}
_TEXTS = frozenset({_Tag.t, _Tag.deleted_text, _Tag.math})
# What belongs into a run and gives words.
IN_RUNS = frozenset({_Tag.t, _Tag.deleted_text, *symbols.SIGNS})


def _in_run(words: Node) -> Node:
    run = words.makeelement(_Tag.r)
    run.append(deepcopy(words))
    return run


_AS_LETTERS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_FOOTNOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_BOXES = {w("drawing"), w("pict"), w("object")}
_SPECIAL = {notation.SCENE_NUMBER, notation.PUT_ASIDE, notation.AUTOMATIC, notation.PAGE_LABEL}
_EMPHASIS = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT


def _look(said: Format) -> Look | None:
    size = None if said.size is None else said.size / 2
    look = Look(font=said.font, size=size, color=said.color, background=said.background)
    return None if look == Look() else look


def _without_font(look: Look) -> Look | None:
    plain = Look(size=look.size, color=look.color, background=look.background)
    return None if plain == Look() else plain


def _copied(note: Note, id_: int | None, at: Position | None) -> Note:
    return Note(
        text=note.text,
        id=id_,
        title=note.title,
        category=note.category,
        author=note.author,
        color=note.color,
        date=note.date,
        at=at,
    )


# Where we are in each field around a place.
_CODE, _RESULT, _PRINTED, _UNCLOSED = "code", "result", "printed", "unclosed"


class _Fields:
    """The fields around a place. What a field's code says is not shown; one that is never closed hides nothing."""

    def __init__(self, paragraph: Node):
        self._paragraph = paragraph
        self._around: list[str] = []
        self._closed: set[Node] | None = None  # the begins of those that have a result or an end here

    def enter(self, mark: Node) -> None:
        around = self._around
        match mark.get(_FIELD_MARK):
            case "begin":
                if self._closed is None:
                    self._closed = _closed_fields(self._paragraph)
                around.append(_CODE if mark in self._closed else _UNCLOSED)
            case "separate" if around and around[-1] == _CODE:
                around[-1] = _RESULT
            case "end" if around:
                around.pop()
            case _:
                pass

    def print_themselves(self) -> None:
        """The page prints something else than the field's last result."""
        self._around[-1:] = [_PRINTED]

    def show(self) -> bool:
        return _CODE not in self._around and _PRINTED not in self._around


_FIELD_MARK = w("fldCharType")


def _closed_fields(paragraph: Node) -> set[Node]:
    begun: list[Node] = []
    closed: set[Node] = set()
    for mark in paragraph.iter(_Tag.field_mark):
        kind = mark.get(_FIELD_MARK)
        if kind == "begin":
            begun.append(mark)
        elif kind in ("separate", "end") and begun:
            closed.add(begun[-1])
            if kind == "end":
                begun.pop()
    return closed


def _ruby_base(ruby: Node) -> Iterator[Node]:
    for base in ruby.iter(_Tag.ruby_base):
        yield from base.iter(_Tag.r)


def _text_boxes(node: Node) -> list[Node]:
    found: list[Node] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.tag == w("txbxContent"):
            found.append(one)
        elif one.tag == ALTERNATIVES:
            waiting.extend(reversed(list(chosen(one))))  # it is `one` itself where it offers nothing
        else:
            waiting.extend(reversed(list(one)))
    return found
