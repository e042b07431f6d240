"""Word documents: our own by their styles, anybody's by style names, position and words.

What is not said by a style is guessed and reported. docs/formats/docx.md has the rules.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import IO, Any, Protocol, cast

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
    option,
)
from converter.normal import normal
from converter.notation import docx as notation
from converter.notation.docx import Role, w
from converter.patterns import pattern
from converter.readers.docx import ours
from converter.readers.docx.maths import FORMULAS
from converter.readers.docx.notes import band_words, comments, footnotes
from converter.readers.docx.numbering import Numbering
from converter.readers.docx.ours import Geometry
from converter.readers.docx.package import Node, Package
from converter.readers.docx.struck import deleted_row, settle_deleted_marks, struck_by
from converter.readers.docx.styles import Format, Meaning, Styles, paragraph_format, twips, value
from converter.readers.docx.text import IN_RUNS, Authors, Content, TextReader
from converter.readers.docx.wrappers import blocks, is_placeholder
from converter.records import dataclass, fields, replace
from converter.recovery.documents import assemble, guess
from converter.recovery.documents.assemble import Item, Known, Line, Loose, Pair, Removed
from converter.recovery.documents.contd import without_generated
from converter.recovery.documents.flow import Stuff
from converter.recovery.documents.foreign import Foreign, ForeignRow
from converter.recovery.documents.names import Named, named
from converter.recovery.manner import MANNER_HELP, Manner
from converter.tree import (
    Band,
    Character,
    ElementStyle,
    General,
    Margins,
    Note,
    PageField,
    PageSetup,
    Paper,
    ParagraphLayout,
    Position,
    Revisions,
    RevisionSet,
    Run,
    Screenplay,
    Style,
    Text,
    TitleField,
    TitlePage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    manner: Manner = option("auto", MANNER_HELP)


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    return _Document(source.data, report, limits, options).screenplay()


class Document(Protocol):
    """A document of python-docx, or anything else that is saved so."""

    def save(self, path_or_stream: IO[bytes]) -> None: ...


def from_document(
    document: Document, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The screenplay that a document holds which is open in Python."""
    file = io.BytesIO()
    document.save(file)
    return read(Source("document", file.getvalue()), options, report, limits)


READER = Reader("docx", (), Options, read)


@dataclass(slots=True, kw_only=True)
class Struck:
    """What was struck out by one author, still to be recognised."""

    author: str
    stuff: list[Stuff]
    at: Position | None


