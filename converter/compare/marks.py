"""The new draft with what changed marked as a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, cast

from converter.compare.paragraphs import Alignment, Group
from converter.compare.units import SceneUnits, Unit
from converter.compare.words import Edit, edits, spans
from converter.records import dataclass, field, replace
from converter.terms import is_omitted
from converter.tree import (
    Cut,
    Deletion,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    Paragraph,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    words,
)

# ---------------------------------------------------------------- one paragraph


@dataclass(slots=True)
class Marks:
    """What is put into one text: the places are characters of its words."""

    changed: list[tuple[int, int]] = field(default_factory=list)
    cut: list[tuple[int, str]] = field(default_factory=list)  # where, and the words
    older: list[tuple[int, int, int]] = field(default_factory=list)  # with the set that the old draft had there


def marked(text: Text, marks: Marks, revision: int) -> Text:
    """The text with these marks; words that an older set marked keep that set where nothing new happened."""
    ranges = (*marks.changed, *((start, end) for start, end, _ in marks.older))
    edges = sorted({*(place for edge in ranges for place in edge), *(place for place, _ in marks.cut)})
    waiting = sorted(marks.cut)
    out: list[Inline] = []
    offset = 0
    for inline in text:
        for piece in _pieces(inline, edges, offset):
            while waiting and waiting[0][0] <= offset and isinstance(piece, Run | LineBreak):
                out.append(Deletion(revision=revision, text=_as_inlines(waiting.pop(0)[1])))
            if isinstance(piece, Run):
                out.append(_marked_run(piece, offset, marks, revision))
                offset += len(piece.text)
            else:
                out.append(piece)
                offset += isinstance(piece, LineBreak)
    out.extend(Deletion(revision=revision, text=_as_inlines(said)) for _, said in waiting)
    return tuple(out)


def _pieces(inline: Inline, edges: Sequence[int], offset: int) -> Iterator[Inline]:
    if not isinstance(inline, Run):
        yield inline
        return
    start = 0
    for edge in edges:
        place = edge - offset
        if start < place < len(inline.text):
            yield replace(inline, text=inline.text[start:place])
            start = place
    yield replace(inline, text=inline.text[start:]) if start else inline


def _marked_run(run: Run, offset: int, marks: Marks, revision: int) -> Run:
    if any(start <= offset < end for start, end in marks.changed):
        return replace(run, revision=revision)
    if run.revision is None:
        for start, end, older in marks.older:
            if start <= offset < end:
                return replace(run, revision=older)
    return run


def _as_inlines(said: str) -> tuple[Run | LineBreak, ...]:
    found: list[Run | LineBreak] = []
    for number, line in enumerate(said.split("\n")):
        if number:
            found.append(LineBreak())
        if line:
            found.append(Run(text=line))
    return tuple(found)


# ---------------------------------------------------------------- paragraphs that became one another


@dataclass(slots=True)
class Said:
    """The words of one or several paragraphs one after the other, and where each word stands."""

    text: str
    spans: list[tuple[int, int]]
    starts: list[int]  # of each paragraph, in `text`

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Said:
        texts = [words(unit.paragraph.text) for unit in units]
        starts, place = [], 0
        for text in texts:
            starts.append(place)
            place += len(text) + 1
        whole = " ".join(texts)
        return cls(whole, spans(whole), starts)


def group_marks(old: Sequence[Unit], new: Sequence[Unit]) -> list[Marks]:
    """For each of the new paragraphs."""
    before, after = Said.of(old), Said.of(new)
    old_words, new_words = ([word for unit in units for word in unit.words] for units in (old, new))
    found = edits(old_words, new_words)
    marks = [Marks() for _ in new]
    for edit in found:
        for one, start, end in _parted(after, edit.new_start, edit.new_end):
            marks[one].changed.append((start, end))
        if edit.old_start < edit.old_end:
            one, place = _place_of_cut(after, edit)
            marks[one].cut.append((place, _cut_words(before, edit)))
    _keep_older(old, before, after, found, marks)
    return marks


def _parted(said: Said, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Words as ranges of characters, one for each paragraph that they reach into."""
    if first == last:
        return
    start, end = said.spans[first][0], said.spans[last - 1][1]
    for number, begin in enumerate(said.starts):
        stop = said.starts[number + 1] - 1 if number + 1 < len(said.starts) else len(said.text)
        if start < stop and begin < end:
            yield number, max(start, begin) - begin, min(end, stop) - begin


