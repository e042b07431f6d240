"""The words of a paragraph of HTML: what is set on them, notes, tags, line breaks; blanks as a browser folds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.records import dataclass, field, replace
from converter.tree import NO_STYLE, Inline, LineBreak, Note, NoteEnd, Position, Run, Style, Tag, Text

if TYPE_CHECKING:
    from lxml import etree

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = str.maketrans({"\u200e": None, "\u200f": None, "\ufeff": None, "\u00a0": " "})
_ELEMENTS = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "u": Style.UNDERLINE,
    "s": Style.STRIKEOUT,
    "strike": Style.STRIKEOUT,
}
_LOOKS = (
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)"), Style.BOLD),
    (re.compile(r"font-style:\s*(?:italic|oblique)"), Style.ITALIC),
    (re.compile(r"text-decoration:[^;]*underline"), Style.UNDERLINE),
    (re.compile(r"text-decoration:[^;]*line-through"), Style.STRIKEOUT),
)
_RGB = re.compile(r"background-color:\s*rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})(?:,? (\d{1,2}):(\d\d):(\d\d)(?: ([AP])M)?)?")


class Setting(NamedTuple):
    """What holds for the words at a place."""

    style: Style = NO_STYLE
    revision: int | None = None
    tags: tuple[int, ...] = ()


_PLAIN = Setting()


class Tags:
    """What is tagged in a script: a resource of the catalogue, or words."""

    def __init__(self, titles: Mapping[str, str]):
        self._titles = titles
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, category: str, address: str, words: str) -> int:
        label = self._titles.get(address) or words
        return self._numbers.setdefault((category, label), len(self._numbers) + 1)

    def all(self) -> tuple[Tag, ...]:
        return tuple(Tag(number=number, category=one[0], label=one[1]) for one, number in self._numbers.items())


@dataclass(slots=True)
class _Line:
    """The inlines so far, with blanks folded."""

    inlines: list[Inline] = field(default_factory=list)
    after_blank: bool = True

    def add(self, words: str, setting: Setting) -> None:
        words = _BLANKS.sub(" ", words)
        if self.after_blank:
            words = words.lstrip(" ")
        if not words:
            return
        self.after_blank = words.endswith(" ")
        words = words.translate(_UNSEEN)
        if words:
            run = Run(text=words, style=setting.style, revision=setting.revision, tags=setting.tags)
            self.inlines.append(run)

    def end(self) -> None:
        """Blanks at the end of a line are not seen."""
        for place in range(len(self.inlines) - 1, -1, -1):
            inline = self.inlines[place]
            if isinstance(inline, LineBreak):
                break
            if isinstance(inline, Run):
                words = inline.text.rstrip(" ")
                if words:
                    self.inlines[place] = inline if words == inline.text else replace(inline, text=words)
                    break
                del self.inlines[place]
        self.after_blank = True

    def break_(self) -> None:
        self.end()
        self.inlines.append(LineBreak())

    def text(self) -> Text:
        """Celtx ends most paragraphs with a break, which is none."""
        self.end()
        while self.inlines and isinstance(self.inlines[-1], LineBreak):
            self.inlines.pop()
            self.end()
        return tuple(self.inlines)


class Words:
    def __init__(self, tags: Tags, lose: Callable[[str, Position | None], None]):
        self._tags, self._lose = tags, lose
        self._ranges = 0

    def text(self, element: etree._Element, at: Position) -> Text:
        if not len(element):
            line = _Line()
            line.add(element.text or "", _PLAIN)
            return line.text()
        return self._walked(element, at)

    def _walked(self, top: etree._Element, at: Position) -> Text:
        from lxml import etree

        line = _Line()
        settings = [_PLAIN]
        ends: list[int | None] = []  # of the notes that the elements around are
        for event, element in etree.iterwalk(top, events=("start", "end")):
            if event == "start":
                setting, note = (_PLAIN, None) if element is top else self._opened(element, line, settings[-1], at)
                settings.append(setting)
                ends.append(note)
                line.add(element.text or "", setting)
            else:
                settings.pop()
                note = ends.pop()
                if note is not None:
                    line.inlines.append(NoteEnd(id=note))
                if element is not top:
                    line.add(element.tail or "", settings[-1])
        return line.text()

    def _opened(self, element: Any, line: _Line, around: Setting, at: Position) -> tuple[Setting, int | None]:
        tag = element.tag
        if tag == "br":
            line.break_()
            return around, None
        if tag != "span":
            return around._replace(style=around.style | _ELEMENTS.get(tag, NO_STYLE)), None
        kind = element.get("class", "")
        if kind == "note":
            return around, self._note(element, line, at)
        if kind == "media" or element.get("mediares"):
            self._lose("media", at)
            return around, None
        return self._set(element, kind, around), None

    def _set(self, element: Any, kind: str, around: Setting) -> Setting:
        look = element.get("style", "").lower()
        style = around.style
        for pattern, flag in _LOOKS if look else ():
            if pattern.search(look):
                style |= flag
        tags = around.tags
        address = element.get("ref")
        if address:
            words = " ".join("".join(element.itertext()).split())
            if words:
                tags = (*tags, self._tags.number(kind.capitalize() or "Other", address, words))
        revision = element.get("revision", "")
        number = int(revision) if revision.isdecimal() and len(revision) < 10 else 0
        return Setting(style, number or around.revision, tags)

    def _note(self, element: Any, line: _Line, at: Position) -> int | None:
        """The note; its number where words stand in it."""
        said = element.get("text", "")
        holds_words = any(piece.strip() for piece in element.itertext())
        number = None
        if holds_words:
            self._ranges += 1
            number = self._ranges
        date = element.get("date", "")
        when = _when(date)
        if date and when is None:
            self._lose("note-date", at)
        note = Note(text=_lines(said), id=number, color=_color(element.get("style", "")), date=when, at=at)
        line.inlines.append(note)
        return number


def _lines(said: str) -> str:
    return said.replace("\r\n", "\n").replace("\r", "\n")


def _color(style: str) -> str | None:
    found = _RGB.search(style)
    if found is None:
        return None
    return "#" + "".join(f"{min(int(part), 255):02X}" for part in found.groups())


def _when(date: str) -> str | None:
    """`Thursday, December 16, 2010 1:47:35 PM` as ISO 8601 has it."""
    found = _DATE.search(date[:80])
    month = found[1][:3].lower() if found else ""
    if found is None or month not in _MONTHS:
        return None
    day = f"{found[3]}-{_MONTHS.index(month) + 1:02}-{int(found[2]):02}"
    if found[4] is None:
        return day
    hour = int(found[4]) % 12 + (12 if found[7] == "P" else 0) if found[7] else int(found[4])
    return f"{day}T{hour:02}:{found[5]}:{found[6]}"
