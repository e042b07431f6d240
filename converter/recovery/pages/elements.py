"""Paragraphs and where they stand to the elements of a screenplay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from converter.contract import Diagnostic, Kind, Report
from converter.records import dataclass, field, replace
from converter.recovery.pages.measures import Measures
from converter.recovery.pages.placed import cut
from converter.recovery.pages.placed_paragraph import SHOT, SPOKEN, PlacedParagraph, Slot, is_heading, is_italic
from converter.recovery.pages.wrapped import joint
from converter.terms import CONTINUED, HEADING_INTRO, Continuity, cue_as_seen, is_capitals
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
        paragraphs: Sequence[PlacedParagraph],
        measures: Measures,
        labels: Sequence[str | None],
        bookmarks: Sequence[str],
        report: Report,
    ):
        self._sings = _has_sure_lyrics(paragraphs, measures)
        self.paragraphs = _songs_apart(paragraphs, self._sings)
        self.measures = measures
        self.labels = labels  # of pages that keep their label, by page; None for the others
        self.report = report
        self._bookmarks = {words for title in bookmarks for words in _bookmarked(title)}
        self.out = Recovered()
        self._numbers_speeches = _numbers_speeches(paragraphs)
        self._times = {_time_of(paragraph.text) for paragraph in paragraphs if is_heading(paragraph, measures)} - {""}
        self._marked = -1  # the last page that has its mark

    def run(self) -> Recovered:
        place = 0
        while place < len(self.paragraphs):
            paragraph = self.paragraphs[place]
            self._empty_lines(place)
            if paragraph.pair:
                place = self._pair(place)
            elif paragraph.slot is Slot.CUE or self._is_speech_without_cue(place):
                end = self._speech_end(place)
                self.out.body.extend(self._page_marks(paragraph))
                self.out.body.append(self._speech(self.paragraphs[place:end]))
                place = end
            else:
                self._other(place)
                place += 1
        self._without_automatic_continued()
        return self.out

    # -------- blank lines

    def _empty_lines(self, place: int) -> None:
        """More blank lines than an element has above it were typed, each as an empty paragraph."""
        paragraph = self.paragraphs[place]
        if not self.measures.is_known or place == 0 and not paragraph.top:
            return
        extra = max(0, paragraph.blank - self._usual_blank(place))
        if paragraph.top and extra:
            # At the top of a page the first empty paragraph takes one line, and what follows has its own above it.
            is_act = paragraph.slot is Slot.CENTER and paragraph.is_underlined
            extra = 0 if is_act else extra + 1
        self.out.body.extend(Action(at=paragraph.at) for _ in range(extra // 2))
        if extra % 2:
            self.out.body.append(General(at=paragraph.at))

    def _usual_blank(self, place: int) -> int:
        paragraph = self.paragraphs[place]
        if paragraph.slot is Slot.MARGIN:
            if self._is_heading(paragraph):
                return self.measures.heading_blank
            return 0 if paragraph.blank == 0 else 1
        if paragraph.slot is Slot.CENTER and self._is_act(paragraph):
            return 2
        if paragraph.slot is Slot.DIALOGUE and not paragraph.is_italic:
            return 0
        return 1

    # -------- speeches

    def _is_speech_without_cue(self, place: int) -> bool:
        paragraph = self.paragraphs[place]
        return paragraph.slot in SPOKEN and not (
            paragraph.slot is Slot.DIALOGUE and paragraph.is_italic and (paragraph.blank or paragraph.alone)
        )

    def _speech_end(self, place: int) -> int:
        end = place + 1
        while end < len(self.paragraphs):
            paragraph = self.paragraphs[end]
            if paragraph.slot not in (Slot.DIALOGUE, Slot.BRACKET) or paragraph.pair or paragraph.numbers:
                break
            if (paragraph.blank or paragraph.alone) and paragraph.slot is Slot.DIALOGUE and paragraph.is_italic:
                break  # a verse of its own
            end += 1
        return end

    def _speech(self, paragraphs: Sequence[PlacedParagraph]) -> Speech:
        cue: Character | None = None
        parts: list[Part] = []
        for place, paragraph in enumerate(paragraphs):
            if place:
                parts.extend(self._page_marks(paragraph))
            if paragraph.slot is Slot.CUE:
                number = None if self._numbers_speeches else _number(paragraph)
                cue = Character(text=cue_as_seen(self._words_of(paragraph)), number=number, at=paragraph.at)
            elif paragraph.slot is Slot.BRACKET:
                parts.append(Parenthetical(text=self._words_of(paragraph), at=paragraph.at))
            elif paragraph.is_italic and self._is_sung(paragraph):
                turn_as_verse(paragraph, self.measures)
                parts.append(Lyric(text=self._words_of(paragraph, Style.ITALIC), at=paragraph.at))
            else:
                parts.append(Dialogue(text=self._words_of(paragraph), at=paragraph.at))
        return Speech(cue=cue, parts=tuple(parts))

    def _is_sung(self, paragraph: PlacedParagraph) -> bool:
        return _is_verse(paragraph, self.measures) or self._sings

    def _pair(self, place: int) -> int:
        pair = self.paragraphs[place].pair
        end = place
        while end < len(self.paragraphs) and self.paragraphs[end].pair == pair:
            end += 1
        paragraphs = self.paragraphs[place:end]
        self.out.body.extend(self._page_marks(paragraphs[0]))
        left, right = (
            self._speech([paragraph for paragraph in paragraphs if paragraph.side == side]) for side in (1, 2)
        )
        self.out.body.append(DualDialogue(left=left, right=right))
        return end

    # -------- other paragraphs

    def _other(self, place: int) -> None:
        paragraph = self.paragraphs[place]
        self.out.body.extend(self._page_marks(paragraph))
        number = _number(paragraph)
        match paragraph.slot:
            case Slot.MARGIN:
                self.out.body.append(self._margin(place, number))
            case Slot.RIGHT_STOP:
                self.out.body.append(Transition(text=self._words_of(paragraph), number=number, at=paragraph.at))
            case Slot.RIGHT | Slot.ELSEWHERE | Slot.CENTER if self._reads_as_transition(paragraph):
                self.out.body.append(Transition(text=self._words_of(paragraph), number=number, at=paragraph.at))
            case Slot.CENTER:
                self.out.body.append(self._centered(paragraph, number))
            case Slot.RIGHT:
                self.out.body.append(
                    Action(text=self._words_of(paragraph), align=Align.RIGHT, number=number, at=paragraph.at)
                )
            case Slot.ELSEWHERE:
                self._report_unusual(paragraph)
                self.out.body.append(Action(text=self._words_of(paragraph), number=number, at=paragraph.at))
            case Slot.DIALOGUE:
                turn_as_verse(paragraph, self.measures)
                self.out.body.append(
                    Lyric(text=self._words_of(paragraph, Style.ITALIC), number=number, at=paragraph.at)
                )
            case Slot.CUE | Slot.BRACKET:
                raise AssertionError("speeches are read before")
            case _:
                assert_never(paragraph.slot)

    def _margin(self, place: int, number: str | None) -> Element:
        paragraph = self.paragraphs[place]
        if paragraph.guess == "page":
            self._report_page(paragraph)
        made = self._kind_at_margin(place)
        return made(text=self._words_of(paragraph), number=number, at=paragraph.at)

    def _kind_at_margin(self, place: int) -> type[SceneHeading | Shot | Transition | CastList | General | Action]:
        paragraph, m = self.paragraphs[place], self.measures
        if self._is_heading(paragraph) or self._reads_as_heading(paragraph):
            return SceneHeading
        capitals = is_capitals(paragraph.text)
        if capitals and _is_shot(paragraph):
            return Shot
        if not m.is_known:
            return Transition if capitals and _LEFT_TRANSITION.fullmatch(paragraph.text) else Action
        if place == 0 or paragraph.blank or paragraph.top:
            return Action
        return CastList if capitals and self._is_heading_or_shot(self.paragraphs[place - 1]) else General

    def _is_heading_or_shot(self, paragraph: PlacedParagraph) -> bool:
        return self._is_heading(paragraph) or paragraph.slot is Slot.MARGIN and SHOT.match(paragraph.text) is not None

    def _is_heading(self, paragraph: PlacedParagraph) -> bool:
        """At the top of a page no room above shows a heading; then its words must, in whatever language."""
        if is_heading(paragraph, self.measures):
            return True
        if (
            paragraph.slot is Slot.MARGIN
            and is_capitals(paragraph.text)
            and " ".join(paragraph.text.split()) in self._bookmarks
        ):
            return True
        if not paragraph.top or paragraph.slot is not Slot.MARGIN or not is_capitals(paragraph.text):
            return False
        return bool(_FOREIGN_INTRO.match(paragraph.text)) or _time_of(paragraph.text) in self._times

    def _reads_as_heading(self, paragraph: PlacedParagraph) -> bool:
        """A heading in small letters: only in documents of which we know no better."""
        text = paragraph.text
        if self.measures.is_known or len(paragraph.rows) > 2 or not HEADING_INTRO.match(text):
            return False
        return text[3:4] in ". /" and (bool(paragraph.numbers) or " - " in text or text[:3] in ("INT", "EXT"))

    def _reads_as_transition(self, paragraph: PlacedParagraph) -> bool:
        """Its words say so, and it stands in the right half of the page."""
        m = self.measures
        return paragraph.rows[0].piece.x > m.center and bool(_LEFT_TRANSITION.fullmatch(paragraph.text))

    def _centered(self, paragraph: PlacedParagraph, number: str | None) -> Element:
        if self._is_act(paragraph):
            text = self._words_of(paragraph, Style.UNDERLINE)
            if (paragraph.top or _NEW_ACT.match(paragraph.text)) and not _END_OF_ACT.match(paragraph.text):
                return NewAct(text=text, number=number, at=paragraph.at)
            return EndOfAct(text=text, number=number, at=paragraph.at)
        return Action(text=self._words_of(paragraph), align=Align.CENTER, number=number, at=paragraph.at)

    def _is_act(self, paragraph: PlacedParagraph) -> bool:
        if not is_capitals(paragraph.text) or len(paragraph.rows) > 2:
            return False
        return paragraph.is_underlined or not self.measures.is_known and bool(_ACT.match(paragraph.text))

    # -------- text

    def _words_of(self, paragraph: PlacedParagraph, usual: Style = NO_STYLE) -> Text:
        """The words of a paragraph, without the style that its element has anyway."""
        out: list[Inline] = []
        for place, one in enumerate(paragraph.rows):
            runs = tuple(self._run(run, one.mark, usual) for run in one.piece.runs)
            if one.before[:1] == "\n":
                out.extend(LineBreak() for _ in one.before)
            elif one.before:
                out.append(_between(out[-1], runs[0], one.before))
            if place and one.starts_page:
                out.extend(self._mark_of_page(one.page, paragraph))
            out.extend(runs)
        return tuple(out)

    def _run(self, run: Run, mark: str | None, usual: Style) -> Run:
        if mark is None and not run.style & usual:
            return run
        self.out.is_revised |= mark is not None
        return replace(run, style=run.style & ~usual, revision=None if mark is None else REVISION)

    def _page_marks(self, paragraph: PlacedParagraph) -> list[PageMark]:
        return self._mark_of_page(paragraph.rows[0].page, paragraph)

    def _mark_of_page(self, page: int, paragraph: PlacedParagraph) -> list[PageMark]:
        if page <= self._marked:
            return []
        self._marked = page
        label = self.labels[page]
        return [] if label is None else [PageMark(label=label, locked=True, at=paragraph.at)]

    # -------- (CONT'D)

    def _without_automatic_continued(self) -> None:
        """Takes away what the page adds by itself: the layout adds it again."""
        added = missing = 0
        body = self.out.body
        changed: list[tuple[int, Element]] = []
        for place, (names, automatic) in _continuity(body):
            printed = [CONTINUED.search(name) is not None for name in names]
            marked = [is_printed for is_printed, wanted in zip(printed, automatic, strict=True) if wanted]
            added += sum(marked)
            missing += len(marked) - sum(marked)
            if any(marked):
                changed.append((place, _without_automatic(body[place], automatic)))
        if missing > added:
            self.out.prints_continued = False
            return
        for place, element in changed:
            body[place] = element

    # -------- reports

    def _report_unusual(self, paragraph: PlacedParagraph) -> None:
        message = (
            f"Took {paragraph.text[:60]!r} for action, since it stands where nothing else does; it could be a heading."
        )
        self.report(Diagnostic(Kind.GUESS, "pdf.unusual-place", message, paragraph.at))

    def _report_page(self, paragraph: PlacedParagraph) -> None:
        whole = any(one.starts_page for one in paragraph.rows[1:])
        what = "one paragraph" if whole else "two paragraphs"
        other = "two paragraphs" if whole else "one paragraph"
        message = f"Action goes on over the page; took it for {what}, it could be {other}: {paragraph.text[-60:]!r}."
        self.report(Diagnostic(Kind.GUESS, "pdf.cut-by-page", message, paragraph.at))


# A short word with a full stop, a place, a dash and a time; in East Asia a place with the time in wide brackets.
_FOREIGN_INTRO = re.compile(
    r"[^\W\d_]{1,5}\.(?:\s?/\s?[^\W\d_]{1,5}\.)?\s.{2,80}\s[-–—]\s | [^。]{1,40}（[^（）]{1,10}）$", re.VERBOSE
)


def _is_shot(paragraph: PlacedParagraph) -> bool:
    """The camera's place in one or two lines, and no sentence."""
    text = paragraph.text
    is_sentence = text[-1] in ".!?" and not text.endswith(("P.O.V.", "C.U."))
    return len(paragraph.rows) < 3 and not is_sentence and SHOT.match(text) is not None


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