class _Document:
    def __init__(self, data: bytes, report: Report, limits: Limits, options: Options):
        self._report = report
        self._manner = options.manner
        self._limits = limits
        self._package = Package(data, limits, report)
        self._styles = Styles(self._package.part("styles"))
        self._numbering = Numbering(self._package.part("numbering"))
        properties = _custom_properties(self._package)
        self._told = notation.from_properties(properties)
        self._measures = notation.from_measures(properties.get(notation.MEASURES, ""))
        self._literal = self._styles.ours and _application(self._package) == notation.APPLICATION
        sets = self._told.revisions.sets if self._told.revisions else ()
        self._authors = Authors(notation.revision_authors(sets))
        self._text = TextReader(
            self._styles,
            comments(self._package.part("comments"), self._styles, self._literal),
            footnotes(self._package.part("footnotes"), "footnote")
            | footnotes(self._package.part("endnotes"), "endnote"),
            self._authors,
            report,
        )
        self._text.literal = self._literal
        self._names: dict[str | None, Named | None] = {}
        self._paragraphs = 0
        self._break_behind = False  # of the paragraph before
        self._struck = False  # in a row that was struck out
        self._fields: list[tuple[str, list[Text]]] = []
        self._sheets: list[list[General]] = []

    def screenplay(self) -> Screenplay:
        document = self._package.document()
        body = document.find(w("body"))
        if body is None and (document.tag != w("document") or len(document)):
            raise FormatError("this Word document has no text that could be read; open and save it in Word")
        body = document if body is None else body  # with nothing in it
        sections = _sections(body)
        self._pages = [_geometry(section) for section in sections] or [_geometry(None)]
        last = sections[-1] if sections else None
        settle_deleted_marks(body, keep_empty=self._styles.ours)
        stuff = self._with_removed(self._stuff(body))
        self._report_unread(body)
        self._report_bands(sections)
        self._refuse_what_was_not_understood(body)
        has_title = bool(self._fields or self._sheets)
        guessed = guess.recognise(
            stuff, "docx", self._report, self._limits.deadline(), self._manner, may_have_title=not has_title
        )
        if not self._literal and (has_title or guessed.title):
            guessed.items[:1] = [_without_breaks(item) for item in guessed.items[:1]]
        elements = assemble.body(guessed.items)
        if not self._styles.ours:
            elements = without_generated(elements, "docx", self._report)
        return normal(
            Screenplay(
                title_page=self._title_page(guessed.title),
                body=(*elements, *self._left_over()),
                page_setup=self._page_setup(last),
                revisions=self._revisions(),
                tags=self._told.tags,
                styles=self._told.styles if self._literal else tuple(self._element_styles()),
            )
        )

    def _refuse_what_was_not_understood(self, body: Node) -> None:
        if not self._paragraphs and any(one.tag != w("sectPr") for one in body):
            raise FormatError("nothing in this Word document was understood; open and save it in Word")
        if not self._text.has_words and _has_strange_words(body):
            raise FormatError("no word of this Word document was understood; open and save it in Word")

    # ---------------------------------------------------------------- the flow

    def _stuff(self, body: Node) -> Iterator[Stuff | Struck]:
        deadline = self._limits.deadline()
        section = 0
        for block in _flow(body):
            if block.tag == _TABLE:
                yield from self._table(block, section)
            elif block.tag != _PARAGRAPH:
                self._text.add_anchor(block)
            else:
                if self._paragraphs % 1000 == 0:
                    deadline.check()
                yield from self._paragraph(block, section)
                section += _ends_section(block)

    def _table(self, table: Node, section: int) -> Iterator[Stuff | Struck]:
        for row in _with_loose_words(blocks(table, {_ROW, *_IN_ROW})):
            author = deleted_row(row)
            if author is None:
                yield from self._row(row, section)
            else:
                self._struck = True
                at = Position(paragraph=self._paragraphs + 1)
                yield Struck(author=author, stuff=list(self._row(row, section)), at=at)
                self._struck = False

    def _row(self, row: Node, section: int) -> Iterator[Stuff]:
        columns = [row] if row.tag in _IN_ROW else _with_loose_words(blocks(row, _IN_ROW))
        cells = [
            self._with_removed(one for node in _paragraphs(cell) for one in self._paragraph(node, section))
            for cell in columns
        ]
        if len(cells) == 2 and all(_begins_with_cue(cell) for cell in cells):
            left, right = (tuple(one for one in cell if isinstance(one, Known)) for cell in cells)
            yield Pair(left=left, right=right)
        elif all(isinstance(one, Foreign) for cell in cells for one in cell):
            yield ForeignRow(cells=cast("list[list[Foreign]]", cells))
        else:
            yield from (one for cell in cells for one in cell)

    def _with_removed(self, stuff: Iterable[Stuff | Struck]) -> list[Stuff]:
        """With what was struck out recognised by itself: all of it at once, as one script."""
        mixed = _with_struck_joined(stuff)
        struck = [one for one in mixed if isinstance(one, Struck)]
        if not struck:
            return cast("list[Stuff]", mixed)
        parts = [(one, Loose(markers=())) for one in struck]  # each with what marks its end
        flow = [item for one, end in parts for item in (*one.stuff, end)]
        found = guess.recognise(
            flow, "docx", self._report_dropped, self._limits.deadline(), self._manner, may_have_title=False
        ).items
        removed: dict[int, Removed] = {}
        start = 0
        for one, end in parts:
            stop = next(place for place in range(start, len(found)) if found[place] is end)
            if stop > start:
                revision = self._authors.revision(one.author)
                removed[id(one)] = assemble.removed(revision, found[start:stop], one.at)
            start = stop + 1
        return [
            removed[id(one)] if isinstance(one, Struck) else one
            for one in mixed
            if not isinstance(one, Struck) or id(one) in removed
        ]

    def _report_dropped(self, diagnostic: Diagnostic) -> None:
        """What was struck out is no worse for a guess, as long as all of it is there."""
        if diagnostic.code == "docx.dropped-furniture":
            self._report(diagnostic)

    def _paragraph(self, node: Node, section: int) -> Iterator[Stuff | Struck]:
        """A paragraph, and the paragraphs in its text boxes."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            self._paragraphs += 1
            if self._paragraphs > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "this document has too many paragraphs")
            content, stuff = self._read(one, section)
            author = None if self._struck else struck_by(one)
            if stuff is not None:
                at = Position(paragraph=self._paragraphs)
                yield stuff if author is None else Struck(author=author, stuff=[stuff], at=at)
            for box in reversed(content.boxes):
                waiting.extend(reversed(list(_paragraphs(box))))

    def _read(self, node: Node, section: int) -> tuple[Content, Stuff | None]:
        at = Position(paragraph=self._paragraphs)
        properties = node.find(w("pPr"))
        style = _style_id(node)
        format_ = self._styles.format(style)
        struck = self._struck or struck_by(node) is not None
        content = self._text.read(node, format_, at, struck=struck)
        if not struck:
            if properties is not None:
                self._count(content, properties, style, format_)
            content.breaks += int(self._break_behind)
            self._break_behind = content.break_behind
        meaning = self._styles.meaning(style) if self._styles.ours else None
        page = self._pages[min(section, len(self._pages) - 1)]
        inherited = None if self._literal else format_
        if meaning is None:
            if _is_contents(self._styles.name(style)):
                self._report_contents(content, at)
                return content, None
            return content, self._foreign(node, style, format_, content, page, at)
        if struck and meaning.base.role in (Role.FIELD, Role.SHEET):
            self._report_deleted_title(content, at)
            return content, None
        if meaning.base.role is Role.FIELD:
            self._title_field(meaning, cast(Text, tuple(content.text)))
            return content, None
        if meaning.base.role is Role.SHEET:
            line, begins = ours.sheet_line(meaning, content, properties, inherited, page, at)
            if begins or not self._sheets:
                self._sheets.append([])
            self._sheets[-1].append(line)
            return content, None
        return content, ours.body_line(meaning, content, properties, inherited, page, at)

    def _count(self, content: Content, properties: Node, style: str | None, inherited: Format) -> None:
        """The number that Word puts before the paragraph, if none is typed."""
        said = paragraph_format(properties)
        list_ = inherited.list if said.list is None else said.list
        level = inherited.list_level if said.list_level is None else said.list_level
        number = self._numbering.number(list_, level, style)
        if number is not None and ours.scene_number(content) is None:
            content.left_number = number

    def _foreign(
        self, node: Node, style: str | None, inherited: Format, content: Content, page: Geometry, at: Position
    ) -> Foreign:
        properties = node.find(w("pPr"))
        said = inherited if properties is None else inherited.under(paragraph_format(properties))
        text = cast(Text, tuple(content.text))
        if not self._styles.ours:
            text = self._visible(text, said, at)
        return Foreign(
            text=text,
            named=self._named_style(style),
            style=None if style == self._styles.default_id else style,
            left=self._on_paper(page.left + (said.left or 0) + (said.first or 0), at),
            right=self._on_paper(page.right - (said.right or 0), at),
            tabs=tuple(self._on_paper(page.left + stop, at) for stop, _ in said.tabs or ()),
            align=said.align,
            before=self._on_paper(said.before or 0, at),
            after=self._on_paper(said.after or 0, at),
            breaks=content.breaks + int(said.new_page is True),
            break_behind=content.break_behind or bool(_ends_section(node)),
            number=ours.scene_number(content),
            capitals=Style.ALL_CAPS in said.on,
            at=at,
            level=self._level(style, said),
        )

    def _level(self, style: str | None, said: Format) -> int:
        """Of Word's own outline, which its headings make."""
        if said.outline is not None and 0 <= said.outline < _OUTLINE_LEVELS:
            return said.outline + 1
        found = next(filter(None, map(_HEADING_STYLE.fullmatch, self._styles.names(style))), None)
        return int(found[1]) if found is not None else 0

    def _on_paper(self, measure: int, at: Position) -> int:
        """A measure in twips, no larger than Word allows: it becomes columns and empty lines, each of which costs."""
        if abs(measure) <= notation.FURTHEST:
            return measure
        self._warn("docx.huge-measure", "A space or indent larger than any paper was taken for 22 inches.", at)
        return notation.FURTHEST if measure > 0 else -notation.FURTHEST

    def _named_style(self, style: str | None) -> Named | None:
        if style not in self._names:
            self._names[style] = named(self._styles.names(style))
        return self._names[style]

    def _visible(self, text: Text, said: Format, at: Position) -> Text:
        """Without hidden words, which no page prints."""
        hidden = Style.HIDDEN in said.on
        seen = tuple(one for one in text if not isinstance(one, Run) or not hidden and Style.HIDDEN not in one.style)
        if len(seen) != len(text):
            message = "Hidden text was left out: no page of this document prints it."
            self._report(Diagnostic(Kind.WARNING, "docx.hidden-text", message, at))
        return seen

    # ---------------------------------------------------------------- what is left out

    def _warn(self, code: str, message: str, at: Position | None = None) -> None:
        self._report(Diagnostic(Kind.WARNING, code, message, at))

    def _left_over(self) -> list[Note]:
        notes = self._text.left_over()
        for note in notes:
            message = f"Nothing in this document refers to the note {note.text[:60]!r}; it stands at the end."
            self._warn("docx.note-without-place", message)
        return notes

    def _report_bands(self, sections: list[Node]) -> None:
        """Headers and footers that were not read; the number of the page alone says nothing."""
        bands = [one for section in sections for one in section.iter(w("headerReference"), w("footerReference"))]
        told = {self._band_words(one) for one in bands if self._is_read(one)}
        for band in bands:
            words = self._band_words(band)
            if words in told or _ONLY_NUMBERS.fullmatch(words) or self._styles.ours and _ONLY_LABELS.fullmatch(words):
                continue
            told.add(words)
            self._warn("docx.page-header", f"The {_which(band)} of these pages was left out: {words[:200]!r}.")

    def _band_words(self, reference: Node) -> str:
        root = self._package.related(reference.get(_RELATED, ""))
        return "" if root is None else " ".join(band_words(root).split())

    def _is_read(self, reference: Node) -> bool:
        """Those of a script of ours that has its own are part of its page setup."""
        setup = self._told.setup if self._styles.ours else None
        return (
            setup is not None
            and reference.get(w("type")) == "default"
            and getattr(setup, _which(reference)) is not None
        )

    def _report_unread(self, body: Node) -> None:
        pictures = sum(not any(True for _ in one.iter(w("txbxContent"))) for one in body.iter(*_PICTURES))
        if pictures:
            what = "A picture or embedded object was" if pictures == 1 else f"{pictures} pictures or objects were"
            self._warn("docx.pictures", f"{what} left out: a script holds words alone.")
        for control in body.iter(w("sdt")):
            if is_placeholder(control) and any(True for _ in control.iter(w("p"))):
                self._text.report_placeholder(control, None)
        if any(True for _ in body.iter(w("altChunk"), w("subDoc"))):
            message = "Another document is embedded here, and its words were not read; open and save this one in Word."
            self._warn("docx.embedded-document", message)

    def _report_deleted_title(self, content: Content, at: Position) -> None:
        struck = "".join(one.text for one in content.text if isinstance(one, Run)).strip()
        if struck:
            message = f"This line of the title page was struck out in the document and was left out: {struck[:60]!r}."
            self._warn("docx.deleted-words", message, at)

    def _report_contents(self, content: Content, at: Position | None) -> None:
        line = "".join(one.text for one in content.text if isinstance(one, Run)).strip()
        if line:
            message = f"Left out {line[:60]!r}, which is a line of a table of contents."
            self._report(Diagnostic(Kind.GUESS, "docx.dropped-furniture", message, at))

    # ---------------------------------------------------------------- around the body

    def _title_field(self, meaning: Meaning, text: Text) -> None:
        name = meaning.style_name if meaning.style_name is not None else meaning.base.field
        if self._fields and self._fields[-1][0] == name:
            self._fields[-1][1].append(text)
        else:
            self._fields.append((name, [text]))

    def _title_page(self, guessed: tuple[TitleField, ...]) -> TitlePage | None:
        found = guessed + tuple(
            TitleField(name=name, lines=() if lines == [()] else tuple(lines)) for name, lines in self._fields
        )
        sheets = tuple(map(tuple, self._sheets))
        return TitlePage(fields=found, sheets=sheets) if found or sheets else None

    def _revisions(self) -> Revisions | None:
        new = tuple(RevisionSet(id=id_, name=name) for id_, name in self._authors.new.items())
        told = self._told.revisions
        if not new:
            return told
        return replace(told or Revisions(), sets=(*(told.sets if told else ()), *new))

    def _element_styles(self) -> Iterator[ElementStyle]:
        """Those of the source, and ours with what somebody has changed in them since."""
        changed = dict(self._changed_styles())
        for style in self._told.styles:
            yield _with_changes(style, changed.pop(style.name)) if style.name in changed else style
        yield from changed.values()

    def _changed_styles(self) -> Iterator[tuple[str, ElementStyle]]:
        page = self._pages[-1]
        for name, told in self._measures.items():
            now = self._styles.measures(name)
            if now is not None and not now.is_near(told):
                message = f"The style {name} was changed in this document, and so this script's {name} is set."
                self._report(Diagnostic(Kind.GUESS, "docx.changed-style", message))
                yield name, ours.changed_style(name, told, now, page)

    def _page_setup(self, section: Node | None) -> PageSetup | None:
        """What the properties tell, and what the page itself says otherwise."""
        told = self._told.setup or PageSetup()
        if section is None:
            return self._told.setup
        setup = replace(told, **_paper_and_margins(section, told, self._told.locked, margins=self._styles.ours))
        for name in ("header", "footer"):
            band = getattr(setup, name)
            if band is not None:
                changes: dict[str, Any] = {name: self._band(section, name, band.on_first_page)}
                setup = replace(setup, **changes)
        return setup

    def _band(self, section: Node, name: str, on_first_page: bool) -> Band:
        reference = next((one for one in section.iter(w(f"{name}Reference")) if one.get(w("type")) == "default"), None)
        root = (
            self._package.related(reference.get(f"{{{notation.RELATIONSHIPS}}}id")) if reference is not None else None
        )
        paragraph = None if root is None else root.find(w("p"))
        if paragraph is None:
            return Band(on_first_page=on_first_page)
        reader = TextReader(self._styles, {}, {}, self._authors, self._report)
        reader.in_band, reader.literal = True, self._literal
        parts: list[list[Run | PageField]] = [[], [], []]
        place = 0
        for inline in reader.read(paragraph, self._styles.format(_style_id(paragraph)), None).text:
            if isinstance(inline, PageField):
                parts[place].append(inline)
            elif isinstance(inline, Run):
                pieces = inline.text.split("\t")
                for number, piece in enumerate(pieces):
                    place = min(2, place + bool(number))
                    if piece:
                        parts[place].append(replace(inline, text=piece))
        left, center, right = map(tuple, parts)
        return Band(left=left, center=center, right=right, on_first_page=on_first_page)


