"""Put what a script carried through a file of another format back into what was read from that file.

The carried screenplay is fitted to the format again. What equals an element that was read gives its original back; an
edited paragraph or speech gets back all that the edit left alone. What finds no place is left out, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from converter.contract import Diagnostic, Kind, Report
from converter.normal import normal
from converter.notation.carrying.align import align
from converter.notation.carrying.words import Atom, Joint, Markers, graft, graft_paragraph, with_atoms
from converter.records import dataclass, field, replace
from converter.tree import (
    Boneyard,
    Dialogue,
    DualDialogue,
    Element,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Screenplay,
    Speech,
    TitlePage,
    paragraphs,
    words,
)


class Fitting(Markers, Protocol):
    """What the format in whose file the script travelled makes of it, written as that file was written."""

    @property
    def stale(self) -> str:
        """The code under which it is reported that something carried finds no place."""

    def title_page(self, page: TitlePage | None) -> TitlePage | None: ...

    def element(self, element: Element) -> Sequence[Element]: ...

    def neighbours(self, elements: list[Element]) -> list[Element]:
        """Fitted elements in the order in which they are read."""

    def parts(self, parts: tuple[Part, ...]) -> Sequence[Part]: ...


_Say = Callable[[Position | None], None]


def restore(read: Screenplay, carried: Screenplay, fitting: Fitting, report: Report) -> Screenplay:
    """`read` with all of `carried` that still fits it."""
    title_page = read.title_page
    fitted = fitting.title_page(carried.title_page)
    if fitted == title_page:
        title_page = carried.title_page
    elif fitted != carried.title_page:
        message = "The title page was edited; how Final Draft laid it out was left out."
        report(Diagnostic(Kind.WARNING, fitting.stale, message))
    body = tuple(_restored_body(read.body, carried.body, fitting, report))
    return normal(replace(carried, title_page=title_page, body=body))


# ---------------------------------------------------------------- groups


@dataclass(slots=True)
class _Group:
    """What the carried screenplay has, and what the format has of it: mostly one element for one."""

    originals: Sequence[Any]
    fitted: Sequence[Any]
    places: list[int] = field(default_factory=list)  # where the fitted ones stand


class _Versions(NamedTuple):
    """What the format had of the script, what was read, and for each of the first which of the second it is."""

    fitted: Sequence[Any]
    read: Sequence[Any]
    found: list[int]  # the same one, or -1
    edited: dict[int, int]  # one that was edited


def _restored_body(
    read: Sequence[Element], carried: Sequence[Element], fitting: Fitting, report: Report
) -> Iterator[Element]:
    groups = [_Group((one,), [replace(new) for new in fitting.element(one)]) for one in carried]
    fitted = fitting.neighbours([new for group in groups for new in group.fitted])

    def say(at: Position | None) -> None:
        message = "This was edited too much to tell what Final Draft knew of it; that was left out."
        report(Diagnostic(Kind.WARNING, fitting.stale, message, at))

    return _restored(groups, fitted, read, fitting, say)


def _restored(
    groups: list[_Group], fitted: Sequence[Any], read: Sequence[Any], fitting: Fitting, say: _Say
) -> Iterator[Any]:
    """What was read, with the originals of the groups in the place of what the format had of them."""
    _find_places(groups, fitted)
    found = align(fitted, read)
    versions = _Versions(fitted, read, found, _edited(fitted, read, found))
    homes: dict[int, list[Any]] = {}  # what stands in the place of which element
    taken: set[int] = set()
    last: list[Any] | None = homes.setdefault(-1, [])  # where those go that the format shows nothing of
    reached = -1  # a page break stands before the notes around it in the format, and goes back after them
    for group in groups:
        new = group.originals
        if group.places:
            home = _home(group, versions, fitting, say)
            last = None
            if home is not None:
                reached = max(reached, home.place)
                last, new = homes.setdefault(reached, []), home.new
                taken.update(home.taken)
        if last is not None:
            last.extend(new)
        elif list(group.originals) != list(group.fitted):
            say(_nearest(group, versions))
    yield from homes[-1]
    for place, one in enumerate(read):
        yield from homes.get(place, ())
        if place not in taken:
            yield one


def _find_places(groups: list[_Group], fitted: Sequence[Any]) -> None:
    owners = {id(one): group for group in groups for one in group.fitted}
    for place, one in enumerate(fitted):
        owners[id(one)].places.append(place)


def _nearest(group: _Group, versions: _Versions) -> Position | None:
    """Where what was carried for the group would have stood."""
    if not versions.read:
        return None
    start = group.places[0] if group.places else 0
    before = versions.found[start::-1]
    return _position(versions.read[next((place for place in before if place >= 0), 0)])


class _Home(NamedTuple):
    place: int  # of the element in what was read that stands for the group
    taken: Sequence[int]  # all that came from the group
    new: Sequence[Any]


_LEADING = frozenset((Note, Boneyard, PageMark, PageBreak))


def _home(group: _Group, versions: _Versions, fitting: Fitting, say: _Say) -> _Home | None:
    """Where the group stands in what was read, and what belongs there."""
    fitted, found = versions.fitted, versions.found
    blocks = [place for place in group.places if type(fitted[place]) not in _LEADING] or group.places
    main = blocks[0]
    here = [found[place] for place in group.places]
    place = found[main] if found[main] >= 0 else versions.edited.get(main, -1)
    if -1 not in here:
        return _Home(place, here, group.originals)
    if len(blocks) > 1 or place < 0:
        return None
    return _edited_home(group, main, place, versions, fitting, say)


def _edited_home(
    group: _Group, main: int, place: int, versions: _Versions, fitting: Fitting, say: _Say
) -> _Home | None:
    spots = _spots(group, main, place, versions)
    there = [spot for spot in spots.values() if spot >= 0]
    now, new = [versions.fitted[one] for one in spots], [versions.read[spot] for spot in there]
    grafted = _grafted(group.originals, now, new, fitting, say)
    return None if grafted is None else _Home(place, there, grafted)


def _spots(group: _Group, main: int, place: int, versions: _Versions) -> dict[int, int]:
    """Which of the group is which of what was read: all of it, or but the main one where others came between."""
    spots = {one: place if one == main else versions.found[one] for one in group.places}
    there = [spot for spot in spots.values() if spot >= 0]
    apart = there[-1] - there[0] + 1 != len(there)
    return {main: place} if apart or isinstance(versions.fitted[main], Speech | DualDialogue) else spots


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
    return {old[i]: new[j] for i, j in _best_pairs([[_likeness(fitted[a], read[b]) for b in new] for a in old])}


def _best_pairs(likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    best = _best(likeness)
    i = j = 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _best(likeness: list[list[float]]) -> list[list[float]]:
    """How much pairs can have in common from each old and each new one on."""
    width = len(likeness[0])
    best = [[0.0] * (width + 1) for _ in range(len(likeness) + 1)]
    for i in reversed(range(len(likeness))):
        for j in reversed(range(width)):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] > 0 else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return best


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
    originals: Sequence[Any], fitted: Sequence[Any], edited: Sequence[Any], fitting: Fitting, say: _Say
) -> Sequence[Any] | None:
    """The originals with the edit; None if it cannot be told what became of what."""
    first = originals[0]
    match first, fitted[-1], edited[-1]:
        case Speech(), Speech(), Speech():
            return [_grafted_speech(first, fitted[-1], edited[-1], fitting, say)]
        case DualDialogue(), DualDialogue() as now, DualDialogue() as new:
            left = _grafted_speech(first.left, now.left, new.left, fitting, say)
            return [DualDialogue(left=left, right=_grafted_speech(first.right, now.right, new.right, fitting, say))]
        case Note(), Note() as now, Note() as new:
            return [replace(first, text=new.text if now.text != new.text else first.text)]
        case Paragraph(), Paragraph(), Paragraph():
            return _grafted_paragraphs(originals, fitted, edited, fitting)
        case _:
            return None


def _grafted_paragraphs(
    originals: Sequence[Any], fitted: Sequence[Any], edited: Sequence[Any], fitting: Fitting
) -> Sequence[Paragraph] | None:
    """The format may have made one of several paragraphs of dialogue."""
    now, new = fitted[-1], edited[-1]
    now = replace(now, text=(*fitted[:-1], *now.text))
    new = replace(new, text=(*edited[:-1], *new.text))
    if len(originals) == 1:
        grafted = graft_paragraph(originals[0], now, new, fitting)
        return None if grafted is None else [grafted]
    atoms: list[Atom] = []
    for number, one in enumerate(originals):
        if number:
            atoms.append(Joint(number))
        atoms.extend(one.text if isinstance(one, Paragraph) else (one,))
    grafted_atoms = graft(atoms, now.text, new.text, fitting)
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


def _grafted_speech(original: Speech, fitted: Speech, edited: Speech, fitting: Fitting, say: _Say) -> Speech:
    assert original.cue is not None and fitted.cue is not None and edited.cue is not None
    cue = graft_paragraph(original.cue, fitted.cue, edited.cue, fitting)
    if cue is None:
        say(edited.cue.at)
        cue = edited.cue
    groups = _part_groups(original.parts, fitting)
    now = [one for group in groups for one in group.fitted]
    if now != list(fitted.parts):
        say(edited.cue.at)
        return Speech(cue=cue, parts=edited.parts)
    return Speech(cue=cue, parts=tuple(_restored(groups, now, edited.parts, fitting, say)))


def _part_groups(parts: Sequence[Part], fitting: Fitting) -> list[_Group]:
    """The parts of the speech by what they became: dialogue right after dialogue went on with it."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and _is_dialogue(part, fitting) and _is_dialogue(runs[-1][-1], fitting):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_Group(run, [replace(one) for one in fitting.parts(tuple(run))]) for run in runs]


def _is_dialogue(part: Part, fitting: Fitting) -> bool:
    """Or what the format has as dialogue."""
    if isinstance(part, Parenthetical):
        return any(isinstance(one, Dialogue) for one in fitting.parts((part,)))
    return isinstance(part, Dialogue)