def _number(paragraph: PlacedParagraph) -> str | None:
    return paragraph.numbers[0] if paragraph.numbers else None


def _between(before: Inline, after: Run, blank: str) -> Run:
    """The blank at which a line turned is set as both its neighbours are."""
    assert isinstance(before, Run)
    return replace(after, text=blank, style=before.style & after.style, revision=after.revision and before.revision)


def _is_verse(paragraph: PlacedParagraph, measures: Measures) -> bool:
    """Lines longer than speech ever is, or several lines each of which was ended by its author."""
    if any(one.piece.length > measures.dialogue_columns + 1 for one in paragraph.rows):
        return True
    return len(paragraph.rows) > 1 and all(one.before[:1] == "\n" for one in paragraph.rows[1:])


def turn_as_verse(paragraph: PlacedParagraph, measures: Measures) -> None:
    """Sung lines are wider than spoken ones, so more of them were ended by their author; most begin with a capital."""
    columns = measures.dual_columns if paragraph.pair else measures.lyric_columns
    for above, one in zip(paragraph.rows, paragraph.rows[1:], strict=False):
        if len(one.before) < 2 and not one.starts_page:
            piece, text = above.piece, one.piece.text
            begins = piece.text[-1] in ",.;:!?" and (text[0].isupper() or one.piece.length > 0.6 * piece.length)
            one.before = "\n" if begins else joint(piece.text, piece.length, text, columns, measures.habits)


