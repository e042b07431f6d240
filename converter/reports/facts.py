"""What reports count, gathered once: scenes with their pages and lengths, speeches with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, ignore
from converter.layout.paginate import Pages, SceneLength, paginate
from converter.normal import normal
from converter.records import dataclass, field
from converter.reports.headings import Split, split
from converter.terms import cue_name, is_omitted, split_cue
from converter.tree import (
    Dialogue,
    DualDialogue,
    Element,
    Lyric,
    NewAct,
    Paragraph,
    Parenthetical,
    Position,
    Run,
    Scene,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    scenes,
    words,
)

_OFF_STAGE = ("V.O", "VO", "VOICE", "OFF")  # heard, and not there; O.S. is there and not in the picture


@dataclass(slots=True, kw_only=True)
class SpeechFact:
    """One speech of a script. `number` counts from 1; `scene` is the place of its scene in the list."""

    number: int
    scene: int
    name: str
    extensions: tuple[str, ...]
    said: str  # the dialogue, a line each
    parentheticals: str
    words: int
    lines: int  # on the page, with cue and parentheticals
    page: str | None  # where its cue stands
    last_page: str | None

    @property
    def is_heard_only(self) -> bool:
        """A voice over: the actor speaks and is not there."""
        return any(extension.strip("() ").upper().startswith(_OFF_STAGE) for extension in self.extensions)


@dataclass(slots=True, kw_only=True)
class SceneFact:
    """`number` is the script's own or, where it has none, counted by us (`is_counted`). Eighths of a page."""

    number: str
    is_counted: bool
    heading: str  # empty: what stands before the first heading
    split: Split
    page: str | None
    eighths: int
    is_omitted: bool
    synopsis: str
    color: str | None
    act: str
    revision: str  # the newest set that marked a line of it
    words: int
    speech_words: int
    speeches: list[SpeechFact] = field(default_factory=list)
    tags: dict[str, list[str]] = field(default_factory=dict)  # labels by category, as first met
    at: Position | None = None

    @property
    def speaking(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.speeches))

    @property
    def present(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.speeches if not one.is_heard_only))


@dataclass(slots=True, kw_only=True)
class Facts:
    title: str
    scenes: list[SceneFact]
    pages: int
    cast: list[str]  # who speaks, the largest part first
    numbers: dict[str, int] = field(default_factory=dict)  # of the whole cast, fixed for the production

    def speeches(self) -> Iterator[SpeechFact]:
        for scene in self.scenes:
            yield from scene.speeches

    def cast_numbers(self) -> dict[str, int]:
        """As on a strip board: the largest part of the whole script is 1, whichever scenes are asked for."""
        return {name: self.numbers[name] for name in self.cast}


def facts_of(screenplay: Screenplay, report: Report = ignore, limits: Limits = DEFAULT_LIMITS) -> Facts:
    """Raises LimitError for more pages than `limits.output_pages`. Doubtful headings and near-equal names are told."""
    screenplay = normal(screenplay)
    pages = paginate(screenplay, limits=limits)
    facts = _Gatherer(screenplay, pages, limits).facts()
    _report_headings(facts, report)
    _report_names(facts.cast, report)
    return facts


