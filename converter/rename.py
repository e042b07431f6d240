"""A character called by another name: cues, and mentions as whole words in the capitals that they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from converter.contract import UsageError
from converter.normal import normal
from converter.records import dataclass, field, replace
from converter.terms import cue_name, split_cue
from converter.tree import (
    Character,
    Dialogue,
    Inline,
    LineBreak,
    Note,
    Paragraph,
    Run,
    SceneHeading,
    Screenplay,
    Text,
    map_paragraphs,
    paragraphs,
    words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """`cues`: how many were renamed; `mentions`: each paragraph with one, before and after; `left`: cues that hold the
    name among other words, and stay."""

    screenplay: Screenplay
    cues: int
    mentions: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def renamed(screenplay: Screenplay, old: str, new: str, *, merge: bool = False) -> Renamed:
    """The screenplay with the character `old` called `new`, in cut and omitted scenes too.

    UsageError where nobody is called `old`, or somebody is called `new` already and the two are not to be merged.
    """
    old, new = (" ".join(name.split()) for name in (old, new))
    names = _names(screenplay)
    if not old or not new:
        raise UsageError("a renaming is OLD=NEW, with a name on either side")
    if old.upper() not in names:
        raise UsageError(f"nobody is called {old!r} in this script{_meant(old.upper(), names)}")
    if new.upper() in names and new.upper() != old.upper() and not merge:
        raise UsageError(f"somebody is called {new!r} already; --merge makes one character of the two")
    work = _Renaming(old, new)
    body = work.elements(screenplay.body)
    left = tuple(dict.fromkeys(name for name in names if name != old.upper() and work.has(name)))
    made = normal(replace(screenplay, body=body))
    return Renamed(screenplay=made, cues=work.cues, mentions=tuple(work.mentions), left=left)


def _names(screenplay: Screenplay) -> dict[str, None]:
    cues = (one for one in paragraphs(screenplay.body, omitted=True, cut=True) if isinstance(one, Character))
    return dict.fromkeys(cue_name(one) for one in cues)


def _meant(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), 1)
    return f"; did you mean {close[0]}?" if close else ""


@dataclass(slots=True)
class _Renaming:
    old: str
    new: str
    cues: int = 0
    mentions: list[tuple[str, str]] = field(default_factory=list)
    _mention: re.Pattern[str] | None = None

    def _pattern(self) -> re.Pattern[str]:
        """The name as whole words with a capital; a hyphen makes another name of it, a dash does not."""
        if self._mention is None:
            said = r"\s+".join(map(re.escape, self.old.split()))
            self._mention = re.compile(rf"(?<![\w])(?<!\w-)(?={_CAPITAL})(?:{said})(?![\w]|-\w)", re.IGNORECASE)
        return self._mention

    def has(self, said: str) -> bool:
        return self._pattern().search(said) is not None

    def elements(self, body: tuple[Any, ...]) -> tuple[Any, ...]:
        body = map_paragraphs(body, self._paragraph, cut=True)
        return tuple(self._note(one) if isinstance(one, Note) else one for one in body)

    def _note(self, note: Note) -> Note:
        return replace(note, text=self._replaced(note.text))

    def _paragraph(self, one: Paragraph) -> Paragraph:
        if isinstance(one, Character):
            return self._cue(one)
        text = self._text(one.text)
        if text is not one.text:
            self.mentions.append((words(one.text), words(text)))
            one = replace(one, text=text)
        if isinstance(one, SceneHeading) and one.omitted:
            return replace(one, omitted=self.elements(one.omitted))
        if isinstance(one, Dialogue) and one.alternates:
            return replace(one, alternates=tuple(map(self._text, one.alternates)))
        return one

    def _cue(self, cue: Character) -> Character:
        """Its extensions stay as they are."""
        if cue_name(cue) != self.old.upper():
            return cue
        self.cues += 1
        said = words(cue.text)
        name = split_cue(said).name
        place = said.find(name)
        new = self.new.upper() if name.isupper() else self.new
        return replace(cue, text=_with(cue.text, [(place, place + len(name), new)]))

    def _text(self, text: Text) -> Text:
        said = words(text)
        found = [(one.start(), one.end(), self._as(one.group())) for one in self._pattern().finditer(said)]
        return _with(text, found) if found else text

    def _replaced(self, said: str) -> str:
        return self._pattern().sub(lambda one: self._as(one.group()), said)

    def _as(self, found: str) -> str:
        """The new name in the capitals of the old one."""
        if found.isupper() and len(found) > 1:
            return self.new.upper()
        return self.new if self.new != self.new.upper() else self.new.title().replace("'S", "'s")


_CAPITAL = r"(?-i:[^\Wa-zß-öø-ÿ])"


def _with(text: Text, changes: Sequence[tuple[int, int, str]]) -> Text:
    """The text with some of its characters replaced; new words are set as the first letter they stand for."""
    out: list[Inline] = []
    waiting = list(changes)
    place = 0
    for inline in text:
        if not isinstance(inline, Run | LineBreak):
            out.append(inline)
            continue
        length = len(inline.text) if isinstance(inline, Run) else 1
        out += _changed(inline, place, waiting)
        place += length
    return tuple(out)


def _changed(inline: Run | LineBreak, place: int, changes: Sequence[tuple[int, int, str]]) -> list[Inline]:
    if isinstance(inline, LineBreak):
        return [] if any(start < place < end for start, end, _ in changes) else [inline]
    said: list[str] = []
    done = place
    stop = place + len(inline.text)
    for start, end, new in changes:
        if end <= place or start >= stop:
            continue
        said.append(inline.text[done - place : max(start, place) - place])
        if start >= place:
            said.append(new)
        done = min(end, stop)
    said.append(inline.text[done - place :])
    whole = "".join(said)
    return [replace(inline, text=whole)] if whole else []
