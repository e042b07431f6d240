"""Paragraphs and where they stand to the elements of a screenplay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from converter.contract import Diagnostic, Kind, Report
from converter.records import dataclass, field, replace
from converter.recovery.pages.blocks import SHOT, SPOKEN, Slot, Unit, is_heading, is_italic
from converter.recovery.pages.measures import Measures, is_capitals
from converter.recovery.pages.placed import cut
from converter.recovery.pages.wrapped import joint
from converter.terms import CONTINUED, HEADING_INTRO, Continuity
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    CastList,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    Inline,
    LineBreak,
    Lyric,
    NewAct,
    PageMark,
    Parenthetical,
    Part,
    Run,
    SceneHeading,
    Shot,
    Speech,
    Style,
    Text,
    Transition,
    words,
)

REVISION = 1


@dataclass(slots=True)
class Recovered:
    """The body, and what was found out about the pages on the way."""

    body: list[Element] = field(default_factory=list)
    is_revised: bool = False
    prints_continued: bool = True  # (CONT'D) where a speaker goes on after action


class Elements:
    """Names the paragraphs of a document one after the other."""

    def __init__(
        self,
        units: Sequence[Unit],
        measures: Measures,
        labels: Sequence[str | None],
        bookmarks: Sequence[str],
        report: Report,
    ):
        self._sings = _has_sure_lyrics(units, measures)
        self.units = _songs_apart(units, self._sings)
        self.measures = measures
        self.labels = labels  # of pages that keep their label, by page; None for the others
        self.report = report
        self._bookmarks = {words for title in bookmarks for words in _bookmarked(title)}
        self.out = Recovered()
        self._numbers_speeches = _numbers_speeches(units)
        self._times = {_time_of(unit.text) for unit in units if is_heading(unit, measures)} - {""}
        self._marked = -1  # the last page that has its mark

    def run(self) -> Recovered:
        place = 0
        while place < len(self.units):
            unit = self.units[place]
            self._empty_lines(place)
            if unit.pair:
                place = self._pair(place)
            elif unit.slot is Slot.CUE or self._is_speech_without_cue(place):
                end = self._speech_end(place)
                self.out.body.extend(self._page_marks(unit))
                self.out.body.append(self._speech(self.units[place:end]))
                place = end
            else:
                self._block(place)
                place += 1
        self._without_automatic_continued()
        return self.out

    # -------- blank lines

    def _empty_lines(self, place: int) -> None:
        """More blank lines than an element has above it were typed, each as an empty paragraph."""
        unit = self.units[place]
        if not self.measures.is_known or place == 0 and not unit.top:
            return
        usual = self._usual_blank(place)
        if unit.top:
            # At the top of a page the first empty paragraph takes one line, and what follows has its own above it.
            if unit.blank <= usual or unit.slot is Slot.CENTER and unit.is_underlined:
                return
            extra = unit.blank - usual + 1
        else:
            extra = unit.blank - usual
        self.out.body.extend(Action(at=unit.at) for _ in range(max(0, extra) // 2))
        if extra > 0 and extra % 2:
            self.out.body.append(General(at=unit.at))

    def _usual_blank(self, place: int) -> int:
        unit = self.units[place]
        if unit.slot is Slot.MARGIN:
            if self._is_heading(unit):
                return self.measures.heading_blank
            return 0 if unit.blank == 0 else 1
        if unit.slot is Slot.CENTER and self._is_act(unit):
            return 2
        if unit.slot is Slot.DIALOGUE and not unit.is_italic:
            return 0
        return 1

    # -------- speeches

    def _is_speech_without_cue(self, place: int) -> bool:
        unit = self.units[place]
        return unit.slot in SPOKEN and not (
            unit.slot is Slot.DIALOGUE and unit.is_italic and (unit.blank or unit.alone)
        )

    def _speech_end(self, place: int) -> int:
        end = place + 1
        while end < len(self.units):
            unit = self.units[end]
            if unit.slot not in (Slot.DIALOGUE, Slot.BRACKET) or unit.pair or unit.numbers:
                break
            if (unit.blank or unit.alone) and unit.slot is Slot.DIALOGUE and unit.is_italic:
                break  # a verse of its own
            end += 1
        return end

    def _speech(self, units: Sequence[Unit]) -> Speech:
        cue: Character | None = None
        parts: list[Part] = []
        for place, unit in enumerate(units):
            if place:
                parts.extend(self._page_marks(unit))
            if unit.slot is Slot.CUE:
                number = None if self._numbers_speeches else _number(unit)
                cue = Character(text=self._text(unit), number=number, at=unit.at)
            elif unit.slot is Slot.BRACKET:
                parts.append(Parenthetical(text=self._text(unit), at=unit.at))
            elif unit.is_italic and self._is_sung(unit):
                turn_as_verse(unit, self.measures)
                parts.append(Lyric(text=self._text(unit, Style.ITALIC), at=unit.at))
            else:
                parts.append(Dialogue(text=self._text(unit), at=unit.at))
        return Speech(cue=cue, parts=tuple(parts))

    def _is_sung(self, unit: Unit) -> bool:
        return _is_verse(unit, self.measures) or self._sings

    def _pair(self, place: int) -> int:
        pair = self.units[place].pair
        end = place
        while end < len(self.units) and self.units[end].pair == pair:
            end += 1
        units = self.units[place:end]
        self.out.body.extend(self._page_marks(units[0]))
        left, right = (self._speech([unit for unit in units if unit.side == side]) for side in (1, 2))
        self.out.body.append(DualDialogue(left=left, right=right))
        return end

    # -------- other paragraphs

    def _block(self, place: int) -> None:
        unit = self.units[place]
        self.out.body.extend(self._page_marks(unit))
        number = _number(unit)
        match unit.slot:
            case Slot.MARGIN:
                self.out.body.append(self._margin(place, number))
            case Slot.RIGHT_STOP:
                self.out.body.append(Transition(text=self._text(unit), number=number, at=unit.at))
            case Slot.RIGHT | Slot.ELSEWHERE | Slot.CENTER if self._reads_as_transition(unit):
                self.out.body.append(Transition(text=self._text(unit), number=number, at=unit.at))
            case Slot.CENTER:
                self.out.body.append(self._centered(unit, number))
            case Slot.RIGHT:
                self.out.body.append(Action(text=self._text(unit), align=Align.RIGHT, number=number, at=unit.at))
            case Slot.ELSEWHERE:
                self._report_unusual(unit)
                self.out.body.append(Action(text=self._text(unit), number=number, at=unit.at))
            case Slot.DIALOGUE:
                turn_as_verse(unit, self.measures)
                self.out.body.append(Lyric(text=self._text(unit, Style.ITALIC), number=number, at=unit.at))
            case Slot.CUE | Slot.BRACKET:
                raise AssertionError("a speech is no block")
            case _:
                assert_never(unit.slot)

    def _margin(self, place: int, number: str | None) -> Element:
        unit, m = self.units[place], self.measures
        text = unit.text
        capitals = is_capitals(text)
        if unit.guess == "page":
            self._report_page(unit)
        if self._is_heading(unit) or self._reads_as_heading(unit):
            return SceneHeading(text=self._text(unit), number=number, at=unit.at)
        if capitals and SHOT.match(text) and len(unit.sets) < 3 and text[-1] not in ".!?":
            return Shot(text=self._text(unit), number=number, at=unit.at)
        if not m.is_known and capitals and _LEFT_TRANSITION.fullmatch(text):
            return Transition(text=self._text(unit), number=number, at=unit.at)
        if m.is_known and unit.blank == 0 and not unit.top and place:
            above = self.units[place - 1]
            if capitals and (self._is_heading(above) or above.slot is Slot.MARGIN and SHOT.match(above.text)):
                return CastList(text=self._text(unit), number=number, at=unit.at)
            return General(text=self._text(unit), number=number, at=unit.at)
        return Action(text=self._text(unit), number=number, at=unit.at)

    def _is_heading(self, unit: Unit) -> bool:
        """At the top of a page no room above shows a heading; then its words must, in whatever language."""
        if is_heading(unit, self.measures):
            return True
        if unit.slot is Slot.MARGIN and is_capitals(unit.text) and " ".join(unit.text.split()) in self._bookmarks:
            return True
        if not unit.top or unit.slot is not Slot.MARGIN or not is_capitals(unit.text):
            return False
        return bool(_FOREIGN_INTRO.match(unit.text)) or _time_of(unit.text) in self._times

    def _reads_as_heading(self, unit: Unit) -> bool:
        """A heading in small letters: only in documents of which we know no better."""
        text = unit.text
        if self.measures.is_known or len(unit.sets) > 2 or not HEADING_INTRO.match(text):
            return False
        return text[3:4] in ". /" and (bool(unit.numbers) or " - " in text or text[:3] in ("INT", "EXT"))

    def _reads_as_transition(self, unit: Unit) -> bool:
        """Its words say so, and it stands in the right half of the page."""
        m = self.measures
        return unit.sets[0].piece.x > m.center and bool(_LEFT_TRANSITION.fullmatch(unit.text))

    def _centered(self, unit: Unit, number: str | None) -> Element:
        if self._is_act(unit):
            text = self._text(unit, Style.UNDERLINE)
            if (unit.top or _NEW_ACT.match(unit.text)) and not _END_OF_ACT.match(unit.text):
                return NewAct(text=text, number=number, at=unit.at)
            return EndOfAct(text=text, number=number, at=unit.at)
        return Action(text=self._text(unit), align=Align.CENTER, number=number, at=unit.at)

    def _is_act(self, unit: Unit) -> bool:
        if not is_capitals(unit.text) or len(unit.sets) > 2:
            return False
        return unit.is_underlined or not self.measures.is_known and bool(_ACT.match(unit.text))

    # -------- text

    def _text(self, unit: Unit, usual: Style = NO_STYLE) -> Text:
        """The words of a paragraph, without the style that its element has anyway."""
        out: list[Inline] = []
        for place, one in enumerate(unit.sets):
            runs = tuple(self._run(run, one.mark, usual) for run in one.piece.runs)
            if one.before[:1] == "\n":
                out.extend(LineBreak() for _ in one.before)
            elif one.before:
                out.append(_between(out[-1], runs[0], one.before))
            if place and one.starts_page:
                out.extend(self._mark_of_page(one.page, unit))
            out.extend(runs)
        return tuple(out)

    def _run(self, run: Run, mark: str | None, usual: Style) -> Run:
        if mark is None and not run.style & usual:
            return run
        self.out.is_revised |= mark is not None
        return replace(run, style=run.style & ~usual, revision=None if mark is None else REVISION)

    def _page_marks(self, unit: Unit) -> list[PageMark]:
        return self._mark_of_page(unit.sets[0].page, unit)

    def _mark_of_page(self, page: int, unit: Unit) -> list[PageMark]:
        if page <= self._marked:
            return []
        self._marked = page
        label = self.labels[page]
        return [] if label is None else [PageMark(label=label, locked=True, at=unit.at)]

    # -------- (CONT'D)

    def _without_automatic_continued(self) -> None:
        """Takes away what the page adds by itself: the layout adds it again."""
        added = missing = 0
        body = self.out.body
        changed: list[tuple[int, Element]] = []
        for place, (names, automatic) in _continuity(body):
            printed = [CONTINUED.search(name) is not None for name in names]
            added += sum(a and p for a, p in zip(automatic, printed, strict=True))
            missing += sum(a and not p for a, p in zip(automatic, printed, strict=True))
            if any(a and p for a, p in zip(automatic, printed, strict=True)):
                changed.append((place, _without_labels(body[place], automatic)))
        if missing > added:
            self.out.prints_continued = False
            return
        for place, element in changed:
            body[place] = element

    # -------- reports

    def _report_unusual(self, unit: Unit) -> None:
        message = f"Took {unit.text[:60]!r} for action, since it stands where nothing else does; it could be a heading."
        self.report(Diagnostic(Kind.GUESS, "pdf.unusual-place", message, unit.at))

    def _report_page(self, unit: Unit) -> None:
        whole = any(one.starts_page for one in unit.sets[1:])
        what = "one paragraph" if whole else "two paragraphs"
        other = "two paragraphs" if whole else "one paragraph"
        message = f"Action goes on over the page; took it for {what}, it could be {other}: {unit.text[-60:]!r}."
        self.report(Diagnostic(Kind.GUESS, "pdf.cut-by-page", message, unit.at))


# A short word with a full stop, a place, a dash and a time; in East Asia a place with the time in wide brackets.
_FOREIGN_INTRO = re.compile(
    r"[^\W\d_]{1,5}\.(?:\s?/\s?[^\W\d_]{1,5}\.)?\s.{2,80}\s[-–—]\s | [^。]{1,40}（[^（）]{1,10}）$", re.VERBOSE
)


def _time_of(text: str) -> str:
    """What stands behind the last dash of a heading: NIGHT."""
    return text.rpartition(" - ")[2].strip() if " - " in text else ""


_LEFT_TRANSITION = re.compile(r"(?:[A-Z ]{1,24}\bTO:|FADE (?:IN|OUT)[.:]?|[A-Z ]{0,16}\bCUT:)")
_END_OF_ACT = re.compile(r"END\b")
_NEW_ACT = re.compile(r"(?:ACT\b|TEASER|COLD OPEN|PROLOGUE|TAG\b)")
_ACT = re.compile(
    r"(?:END OF )?(?:ACT (?:[IVX]{1,4}|\d{1,2}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT)|TEASER|COLD OPEN|TAG)\b"
)


def _bookmarked(title: str) -> tuple[str, str]:
    """The words of a bookmark in capitals, with and without the number before them."""
    words = title.upper().split()
    return " ".join(words), " ".join(words[1:])


def _number(unit: Unit) -> str | None:
    return unit.numbers[0] if unit.numbers else None


def _between(before: Inline, after: Run, blank: str) -> Run:
    """The blank at which a line turned is set as both its neighbours are."""
    assert isinstance(before, Run)
    return replace(after, text=blank, style=before.style & after.style, revision=after.revision and before.revision)


def _is_verse(unit: Unit, measures: Measures) -> bool:
    """Lines longer than speech ever is, or several lines each of which was ended by its author."""
    if any(one.piece.length > measures.dialogue_columns + 1 for one in unit.sets):
        return True
    return len(unit.sets) > 1 and all(one.before[:1] == "\n" for one in unit.sets[1:])


def turn_as_verse(unit: Unit, measures: Measures) -> None:
    """Sung lines are wider than spoken ones, so more of them were ended by their author; most begin with a capital."""
    columns = measures.dual_columns if unit.pair else measures.lyric_columns
    for above, one in zip(unit.sets, unit.sets[1:], strict=False):
        if len(one.before) < 2 and not one.starts_page:
            piece, text = above.piece, one.piece.text
            begins = piece.text[-1] in ",.;:!?" and (text[0].isupper() or one.piece.length > 0.6 * piece.length)
            one.before = "\n" if begins else joint(piece.text, piece.length, text, columns, measures.habits)


def _has_sure_lyrics(units: Sequence[Unit], measures: Measures) -> bool:
    """Does somebody surely sing here? Then words all in italics are sung too."""
    italic = [unit for unit in units if unit.slot is Slot.DIALOGUE and unit.is_italic]
    return any(_is_verse(unit, measures) or unit.blank for unit in italic)


def _songs_apart(units: Sequence[Unit], sings: bool) -> list[Unit]:
    """Rows in italics from a sentence's end to the end of a speech are a song, where surely somebody sings."""
    out: list[Unit] = []
    for unit in units:
        out.append(unit)
        start = _song_start(unit) if unit.slot is Slot.DIALOGUE else 0
        lines = unit.sets[start + 1 :]
        if start and (sings or lines and all(one.before[:1] == "\n" for one in lines)):
            song = replace(unit, sets=[replace(unit.sets[start], before=""), *lines], blank=0, top=False)
            out[-1] = replace(unit, sets=unit.sets[:start])
            out.append(replace(song, alone=False))
    return out


