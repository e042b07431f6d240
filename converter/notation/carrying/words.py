"""Put what a format could not hold back into a text that was edited: all but the changed words are the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from converter.records import dataclass, replace
from converter.tree import (
    Boneyard,
    Deletion,
    Dialogue,
    Inline,
    LineBreak,
    Marker,
    Note,
    NoteEnd,
    PageMark,
    Paragraph,
    Run,
    Style,
    Text,
)

P = TypeVar("P", bound=Paragraph)


class Markers(Protocol):
    """What the format makes of what stands between the words."""

    def marker(self, marker: Marker) -> Marker: ...

    def hidden(self, words: str) -> Marker: ...

    def alternate(self, text: Text) -> Marker: ...


@dataclass(frozen=True, slots=True)
class Joint:
    """Where two paragraphs of dialogue became one."""

    number: int  # of the second one


@dataclass(frozen=True, slots=True)
class Alternate:
    text: Text


Atom = Inline | Joint | Alternate


@dataclass(frozen=True, slots=True)
class _Token:
    """One character, or what stands between two."""

    key: str | Marker | None  # as the format has it; None: the format has nothing for it
    atom: Atom  # a run has the one character

    def is_same(self, fitted: _Token) -> bool:
        """The format may have put it in capitals, or made a blank of a line break."""
        if isinstance(self.key, str) and isinstance(fitted.key, str):
            return self.key.casefold() == fitted.key.casefold() or self.key == "\n" and fitted.key == " "
        return self.key == fitted.key


def graft(
    original: Sequence[Atom], fitted: Iterable[Inline], edited: Iterable[Inline], markers: Markers
) -> list[Atom] | None:
    """`original` with the change from `fitted` to `edited`; None if it cannot be told what of it became `fitted`."""
    old, now, new = (list(_tokens(atoms, markers)) for atoms in (original, fitted, edited))
    places = _places(old, now)
    if places is None:
        return None
    old, places = _without_strangers(old, places)
    return list(_joined(_line_by_line(old, now, places, new)))


def _line_by_line(old: list[_Token], now: list[_Token], places: list[int], new: list[_Token]) -> Iterator[_Token]:
    """So that an edit in one line leaves the other lines alone; in one go if their number changed."""
    breaks, new_breaks = _breaks(now), _breaks(new)
    if len(breaks) != len(new_breaks):
        breaks = new_breaks = []
    start = old_start = new_start = 0
    for end, new_end in zip((*breaks, len(now)), (*new_breaks, len(new)), strict=True):
        old_end = places[end] if end < len(now) else len(old)
        line_places = [place - old_start if place >= 0 else -1 for place in places[start:end]]
        yield from _grafted(old[old_start:old_end], now[start:end], line_places, new[new_start:new_end])
        yield from old[old_end : old_end + 1]
        start, old_start, new_start = end + 1, old_end + 1, new_end + 1


def _breaks(tokens: list[_Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token.key == "\n"]


def _grafted(old: list[_Token], now: list[_Token], places: list[int], new: list[_Token]) -> Iterator[_Token]:
    before, after = _unchanged(now, new)
    if before == len(now) == len(new):
        yield from old
        return
    start = max(places[:before], default=-1) + 1
    end = min((place for place in places[len(now) - after :] if place >= 0), default=len(old))
    yield from old[:start]
    yield from (token for token in old[start:end] if token.key is None)
    yield from new[before : len(new) - after]
    yield from old[end:]


def graft_paragraph(original: P, fitted: Paragraph, edited: Paragraph, markers: Markers) -> P | None:
    """As above, and the fields that an edit changed are changed."""
    atoms: list[Atom] = list(original.text)
    if isinstance(original, Dialogue):
        atoms.extend(Alternate(text) for text in original.alternates)
    new = graft(atoms, fitted.text, edited.text, markers)
    if new is None:
        return None
    return with_edits(with_atoms(original, new), fitted, edited)


def with_atoms(paragraph: P, atoms: Sequence[Atom]) -> P:
    text = tuple(one for one in atoms if not isinstance(one, Joint | Alternate))
    if isinstance(paragraph, Dialogue):
        alternates = tuple(one.text for one in atoms if isinstance(one, Alternate))
        return replace(paragraph, text=text, alternates=alternates)
    return replace(paragraph, text=text)


def with_edits(original: P, fitted: Paragraph, edited: Paragraph) -> P:
    changes = {
        name: getattr(edited, name)
        for name in ("align", "number", "color", "omitted", "level")
        if hasattr(original, name) and getattr(fitted, name, None) != getattr(edited, name, None)
    }
    return replace(original, **changes) if changes else original


def _tokens(atoms: Iterable[Atom], markers: Markers) -> Iterator[_Token]:
    for atom in atoms:
        match atom:
            case Run() if Style.HIDDEN not in atom.style:
                for char in atom.text:
                    yield _Token(char, replace(atom, text=char))
            case LineBreak() | Joint():
                yield _Token("\n", atom)
            case _:
                yield _Token(_marker(atom, markers), atom)


def _marker(atom: Atom, markers: Markers) -> Marker | None:
    match atom:
        case Run():
            return markers.hidden(atom.text)
        case Alternate():
            return markers.alternate(atom.text)
        case Note() | PageMark() | Boneyard():
            return markers.marker(atom)
        case LineBreak() | Joint() | NoteEnd() | Deletion():
            return None


_BLANKS = (" ", "\t", "\n", "\u00a0")


def _places(old: list[_Token], now: list[_Token]) -> list[int] | None:
    """For each token that the format had, its place in the original; -1 for blanks that it added."""
    places = []
    at = 0
    for token in now:
        start = at
        while at < len(old) and not old[at].is_same(token) and _may_go(old[at]):
            at += 1
        if at < len(old) and old[at].is_same(token):
            places.append(at)
            at += 1
        elif token.key == " ":
            places.append(-1)
            at = start
        else:
            return None
    return places if all(_may_go(token) for token in old[at:]) else None


def _without_strangers(old: list[_Token], places: list[int]) -> tuple[list[_Token], list[int]]:
    """Without the notes that stood elsewhere in the format, as they come back from there."""
    met = set(places)
    kept = [at for at, token in enumerate(old) if token.key is None or isinstance(token.key, str) or at in met]
    moved = {at: new for new, at in enumerate(kept)}
    return [old[at] for at in kept], [moved.get(place, -1) for place in places]


def _may_go(token: _Token) -> bool:
    return not isinstance(token.key, str) or token.key in _BLANKS


def _unchanged(now: list[_Token], new: list[_Token]) -> tuple[int, int]:
    """How many tokens at the start, and at the end, are as they were."""
    most = min(len(now), len(new))
    before = 0
    while before < most and _as_it_was(now[before], new[before]):
        before += 1
    after = 0
    while after < most - before and _as_it_was(now[-1 - after], new[-1 - after]):
        after += 1
    return before, after


def _as_it_was(now: _Token, new: _Token) -> bool:
    return now.key == new.key and _style(now) == _style(new)


def _style(token: _Token) -> Style | None:
    return token.atom.style if isinstance(token.atom, Run) else None


def _joined(tokens: Iterable[_Token]) -> Iterator[Atom]:
    """Characters set in one way are a run again."""
    run: Run | None = None
    chars: list[str] = []
    for token in tokens:
        atom = token.atom
        if isinstance(atom, Run) and run is not None and replace(atom, text=run.text) == run:
            chars.append(atom.text)
            continue
        if run is not None:
            yield replace(run, text="".join(chars))
        run = atom if isinstance(atom, Run) else None
        chars = [atom.text] if isinstance(atom, Run) else []
        if run is None:
            yield atom
    if run is not None:
        yield replace(run, text="".join(chars))
