"""What was carried finds its place in what was read: by what stands around it, and by the words still there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from converter.contract import Diagnostic, Kind
from converter.notation.carrying.restore import restore
from converter.records import replace
from converter.tree import (
    Action,
    Boneyard,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    General,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    TitleField,
    TitlePage,
    words,
)


class Bare:
    """A format of paragraphs, speeches and notes. It has no numbers, no dialogue below dialogue and no page breaks."""

    stale = "bare.stale"

    def title_page(self, page: TitlePage | None) -> TitlePage | None:
        return None if page is None else replace(page, sheets=())

    def element(self, element: Element) -> Sequence[Element]:
        match element:
            case Speech():
                return [self._speech(element)]
            case DualDialogue():
                return [DualDialogue(left=self._speech(element.left), right=self._speech(element.right))]
            case PageBreak() | Boneyard():
                return []
            case Note() | PageMark():
                return [self.marker(element)]
            case General(text=()):
                return []
            case General():
                return [Action(text=element.text)]
            case Action(text=(Note() as note, *rest)):  # a note stands before the words that it is about
                return [self.marker(note), self._paragraph(replace(element, text=tuple(rest)))]
            case _:
                return [self._paragraph(element)]

    def _paragraph(self, paragraph: Any) -> Any:
        return replace(paragraph, number=None)

    def _speech(self, speech: Speech) -> Speech:
        assert speech.cue
        return Speech(cue=self._paragraph(speech.cue), parts=tuple(self.parts(speech.parts)))

    def neighbours(self, elements: list[Element]) -> list[Element]:
        return elements

    def parts(self, parts: tuple[Part, ...]) -> Sequence[Part]:
        joined: list[Any] = []
        for part in parts:
            if joined and isinstance(part, Dialogue) and isinstance(joined[-1], Dialogue):
                joined[-1] = replace(joined[-1], text=(*joined[-1].text, LineBreak(), *part.text))
            else:
                joined.append(self.marker(part) if isinstance(part, Note) else self._paragraph(part))
        return joined

    def marker(self, marker: Any) -> Any:
        return replace(marker, author=None) if isinstance(marker, Note) else marker

    def hidden(self, words: str) -> Note:
        return Note(text=words)

    def alternate(self, text: Text) -> Note:
        return Note(text=words(text))


def numbered(text: str, number: str | None = None, kind: type[Any] = Action) -> Any:
    return kind(text=(Run(text=text),) if text else (), number=number)


def said(name: str, *parts: Part) -> Speech:
    return Speech(cue=numbered(name, "9", Character), parts=parts)


def placed(element: Any, line: int) -> Any:
    """With a line as its place; that of a speech is its cue's, and its parts stand ten lines further down."""
    if isinstance(element, Speech):
        parts = tuple(placed(part, line + 10) for part in element.parts)
        return replace(element, cue=placed(element.cue, line), parts=parts)
    if isinstance(element, DualDialogue):
        return replace(element, left=placed(element.left, line))
    return element if isinstance(element, PageBreak) else replace(element, at=Position(line=line))


def restored(carried: Sequence[Element], read: Sequence[Element]) -> tuple[list[Any], list[int | None]]:
    """The body, and the lines for which it is reported that something was lost."""
    report: list[Diagnostic] = []
    body = tuple(placed(one, line) for line, one in enumerate(read, 1))
    screenplay = restore(Screenplay(body=body), Screenplay(body=tuple(carried)), Bare(), report.append)
    assert {(one.kind, one.code) for one in report} <= {(Kind.WARNING, "bare.stale")}
    return list(screenplay.body), [one.at.line if one.at else None for one in report]


def shown(body: Sequence[Any]) -> list[str]:
    """`7 Rain.` for a paragraph with a number, the name of a class for what has no words."""
    return [_shown(one) for one in body]


def _shown(one: Any) -> str:
    if isinstance(one, Note):
        return f"{one.author} {one.text}"
    if isinstance(one, Paragraph):
        return f"{one.number or '-'} {words(one.text)}".rstrip()
    return type(one).__name__


LAMP = numbered("The lamp is out again.", "1")
GULLS = numbered("Gulls cry over the pier.", "2")
SNOW = numbered("Snow falls on the boats.", "3")