def _place_of_cut(said: Said, edit: Edit) -> tuple[int, int]:
    """Before the words that came instead, else behind the word before."""
    if edit.new_start < edit.new_end or not edit.new_start:
        place = said.spans[edit.new_start][0] if edit.new_start < len(said.spans) else 0
    else:
        place = said.spans[edit.new_start - 1][1]
    number = max(one for one, start in enumerate(said.starts) if start <= place)
    return number, place - said.starts[number]


def _cut_words(said: Said, edit: Edit) -> str:
    """With the blank that went with them, where no words came instead."""
    start, end = said.spans[edit.old_start][0], said.spans[edit.old_end - 1][1]
    if edit.new_start == edit.new_end:
        if edit.new_start and edit.old_start:
            start = said.spans[edit.old_start - 1][1]
        elif edit.old_end < len(said.spans):
            end = said.spans[edit.old_end][0]
    return said.text[start:end]


def _keep_older(old: Sequence[Unit], before: Said, after: Said, found: Sequence[Edit], marks: Sequence[Marks]) -> None:
    if not any(isinstance(one, Run) and one.revision is not None for unit in old for one in unit.paragraph.text):
        return
    sets = [revision for unit in old for revision in (*_sets(unit.paragraph.text), None)]
    ends = [*((edit.old_start, edit.new_start) for edit in found), (len(before.spans), len(after.spans))]
    i = j = 0
    for number, (old_end, new_end) in enumerate(ends):
        same = zip(range(i, old_end), range(j, new_end), strict=True)
        for revision, some in groupby(same, key=lambda pair: sets[before.spans[pair[0]][0]]):
            if revision is not None:
                there = [place for _, place in some]
                for one, start, end in _parted(after, there[0], there[-1] + 1):
                    marks[one].older.append((start, end, revision))
        if number < len(found):
            i, j = found[number].old_end, found[number].new_end


def _sets(text: Text) -> Iterator[int | None]:
    """The set of each printed character."""
    for inline in text:
        if isinstance(inline, Run):
            yield from (inline.revision for _ in inline.text)
        elif isinstance(inline, LineBreak):
            yield None


def on_whole_lines(text: Text, marks: Marks) -> None:
    """Each typed line that has a changed word, or lost one, is marked from its start to its end."""
    said = words(text)
    touched = [*marks.changed, *((place, place) for place, _ in marks.cut)]
    lines = {(said.rfind("\n", 0, start) + 1, _end_of_line(said, end)) for start, end in touched}
    marks.changed = sorted(line for line in lines if line[0] < line[1])


def _end_of_line(said: str, place: int) -> int:
    found = said.find("\n", place)
    return len(said) if found < 0 else found


# ---------------------------------------------------------------- the whole draft


