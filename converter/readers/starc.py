"""Story Architect's projects (.starc): an SQLite file with a document of XML in each row.

The rules were read in the program's source and tried on files made after it; no file of a writer was to be had.
"""

from __future__ import annotations

import re
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
from converter.records import dataclass, replace
from converter.recovery.sheets_said import guessed_fields
from converter.safe.sqlite import Database
from converter.safe.xml import parse
from converter.tree import (
    Action,
    Align,
    CastList,
    Character,
    Dialogue,
    EndOfAct,
    General,
    Lyric,
    NewAct,
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
    words,
)

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Nothing to choose: a project says what it is."""


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The first script of the project. NoTextError for a project without one."""
    limits.deadline().check()
    documents = _documents(Database(source.data, limits))
    scripts = [(kind, data) for kind, data in documents if kind.endswith("/text")]
    scripts.sort(key=lambda one: one[0] != "screenplay/text")
    if not scripts:
        raise NoTextError("this project of Story Architect holds no script")
    if len(scripts) > 1:
        message = f"This project holds {len(scripts):,} scripts; the first screenplay was read."
        report(Diagnostic(Kind.GUESS, "starc.several-scripts", message))
    script = _Script(report, limits)
    script.read(parse(scripts[0][1], limits))
    if not script.paras and not script.notes:
        report(Diagnostic(Kind.WARNING, "starc.no-paragraphs", "The script of this project has no words."))
    chosen = {id(scripts[0][1])}
    family = scripts[0][0].partition("/")[0]
    about = _About()
    for kind, data in documents:
        if kind in (family, f"{family}/title-page"):
            chosen.add(id(data))
            about.read(kind, parse(data, limits))
    for kind, data in documents:
        script.labels.add(f"{kind} document"[:60], id(data) not in chosen)
    return normal(
        Screenplay(
            title_page=about.title_page(),
            body=(*about.synopses, *built(script.paras), *script.notes),
            opaque=script.labels.opaques(),
        )
    )


READER = Reader("starc", (), Options, read)

_MIME = re.compile(rb'mime-type="application/x-starc/document/([\w/-]{1,60})"')


def _documents(database: Database) -> list[tuple[str, bytes]]:
    """The kind of each, as `screenplay/text`, and its XML."""
    found = []
    for (content,) in database.rows("documents", ("content",)):
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        kind = _MIME.search(data[:1000]) if isinstance(data, bytes) else None
        if kind is not None:
            found.append((kind[1].decode("ascii", "replace"), data))
    return found


# ---------------------------------------------------------------- the script

_KINDS: dict[str, Any] = {
    "scene_heading": SceneHeading,
    "scene_characters": CastList,
    "action": Action,
    "character": Character,
    "parenthetical": Parenthetical,
    "dialogue": Dialogue,
    "lyrics": Lyric,
    "transition": Transition,
    "shot": Shot,
    "beat_heading": Synopsis,
    "unformatted_text": General,
    "act_heading": NewAct,
    "act_footer": EndOfAct,
}
_SECTIONS = frozenset({"sequence_heading", "part_heading", "chapter_heading"})
_FOOTERS = frozenset({"sequence_footer", "part_footer", "chapter_footer"})
_GROUPS = frozenset({"act", "sequence", "part", "chapter", "scene", "beat"})
_FOLDERS = frozenset({"sequence", "part", "chapter"})
_CARD = ("title", "story_day", "start_date_time", "stamp", "planned_duration")
_ALIGN = {"center": Align.CENTER, "right": Align.RIGHT}


