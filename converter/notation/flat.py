"""The body of a script as a flat list of paragraphs, as other programs have it, and that list as a body again.

Notes, synopses, page numbers and page breaks are attributes of paragraphs there. What comes back from the list is what
Open Screenplay Format holds of a body, so its writer's `fit` goes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from converter.fitting import Fitting
from converter.records import dataclass, field, replace
from converter.terms import bracketed, is_bare
from converter.tree import (
    Character,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Lyric,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    SceneHeading,
    Speech,
    Style,
    Synopsis,
    Text,
    words,
)


@dataclass(slots=True, kw_only=True)
class Para:
    """A paragraph with what the format keeps on it. Its page counts only where it is another than the one before."""

    paragraph: Paragraph
    note: str | None = None
    notes: tuple[Note, ...] = ()  # for readers of formats that know more of a note than its words
    synopsis: str | None = None
    page: str | None = None
    dual: bool = False  # the first cue of two that speak at once
    new_page: bool = False


# ---------------------------------------------------------------- from paragraphs


def built(paras: Iterable[Para]) -> tuple[Element, ...]:
    builder = _Builder()
    for para in paras:
        builder.add(para)
    builder.close()
    return tuple(builder.elements)


_LINES = frozenset({Dialogue, Parenthetical, Lyric})


class _Builder:
    """Puts cues and their lines together, and pairs the speeches of a dual dialogue."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self._cue: Character | None = None
        self._parts: list[Any] | None = None  # of the speech that goes on
        self._is_dual = False
        self._left: Speech | None = None  # waits for the speech beside it
        self._synopses: list[Element] = []  # after the speech that goes on
        self._page: str | None = None

    def add(self, para: Para) -> None:
        paragraph = para.paragraph
        kind = type(paragraph)
        if kind in _LINES and (self._parts is not None or kind is not Lyric):
            self._line(para, paragraph)
        elif kind is Character:
            self._cue_of(para, paragraph)
        else:
            self.close()
            self.elements.extend(self._loose(para))
            self.elements.append(paragraph)  # type: ignore[arg-type]
        if para.synopsis:
            after = self.elements if self._parts is None else self._synopses
            after.append(_synopsis(para.synopsis, paragraph.at))

    def _line(self, para: Para, paragraph: Any) -> None:
        loose = self._loose(para)
        if self._parts is None:
            self.elements.extend(loose)
            self._parts = [paragraph]
        else:
            self._parts.extend(loose)
            self._parts.append(paragraph)

    def _cue_of(self, para: Para, cue: Any) -> None:
        self._end_speech(before_cue=True)
        loose = self._loose(para)
        if self._left is not None:
            self._left = replace(self._left, parts=(*self._left.parts, *loose))
        else:
            self.elements.extend(loose)
        self._cue, self._parts, self._is_dual = cue, [], para.dual

    def close(self) -> None:
        self._end_speech(before_cue=False)

    def _end_speech(self, *, before_cue: bool) -> None:
        if self._parts is None:
            return
        speech = Speech(cue=self._cue, parts=tuple(self._parts))
        is_first = self._is_dual and before_cue and self._left is None
        self._cue, self._parts, self._is_dual = None, None, False
        if is_first:
            self._left = speech
            return
        if self._left is not None:
            self.elements.append(DualDialogue(left=self._left, right=speech))
            self._left = None
        else:
            self.elements.append(speech)
        self.elements.extend(self._synopses)
        self._synopses.clear()

    def _loose(self, para: Para) -> list[Any]:
        """What stands before the paragraph."""
        loose: list[Any] = []
        if para.new_page:
            loose.append(PageBreak(at=para.paragraph.at))
        if para.page and para.page != self._page:
            loose.append(PageMark(label=para.page, locked=True, at=para.paragraph.at))
            self._page = para.page
        if para.note:
            loose.append(Note(text=para.note, at=para.paragraph.at))
        loose.extend(para.notes)
        return loose


def _synopsis(said: str, at: Position | None) -> Synopsis:
    return Synopsis(text=lines_of(said), at=at)


def lines_of(said: str) -> Text:
    """Words with line feeds as a text."""
    if "\n" not in said:
        return (Run(text=said),) if said else ()
    text: list[Any] = []
    for number, line in enumerate(said.split("\n")):
        if number:
            text.append(LineBreak())
        if line:
            text.append(Run(text=line))
    return tuple(text)


# ---------------------------------------------------------------- to paragraphs

Lose = Callable[[str, Position | None], None]