class Marker:
    """Builds the new draft's body with its marks."""

    def __init__(
        self,
        old: Screenplay,
        new: Screenplay,
        found: Alignment,
        revision: int,
        *,
        lock_scenes: bool,
        whole_lines: bool = False,
    ):
        self.old, self.new, self.found, self.revision = old, new, found, revision
        self.lock_scenes, self.whole_lines = lock_scenes, whole_lines
        self.texts: dict[tuple[int, int, int], Text] = {}  # of paragraphs that changed, by their places
        self.after: dict[int, list[Element]] = defaultdict(list)  # what stands behind an element; -1: at the start
        self.inside: dict[tuple[int, int], list[tuple[int, Cut]]] = defaultdict(list)  # behind a part of a speech
        self.numbers: dict[int, str | None] = {}  # of headings, by the number of the element
        self._used: set[str | None] = {scene.number for scene in found.old_scenes}
        self.omitted: dict[int, str] = {}  # scenes of the old draft that are OMITTED now
        self.is_own: list[bool] = []  # of the headings in the body: was it in the new draft?

    def body(self) -> tuple[Element, ...]:
        self._mark_words()
        self._number()
        self._cut()
        out: list[Element] = [*self.after[-1]]
        for place, element in enumerate(self.new.body):
            out.append(self._element(place, element))
            out.extend(self.after[place])
        put_back = {id(one) for some in self.after.values() for one in some}
        self.is_own = [id(one) not in put_back for one in out if isinstance(one, SceneHeading)]
        return tuple(out)

    # -------- words

    def _mark_words(self) -> None:
        found = self.found
        same: set[int] = set()
        for group in found.groups:
            same.update(group.new)
            self._mark_group(group)
        for place, unit in enumerate(found.new):
            if place not in same:
                self._set(unit, Marks(changed=[(0, len(words(unit.paragraph.text)))]))

    def _mark_group(self, group: Group) -> None:
        old = [self.found.old[place] for place in group.old]
        new = [self.found.new[place] for place in group.new]
        if len(old) == len(new) == 1 and old[0].key == new[0].key and not _has_sets(old[0].paragraph):
            return
        for unit, marks in zip(new, group_marks(old, new), strict=True):
            if self.whole_lines:
                on_whole_lines(unit.paragraph.text, marks)
            self._set(unit, marks)

    def _set(self, unit: Unit, marks: Marks) -> None:
        self.texts[unit.place] = marked(unit.paragraph.text, marks, self.revision)

    # -------- scenes

    def _number(self) -> None:
        """Which numbers the old draft's scenes keep, which are OMITTED, and which new scenes wait for one."""
        pairs = {new: old for old, new in self.found.scenes}
        moved = {new for _, new in self.found.moved_scenes}
        used = {scene.number for scene in self.found.new_scenes}
        kept = set()
        for place, scene in enumerate(self.found.new_scenes):
            if scene.heading is None:
                continue
            old = pairs.get(place)
            if self.lock_scenes and old is not None and place not in moved:
                self.numbers[scene.units[0].place[0]] = self.found.old_scenes[old].number
            elif self.lock_scenes:
                self.numbers[scene.units[0].place[0]] = own = self._own_number(scene)
                self._used.add(own)
            if old is not None and not (self.lock_scenes and place in moved):
                kept.add(old)
        for place, scene in enumerate(self.found.old_scenes):
            if scene.number and place not in kept and (self.lock_scenes or scene.number not in used):
                self.omitted[place] = scene.number

    def _own_number(self, scene: SceneUnits) -> str | None:
        """A new scene's, if it has one that was never used and that does not count on."""
        number = scene.number
        return number if number and number not in self._used and not number.isdigit() else None

    # -------- what was cut

    def _cut(self) -> None:
        found = self.found
        kept = {place for group in found.groups for place in group.old}
        last_new = {group.old.stop - 1: group.new.stop - 1 for group in found.groups}
        place = -1  # the unit of the new draft behind which all that comes now was cut
        before: Unit | None = None  # the unit of the old draft there
        for number, scene in enumerate(found.old_scenes):
            gone: list[int] = []
            for i in range(scene.start, scene.end):
                if i not in kept:
                    gone.append(i)
                    continue
                if number not in self.omitted:
                    self._put_cut(gone, before, place)
                    gone = []
                if i in last_new:
                    place, before = last_new[i], found.old[i]
            if number in self.omitted:
                self._put_omitted(number, gone, place)
            else:
                self._put_cut(gone, before, place)

    def _end_of_scene(self, place: int) -> int:
        """The last unit of the scene that the place is in."""
        while place + 1 < len(self.found.new) and self.found.new[place + 1].kind is not SceneHeading:
            place += 1
        return place

    def _put_omitted(self, number: int, gone: Sequence[int], place: int) -> None:
        scene = self.found.old_scenes[number]
        heading = scene.heading
        assert heading is not None
        if is_omitted(heading):
            new = replace(heading)  # it was before, so nothing changed
        else:
            said = (Run(text="OMITTED", revision=self.revision),)
            new = replace(heading, text=said, omitted=tuple(self._elements(gone)) or None)
        self.after[self._element_of(self._end_of_scene(place))].append(new)

    def _put_cut(self, gone: Sequence[int], before: Unit | None, place: int) -> None:
        if not gone:
            return
        parts = self._parts(gone, before, place)
        if parts:
            element, side, part = self.found.new[place].place
            elements = cast(tuple[Part, ...], tuple(self.found.old[i].paragraph for i in parts))
            self.inside[element, side].append((part, Cut(revision=self.revision, elements=elements)))
        rest = self._elements(gone[len(parts) :])
        if rest:
            self.after[self._element_of(place)].append(Cut(revision=self.revision, elements=tuple(rest)))

    def _parts(self, gone: Sequence[int], before: Unit | None, place: int) -> list[int]:
        """How many of them were parts of the speech that goes on before."""
        if before is None or not isinstance(self.new.body[self.found.new[place].place[0]], Speech | DualDialogue):
            return []
        units = self.found.old
        parts = []
        for i in gone:
            if units[i].place[:2] != before.place[:2] or not isinstance(self._old_element(i), Speech | DualDialogue):
                break
            parts.append(i)
        return parts

    def _old_element(self, i: int) -> Element:
        return self.old.body[self.found.old[i].place[0]]

    def _element_of(self, place: int) -> int:
        return self.found.new[place].place[0] if place >= 0 else -1

    def _elements(self, gone: Iterable[int]) -> Iterator[Any]:
        """The elements of the old draft that were cut, as far as they were."""
        for number, some in groupby(gone, key=lambda i: self.found.old[i].place[0]):
            places = list(some)
            element = self.old.body[number]
            if isinstance(element, Paragraph):
                yield element
                continue
            for side, units in groupby(places, key=lambda i: self.found.old[i].place[1]):
                yield _speech(element, side, [self.found.old[i] for i in units])

    # -------- the new elements

    def _element(self, place: int, element: Element) -> Element:
        match element:
            case Speech():
                return self._speech(place, 0, element)
            case DualDialogue():
                left, right = self._speech(place, 0, element.left), self._speech(place, 1, element.right)
                return DualDialogue(left=left, right=right)
            case Paragraph():
                changes: dict[str, Any] = {}
                if (place, 0, 0) in self.texts:
                    changes["text"] = self.texts[place, 0, 0]
                if place in self.numbers:
                    changes["number"] = self.numbers[place]
                return replace(element, **changes) if changes else element
            case _:
                return element

    def _speech(self, place: int, side: int, speech: Speech) -> Speech:
        cue = speech.cue
        if cue is not None and (place, side, -1) in self.texts:
            cue = replace(cue, text=self.texts[place, side, -1])
        parts: list[Part] = [cut for part, cut in self.inside.get((place, side), ()) if part < 0]
        for number, one in enumerate(speech.parts):
            text = self.texts.get((place, side, number))
            parts.append(replace(one, text=text) if text is not None and isinstance(one, Paragraph) else one)
            parts.extend(cut for part, cut in self.inside.get((place, side), ()) if part == number)
        return Speech(cue=cue, parts=tuple(parts))


def _speech(element: Any, side: int, units: Sequence[Unit]) -> Speech:
    """Of a speech its paragraphs among the units, and all of it if they are all."""
    speech = element if isinstance(element, Speech) else (element.left, element.right)[side]
    there = {unit.place[2] for unit in units}
    cue = speech.cue if -1 in there else None
    parts = tuple(
        part for number, part in enumerate(speech.parts) if number in there or not isinstance(part, Paragraph) and cue
    )
    return Speech(cue=cue, parts=parts)


def _has_sets(paragraph: Paragraph) -> bool:
    return any(isinstance(one, Run) and one.revision is not None for one in paragraph.text)
