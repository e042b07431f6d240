"""Recovery proves that it changed no word; here the proof itself is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from converter.recovery.assemble import assemble
from converter.recovery.flat.script import FlatScript
from converter.recovery.lines.rows import TypedRow, cut_ends, rows_of_text
from converter.recovery.lines.script import TypedScript
from converter.recovery.proof import Ledger, WordsChanged, letters, prove
from converter.tree import Paragraph, Position, Run, Screenplay, map_paragraphs, words

FLAT = (
    "1 ext . boat shed - dawn the oar lie on the mud . odile pick one up . revision 2 . odile ( cont 'd ) "
    "do you see this ? bram I see it . revision 3 . he turn away . 2 omit revision 4 . 3 int . quay - day "
    "bram wait . revision 5 . odile ( o.s. ) come here ! he go ."
)
TYPED = """\
                                                    1.

1    EXT. BOAT SHED - DAWN                           1

     The oars lie on the mud.

                    ODILE
          Do you see this? I think some-
          body was here before us.
                    (MORE)

                                                    2.

                    ODILE (CONT'D)
          And he took the small oar.

     Bram looks.                                     *
"""


def of_flat() -> tuple[str, Screenplay, Ledger]:
    flat = FlatScript(FLAT)
    return FLAT, *assemble(flat.units, flat.title, last_pages=flat.last_pages)


def of_typed() -> tuple[str, Screenplay, Ledger]:
    typed = TypedScript(rows_of_text(TYPED), "indented")
    return typed.source, *assemble(typed.units, typed.title, typed.dropped, typed.last_pages)


both = pytest.mark.parametrize("made", [of_flat, of_typed])


@both
def test_what_recovery_made_holds(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    prove(source, screenplay, ledger)


def changed(screenplay: Screenplay, which: int, change: Callable[[str], str]) -> Screenplay:
    """The screenplay with the words of one paragraph changed, markers in it dropped."""
    count = -1

    def one(paragraph: Paragraph) -> Paragraph:
        nonlocal count
        count += 1
        return replace(paragraph, text=(Run(text=change(words(paragraph.text))),)) if count == which else paragraph

    return replace(screenplay, body=map_paragraphs(screenplay.body, one))


def without_last_word(text: str) -> str:
    return text.rpartition(" ")[0]


def with_last_word_twice(text: str) -> str:
    return f"{text} {text.rpartition(' ')[2]}"


def with_last_word_first(text: str) -> str:
    return f"{text.rpartition(' ')[2]} {text.rpartition(' ')[0]}"


@both
@pytest.mark.parametrize("change", [without_last_word, with_last_word_twice, with_last_word_first])
@pytest.mark.parametrize("which", range(4))
def test_a_word_dropped_doubled_or_moved_is_an_error(
    made: Callable[[], tuple[str, Screenplay, Ledger]], which: int, change: Callable[[str], str]
) -> None:
    source, screenplay, ledger = made()
    before = [words(paragraph.text) for paragraph in _paragraphs(screenplay)][which]
    if letters(change(before)) == letters(before):
        pytest.skip("one word")
    with pytest.raises(WordsChanged, match="This is a bug"):
        prove(source, changed(screenplay, which, change), ledger)


def _paragraphs(screenplay: Screenplay) -> list[Paragraph]:
    found: list[Paragraph] = []
    map_paragraphs(screenplay.body, lambda paragraph: found.append(paragraph) or paragraph)
    return found


@both
def test_a_paragraph_dropped_is_an_error(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    with pytest.raises(WordsChanged):
        prove(source, replace(screenplay, body=screenplay.body[:-1]), ledger)


@both
def test_a_scene_number_changed_or_dropped_is_an_error(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    for number in ("7", None):

        def renumbered(paragraph: Paragraph, number: str | None = number) -> Paragraph:
            return replace(paragraph, number=number) if paragraph.number else paragraph

        with pytest.raises(WordsChanged, match="scene number"):
            prove(source, replace(screenplay, body=map_paragraphs(screenplay.body, renumbered)), ledger)


@both
def test_a_page_mark_dropped_is_an_error(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    with pytest.raises(WordsChanged, match="page number"):
        prove(source, screenplay, replace(ledger, pages=[*ledger.pages, ("9", (0, 0))]))


@both
def test_words_that_the_ledger_forgot_are_an_error(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    with pytest.raises(WordsChanged, match="is lost"):
        prove(source + " and more", screenplay, ledger)
    with pytest.raises(WordsChanged, match="is lost"):
        prove(source, screenplay, replace(ledger, pages=ledger.pages[1:]))


@both
def test_words_that_the_ledger_counts_twice_are_an_error(made: Callable[[], tuple[str, Screenplay, Ledger]]) -> None:
    source, screenplay, ledger = made()
    with pytest.raises(WordsChanged, match="twice"):
        prove(source, screenplay, replace(ledger, furniture=[*ledger.furniture, ledger.paragraphs[0][0]]))


@pytest.mark.parametrize("gap", ["", " ", "    ", "\t", "\n", " \n  "])
def test_an_escaped_ampersand_is_one_however_it_was_set(gap: str) -> None:
    assert letters(f"bar &amp{gap}; grill") == letters("bar & grill") == "bargrill"


@pytest.mark.parametrize("blank", ["\u2029", "\u2003", " "])
def test_stars_after_nothing_are_words_and_no_mark_in_the_margin(blank: str) -> None:
    row = TypedRow(f"{blank}***", 0, 0, 0, 0, Position())
    cut_ends([row])
    assert (row.text, row.revised) == (f"{blank}***", False)