@dataclass(slots=True)
class _Flat:
    lose: Lose  # called with the end of a code, for what has no place in the list
    paras: list[Para] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # before the next paragraph
    page: str | None = None
    new_page: bool = False
    last_page: str | None = None

    def element(self, element: Any) -> None:
        match element:
            case Speech():
                self._speech(element, dual=False)
            case DualDialogue():
                self._speech(element.left, dual=True)
                self._speech(element.right, dual=False)
            case PageBreak():
                self.new_page = True
            case PageMark():
                self.page = element.label
            case Note():
                self.notes.append(element)
            case Synopsis():
                self._synopsis(element)
            case _:
                self._paragraph(element, dual=False)

    def _speech(self, speech: Speech, *, dual: bool) -> None:
        if speech.cue is not None:
            self._paragraph(speech.cue, dual=dual)
        for part in speech.parts:
            self.element(part)

    def _paragraph(self, paragraph: Paragraph, *, dual: bool) -> None:
        self.last_page = self.page or self.last_page
        text = paragraph.text
        inside = [one for one in text if type(one) is PageMark] if len(text) > 1 else []
        if inside:
            self.lose("page-inside", paragraph.at)
            paragraph = replace(paragraph, text=tuple(one for one in text if type(one) is not PageMark))
        para = Para(paragraph=paragraph, page=self.last_page, dual=dual, new_page=self.new_page)
        self.page, self.new_page = inside[-1].label if inside else None, False
        if self.notes:
            para.note = self._joined_notes()
        self.paras.append(para)

    def _joined_notes(self) -> str | None:
        said = [one.text for one in self.notes if one.text]
        if len(said) > 1:
            self.lose("joined-notes", self.notes[0].at)
        self.notes = []
        return "\n\n".join(said) or None

    def _synopsis(self, synopsis: Synopsis) -> None:
        said = words(synopsis.text)
        if not said:
            return
        if not self.paras:
            self.lose("synopsis-without-scene", synopsis.at)
            self.notes.append(Note(text=said, at=synopsis.at))
            return
        para = self.paras[-1]
        if para.synopsis is not None:
            self.lose("joined-synopses", synopsis.at)
            said = f"{para.synopsis}\n{said}"
        para.synopsis = said

    def end(self) -> list[Para]:
        """Notes after the last paragraph are its own, as there is nothing else that could hold them."""
        if self.notes and self.paras:
            self.lose("note-at-end", self.notes[0].at)
            last = self.paras[-1]
            last.note = "\n\n".join(filter(None, (last.note, self._joined_notes()))) or None
        elif self.notes:
            self.lose("note-without-script", self.notes[0].at)
        return self.paras


def flat(body: Iterable[Element], lose: Lose) -> list[Para]:
    """The paragraphs of a body that holds no more than the format's table allows."""
    collected = _Flat(lose)
    for element in body:
        collected.element(element)
    return collected.end()


# ---------------------------------------------------------------- parentheticals


def stored(paragraph: Paragraph) -> Text:
    """The text as a file has it: a parenthetical without its brackets, where reading adds the same."""
    text = paragraph.text
    if not isinstance(paragraph, Parenthetical) or not text:
        return text
    first, last = text[0], text[-1]
    if not isinstance(first, Run) or not isinstance(last, Run):
        return text
    if not first.text.startswith("(") or not last.text.endswith(")"):
        return text
    if len(text) == 1:
        bare: Text = (replace(first, text=first.text[1:-1]),) if len(first.text) > 2 else ()
    else:
        bare = _without_ends(text)
    return bare if is_bare(words(bare)) and bracketed(bare) == text else text


def _without_ends(text: Text) -> Text:
    first, *between, last = text
    assert isinstance(first, Run) and isinstance(last, Run)
    ends = replace(first, text=first.text[1:]), replace(last, text=last.text[:-1])
    return tuple(one for one in (ends[0], *between, ends[1]) if not isinstance(one, Run) or one.text)


def typed(paragraph: Any) -> Any:
    """The paragraph as its words print, of one as a file has it."""
    if type(paragraph) is not Parenthetical:
        return paragraph
    text = bracketed(paragraph.text)
    return paragraph if text is paragraph.text else replace(paragraph, text=text)


def has_number(paras: Iterable[Para]) -> bool:
    return any(type(one.paragraph) is SceneHeading and one.paragraph.number for one in paras)


# ---------------------------------------------------------------- omitted scenes


def omitted_said(heading: SceneHeading, fitting: Fitting) -> Sequence[Any]:
    """For formats that keep no cut scene: its heading says OMITTED if it says nothing."""
    if heading.omitted is not None and not any(map(_is_seen, heading.text)):
        heading = replace(heading, text=(*heading.text, Run(text="OMITTED")))
    return fitting.held(heading)


def _is_seen(inline: Any) -> bool:
    return isinstance(inline, Run) and Style.HIDDEN not in inline.style and inline.text.strip() != ""