class _Script:
    """The paragraphs of one script, from top to bottom."""

    def __init__(self, report: Report, limits: Limits):
        self.paras: list[Para] = []
        self.notes: list[Note] = []  # before the next paragraph, at last behind the script
        self.labels = Labels("starc")
        self._report, self._limits = report, limits
        self._deadline = limits.deadline()
        self._words = Words()
        self._columns: tuple[list[Para], list[Para]] | None = None
        self._number = 0

    def read(self, root: etree._Element) -> None:
        self._content(root, 0, {})
        self._end_columns()

    def _content(self, content: etree._Element, depth: int, heading: dict[str, Any]) -> None:
        for element in content.iterchildren("*"):
            name = element.tag
            if name in _GROUPS:
                self._group(element, name, depth)
            elif name == "splitter":
                self._end_columns()
                if element.get("type") == "start":
                    self._columns = ([], [])
            elif name == "inline_note":
                self.notes.append(Note(text=element.findtext("v") or ""))
            elif name in _FOOTERS:
                continue
            elif element.find("v") is not None:
                self._paragraph(element, name, depth, heading)

    def _group(self, group: etree._Element, name: str, depth: int) -> None:
        heading: dict[str, Any] = {}
        of_scene: str | None = None
        if name == "scene":
            number, color = group.find("number"), group.findtext("color") or ""
            heading["number"] = None if number is None else (number.get("value") or None)
            of_scene = heading["number"]
            heading["color"] = color if color.startswith("#") else None
            self.labels.add("scene card", any(group.findtext(one) for one in _CARD))
            self.labels.add("scene tag", len(group.findall("tags/tag")))
        inside = depth + (name in _FOLDERS)
        before, self.paras = self.paras, []
        for content in group.iterchildren("content"):
            self._content(content, inside, heading)
        made, self.paras = self.paras, before
        if name == "scene" and group.get("omited") == "true":
            self._end_columns()
            said = (Run(text="OMITTED"),)
            omitted = SceneHeading(text=said, number=of_scene, omitted=built(made), at=self._at())
            self.paras.append(Para(paragraph=omitted))
        else:
            self.paras += made

    def _at(self) -> Position:
        return Position(None, None, None, self._number, None)

    def _paragraph(self, element: etree._Element, name: str, depth: int, heading: dict[str, Any]) -> None:
        self._number += 1
        if not self._number % 1000:
            self._deadline.check()
            if self._number > self._limits.paragraphs:
                raise self._limits.passed("paragraphs", "there are too many paragraphs in this script")
        params = element.find("params")
        more: dict[str, Any] = {"at": self._at()}
        if name in _SECTIONS:
            kind: Any = Section
            more["level"] = min(max(1, depth), 6)
        else:
            kind = _KINDS.get(name)
        if kind is None:
            kind = Action
            message = f"A paragraph of the kind {name[:40]!r}, which is not known, became action."
            self._report(Diagnostic(Kind.GUESS, "starc.unknown-kind", message, self._at()))
        if kind is SceneHeading:
            more |= heading
            heading.clear()
        elif kind in (Action, General) and params is not None:
            more["align"] = _ALIGN.get(params.get("align") or "")
        self.labels.add("bookmark", element.find("bm") is not None)
        self.labels.add("resource", len(element.findall("rss/rs")))
        para = Para(paragraph=paragraph(kind, self._text(element), **more), notes=tuple(self.notes))
        self.notes = []
        if self._columns is None:
            self.paras.append(para)
        else:
            self._columns[not (params is not None and params.get("ifc") == "true")].append(para)

    def _end_columns(self) -> None:
        columns, self._columns = self._columns, None
        if columns is None:
            return
        if not beside(*columns) and any(columns):
            message = "Two columns that are no dual dialogue stand one after the other."
            self._report(Diagnostic(Kind.GUESS, "starc.columns", message, self._at()))
        self.paras += [*columns[0], *columns[1]]

    def _text(self, element: etree._Element) -> Any:
        styles = [(range_of(one), style_of(one)) for one in element.iterfind("fms/fm")]
        self.labels.add(
            "typeface", sum(bool(one.get("fontf") or one.get("fonts")) for one in element.iterfind("fms/fm"))
        )
        notes = []
        for review in element.iterfind("rms/rm"):
            comments = [one for one in review.findall("c") if one.get("r") != "true"]
            self.labels.add("revision mark", len(review.findall("c")) - len(comments))
            self.labels.add("highlight", len(review) == 0)
            notes += [(range_of(review), _note(comment, review)) for comment in comments]
        return self._words.text(element.findtext("v") or "", styles, notes)


def _note(comment: etree._Element, review: etree._Element) -> Note:
    color = review.get("bgcolor") or review.get("color") or ""
    return Note(
        text="".join(map(str, comment.itertext())),
        author=comment.get("author") or None,
        date=comment.get("date") or None,
        color=color if color.startswith("#") else None,
    )


# ---------------------------------------------------------------- the title page


class _About:
    """What other documents of the project say of the script."""

    def __init__(self) -> None:
        self.synopses: list[Synopsis] = []
        self._name = ""
        self._sheet: list[General] = []

    def read(self, kind: str, root: etree._Element) -> None:
        if not kind.endswith("/title-page"):
            self._name = root.findtext("name") or ""
            said = (" ".join((root.findtext(name) or "").split()) for name in ("tagline", "logline"))
            self.synopses += [Synopsis(text=(Run(text=one),)) for one in said if one]
            return
        for element in root.iter("*"):
            if element.tag != "document" and element.find("v") is not None:
                params = element.find("params")
                align = None if params is None else _ALIGN.get(params.get("align") or "")
                text = Words().text(
                    element.findtext("v") or "",
                    [(range_of(one), style_of(one)) for one in element.iterfind("fms/fm")],
                )
                self._sheet.append(General(text=text, align=align))

    def title_page(self) -> TitlePage | None:
        if not any(words(line.text).strip() for line in self._sheet):
            title = TitleField(name="Title", lines=((Run(text=self._name),),))
            return TitlePage(fields=(title,)) if self._name else None
        sheet = tuple(self._sheet)
        centered = tuple(replace(line, align=line.align or Align.LEFT) for line in sheet)
        return TitlePage(fields=guessed_fields((centered,)), sheets=(sheet,))