# ---------------------------------------------------------------- the parts of a document

_PARAGRAPH, _TABLE, _ROW, _CELL = w("p"), w("tbl"), w("tr"), w("tc")
_ANCHORS = {w(name) for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd")}
_LOOSE = {w("r"), *FORMULAS, *IN_RUNS}  # what belongs into a paragraph
_FLOW = {_PARAGRAPH, _TABLE, *_ANCHORS, *_LOOSE}
_IN_BOX = {_PARAGRAPH, *_LOOSE}
_IN_ROW = {_CELL, *_IN_BOX}  # paragraphs only where another program forgot the cell


def _flow(parent: Node) -> Iterator[Node]:
    """Paragraphs, tables and the anchors between them, whatever they are wrapped in."""
    return _with_loose_words(blocks(parent, _FLOW))


def _paragraphs(parent: Node) -> Iterator[Node]:
    """Those of a cell or a box, of tables in it too; not those of boxes anchored in its paragraphs."""
    if parent.tag == _PARAGRAPH:
        return iter((parent,))
    return _with_loose_words(blocks(parent, _IN_BOX))


def _with_loose_words(nodes: Iterator[Node]) -> Iterator[Node]:
    """Words that stand between paragraphs are a paragraph."""
    loose: Node | None = None
    for node in nodes:
        if node.tag in _LOOSE:
            if loose is None:
                loose = node.makeelement(_PARAGRAPH)
            loose.append(deepcopy(node))
            continue
        if loose is not None:
            yield loose
            loose = None
        yield node
    if loose is not None:
        yield loose


def _has_strange_words(body: Node) -> bool:
    """Words in elements of other names than those of words, of fields and of measures in pictures."""
    return any(one.text and any(map(str.isalpha, one.text)) for one in body.iter() if not one.tag.startswith(_OWN))


_OWN = (
    w(""),
    "{http://schemas.openxmlformats.org/drawingml/",
    "{http://schemas.microsoft.com/",
    "{urn:schemas-microsoft",
)
_PICTURES = (w("drawing"), w("pict"), w("object"))
_RELATED = f"{{{notation.RELATIONSHIPS}}}id"


def _which(reference: Node) -> str:
    return "header" if reference.tag == w("headerReference") else "footer"


_ONLY_LABELS = pattern(r"(?:[A-Z]{0,3}\d{1,5}[A-Z]{0,3}|[\W_])*")  # 12A.
_ONLY_NUMBERS = pattern(r"(?:page|seite|p[aá]gina|pag|pg|p|of|von|de|di|[\W\d_])*", re.IGNORECASE)
_OUTLINE_LEVELS = 9
_HEADING_STYLE = pattern(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = pattern(r"toc \d|toc heading|table of figures|index \d", re.IGNORECASE)


def _is_contents(style_name: str) -> bool:
    return _CONTENTS.fullmatch(style_name) is not None


def _with_changes(style: ElementStyle, changed: ElementStyle) -> ElementStyle:
    layout = style.layout
    if changed.layout is not None:
        values = {one.name: getattr(changed.layout, one.name) for one in fields(ParagraphLayout)}
        said = {name: value for name, value in values.items() if value is not None}
        layout = replace(layout or ParagraphLayout(), **said)
    return replace(style, layout=layout, style=changed.style, align=changed.align or style.align)


def _without_breaks(item: Item) -> Item:
    """The first line behind a title page, which begins a page in any case."""
    return replace(item, breaks=0) if isinstance(item, Line | Loose) else item


def _begins_with_cue(cell: list[Stuff]) -> bool:
    """Are these all paragraphs of ours, the first with words in it a cue?"""
    if not all(isinstance(one, Known) for one in cell):
        return False
    first = next((one for one in cell if isinstance(one, Line)), None)
    return first is not None and isinstance(first.paragraph, Character)


def _style_id(paragraph: Node) -> str | None:
    properties = paragraph.find(w("pPr"))
    return None if properties is None else value(properties, "pStyle")


def _with_struck_joined(stuff: Iterable[Stuff | Struck]) -> list[Stuff | Struck]:
    """What one author struck out in a row is one piece."""
    mixed: list[Stuff | Struck] = []
    for one in stuff:
        last = mixed[-1] if mixed else None
        if isinstance(one, Struck) and isinstance(last, Struck) and one.author == last.author:
            last.stuff.extend(one.stuff)
        else:
            mixed.append(one)
    return mixed


def _sections(body: Node) -> list[Node]:
    """Of the text as it is; what a tracked change says of earlier ones stands in them."""
    return [one for one in body.iter(w("sectPr")) if one.getparent().tag in (w("body"), w("pPr"))]


def _ends_section(paragraph: Node) -> int:
    properties = paragraph.find(w("pPr"))
    return int(properties is not None and properties.find(w("sectPr")) is not None)


def _geometry(section: Node | None) -> Geometry:
    width, left, right = notation.PAGE[0], notation.LEFT_MARGIN, notation.RIGHT_MARGIN
    if section is not None:
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        if size is not None:
            width = twips(size.get(w("w"))) or width
        if margins is not None:
            said = twips(margins.get(w("left"))), twips(margins.get(w("right")))
            left, right = (default if one is None else one for one, default in zip(said, (left, right), strict=True))
    return Geometry(left, width - right)


def _paper_and_margins(section: Node, told: PageSetup, locked: bool, *, margins: bool) -> dict[str, Any]:
    """Paper and margins where the page has others than those that were told."""
    changes: dict[str, Any] = {}
    size, edges = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is not None:
        width, height = twips(size.get(w("w"))), twips(size.get(w("h")))
        expected = notation.paper_twips(told)
        if width and height and max(abs(width - expected[0]), abs(height - expected[1])) > 20:
            changes["paper"] = Paper(width=round(width / notation.INCH, 2), height=round(height / notation.INCH, 2))
    if margins and edges is not None:
        said = [twips(edges.get(w(name))) for name in ("top", "bottom", "header", "footer")]
        known = [one for one in said if one is not None]
        # LibreOffice writes 0 for the footer's where there is no footer, so only the first two can tell.
        pairs = list(zip(known, notation.margin_twips(told, locked), strict=False))[:2]
        if len(known) == 4 and any(abs(one - other) > 20 for one, other in pairs):
            top, bottom, header, footer = map(notation.points, known)
            changes["margins"] = Margins(top=top, bottom=bottom, header=header, footer=footer)
    return changes


def _application(package: Package) -> str:
    root = package.top_part("extended-properties", "docProps/app.xml")
    nodes: Iterable[Node] = () if root is None else root
    return next((node.text or "" for node in nodes if node.tag.endswith("}Application")), "")


def _custom_properties(package: Package) -> dict[str, str]:
    root = package.top_part("custom-properties", "docProps/custom.xml")
    nodes: Iterable[Node] = () if root is None else root
    return {node.get("name", ""): "".join(node.itertext()) for node in nodes}