# What was carried (1 the lamp, 2 the gulls, 3 the snow), what was read, what comes of it, and the lines with a report.
PAIRS: dict[str, tuple[list[Element], list[str], list[str], list[int | None]]] = {
    "What was not edited comes back.": (
        [LAMP, GULLS],
        ["The lamp is out again.", "Gulls cry over the pier."],
        ["1 The lamp is out again.", "2 Gulls cry over the pier."],
        [],
    ),
    "As many edited ones are paired in their order.": (
        [LAMP, GULLS],
        ["The lamp is dark again.", "Gulls cry over the boats."],
        ["1 The lamp is dark again.", "2 Gulls cry over the boats."],
        [],
    ),
    "One that came between is left out of the pairs.": (
        [LAMP, GULLS],
        ["The lamp is dark again.", "A bell.", "Gulls cry over the boats."],
        ["1 The lamp is dark again.", "- A bell.", "2 Gulls cry over the boats."],
        [],
    ),
    "So are several before the one that was edited.": (
        [LAMP],
        ["A bell.", "A horn.", "The lamp is dark again."],
        ["- A bell.", "- A horn.", "1 The lamp is dark again."],
        [],
    ),
    "And several after it.": (
        [SNOW],
        ["Snow falls on the pier.", "A bell.", "A horn."],
        ["3 Snow falls on the pier.", "- A bell.", "- A horn."],
        [],
    ),
    "Of two that are like it the one that is more so.": (
        [LAMP],
        ["The lamp is lit.", "The lamp is dark again."],
        ["- The lamp is lit.", "1 The lamp is dark again."],
        [],
    ),
    "Of three that were carried the one that is still like it.": (
        [LAMP, GULLS, SNOW],
        ["Gulls cry over the boats."],
        ["2 Gulls cry over the boats."],
        [1, 1],
    ),
    "Two of three.": (
        [LAMP, GULLS, SNOW],
        ["The lamp is dark again.", "Snow falls on the pier."],
        ["1 The lamp is dark again.", "3 Snow falls on the pier."],
        [1],
    ),
    "Pairs do not cross.": (
        [LAMP, SNOW],
        ["Snow falls on the pier.", "A bell.", "The lamp is dark."],
        ["3 Snow falls on the pier.", "- A bell.", "- The lamp is dark."],
        [1],
    ),
    "Edits between others that stayed are paired there alone.": (
        [LAMP, GULLS, SNOW],
        ["The lamp is dark again.", "Gulls cry over the pier.", "A bell.", "Snow falls on the pier."],
        ["1 The lamp is dark again.", "2 Gulls cry over the pier.", "- A bell.", "3 Snow falls on the pier."],
        [],
    ),
    "What was rewritten is reported at the nearest one before it that stayed.": (
        [LAMP, GULLS, SNOW],
        ["The lamp is out again.", "A bell.", "Snow falls on the boats."],
        ["1 The lamp is out again.", "- A bell.", "3 Snow falls on the boats."],
        [1],
    ),
    "Or at the first of all.": (
        [LAMP, SNOW],
        ["A bell.", "A horn.", "Snow falls on the boats."],
        ["- A bell.", "- A horn.", "3 Snow falls on the boats."],
        [1],
    ),
    "Where nothing was read there is no place.": ([LAMP], [], [], [None]),
    "What was left out is reported only where the format did not have all of it.": (
        [numbered("A bell."), SNOW],
        ["Snow falls on the boats."],
        ["3 Snow falls on the boats."],
        [],
    ),
}


@pytest.mark.parametrize("sentence", PAIRS)
def test_an_edited_paragraph_is_found_by_its_neighbours_and_its_words(sentence: str) -> None:
    carried, read, now, lines = PAIRS[sentence]
    body, reported = restored(carried, [numbered(text) for text in read])
    assert (shown(body), reported) == (now, lines)


@pytest.mark.parametrize(
    ("text", "number"), [("The xxxxxxxxxxxxxxxxxx", "-"), ("The laxxxxxxxxxxxxxxx.", "1"), ("xxxx out again.", "1")]
)
def test_a_fifth_of_the_words_has_to_be_there_still(text: str, number: str) -> None:
    assert shown(restored([LAMP], [numbered(text)])[0]) == [f"{number} {text}"]


