"""Pages that are locked keep their numbers and their starts, in one draft and from draft to draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from converter import read
from converter.compare import Options, compare
from converter.contract import Source
from converter.layout.paginate import paginate
from converter.layout.style import PageOptions
from converter.lines import Page
from converter.normal import normal
from converter.production import lock_pages
from converter.readers import fdx as reader
from converter.readers.fountain import from_text
from converter.transforms import with_page_locks, without_page_locks
from converter.tree import (
    Action,
    Dialogue,
    DualDialogue,
    LineBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Text,
    words,
)
from tests.examples import few
from tests.strategies import screenplays
from writers import fdx

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SHORT = PageOptions(lines=9)
TWO = PageMark(label="2", locked=True)


def script(text: str) -> Screenplay:
    return normal(from_text(text))


def action(*texts: str) -> Screenplay:
    return Screenplay(body=tuple(Action(text=(Run(text=one),)) for one in texts))


def labels(screenplay: Screenplay, options: PageOptions = PageOptions()) -> list[str | None]:
    return [page.label for page in paginate(screenplay, options).whole]


def lines(pages: tuple[Page, ...]) -> list[list[str]]:
    return [["".join(run.text for run in line.text) for line in page.lines] for page in pages]


# ---------------------------------------------------------------- one draft


@pytest.mark.parametrize("name", ["short-film.fountain", "production-draft.fdx"])
def test_a_locked_script_has_the_pages_that_it_had(name: str) -> None:
    screenplay = normal(read(SAMPLES / name).screenplay)
    locked = lock_pages(screenplay)
    before, after = paginate(screenplay).whole, paginate(locked).whole
    assert [(page.label, page.start) for page in before] == [(page.label, page.start) for page in after]
    assert lines(before) == lines(after)
    assert lock_pages(locked) == locked
    assert without_page_locks(locked) == without_page_locks(screenplay)


def test_a_locked_file_of_final_draft_that_nothing_was_added_to_stays_as_it_is() -> None:
    data = (SAMPLES / "production-draft.fdx").read_bytes()
    locked = lock_pages(read(SAMPLES / "production-draft.fdx").screenplay)
    written = fdx.write(locked)
    assert written.count(b"<LockedPage ") == data.count(b"<LockedPage ") + 1  # page 12A came since
    assert all(line in written for line in data.splitlines() if b"<LockedPage " in line)


@few(60)
@given(screenplays())
def test_locks_change_no_word_and_go_again(screenplay: Screenplay) -> None:
    locked = lock_pages(screenplay, SHORT)
    assert without_page_locks(locked) == without_page_locks(normal(screenplay))


def test_what_is_added_stands_on_a_page_of_its_own() -> None:
    locked = lock_pages(action("One. " * 60, "Two. " * 60), SHORT)
    more = Screenplay(body=(*action("New. " * 60).body, *locked.body))
    assert labels(locked, SHORT) == ["1", "2"]
    assert labels(more, SHORT)[0] == "1" and labels(more, SHORT)[-1] == "2" and "1A" in labels(more, SHORT)


def test_the_first_page_is_locked_only_if_it_was() -> None:
    assert lock_pages(action("Rain.")).body == action("Rain.").body
    five = Screenplay(body=(PageMark(label="5", locked=True), *action("Rain.").body))
    assert lock_pages(five) == five
    later = Screenplay(body=(*action("Rain.").body, PageMark(label="5", locked=True), *action("Snow.").body))
    assert lock_pages(later) == later


def test_a_mark_that_is_no_lock_stays() -> None:
    marked = Screenplay(body=(*action("Rain.").body, PageMark(label="9"), *action("Snow.").body))
    assert lock_pages(marked) == marked == without_page_locks(marked)


# ---------------------------------------------------------------- where a mark stands

WORDS: Text = (Run(text="Rain falls"), LineBreak(), Run(text="on glass."))


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        (0, None),
        (5, (Run(text="Rain "), TWO, Run(text="falls"), LineBreak(), Run(text="on glass."))),
        (10, (Run(text="Rain falls"), LineBreak(), TWO, Run(text="on glass."))),
        (11, (Run(text="Rain falls"), LineBreak(), TWO, Run(text="on glass."))),
        (14, (Run(text="Rain falls"), LineBreak(), Run(text="on "), TWO, Run(text="glass."))),
    ],
)
def test_a_page_begins_before_a_paragraph_or_in_its_words(offset: int, text: Text | None) -> None:
    placed = with_page_locks(Screenplay(body=(Action(text=WORDS),)), {0: [(offset, TWO)]}).body
    assert placed == ((TWO, Action(text=WORDS)) if text is None else (Action(text=text),))


def test_a_page_begins_before_a_speech_between_its_parts_and_beside_it() -> None:
    speech = script("MARA\n(low)\nYes.\nNo.\n").body[0]
    assert isinstance(speech, Speech)
    place = {number: [(0, TWO)] for number in range(3)}

    def put(number: int, *body: Speech | DualDialogue) -> Screenplay:
        return with_page_locks(Screenplay(body=body), {number: place[0]})

    assert put(0, speech).body == (TWO, speech)
    (inside,) = put(2, speech).body
    assert isinstance(inside, Speech)
    assert [type(part) for part in inside.parts] == [Parenthetical, PageMark, Dialogue]
    assert put(0, Speech(parts=speech.parts)).body == (TWO, Speech(parts=speech.parts))
    (beside,) = put(3, DualDialogue(left=speech, right=speech)).body
    assert isinstance(beside, DualDialogue)
    assert beside.right.parts[0] == TWO and beside.left == speech


# ---------------------------------------------------------------- from draft to draft

OLD = """\
Rain.

