"""An edit in a text leaves alone what a format could not hold of the other words."""

from __future__ import annotations

import pytest

from converter.notation.carrying.words import Atom, Joint, graft, graft_paragraph
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Deletion,
    Dialogue,
    Inline,
    LineBreak,
    Marker,
    Note,
    NoteEnd,
    PageMark,
    Run,
    SceneHeading,
    Section,
    Style,
    Text,
    words,
)


class Plain:
    """A format that has words, bold and notes without authors, and no more."""

    def marker(self, marker: Marker) -> Marker:
        return Note(text=marker.text) if isinstance(marker, Note) else marker

    def hidden(self, words: str) -> Marker:
        return Note(text=words)

    def alternate(self, text: Text) -> Marker:
        return Note(text=words(text))


BREAK = LineBreak()
NOTE, OF_INES = Note(text="wet"), Note(text="wet", author="Ines")


def new(text: str, revision: int | None = None, **more: object) -> Run:
    return Run(text=text, revision=revision, **more)  # type: ignore[arg-type]


def plain(*pieces: str | Inline) -> tuple[Inline, ...]:
    return tuple(Run(text=one) if isinstance(one, str) else one for one in pieces)


# What there was, what the format had of it, what it was edited to, and what it is now.
EDITS: dict[str, tuple[list[Atom], tuple[Inline, ...], tuple[Inline, ...], list[Atom]]] = {
    "Nothing was edited.": (
        [new("Rain ", 1), new("falls.", 2)],
        plain("Rain falls."),
        plain("Rain falls."),
        [new("Rain ", 1), new("falls.", 2)],
    ),
    "A word in the middle.": (
        [new("Rain ", 1), new("falls ", 2), new("here.", 3)],
        plain("Rain falls here."),
        plain("Rain goes on here."),
        [new("Rain ", 1), new("goes on"), new(" ", 2), new("here.", 3)],
    ),
    "A word at the start.": (
        [new("Rain ", 1), new("falls.", 2)],
        plain("Rain falls."),
        plain("Now Rain falls."),
        [new("Now "), new("Rain ", 1), new("falls.", 2)],
    ),
    "A word at the end.": (
        [new("Rain ", 1), new("falls.", 2)],
        plain("Rain falls."),
        plain("Rain falls. Ah."),
        [new("Rain ", 1), new("falls.", 2), new(" Ah.")],
    ),
    "One of two equal letters goes.": ([new("a", 1), new("a", 2)], plain("aa"), plain("a"), [new("a", 1)]),
    "Another equal letter comes.": ([new("a", 1)], plain("a"), plain("aa"), [new("a", 1), new("a")]),
    "All goes.": ([new("Rain.", 1)], plain("Rain."), (), []),
    "Words in bold are other words.": (
        [new("Rain falls.", 1)],
        plain("Rain falls."),
        (*plain("Rain "), new("falls", style=Style.BOLD), *plain(".")),
        [new("Rain ", 1), new("falls", style=Style.BOLD), new(".", 1)],
    ),
    "What the format wrote in capitals comes back small.": (
        [new("Int. pier - ", 1), new("Day", 2)],
        plain("INT. PIER - DAY"),
        plain("INT. OLD PIER - DAY"),
        [new("Int. ", 1), new("OLD "), new("pier - ", 1), new("Day", 2)],
    ),
    "A line break that the format had as a blank comes back.": (
        [new("Cut", 1), BREAK, new("to:", 2)],
        plain("Cut to:"),
        plain("Cut back to:"),
        [new("Cut", 1), BREAK, new("back "), new("to:", 2)],
    ),
    "A blank is no line break.": (
        [new("Cut", 1), new(" ", 2), new("to:", 3)],
        plain("Cut to:"),
        plain("Cut to: "),
        [new("Cut", 1), new(" ", 2), new("to:", 3), new(" ")],
    ),
    "An edit in two lines leaves the words between alone.": (
        [new("Rain ", 1), new("falls", 2), BREAK, new("on ", 3), new("nobody", 4)],
        plain("Rain falls", BREAK, "on nobody"),
        plain("Snow falls", BREAK, "on somebody"),
        [new("Snow"), new(" ", 1), new("falls", 2), BREAK, new("on ", 3), new("some"), new("body", 4)],
    ),
    "A line more, and all is one change.": (
        [new("Rain", 1), BREAK, new("falls.", 2)],
        plain("Rain", BREAK, "falls."),
        plain("Rain", BREAK, "now", BREAK, "falls."),
        [new("Rain", 1), BREAK, new("now"), BREAK, new("falls.", 2)],
    ),
    "A line less.": (
        [new("Rain", 1), BREAK, new("now", 2), BREAK, new("falls.", 3)],
        plain("Rain", BREAK, "now", BREAK, "falls."),
        plain("Rain", BREAK, "falls."),
        [new("Rain", 1), BREAK, new("falls.", 3)],
    ),
    "What the format has nothing for stays in the midst of an edit.": (
        [new("Rain "), Deletion(revision=1), new("falls"), NoteEnd(id=1), new(".", 1)],
        plain("Rain falls."),
        plain("Snow."),
        [Deletion(revision=1), NoteEnd(id=1), new("Snow"), new(".", 1)],
    ),
    "A note keeps its author.": (
        [new("Rain"), OF_INES, new(" falls.")],
        plain("Rain", NOTE, " falls."),
        plain("Snow", NOTE, " falls."),
        [new("Snow"), OF_INES, new(" falls.")],
    ),
    "A note that was edited is another note.": (
        [new("Rain"), OF_INES, new(" falls.")],
        plain("Rain", NOTE, " falls."),
        plain("Rain", Note(text="dry"), " falls."),
        [new("Rain"), Note(text="dry"), new(" falls.")],
    ),
    "A note that stood elsewhere in the format comes back from there.": (
        [new("Rain", 1), OF_INES, new(" falls.", 2)],
        plain("Rain falls."),
        plain("Rain falls hard."),
        [new("Rain", 1), new(" falls", 2), new(" hard"), new(".", 2)],
    ),
    "A page mark and a boneyard are where they were.": (
        [new("Rain"), PageMark(label="2", locked=True), new(" "), Boneyard(source="/* x */"), new("falls.", 1)],
        plain("Rain", PageMark(label="2", locked=True), " ", Boneyard(source="/* x */"), "falls."),
        plain("Rain", PageMark(label="2", locked=True), " ", Boneyard(source="/* x */"), "drips."),
        [
            new("Rain"),
            PageMark(label="2", locked=True),
            new(" "),
            Boneyard(source="/* x */"),
            new("drip"),
            new("s.", 1),
        ],
    ),
    "Hidden words were a note in the format.": (
        [new("Rain"), new("wet", style=Style.HIDDEN), new(" falls.")],
        plain("Rain", NOTE, " falls."),
        plain("Rain", NOTE, " drips."),
        [new("Rain"), new("wet", style=Style.HIDDEN), new(" drips.")],
    ),
    "Blanks that the format left out are still there.": (
        [new("Rain.", 1), new("  ", 2)],
        plain("Rain."),
        plain("Ah, Rain."),
        [new("Ah, "), new("Rain.", 1), new("  ", 2)],
    ),
    "A tab and a no-break space are blanks too.": (
        [new("\tRain\u00a0", 1)],
        plain("Rain"),
        plain("Rein"),
        [new("\tR", 1), new("e"), new("in\u00a0", 1)],
    ),
    "Blanks that the format added are not.": (
        [new("Rain", 1), OF_INES],
        plain("Rain ", NOTE),
        plain("Rains ", NOTE),
        [new("Rain", 1), new("s"), OF_INES],
    ),
    "Two paragraphs that were one.": (
        [new("Who?", 1), Joint(1), new("You?", 2)],
        plain("Who?", BREAK, "You?"),
        plain("Who?", BREAK, "I?"),
        [new("Who?", 1), Joint(1), new("I"), new("?", 2)],
    ),
}


