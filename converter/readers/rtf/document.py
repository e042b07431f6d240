"""One walk through the tokens of an RTF document, with a stack of groups.

A paragraph's style and indents are those that held where its words stood: some programs close that group before \\par
(Trelby), and read strictly, all of their paragraphs would fall back to what the page sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from converter.contract import Diagnostic, Kind, Limits, Report
from converter.normal import allowed
from converter.readers.rtf.letters import CHARSETS, LETTERS, PAGES, SIGNS, known_codec, whole
from converter.readers.rtf.setters import SETTERS
from converter.readers.rtf.state import Char, Group, Para, Sheet, SheetStyle
from converter.readers.rtf.tokens import Token, tokens
from converter.records import dataclass, field, replace
from converter.recovery.documents.assemble import Loose
from converter.recovery.documents.flow import Stuff
from converter.recovery.documents.foreign import Foreign, ForeignRow
from converter.recovery.documents.lines import struck_out
from converter.recovery.documents.names import Named, named
from converter.tree import (
    Align,
    Deletion,
    Inline,
    LineBreak,
    Look,
    Note,
    Position,
    Revisions,
    RevisionSet,
    Run,
    Section,
    Style,
    Synopsis,
    Text,
    words,
)
from converter.twips import FURTHEST

_STYLES = {
    b"b": Style.BOLD, b"i": Style.ITALIC, b"strike": Style.STRIKEOUT, b"striked": Style.STRIKEOUT,
    b"caps": Style.ALL_CAPS, b"scaps": Style.SMALL_CAPS, b"v": Style.HIDDEN,
    **dict.fromkeys(
        b"ul uld uldash uldashd uldashdd uldb ulhwave ulldash ulth ulthd ulthdash ulw ulwave".split(), Style.UNDERLINE
    ),
}  # fmt: skip
_MEASURES = {b"li": "left", b"ri": "right", b"fi": "first", b"sb": "before", b"sa": "after"}
_ALIGNED = {b"ql": Align.LEFT, b"qc": Align.CENTER, b"qr": Align.RIGHT, b"qj": Align.FULL}
_NUMBERS = {b"cf": "color", b"highlight": "background", b"cb": "background", b"chcbpat": "background"}
_PAGE = {b"margl": "left", b"marglsxn": "left", b"margr": "right", b"margrsxn": "right", b"paperw": "width",
         b"pgwsxn": "width", b"paperh": "height", b"pghsxn": "height"}  # fmt: skip
_BOOK_BREAKS = {b"sbknone", b"sbkcol"}

# Groups by the word that they begin with: what becomes of their words.
_DESTINATIONS = {
    b"fonttbl": "fonts", b"colortbl": "colors", b"stylesheet": "sheet", b"revtbl": "authors", b"footnote": "note",
    b"annotation": "note", b"atnauthor": "note author", b"atndate": "note date", b"listtext": "number",
    b"pntext": "number", b"shpinst": "body", b"shptxt": "box", b"ud": "body",
    **dict.fromkeys(b"header headerl headerr headerf".split(), "header"),
    **dict.fromkeys(b"footer footerl footerr footerf".split(), "footer"),
    **dict.fromkeys(b"pict objdata".split(), "picture"),
    **dict.fromkeys(
        b"info fldinst nonshppict sp xe tc tcn txe rxe ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn template filetbl"
        b" listtable listoverridetable themedata datastore latentstyles rsidtbl generator xmlnstbl pgptbl nonesttables"
        b" bkmkstart bkmkend objclass objname objalias objsect pntxta pntxtb upr".split(),
        "skip",
    ),
}  # fmt: skip
_PARAGRAPHS = {"body", "note", "box", "header", "footer"}  # their words are those of paragraphs
_KEPT_WHEN_STARRED = {
    "authors", "note", "note author", "note date", "body", "box", "number", "fonts", "sheet", "colors"
}  # fmt: skip

_COUNTED = 20_000  # tokens between looks at the clock
_LABEL = re.compile(r"\(?([A-Z]{0,2}[0-9]{1,4}[A-Z]{0,2})[.)]?", re.ASCII)
_ONLY_NUMBERS = re.compile(r"(?:page|seite|p[aá]gina|pag|pg|p|of|von|de|di|[\W\d_])*", re.IGNORECASE)
_OUTLINE_LEVELS = 9


@dataclass(slots=True)
class _Open:
    """A paragraph whose end has not come."""

    inlines: list[Inline] = field(default_factory=list)
    para: Para | None = None  # where its words stood
    group: Group | None = None  # that they stood in
    depth: int = 0  # of that group
    breaks: int = 0
    number: str | None = None
    lines: list[str] = field(default_factory=list)  # of a note, those that have ended


class Document:
    def __init__(self, report: Report, limits: Limits):
        self.stuff: list[Stuff] = []
        self._report = report
        self._limits = limits
        self._groups: list[Group] = []
        self._group = Group(Char(), Para())
        self._open = _Open()
        self._outer: list[_Open] = []  # around a note or a box
        self._boxes: list[Stuff] = []  # paragraphs of text boxes, which come after the one that they hang on
        self._cells: list[list[Foreign]] = []
        self._cell: list[Foreign] | None = None
        self._bytes = bytearray()
        self._skipped = 0  # letters that stand for one that \u named
        self._sheet = Sheet()
        self._named: dict[int, Named | None] = {}
        self._charsets: dict[int, str] = {}
        self._codec = "cp1252"
        self._font = 0
        self._rgb: list[tuple[int, int, int] | None] = []
        self._color: dict[str, int] = {}
        self._reviewers: list[str] = []
        self._revisions: dict[int, str] = {}
        self._gathered: list[str] = []  # words of what is no paragraph
        self._note_author = ""
        self._note_date = 0
        self._page = {"left": 1800, "right": 1800, "width": 12240, "height": 15840}
        self._has_paper = False
        self._paragraphs = 0
        self._pictures = 0
        self._hidden: Position | None = None
        self._controls = 0
        self._undecodable = 0
        self._told: set[str] = set()

    # ---------------------------------------------------------------- what was found

    def revisions(self) -> Revisions | None:
        sets = tuple(RevisionSet(id=id_, name=name) for id_, name in self._revisions.items())
        return Revisions(sets=sets) if sets else None

    def paper(self) -> tuple[int, int] | None:
        return (self._page["width"], self._page["height"]) if self._has_paper else None

    # ---------------------------------------------------------------- the walk

    def read(self, data: bytes) -> None:
        deadline = self._limits.deadline()
        steps: dict[str, Callable[[Token], None]] = {
            "text": self._letters,
            "hex": self._letter,
            "word": self._word,
            "brace": self._brace,
            "sign": self._sign,
        }
        for count, token in enumerate(tokens(data)):
            if count % _COUNTED == 0:
                deadline.check()
            steps[token.kind](token)
        self._end(is_whole=not self._groups)

    def _end(self, *, is_whole: bool) -> None:
        if not is_whole:
            self._warn(
                "rtf.cut-off", "This file ends before its last group does; was it copied or downloaded completely?"
            )
        while self._groups:
            self._close_group()
        self._flush()
        self._end_paragraph(only_words=True)
        self._end_row()
        self.stuff += self._boxes
        if self._pictures:
            what = "A picture or embedded object was" if self._pictures == 1 else f"{self._pictures} pictures were"
            self._warn("rtf.pictures", f"{what} left out: a script holds words alone.")
        if self._hidden is not None:
            message = "Hidden text was left out: no page of this document prints it."
            self._report(Diagnostic(Kind.WARNING, "rtf.hidden-text", message, self._hidden))
        if self._controls:
            self._warn("rtf.control-characters", "Control characters were left out; no script can hold them.")
        if self._undecodable:
            message = "Some letters could not be read in the encoding that this file names; \ufffd stands for each."
            self._warn("rtf.undecodable", message)

    def _warn(self, code: str, message: str) -> None:
        if code not in self._told:
            self._told.add(code)
            self._report(Diagnostic(Kind.WARNING, code, message, self._at()))

    def _at(self) -> Position:
        return Position(paragraph=self._paragraphs + 1)

    # ---------------------------------------------------------------- groups

    def _brace(self, token: Token) -> None:
        self._flush()
        self._skipped = 0
        if token.value == b"{":
            if len(self._groups) >= self._limits.xml_depth:
                raise self._limits.passed("xml_depth", "the groups of this RTF document are nested too deeply")
            self._groups.append(self._group)
            now = self._group
            self._group = Group(now.char, now.para, now.destination, fallback=now.fallback)
        elif self._groups:
            self._close_group()
        else:
            self._warn(
                "rtf.extra-brace", "A closing brace has no opening one; what stands after it was read all the same."
            )

    def _close_group(self) -> None:
        inner, self._group = self._group, self._groups.pop()
        if inner.destination == "sheet" and not inner.opens:
            self._define(inner)
        if inner.opens:
            self._close(inner)

    def _close(self, group: Group) -> None:
        said = "".join(self._gathered).strip()
        match group.destination:
            case "sheet" if said:
                self._define(group)
            case "note":
                self._end_note()
            case "box":
                self._end_paragraph(only_words=True)
                self._open = self._outer.pop()
            case "header" | "footer" as which:
                self._end_band(which)
            case "note author":
                self._note_author = said
            case "note date":
                self._note_date = int(said) if re.fullmatch(r"[0-9]{1,10}", said, re.ASCII) else 0
            case "number":
                label = _LABEL.fullmatch(said)
                self._open.number = label[1] if label else self._open.number
            case _:
                pass
        if group.destination not in _PARAGRAPHS:
            self._gathered.clear()

    def _enter(self, destination: str) -> None:
        group = self._group
        if group.destination == "skip":
            return
        if group.starred and destination not in _KEPT_WHEN_STARRED:
            destination = "skip" if destination != "picture" else destination
        if destination == "picture":
            self._pictures += 1
            destination = "skip"
        if destination == "body" and group.destination in _PARAGRAPHS:
            return
        group.destination, group.opens = destination, True
        if destination in ("note", "box", "header", "footer"):
            self._outer.append(self._open)
            self._open = _Open()
            group.char, group.para = Char(), Para()
        elif destination not in _PARAGRAPHS:
            self._gathered.clear()

    # ---------------------------------------------------------------- letters

    def _letters(self, token: Token) -> None:
        value = token.value
        if self._skipped:
            skipped = min(self._skipped, len(value))
            self._skipped -= skipped
            value = value[skipped:]
        self._bytes += value

    def _letter(self, token: Token) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._bytes += bytes.fromhex(token.value.decode())

    def _sign(self, token: Token) -> None:
        value = token.value
        if value == b"*":
            self._group.starred = True
        elif self._skipped:
            self._skipped -= 1
        elif value in (b"\n", b"\r"):  # Apple's editor
            self._flush()
            self._end_paragraph()
        elif value in SIGNS:
            self._say(SIGNS[value])

    def _say(self, text: str) -> None:
        self._flush()
        self._add(text)

    def _encoding(self) -> str:
        font = self._group.char.font
        return self._charsets.get(self._font if font is None else font, self._codec)

    def _flush(self) -> None:
        """The bytes that stand together, which may be two for a letter."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        if self._group.destination == "skip":
            return
        if data.isascii():
            self._add(data.decode("ascii"))
            return
        text = data.decode(self._encoding(), errors="replace")
        self._undecodable += "\ufffd" in text
        self._add(text)

    def _add(self, text: str) -> None:
        group = self._group
        if group.destination in _PARAGRAPHS:
            self._add_words(text, group)
        elif group.destination == "colors":
            self._add_colors(text)
        elif group.destination == "authors":
            self._add_authors(text)
        elif group.destination != "skip":
            self._gathered.append(text)

    def _add_words(self, text: str, group: Group) -> None:
        now = self._open
        if not now.inlines and not self._groups and not text.strip("\0 "):
            return  # after the last brace
        if text.strip() or now.para is None:
            now.para, now.group, now.depth = group.para, group, len(self._groups)
        char = group.char
        revision = self._revision(char.author) if char.revised or char.deleted else None
        run = Run(text=text, style=char.style, look=self._look(char), revision=None if char.deleted else revision)
        if char.deleted and revision is not None:
            last = now.inlines[-1] if now.inlines else None
            if isinstance(last, Deletion) and last.revision == revision:
                now.inlines[-1] = replace(last, text=(*last.text, run))
            else:
                now.inlines.append(Deletion(revision=revision, text=(run,)))
        else:
            now.inlines.append(run)

    def _look(self, char: Char) -> Look | None:
        color, background = self._hex(char.color), self._hex(char.background)
        if color in (None, "#000000") and background in (None, "#FFFFFF"):
            return None
        return Look(
            color=None if color == "#000000" else color, background=None if background == "#FFFFFF" else background
        )

    def _hex(self, place: int) -> str | None:
        rgb = self._rgb[place] if 0 < place < len(self._rgb) else None
        return None if rgb is None else "#{:02X}{:02X}{:02X}".format(*(min(255, max(0, one)) for one in rgb))

    def _revision(self, author: int) -> int:
        name = self._reviewers[author] if 0 <= author < len(self._reviewers) else ""
        self._revisions.setdefault(author + 1, name if name and name != "Unknown" else "Unknown")
        return author + 1

    # ---------------------------------------------------------------- words of RTF

    def _word(self, token: Token) -> None:
        word, number = token.value, token.number
        if word == b"u" and number is not None:
            self._unicode(number)
            return
        if self._skipped:
            self._skipped -= 1
            return
        self._flush()
        if word in _DESTINATIONS:
            self._enter(_DESTINATIONS[word])
        elif self._group.starred and not self._group.opens and self._group.destination in _PARAGRAPHS:
            self._group.starred = False
            self._enter_unknown(word)
        elif word in LETTERS:
            self._add(LETTERS[word])
        elif word in _STYLES:
            self._switch(_STYLES[word], on=number != 0)
        elif self._group.destination != "skip" and not self._set(word, number):
            self._structure(word, number)

    def _enter_unknown(self, word: bytes) -> None:
        if word != b"cs":
            self._group.destination, self._group.opens = "skip", True

    def _unicode(self, number: int) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._flush()
        self._add(chr(number % 0x10000))
        self._skipped = self._group.fallback

    def _switch(self, style: Style, *, on: bool) -> None:
        now = self._group.char
        self._group.char = now._replace(style=now.style | style if on else now.style & ~style)

    def _set(self, word: bytes, number: int | None) -> bool:
        """What holds for the words that follow."""
        group = self._group
        value = number or 0
        if word in _MEASURES:
            change: dict[str, Any] = {_MEASURES[word]: self._measure(value)}
            group.para = group.para._replace(**change)
        elif word in _ALIGNED:
            group.para = group.para._replace(align=_ALIGNED[word])
        elif word in _NUMBERS:
            change = {_NUMBERS[word]: value}
            group.char = group.char._replace(**change)
        elif word in SETTERS:
            SETTERS[word](group, value, number)
        elif word in _PAGE:
            self._page[_PAGE[word]] = min(abs(value), FURTHEST)
            self._has_paper |= word in (b"paperw", b"paperh")
        else:
            return self._set_font(word, number)
        return True

    def _set_font(self, word: bytes, number: int | None) -> bool:
        group, value = self._group, number or 0
        match word:
            case b"f":
                group.char = group.char._replace(font=value)
            case b"fcharset" if group.destination == "fonts" and group.char.font is not None:
                if value in CHARSETS:
                    self._charsets[group.char.font] = CHARSETS[value]
            case b"ansicpg" | b"cpg":
                self._codec = PAGES.get(value) or known_codec(f"cp{value}") or self._codec
            case b"mac" | b"pc" | b"pca":
                self._codec = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}[word]
            case b"deff":
                self._font = value
            case b"s":
                self._set_style(value)
            case b"red" | b"green" | b"blue":
                self._color[word.decode()] = value
            case b"sbasedon":
                self._color["based on"] = value
            case _:
                return False
        return True

    def _set_style(self, number: int) -> None:
        """What the style sheet says holds until the paragraph says otherwise."""
        group = self._group
        if group.destination == "sheet":
            group.para = group.para._replace(style=number)
            return
        style, now = self._sheet.para(number), group.para
        said = {name: value for name, value in zip(Para._fields, now, strict=True) if value != getattr(Para(), name)}
        changes: dict[str, Any] = {**said, "style": number}
        group.para = style._replace(**changes)

    def _measure(self, value: int) -> int:
        """A measure in twips, no larger than Word allows: it becomes columns and empty lines, each of which costs."""
        if abs(value) <= FURTHEST:
            return value
        self._warn("rtf.huge-measure", "A space or indent larger than any paper was taken for 22 inches.")
        return FURTHEST if value > 0 else -FURTHEST

    def _structure(self, word: bytes, number: int | None) -> None:
        if self._group.destination not in _PARAGRAPHS:
            return
        match word:
            case b"par" | b"nestcell" | b"nestrow" | b"column":
                self._end_paragraph()
            case b"line" | b"lbr" | b"softline":
                self._add_inline(LineBreak())
            case b"page":
                self._break_page()
            case b"sect":
                self._end_paragraph(only_words=True)
                self._open.breaks += 1
            case b"sbknone" | b"sbkcol" if not self._open.inlines:
                self._open.breaks = max(0, self._open.breaks - 1)
            case b"cell":
                self._end_cell()
            case b"row":
                self._end_row()
            case b"bin" if number and number > 0:
                pass
            case _:
                pass

    def _add_inline(self, inline: Inline) -> None:
        now = self._open
        if now.para is None:
            now.para, now.group, now.depth = self._group.para, self._group, len(self._groups)
        now.inlines.append(inline)

    # ---------------------------------------------------------------- tables of the beginning

    def _add_colors(self, text: str) -> None:
        for _ in range(text.count(";")):
            rgb = tuple(self._color.get(name, 0) for name in ("red", "green", "blue"))
            self._rgb.append((rgb[0], rgb[1], rgb[2]) if self._color else None)
            self._color.clear()

    def _add_authors(self, text: str) -> None:
        *ended, rest = text.split(";")
        for part in ended:
            self._reviewers.append(" ".join(f"{''.join(self._gathered)}{part}".split()))
            self._gathered.clear()
        self._gathered.append(rest)

    def _define(self, group: Group) -> None:
        name = "".join(self._gathered).strip().rstrip(";").strip()
        self._gathered.clear()
        based_on = self._color.pop("based on", None)
        if name and not group.starred:
            self._sheet.styles.setdefault(group.para.style, SheetStyle(name, based_on, group.char, group.para))

    # ---------------------------------------------------------------- paragraphs

    def _end_paragraph(self, *, only_words: bool = False) -> None:
        """`only_words`: nothing where nothing stands, since no \\par ended it."""
        now, self._open = self._open, _Open()
        kind = self._where()
        if only_words and not now.inlines:
            self._open.breaks += now.breaks
            self._open.lines = now.lines
            return
        if kind in ("note", "header", "footer"):
            self._open.lines = [*now.lines, _joined_text(now.inlines)]
            return
        para = self._group.para if now.para is None or self._is_open(now) else now.para
        one = self._paragraph(now, para)
        if kind == "box":
            self._boxes.append(one)
        elif para.in_table or self._group.para.in_table:
            self._cell = [] if self._cell is None else self._cell
            (self._cell if isinstance(one, Foreign) else self._boxes).append(one)  # type: ignore[arg-type]
        else:
            self._end_row()
            self.stuff.append(one)
        if kind == "body" and self._cell is None:
            self.stuff += self._boxes
            self._boxes = []

    def _is_open(self, now: _Open) -> bool:
        """Does the group go on that the words stood in? Then what it sets after them holds for them too."""
        around = [*self._groups[now.depth : now.depth + 1], self._group]
        return len(self._groups) >= now.depth and around[0] is now.group

    def _where(self) -> str:
        return next((one.destination for one in (self._group, *reversed(self._groups)) if one.opens), "body")

    def _paragraph(self, now: _Open, para: Para) -> Stuff:
        self._paragraphs += 1
        if self._paragraphs > self._limits.paragraphs:
            raise self._limits.passed("paragraphs", "this document has too many paragraphs")
        at = Position(paragraph=self._paragraphs)
        kind = self._named_style(para.style)
        own = self._sheet.char(para.style).style
        text = self._cleaned(_joined(now.inlines), own, kind, at)
        name = self._sheet.names(para.style)[:1]
        if name and name[0].casefold() == "note" and words(text).strip():
            return Loose(markers=(Note(text=words(text).strip(), at=at),), breaks=now.breaks)
        one = Foreign(
            text=text,
            named=kind,
            style=str(para.style) if para.style else None,
            left=self._page["left"] + para.left + para.first,
            right=self._page["width"] - self._page["right"] - para.right,
            tabs=tuple(self._page["left"] + stop for stop in para.tabs),
            align=para.align,
            before=para.before,
            after=para.after,
            breaks=now.breaks + para.new_page,
            break_behind=False,
            number=now.number,
            capitals=Style.ALL_CAPS in own,
            at=at,
            level=self._level(para),
        )
        return struck_out(one) or one

    def _named_style(self, number: int) -> Named | None:
        if number not in self._named:
            self._named[number] = named(self._sheet.names(number))
        return self._named[number]

    def _level(self, para: Para) -> int:
        if para.outline is not None and 0 <= para.outline < _OUTLINE_LEVELS:
            return para.outline + 1
        found = (re.fullmatch(r"heading ([1-9])", name, re.IGNORECASE) for name in self._sheet.names(para.style))
        return next((int(one[1]) for one in found if one), 0)

    def _cleaned(self, text: Text, own: Style, kind: Named | None, at: Position) -> Text:
        """Without what the style sets anyway, without hidden words, which no page prints, and without controls."""
        is_hidden = kind is not None and kind.kind in (Synopsis, Section) and Style.HIDDEN in own
        cleaned: list[Inline] = []
        for one in text:
            if isinstance(one, Run):
                if Style.HIDDEN in one.style and not is_hidden:
                    self._hidden = self._hidden or at
                    continue
                said = self._allowed(one.text)
                if not said:
                    continue
                one = replace(one, text=said, style=one.style & ~own & ~Style.HIDDEN)
            elif isinstance(one, Deletion):
                cut = (replace(run, text=self._allowed(run.text)) for run in one.text if isinstance(run, Run))
                one = replace(one, text=tuple(run for run in cut if run.text))
            cleaned.append(one)
        return tuple(cleaned)

    def _allowed(self, text: str) -> str:
        cleaned = allowed(text)
        self._controls += len(text) - len(cleaned)
        return cleaned

    def _break_page(self) -> None:
        if words(tuple(self._open.inlines)).strip():
            self._end_paragraph()
        self._open.breaks += 1

    # ---------------------------------------------------------------- tables

    def _end_cell(self) -> None:
        now = self._open
        if now.para is None:
            now.para, now.group, now.depth = self._group.para, self._group, len(self._groups)
        self._cell = self._cell if self._cell is not None else []
        now.para = now.para._replace(in_table=True)
        kept, self._group.para = self._group.para, self._group.para._replace(in_table=True)
        self._end_paragraph()
        self._group.para = kept
        self._cells.append(self._cell)
        self._cell = []

    def _end_row(self) -> None:
        if self._cell:
            self._cells.append(self._cell)
        self._cell = None
        if self._cells:
            self.stuff.append(ForeignRow(cells=self._cells))
            self._cells = []
            self.stuff += self._boxes
            self._boxes = []

    # ---------------------------------------------------------------- notes, headers, footers

    def _end_note(self) -> None:
        lines = [*self._open.lines, _joined_text(self._open.inlines)]
        self._open = self._outer.pop()
        said = self._allowed("\n".join(lines)).strip()
        if said:
            self._open.inlines.append(
                Note(text=said, author=self._note_author or None, date=_date(self._note_date), at=self._at())
            )
        self._note_author, self._note_date = "", 0

    def _end_band(self, which: str) -> None:
        said = " ".join(" ".join([*self._open.lines, _joined_text(self._open.inlines)]).split())
        self._open = self._outer.pop()
        if not _ONLY_NUMBERS.fullmatch(said) and said not in self._told:
            self._told.add(said)
            message = f"The {which} of these pages was left out: {self._allowed(said)[:200]!r}."
            self._report(Diagnostic(Kind.WARNING, "rtf.page-header", message))


def _joined(inlines: list[Inline]) -> Text:
    """Runs that are set alike as one, and the halves of letters beyond U+FFFF together."""
    joined: list[Inline] = []
    pieces: list[str] = []
    first: Run | None = None
    for one in (*inlines, None):
        if isinstance(one, Run) and first is not None and _alike(one, first):
            pieces.append(one.text)
            continue
        if first is not None:
            joined.append(replace(first, text=whole("".join(pieces))))
        first, pieces = (one, [one.text]) if isinstance(one, Run) else (None, [])
        if one is not None and first is None:
            joined.append(one)
    return tuple(joined)


def _alike(one: Run, other: Run) -> bool:
    return (one.style, one.look, one.revision) == (other.style, other.look, other.revision)


def _joined_text(inlines: list[Inline]) -> str:
    return words(_joined([one for one in inlines if isinstance(one, Run | LineBreak)]))


def _date(stamp: int) -> str | None:
    """Minutes, hours, days, months and years in the bits of a number (the specification's DTTM)."""
    minute, hour, day, month, year = (
        stamp & 63, stamp >> 6 & 31, stamp >> 11 & 31, stamp >> 16 & 15, 1900 + (stamp >> 20 & 511)
    )  # fmt: skip
    if not (stamp and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        return None
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