Forty umbrellas cross the square in the wrong direction.

INT. KITCHEN - DAY

A kettle.

MARA
You had it on Sunday. You had it on Monday too.

A clock.
"""


def starts(old: dict[int, list[tuple[int, PageMark]]], new: str) -> list[tuple[str, str]]:
    """Each page of the compared draft and the words that it begins with."""
    locked = with_page_locks(script(OLD), old)
    found = compare(locked, script(new), Options(lock_pages=True)).screenplay
    return list(_starts(found.body))


def _starts(body: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for element in body:  # type: ignore[attr-defined]
        if isinstance(element, PageMark):
            waiting.append(element.label)
            continue
        parts: tuple[object, ...] = (element,)
        if isinstance(element, Speech):
            parts = (element.cue, *element.parts)
        for part in parts:
            if isinstance(part, PageMark):
                waiting.append(part.label)
            elif isinstance(part, Paragraph):
                found += [(label, words(part.text)) for label in waiting]
                waiting = []
                for place, inline in enumerate(part.text):
                    if isinstance(inline, PageMark):
                        found.append((inline.label, words(part.text[place:])))
    return found


def mark(label: str) -> PageMark:
    return PageMark(label=label, locked=True)


UMBRELLAS = "Forty umbrellas cross the square in the wrong direction."


def test_a_page_begins_with_the_paragraph_that_it_began_with() -> None:
    turns = {1: [(0, mark("2"))], 2: [(0, mark("3"))]}
    more = OLD.replace("Rain.\n", "Rain.\n\nSnow, and a dog with a hat.\n").replace("INT. KITCHEN", "INT. OLD KITCHEN")
    assert starts(turns, more) == [("2", UMBRELLAS), ("3", "INT. OLD KITCHEN - DAY")]


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        (("Rain.", "Rain and hail."), "in the wrong direction."),
        (("Forty umbrellas", "Forty black umbrellas"), "in the wrong direction."),
        (("in the wrong", "at dusk in the wrong"), "in the wrong direction."),
        (("in the wrong", "against the"), "against the direction."),
        (("square in the wrong direction.", "square"), "INT. KITCHEN - DAY"),
    ],
)
def test_a_page_that_began_in_the_midst_of_words_begins_there_still(change: tuple[str, str], begins: str) -> None:
    assert starts({1: [(33, mark("2"))]}, OLD.replace(*change)) == [("2", begins)]


def test_a_page_in_the_midst_of_a_speech_begins_there_still() -> None:
    new = OLD.replace("You had it on Sunday.", "No. You had it on Sunday.")
    assert starts({5: [(22, mark("2"))]}, new) == [("2", "You had it on Monday too.")]


def test_a_page_that_lost_its_words_is_one_with_the_next() -> None:
    turns = {1: [(0, mark("2"))], 3: [(0, mark("3"))]}
    less = OLD.replace(f"{UMBRELLAS}\n\nINT. KITCHEN - DAY\n\n", "")
    assert starts(turns, less) == [("2", "A kettle."), ("3", "A kettle.")]
    locked = with_page_locks(script(OLD), turns)
    assert labels(compare(locked, script(less), Options(lock_pages=True)).screenplay) == ["1", "2-3"]


def test_a_page_at_the_end_that_lost_its_words_is_gone() -> None:
    assert starts({6: [(0, mark("2"))]}, OLD.replace("A clock.\n", "")) == []


def test_a_page_does_not_follow_words_that_moved_away() -> None:
    new = OLD.replace(f"{UMBRELLAS}\n\n", "") + f"\n{UMBRELLAS}\n"
    assert starts({1: [(0, mark("2"))]}, new) == [("2", "INT. KITCHEN - DAY")]


def test_locks_of_the_new_draft_give_way_and_sections_are_not_counted() -> None:
    locked = with_page_locks(script(OLD), {1: [(0, mark("2"))]})
    new = with_page_locks(script("# One\n\n= It rains.\n\n" + OLD), {4: [(0, mark("7"))]})
    found = compare(locked, new, Options(lock_pages=True)).screenplay
    assert _starts(found.body) == [("2", UMBRELLAS)]
    kept = compare(locked, new).screenplay
    assert [label for label, _ in _starts(kept.body)] == ["7"]


def test_a_dual_dialogue_counts_its_speeches_one_after_the_other() -> None:
    dual = OLD.replace("A clock.", "MARA\nYes.\n\nOTIS ^\nNo.\n\nA clock.")
    locked = with_page_locks(script(dual), {10: [(0, mark("2"))]})
    found = compare(locked, script(dual), Options(lock_pages=True)).screenplay
    assert _starts(found.body) == [("2", "A clock.")]


def test_a_file_with_locks_reads_back_with_them() -> None:
    locked = lock_pages(normal(read(SAMPLES / "short-film.fountain").screenplay))
    again = reader.read(Source("a.fdx", fdx.write(locked)))
    assert labels(again) == labels(locked)
    assert any(isinstance(one, SceneHeading) for one in again.body)