def test_another_kind_of_paragraph_is_another_paragraph() -> None:
    body, lines = restored([LAMP], [numbered("The lamp is out again!", kind=SceneHeading)])
    assert (shown(body), lines) == (["- The lamp is out again!"], [1])


def test_so_many_edits_that_pairing_them_would_take_long_are_new() -> None:
    many = [numbered(f"{number} gulls cry.", "1") for number in range(101)]
    edited = [numbered(f"{number} gulls cried.") for number in range(100)]
    body, lines = restored(many, edited)
    assert (body, len(lines)) == (edited, 101)
    body, lines = restored(many[:100], edited[:99])
    assert len([one for one in body if one.number]) == 99
    assert len(lines) == 1


# ---------------------------------------------------------------- what the format does not show


def test_what_the_format_shows_nothing_of_stays_below_what_it_stood_below() -> None:
    empty = numbered("", "4", General)
    carried = [empty, LAMP, empty, GULLS, empty]
    read = [numbered("The lamp is dark again."), numbered("A bell."), numbered("Gulls cry over the pier.")]
    body, lines = restored(carried, read)
    assert shown(body) == ["4", "1 The lamp is dark again.", "4", "- A bell.", "2 Gulls cry over the pier.", "4"]
    assert lines == []


def test_what_the_format_shows_nothing_of_goes_with_what_it_stood_below() -> None:
    body, lines = restored([LAMP, numbered("", "4", General), GULLS], [numbered("Gulls cry over the pier.")])
    assert shown(body) == ["2 Gulls cry over the pier."]
    assert lines == [1, 1]


def test_another_element_of_the_format_gives_its_original_back() -> None:
    general = numbered("To be shot at night.", "5", General)
    assert restored([general], [numbered("To be shot at night.")]) == ([general], [])
    body, lines = restored([general], [numbered("To be shot at noon.")])
    assert (body, lines) == ([numbered("To be shot at noon.", "5", General)], [])


# ---------------------------------------------------------------- notes between paragraphs


def test_an_edited_note_keeps_its_author_and_one_that_was_not_its_words() -> None:
    wet = Note(text="It is wet here.", author="Ines")
    assert shown(restored([LAMP, wet], [numbered("The lamp is out again."), Note(text="It is dry here.")])[0]) == [
        "1 The lamp is out again.",
        "Ines It is dry here.",
    ]
    assert shown(restored([wet], [Note(text="It is wet here.")])[0]) == ["Ines It is wet here."]


def test_a_note_that_the_format_has_before_its_paragraph_keeps_its_author() -> None:
    wet = Note(text="It is wet here.", author="Ines")
    lamp = Action(text=(wet, *LAMP.text), number="1")
    plain_note = Note(text="It is wet here.")
    assert restored([lamp], [plain_note, numbered("The lamp is out again.")]) == ([wet, LAMP], [])
    body, lines = restored([lamp], [plain_note, numbered("The lamp is dark again.")])
    assert (body, lines) == ([wet, numbered("The lamp is dark again.", "1")], [])
    body, lines = restored(
        [lamp, SNOW], [plain_note, numbered("A bell."), numbered("The lamp is dark."), numbered("Snow.")]
    )
    assert shown(body)[:2] == ["None It is wet here.", "- A bell."]


def test_an_edited_page_mark_is_another() -> None:
    body, lines = restored([PageMark(label="12", locked=True)], [PageMark(label="13")])
    assert (body, lines) == ([PageMark(label="13")], [])


# ---------------------------------------------------------------- speeches


def dialogue(text: str, number: str | None = None) -> Dialogue:
    return Dialogue(text=(Run(text=text),), number=number)


LOW = Parenthetical(text=(Run(text="(low)"),), number="8")


def plain(speech: Speech) -> Speech:
    assert speech.cue
    return Speech(cue=replace(speech.cue, number=None), parts=tuple(Bare().parts(speech.parts)))


def edited(speech: Speech, old: str, new: str) -> Speech:
    """As the format has it, with other words in one paragraph."""

    def change(one: Any) -> Any:
        texts = (replace(run, text=run.text.replace(old, new)) if isinstance(run, Run) else run for run in one.text)
        return replace(one, text=tuple(texts))

    bare = plain(speech)
    return Speech(cue=change(bare.cue), parts=tuple(change(one) for one in bare.parts))