def _song_start(unit: Unit) -> int:
    start = len(unit.sets)
    while start and is_italic(unit.sets[start - 1].piece):
        start -= 1
    if start == len(unit.sets) or not start or unit.sets[start - 1].piece.text[-1] not in ".?!":
        return 0
    return start


def _numbers_speeches(units: Sequence[Unit]) -> bool:
    """Numbers beside every cue that count from 1 were put there by the page."""
    numbers = [unit.numbers[0] if unit.numbers else "" for unit in units if unit.slot is Slot.CUE]
    return len(numbers) > 2 and numbers == [str(place) for place in range(1, len(numbers) + 1)]


def _continuity(body: Sequence[Element]) -> Iterator[tuple[int, tuple[list[str], tuple[bool, ...]]]]:
    """For each speech the cues as printed, and whether the page would mark them."""
    continuity = Continuity()
    for place, element in enumerate(body):
        match element:
            case SceneHeading() | NewAct():
                continuity.new_scene()
            case Speech(cue=Character() as cue):
                names = [words(cue.text)]
                yield place, (names, continuity.speech(*map(_bare, names)))
            case Speech():
                pass
            case DualDialogue(left=left, right=right):
                names = [words(one.cue.text) if one.cue else "" for one in (left, right)]
                yield place, (names, continuity.speech(*map(_bare, names)))
            case _:
                pass


_FINAL_CONTINUED = re.compile(r"\s{0,4}\(\s?CONT['’]D\s?\)$", re.IGNORECASE)


def _bare(name: str) -> str:
    return _FINAL_CONTINUED.sub("", name)


def _without_labels(element: Element, automatic: tuple[bool, ...]) -> Element:
    match element:
        case Speech():
            return _without_label(element)
        case DualDialogue(left=left, right=right):
            return DualDialogue(
                left=_without_label(left) if automatic[0] else left,
                right=_without_label(right) if automatic[1] else right,
            )
        case _:
            return element


def _without_label(speech: Speech) -> Speech:
    cue = speech.cue
    if cue is None:
        return speech
    name = _bare(words(cue.text))
    runs = [inline for inline in cue.text if isinstance(inline, Run)]
    return replace(speech, cue=replace(cue, text=cut(runs, 0, len(name))))