class _Gatherer:
    def __init__(self, screenplay: Screenplay, pages: Pages, limits: Limits):
        self._screenplay = screenplay
        self._count = pages.count
        self._lengths = {length.heading: length for length in pages.scenes}
        self._first: dict[int, str | None] = {}  # page of a paragraph's first line
        self._last: dict[int, str | None] = {}
        self._lines: Counter[int] = Counter()
        for page in pages.whole:
            for line in page.lines:
                if line.paragraph is not None and not line.generated:
                    self._first.setdefault(line.paragraph, page.label)
                    self._last[line.paragraph] = page.label
                    self._lines[line.paragraph] += 1
        self._sets = {one.id: one.name for one in screenplay.revisions.sets} if screenplay.revisions else {}
        self._ranks = {id_: rank for rank, id_ in enumerate(self._sets)}
        self._tags = {tag.number: tag for tag in screenplay.tags}
        self._paragraphs = count()  # as tree.paragraphs counts them
        self._speeches = count(1)
        self._deadline = limits.deadline()

    def facts(self) -> Facts:
        headings = count()
        found: list[SceneFact] = []
        act = ""
        own = {one.heading.number for one in scenes(self._screenplay) if one.heading and one.heading.number}
        counted = (str(number) for number in count(1) if str(number) not in own)
        for place, scene in enumerate(scenes(self._screenplay)):
            if place % 200 == 0:
                self._deadline.check()
            length = self._lengths.get(next(headings)) if scene.heading is not None else None
            number = scene.heading.number if scene.heading is not None else ""
            is_counted = number is None
            fact = self._scene(scene, place, length, number if number is not None else next(counted))
            fact.is_counted = is_counted
            fact.act, act = _acts(scene.elements, act)
            found.append(fact)
        sizes = Counter[str]()
        for fact in found:
            for speech in fact.speeches:
                sizes[speech.name] += speech.words or 1
        cast = [name for name, _ in sizes.most_common()]
        numbers = {name: number for number, name in enumerate(cast, 1)}
        return Facts(title=_title(self._screenplay), scenes=found, pages=self._count, cast=cast, numbers=numbers)

    def _scene(self, scene: Scene, place: int, length: SceneLength | None, number: str) -> SceneFact:
        heading = scene.heading
        said = " ".join(words(heading.text).split()) if heading is not None else ""
        fact = SceneFact(
            number=number,
            is_counted=False,
            heading=said,
            split=Split("", "", "", "", True) if heading is not None and is_omitted(heading) else split(said),
            page=length.page if length is not None else None,
            eighths=length.eighths if length is not None else 0,
            is_omitted=heading is not None and is_omitted(heading),
            synopsis="",
            color=heading.color if heading is not None else None,
            act="",
            revision="",
            words=0,
            speech_words=0,
            at=heading.at if heading is not None else None,
        )
        revised: set[int] = set()
        if heading is not None:
            self._count_paragraph(heading, fact, revised)
        for element in scene.elements:
            self._element(element, place, fact, revised)
        newest = max(revised, key=lambda one: self._ranks.get(one, -1), default=None)
        fact.revision = self._sets.get(newest, "") if newest is not None else ""
        return fact

    def _element(self, element: Element, place: int, fact: SceneFact, revised: set[int]) -> None:
        match element:
            case Speech():
                self._speech(element, place, fact, revised)
            case DualDialogue():
                self._speech(element.left, place, fact, revised)
                self._speech(element.right, place, fact, revised)
            case Synopsis():
                next(self._paragraphs)
                fact.synopsis = "\n".join(filter(None, (fact.synopsis, words(element.text).strip())))
            case Section():
                next(self._paragraphs)
            case Paragraph():
                self._count_paragraph(element, fact, revised)
            case _:
                pass

    def _count_paragraph(self, paragraph: Paragraph, fact: SceneFact, revised: set[int]) -> int:
        number = next(self._paragraphs)
        fact.words += len(words(paragraph.text).split())
        for inline in paragraph.text:
            if isinstance(inline, Run):
                if inline.revision is not None:
                    revised.add(inline.revision)
                self._tagged(inline, fact)
        return number

    def _tagged(self, run: Run, fact: SceneFact) -> None:
        for number in run.tags:
            tag = self._tags.get(number)
            if tag is not None:
                labels = fact.tags.setdefault(tag.category, [])
                if tag.label not in labels:
                    labels.append(tag.label)

    def _speech(self, speech: Speech, place: int, fact: SceneFact, revised: set[int]) -> None:
        parts: list[Paragraph] = [*filter(None, [speech.cue]), *(p for p in speech.parts if isinstance(p, Paragraph))]
        numbers = [self._count_paragraph(part, fact, revised) for part in parts]
        if speech.cue is None or not numbers:
            return
        said = [words(part.text) for part in parts if isinstance(part, Dialogue | Lyric)]
        aside = [words(part.text) for part in parts if isinstance(part, Parenthetical)]
        count_ = sum(len(one.split()) for one in said)
        fact.speech_words += count_
        fact.speeches.append(
            SpeechFact(
                number=next(self._speeches),
                scene=place,
                name=cue_name(speech.cue),
                extensions=split_cue(words(speech.cue.text)).extensions,
                said="\n".join(said),
                parentheticals=" ".join(aside),
                words=count_,
                lines=sum(self._lines[number] for number in numbers),
                page=self._first.get(numbers[0]),
                last_page=self._last.get(numbers[-1], self._first.get(numbers[0])),
            )
        )


def _acts(elements: Sequence[Element], before: str) -> tuple[str, str]:
    """The act that a scene is in, and the one that the next is in: an act's heading stands at the end of a scene."""
    heads = [" ".join(words(one.text).split()) for one in elements if isinstance(one, NewAct)]
    return before, heads[-1] if heads else before


def _title(screenplay: Screenplay) -> str:
    for one in screenplay.title_page.fields if screenplay.title_page else ():
        if one.name.lower() == "title":
            return " ".join(" ".join(map(words, one.lines)).split())
    return ""


# ---------------------------------------------------------------- what is doubtful


def _report_headings(facts: Facts, report: Report) -> None:
    for scene in facts.scenes:
        if scene.heading and not scene.is_omitted and not scene.split.is_sure:
            message = f"It is not clear what in {scene.heading[:80]!r} is the place and what the time."
            report(Diagnostic(Kind.GUESS, "report.heading", message, scene.at))


def _report_names(cast: Sequence[str], report: Report) -> None:
    for one, other in near_names(cast):
        message = f"{one} and {other} may be one character; they are counted as two."
        report(Diagnostic(Kind.WARNING, "report.near-names", message))


_LONG_ENOUGH = 4  # letters, so that ANN and DAN are two people
_MOST_NAMES = 2_000


def near_names(cast: Sequence[str]) -> list[tuple[str, str]]:
    """Names that differ in one letter, in time that grows with their number: each is looked up with a letter gone."""
    names = [name for name in cast[:_MOST_NAMES] if len(name) >= _LONG_ENOUGH and not any(map(str.isdigit, name))]
    keys: dict[str, list[str]] = {}
    for name in names:
        for place in range(len(name) + 1):
            keys.setdefault(name[:place] + name[place + 1 :], []).append(name)
    pairs = {
        (one, other)
        for same in keys.values()
        for one in same
        for other in same
        if one != other and _is_near(one, other)
    }
    pairs |= set(_parts_of_others(names))
    rank = {name: place for place, name in enumerate(cast)}
    ordered = {(one, other) for one, other in pairs if rank[one] < rank[other]}
    return sorted(ordered, key=lambda pair: (rank[pair[0]], rank[pair[1]]))


def _parts_of_others(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """MARA and MARA QUILL: one word, with which another name begins or ends."""
    known = set(names)
    for name in names:
        parts = name.split()
        for word in {parts[0], parts[-1]} & known if len(parts) > 1 else ():
            yield from ((name, word), (word, name))


def _is_near(one: str, other: str) -> bool:
    """One letter changed, added or left out."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]