@pytest.mark.parametrize("sentence", EDITS)
def test_an_edit_changes_its_own_words_only(sentence: str) -> None:
    original, fitted, edited, now = EDITS[sentence]
    assert graft(original, fitted, edited, Plain()) == now


@pytest.mark.parametrize("fitted", ["Snow", "Rai", "Rain!", "(Rain)"])
def test_nothing_is_said_of_words_that_came_from_others(fitted: str) -> None:
    assert graft([new("Rain", 1)], plain(fitted), plain("Snow"), Plain()) is None


# ---------------------------------------------------------------- paragraphs


def test_an_alternate_stays_with_its_dialogue() -> None:
    original = Dialogue(text=plain("Who?"), alternates=(plain("You?"),), number="7")
    fitted = Dialogue(text=plain("Who?", Note(text="You?")))
    edited = Dialogue(text=plain("Who goes?", Note(text="You?")))
    assert graft_paragraph(original, fitted, edited, Plain()) == Dialogue(
        text=plain("Who goes?"), alternates=(plain("You?"),), number="7"
    )


def test_an_alternate_that_was_taken_away_is_gone() -> None:
    original = Dialogue(text=plain("Who?"), alternates=(plain("You?"),))
    fitted = Dialogue(text=plain("Who?", Note(text="You?")))
    assert graft_paragraph(original, fitted, Dialogue(text=plain("Who?")), Plain()) == Dialogue(text=plain("Who?"))


def test_what_an_edit_says_of_a_heading_counts_and_what_the_format_cannot_say_stays() -> None:
    original = SceneHeading(text=plain("INT. PIER"), number="1*", color="puce", align=Align.RIGHT)
    fitted = SceneHeading(text=plain("INT. PIER"), number="1")
    edited = SceneHeading(text=plain("INT. PIER"), number="2", color="blue")
    assert graft_paragraph(original, fitted, edited, Plain()) == SceneHeading(
        text=plain("INT. PIER"), number="2", color="blue", align=Align.RIGHT
    )
    assert graft_paragraph(original, fitted, fitted, Plain()) is not None
    assert graft_paragraph(original, fitted, fitted, Plain()) == original


def test_a_cut_scene_that_was_put_in_stands_in_its_heading() -> None:
    original = SceneHeading(text=plain("OMITTED"), number="1*")
    fitted = SceneHeading(text=plain("OMITTED"))
    edited = SceneHeading(text=plain("OMITTED"), omitted=(Action(text=plain("Rain.")),))
    after = graft_paragraph(original, fitted, edited, Plain())
    assert after == SceneHeading(text=plain("OMITTED"), number="1*", omitted=(Action(text=plain("Rain.")),))


def test_a_section_is_as_deep_and_a_line_as_centered_as_the_edit_says() -> None:
    deep, level = Section(text=plain("One"), level=3, style_name="Deep"), Section(text=plain("One"), level=3)
    assert graft_paragraph(deep, level, Section(text=plain("One"), level=1), Plain()) == Section(
        text=plain("One"), level=1, style_name="Deep"
    )
    centered = Action(text=plain("One"), align=Align.CENTER)
    assert graft_paragraph(Action(text=plain("One"), number="7"), Action(text=plain("One")), centered, Plain()) == (
        Action(text=plain("One"), align=Align.CENTER, number="7")
    )
