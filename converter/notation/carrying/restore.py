"""Put what a Fountain file carries back into what was read from it.

The carried screenplay is fitted to Fountain again. What equals an element that was read gives its original back; an
edited paragraph or speech gets back all that the edit left alone. What finds no place is left out, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from converter.contract import Diagnostic, Kind, Report, ignore
from converter.normal import normal
from converter.notation.carrying.align import align
from converter.notation.carrying.words import Atom, Joint, graft, graft_paragraph, with_atoms
from converter.notation.fountain.fit import Fitter, Options, fit, with_breaks_in_place
from converter.notation.fountain.markers import MARKERS
from converter.tree import (
    Boneyard,
    Dialogue,
    DualDialogue,
    Element,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Part,
    Position,
    Screenplay,
    Speech,
    paragraphs,
    words,
)


def restore(read: Screenplay, carried: Screenplay, options: Options, report: Report) -> Screenplay:
    """`read` with all of `carried` that still fits it. `options` are those that its Fountain was written with."""
    title_page = read.title_page
    fitted = fit(replace(carried, body=()), options).title_page
    if fitted == title_page:
        title_page = carried.title_page
    elif fitted != carried.title_page:
        message = "The title page was edited; how Final Draft laid it out was left out."
        report(Diagnostic(Kind.WARNING, "fountain.carry-stale", message))
    body = tuple(_restored_body(read.body, carried.body, options, report))
    return normal(replace(carried, title_page=title_page, body=body))


# ---------------------------------------------------------------- groups


@dataclass(eq=False, slots=True)
class _Group:
    """What the carried screenplay has, and what Fountain has of it: mostly one element for one."""

    originals: Sequence[Any]
    fitted: Sequence[Any]
    places: list[int] = field(default_factory=list)  # where the fitted ones stand


def _restored_body(
    read: Sequence[Element], carried: Sequence[Element], options: Options, report: Report
) -> Iterator[Element]:
    fitter = Fitter(options, ignore)
    groups = [_Group((one,), [replace(new) for new in fitter.element(one, 0)]) for one in carried]
    fitted = with_breaks_in_place([new for group in groups for new in group.fitted])

    def say(at: Position | None) -> None:
        message = "This was edited too much to tell what Final Draft knew of it; that was left out."
        report(Diagnostic(Kind.WARNING, "fountain.carry-stale", message, at))

    return _restored(groups, fitted, read, fitter, say)


def _restored(
    groups: list[_Group],
    fitted: Sequence[Any],
    read: Sequence[Any],
    fitter: Fitter,
    say: Callable[[Position | None], None],
) -> Iterator[Any]:
    """What was read, with the originals of the groups in the place of what Fountain had of them."""
    owners = {id(one): group for group in groups for one in group.fitted}
    for place, one in enumerate(fitted):
        owners[id(one)].places.append(place)
    found = align(fitted, read)
    edited = _edited(fitted, read, found)
    homes: dict[int, list[Any]] = {}  # what stands in the place of which element
    taken: set[int] = set()
    last: list[Any] | None = homes.setdefault(-1, [])  # where those go that Fountain shows nothing of
    reached = -1  # a page break stands before the notes around it in Fountain, and goes back behind them
    for group in groups:
        if group.places:
            home = _home(group, fitted, read, found, edited, fitter, say)
            reached = reached if home is None else max(reached, home.place)
            last = None if home is None else homes.setdefault(reached, [])
            taken.update(() if home is None else home.taken)
        if last is not None:
            last.extend(group.originals if not group.places or home is None else home.new)
        elif list(group.originals) != list(group.fitted):
            say(_nearest(group, found, read))
    yield from homes[-1]
    for place, one in enumerate(read):
        yield from homes.get(place, ())
        if place not in taken:
            yield one


def _nearest(group: _Group, found: list[int], read: Sequence[Any]) -> Position | None:
    """Where what was carried for the group would have stood."""
    start = group.places[0] if group.places else 0
    near = next((found[place] for place in range(start, -1, -1) if found[place] >= 0), 0) if found else 0
    return _position(read[near]) if read else None


class _Home(NamedTuple):
    place: int  # of the element in what was read that stands for the group
    taken: Sequence[int]  # all that came from the group
    new: Sequence[Any]


def _home(
    group: _Group,
    fitted: Sequence[Any],
    read: Sequence[Any],
    found: list[int],
    edited: dict[int, int],
    fitter: Fitter,
    say: Callable[[Position | None], None],
) -> _Home | None:
    """Where the group stands in what was read, and what belongs there."""
    blocks = [place for place in group.places if type(fitted[place]) not in _LEADING] or group.places
    main = blocks[0]
    here = [found[place] for place in group.places]
    if -1 not in here:
        return _Home(found[main], here, group.originals)
    place = found[main] if found[main] >= 0 else edited.get(main, -1)
    if len(blocks) > 1 or place < 0:
        return None
    spots = {one: place if one == main else found[one] for one in group.places}
    there = [spot for spot in spots.values() if spot >= 0]
    if there[-1] - there[0] + 1 != len(there) or isinstance(fitted[main], Speech | DualDialogue):
        there, spots = [place], {main: place}
    new = _grafted(group.originals, [fitted[one] for one in spots], [read[spot] for spot in there], fitter, say)
    return None if new is None else _Home(place, there, new)


_LEADING = MARKERS | {PageBreak}


# ---------------------------------------------------------------- which were edited


def _edited(fitted: Sequence[Any], read: Sequence[Any], found: list[int]) -> dict[int, int]:
    """What stands between the same neighbours, and is of one kind, and has some words in common."""
    pairs: dict[int, int] = {}
    start, first = 0, 0
    for place, spot in (*enumerate(found), (len(found), len(read))):
        if spot < 0:
            continue
        old, new = range(start, place), range(first, spot)
        if old and new:
            pairs.update(_paired(fitted, read, old, new))
        start, first = place + 1, spot + 1
    return pairs


_MOST_PAIRS = 10_000


def _paired(fitted: Sequence[Any], read: Sequence[Any], old: range, new: range) -> dict[int, int]:
    """The pairs in rising order that have the most in common."""
    if len(old) == len(new):
        return {a: b for a, b in zip(old, new, strict=True) if _likeness(fitted[a], read[b]) > 0}
    if len(old) * len(new) > _MOST_PAIRS:
        return {}
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(fitted[a], read[b]) for b in new] for a in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] > 0 else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs[old[i]] = new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Any, other: Any) -> float:
    """From 0, nothing in common, to 1: how much of the longer text both begin or end with."""
    if type(one) is not type(other):
        return 0.0
    a, b = _typed(one), _typed(other)
    longer = max(len(a), len(b))
    if not longer:
        return 1.0
    most = min(len(a), len(b))
    before = next((at for at in range(most) if a[at] != b[at]), most)
    after = next((at for at in range(most - before) if a[-1 - at] != b[-1 - at]), most - before)
    share = (before + after) / longer
    return share if share >= 0.2 else 0.0


def _typed(one: Any) -> str:
    match one:
        case Note():
            return one.text
        case Boneyard():
            return one.source
        case PageMark():
            return one.label
        case PageBreak():
            return ""
        case Paragraph():
            return words(one.text)
        case _:
            return "\n".join(words(paragraph.text) for paragraph in paragraphs((one,)))


def _position(one: Any) -> Position | None:
    match one:
        case Speech():
            return one.cue.at if one.cue is not None else None
        case DualDialogue():
            return _position(one.left)
        case _:
            at: Position | None = one.at
            return at


# ---------------------------------------------------------------- edited ones


def _grafted(
    originals: Sequence[Any],
    fitted: Sequence[Any],
    edited: Sequence[Any],
    fitter: Fitter,
    say: Callable[[Position | None], None],
) -> Sequence[Any] | None:
    """The originals with the edit; None if it cannot be told what became of what."""
    first = originals[0]
    match first, fitted[-1], edited[-1]:
        case Speech(), Speech(), Speech():
            return [_grafted_speech(first, fitted[-1], edited[-1], fitter, say)]
        case DualDialogue(), DualDialogue() as now, DualDialogue() as new:
            left = _grafted_speech(first.left, now.left, new.left, fitter, say)
            return [DualDialogue(left=left, right=_grafted_speech(first.right, now.right, new.right, fitter, say))]
        case Note(), Note() as now, Note() as new:
            return [replace(first, text=new.text if now.text != new.text else first.text)]
        case Paragraph(), Paragraph(), Paragraph():
            return _grafted_paragraphs(originals, fitted, edited)
        case _:
            return None


def _grafted_paragraphs(
    originals: Sequence[Any], fitted: Sequence[Any], edited: Sequence[Any]
) -> Sequence[Paragraph] | None:
    """Of several paragraphs of dialogue Fountain made one."""
    now, new = fitted[-1], edited[-1]
    now = replace(now, text=(*fitted[:-1], *now.text))
    new = replace(new, text=(*edited[:-1], *new.text))
    if len(originals) == 1:
        grafted = graft_paragraph(originals[0], now, new)
        return None if grafted is None else [grafted]
    atoms: list[Atom] = []
    for number, one in enumerate(originals):
        if number:
            atoms.append(Joint(number))
        atoms.extend(one.text if isinstance(one, Dialogue) else (one,))
    grafted_atoms = graft(atoms, now.text, new.text)
    if grafted_atoms is None:
        return None
    return list(_split(originals, grafted_atoms))


def _split(originals: Sequence[Any], atoms: Sequence[Atom]) -> Iterator[Paragraph]:
    number = 0
    part: list[Atom] = []
    for atom in atoms:
        if isinstance(atom, Joint):
            yield with_atoms(originals[number], part)
            number, part = atom.number, []
        else:
            part.append(atom)
    yield with_atoms(originals[number], part)


def _grafted_speech(
    original: Speech, fitted: Speech, edited: Speech, fitter: Fitter, say: Callable[[Position | None], None]
) -> Speech:
    assert original.cue is not None and fitted.cue is not None and edited.cue is not None
    cue = graft_paragraph(original.cue, fitted.cue, edited.cue)
    if cue is None:
        say(edited.cue.at)
        cue = edited.cue
    groups = _part_groups(original.parts, fitted.parts, fitter)
    if groups is None:
        say(edited.cue.at)
        return Speech(cue=cue, parts=edited.parts)
    now = [one for group in groups for one in group.fitted]
    return Speech(cue=cue, parts=tuple(_restored(groups, now, edited.parts, fitter, say)))


def _part_groups(parts: Sequence[Part], fitted: Sequence[Part], fitter: Fitter) -> list[_Group] | None:
    """Which parts of the speech became which in Fountain: dialogue right behind dialogue went on with it."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and isinstance(part, Dialogue) and isinstance(runs[-1][-1], Dialogue):
            runs[-1].append(part)
        else:
            runs.append([part])
    groups = [_Group(run, ()) for run in runs]
    for group in groups:
        new, after = fitter.parts(tuple(group.originals))
        group.fitted = [replace(one) for one in (*new, *after)]
    return groups if [one for group in groups for one in group.fitted] == list(fitted) else None
