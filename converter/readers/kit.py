"""KIT Scenarist's projects (.kitsp): an SQLite file with the script as XML in one of its rows.

The rules were read in the program's source and tried on files made after it; no file of a writer was to be had.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    Kind,
    Limits,
    NoTextError,
    Reader,
    Report,
    Source,
    ignore,
)
from converter.normal import normal
from converter.notation.flat import Para, built
from converter.notation.starc import Labels, Words, beside, paragraph, range_of, style_of
from converter.records import dataclass
from converter.safe.sqlite import Database
from converter.safe.xml import parse, parse_html
from converter.tree import (
    Action,
    CastList,
    Character,
    Dialogue,
    General,
    Lyric,
    Note,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Synopsis,
    TitleField,
    TitlePage,
    Transition,
)

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: a project says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The script itself, not the draft aside. NoTextError for a project without one."""
    limits.deadline().check()
    database = Database(source.data, limits)
    said = next((text for text, is_draft in database.rows("scenario", ("text", "is_draft")) if not is_draft), None)
    if not isinstance(said, str) or not said.strip():
        raise NoTextError("this project of KIT Scenarist holds no script")
    data = {
        name: _plain(value)
        for name, value in database.rows("scenario_data", ("data_name", "data_value"))
        if isinstance(name, str) and isinstance(value, str)
    }
    script = _Script(report, limits)
    script.read(parse(said.encode("utf-8", "replace"), limits))
    if not script.paras and not script.notes:
        report(Diagnostic(Kind.WARNING, "kit.no-paragraphs", "The script of this project has no words."))
    _name_the_rest(database, data, script.labels)
    about = (Synopsis(text=(Run(text=data[name]),)) for name in ("logline", "synopsis") if data.get(name))
    return normal(
        Screenplay(
            title_page=_title_page(data),
            body=(*about, *built(script.paras), *script.notes),
            opaque=script.labels.opaques(),
        )
    )


READER = Reader("kit", (), Options, read)

# What KIT calls "note" is its shot, as its successor's import shows.
_KINDS: dict[str, Any] = {
    "scene_heading": SceneHeading,
    "scene_characters": CastList,
    "action": Action,
    "undefined": Action,
    "character": Character,
    "parenthetical": Parenthetical,
    "dialog": Dialogue,
    "lyrics": Lyric,
    "transition": Transition,
    "note": Shot,
    "scene_description": Synopsis,
    "title_header": General,
    "title": General,
}


class _Script:
    """The paragraphs of one script, from top to bottom."""

    def __init__(self, report: Report, limits: Limits):
        self.paras: list[Para] = []
        self.notes: list[Note] = []  # before the next paragraph, at last behind the script
        self.labels = Labels("kit")
        self._report, self._limits = report, limits
        self._words = Words()
        self._depth = 0  # of folders
        self._columns: list[list[Para]] | None = None
        self._number = 0

    def read(self, root: etree._Element) -> None:
        deadline = self._limits.deadline()
        for element in root.iterchildren("*"):
            self._number += 1
            if not self._number % 1000:
                deadline.check()
                if self._number > self._limits.paragraphs:
                    raise self._limits.passed("paragraphs", "there are too many paragraphs in this script")
            self._element(element, element.tag)
        self._end_columns()

    def _element(self, element: etree._Element, name: str) -> None:
        if name == "splitter_start":
            self._columns = [[]]
        elif name == "splitter" and self._columns is not None:
            self._columns.append([])
        elif name == "splitter_end":
            self._end_columns()
        elif name == "folder_footer":
            self._depth = max(0, self._depth - 1)
        elif name == "noprintable_text":
            self.notes.append(Note(text=_said(element)))
        elif name == "folder_header":
            self._depth += 1
            self._add(Section(text=self._text(element), level=min(self._depth, 6), at=self._at()))
        elif element.find("v") is not None:
            self._paragraph(element, name)

    def _at(self) -> Position:
        return Position(None, None, None, self._number, None)

    def _paragraph(self, element: etree._Element, name: str) -> None:
        kind = _KINDS.get(name)
        if kind is None:
            kind = Action
            message = f"A paragraph of the kind {name[:40]!r}, which is not known, became action."
            self._report(Diagnostic(Kind.GUESS, "kit.unknown-kind", message, self._at()))
        more: dict[str, Any] = {"at": self._at()}
        if kind is SceneHeading:
            number = (element.get("number") or "") + (element.get("number_suffix") or "")
            color = (element.get("color") or "").partition(";")[0]
            more |= {"number": number or None, "color": color if color.startswith("#") else None}
            self.labels.add("card title", bool(element.get("title")))
        self.labels.add("bookmark", bool(element.get("bookmark")))
        self._add(paragraph(kind, self._text(element), **more))

    def _add(self, made: Any) -> None:
        para = Para(paragraph=made, notes=tuple(self.notes))
        self.notes = []
        (self.paras if self._columns is None else self._columns[-1]).append(para)

    def _end_columns(self) -> None:
        columns, self._columns = self._columns, None
        if columns is None:
            return
        if not (len(columns) == 2 and beside(*columns)) and any(columns):
            message = "Two columns that are no dual dialogue stand one after the other."
            self._report(Diagnostic(Kind.GUESS, "kit.columns", message, self._at()))
        for column in columns:
            self.paras += column

    def _text(self, element: etree._Element) -> Any:
        styles = [(range_of(one), style_of(one)) for one in element.iterfind("formatting/format")]
        notes = []
        for review in element.iterfind("reviews/review"):
            comments = review.findall("review_comment")
            self.labels.add("highlight", not comments)
            notes += [(range_of(review), _note(comment, review)) for comment in comments]
        return self._words.text(_said(element), styles, notes)


def _said(element: etree._Element) -> str:
    return unescape(element.findtext("v") or "")


def _note(comment: etree._Element, review: etree._Element) -> Note:
    color = review.get("bgcolor") or review.get("color") or ""
    return Note(
        text=unescape(comment.get("comment") or ""),
        author=unescape(comment.get("author") or "") or None,
        date=comment.get("date") or None,
        color=color if color.startswith("#") else None,
    )


def _plain(value: str) -> str:
    """The words of a value, which may be HTML."""
    if "<" not in value:
        return " ".join(unescape(value).split())
    root = parse_html(value.encode("utf-8", "replace"), DEFAULT_LIMITS)
    body = root.find("body")
    return " ".join(" ".join(map(str, (root if body is None else body).itertext())).split())


_FIELDS = (
    ("name", "Title"),
    ("additional_info", "Source"),
    ("author", "Author"),
    ("year", "Draft date"),
    ("contacts", "Contact"),
    ("genre", "Genre"),
)


def _title_page(data: dict[str, str]) -> TitlePage | None:
    fields = [TitleField(name=field, lines=((Run(text=data[name]),),)) for name, field in _FIELDS if data.get(name)]
    return TitlePage(fields=tuple(fields)) if fields else None


_FIRST_OF_ITS_OWN = 4  # below are the script, its title page and synopsis, and the root


def _name_the_rest(database: Database, data: dict[str, str], labels: Labels) -> None:
    for (kind,) in database.rows("research", ("type",)):
        if isinstance(kind, int) and kind >= _FIRST_OF_ITS_OWN:
            labels.add("character" if kind in (100, 101) else "location" if kind in (200, 201) else "research note")
    labels.add("older draft", sum(1 for _ in database.rows("script_versions", ("rowid",))))
    labels.add("draft aside", sum(1 for text, one in database.rows("scenario", ("text", "is_draft")) if one and text))
    labels.add("header or footer", sum(bool(data.get(name)) for name in ("header", "footer")))