SPEECH = said("ODILE", LOW, dialogue("Who is there?", "1"), dialogue("Nobody answers.", "2"))


def test_an_edit_in_a_speech_leaves_its_other_parts_alone() -> None:
    (body,), lines = restored([SPEECH], [edited(SPEECH, "Nobody", "Somebody")])
    assert body == said("ODILE", LOW, dialogue("Who is there?", "1"), dialogue("Somebody answers.", "2"))
    assert lines == []


def test_an_edited_name_keeps_what_the_format_does_not_have_of_it() -> None:
    (body,), lines = restored([SPEECH], [edited(SPEECH, "ODILE", "ODILE (O.S.)")])
    assert (shown([body.cue]), body.parts, lines) == (["9 ODILE (O.S.)"], SPEECH.parts, [])


def test_a_part_that_was_added_is_new_and_one_that_was_taken_away_is_reported() -> None:
    more = plain(SPEECH)
    more = replace(more, parts=(*more.parts, Parenthetical(text=(Run(text="(off)"),)), dialogue("Hm.")))
    (body,), lines = restored([SPEECH], [more])
    assert (body.parts, lines) == ((*SPEECH.parts, *more.parts[-2:]), [])
    (body,), lines = restored([SPEECH], [replace(more, parts=more.parts[1:2])])
    assert (body.parts, lines) == (SPEECH.parts[1:], [11])


def test_a_rewritten_part_is_reported_at_what_stands_there() -> None:
    new = replace(plain(SPEECH), parts=(LOW, dialogue("Hm.")))
    (body,), lines = restored([SPEECH], [new])
    assert (shown(body.parts), lines) == (["8 (low)", "- Hm."], [11])


def test_both_sides_of_a_dual_dialogue_take_their_edits() -> None:
    left, right = said("ODILE", dialogue("Who is there?", "1")), said("INES", dialogue("Nobody is.", "2"))
    dual = DualDialogue(left=left, right=right)
    new = DualDialogue(left=edited(left, "Who", "What"), right=edited(right, "is", "was"))
    (body,), lines = restored([dual], [new])
    assert body.left == said("ODILE", dialogue("What is there?", "1"))
    assert body.right == said("INES", dialogue("Nobody was.", "2"))
    assert lines == []


def test_a_speech_that_became_dual_is_another_and_reported_at_what_stands_there() -> None:
    dual = DualDialogue(left=plain(SPEECH), right=plain(SPEECH))
    body, lines = restored([SPEECH, LAMP], [dual, numbered("The lamp is out again.")])
    assert (body, lines) == ([dual, LAMP], [1])


@pytest.mark.parametrize(("gone", "line"), [(0, 1), (1, 1), (2, 2)])
def test_a_paragraph_that_is_gone_is_reported_at_the_one_above(gone: int, line: int) -> None:
    carried = [numbered(text, str(number)) for number, text in enumerate(("Rain falls.", "Snow lies.", "Hail comes."))]
    read = [Action(text=one.text) for one in carried]
    del read[gone]
    assert restored(carried, read)[1] == [line]


# ---------------------------------------------------------------- the title page


def titled(name: str, *, drawn: bool) -> Screenplay:
    field = TitleField(name="Title", lines=((Run(text=name),),))
    return Screenplay(
        title_page=TitlePage(fields=(field,), sheets=((General(text=(Run(text=name),)),),) if drawn else ())
    )


def test_a_title_page_comes_back_as_it_was_drawn_unless_it_was_edited() -> None:
    report: list[Diagnostic] = []
    carried = titled("Low Water", drawn=True)
    assert restore(titled("Low Water", drawn=False), carried, Bare(), report.append) == carried
    assert report == []
    high = titled("High Water", drawn=False)
    assert restore(high, carried, Bare(), report.append) == high
    assert [(one.kind, one.code) for one in report] == [(Kind.WARNING, "bare.stale")]


def test_no_title_page_is_added_where_none_was() -> None:
    assert restore(Screenplay(), Screenplay(), Bare(), print) == Screenplay()