def _has_sure_lyrics(paragraphs: Sequence[PlacedParagraph], measures: Measures) -> bool:
    """Does somebody surely sing here? Then words all in italics are sung too."""
    italic = [paragraph for paragraph in paragraphs if paragraph.slot is Slot.DIALOGUE and paragraph.is_italic]
    return any(_is_verse(paragraph, measures) or paragraph.blank for paragraph in italic)


def _songs_apart(paragraphs: Sequence[PlacedParagraph], sings: bool) -> list[PlacedParagraph]:
    """Rows in italics from a sentence's end to the end of a speech are a song, where surely somebody sings."""
    out: list[PlacedParagraph] = []
    for paragraph in paragraphs:
        out.append(paragraph)
        start = _song_start(paragraph) if paragraph.slot is Slot.DIALOGUE else 0
        lines = paragraph.rows[start + 1 :]
        if start and (sings or lines and all(one.before[:1] == "\n" for one in lines)):
            song = replace(paragraph, rows=[replace(paragraph.rows[start], before=""), *lines], blank=0, top=False)
            out[-1] = replace(paragraph, rows=paragraph.rows[:start])
            out.append(replace(song, alone=False))
    return out


def _song_start(paragraph: PlacedParagraph) -> int:
    start = len(paragraph.rows)
    while start and is_italic(paragraph.rows[start - 1].piece):
        start -= 1
    if start == len(paragraph.rows) or not start or paragraph.rows[start - 1].piece.text[-1] not in ".?!":
        return 0
    return start


def _numbers_speeches(paragraphs: Sequence[PlacedParagraph]) -> bool:
    """Numbers beside every cue that count from 1 were put there by the page."""
    numbers = [
        paragraph.numbers[0] if paragraph.numbers else "" for paragraph in paragraphs if paragraph.slot is Slot.CUE
    ]
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


def _without_automatic(element: Element, automatic: tuple[bool, ...]) -> Element:
    match element:
        case Speech():
            return _without_continued(element)
        case DualDialogue(left=left, right=right):
            return DualDialogue(
                left=_without_continued(left) if automatic[0] else left,
                right=_without_continued(right) if automatic[1] else right,
            )
        case _:
            return element


def _without_continued(speech: Speech) -> Speech:
    cue = speech.cue
    if cue is None:
        return speech
    name = _bare(words(cue.text))
    runs = [inline for inline in cue.text if isinstance(inline, Run)]
    return replace(speech, cue=replace(cue, text=cut(runs, 0, len(name))))
