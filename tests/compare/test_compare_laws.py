"""What holds for any two drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from converter.compare import Options, accept, compare, refuse, resolve
from converter.normal import normal
from converter.terms import is_omitted
from converter.tree import (
    Action,
    Character,
    Deletion,
    Dialogue,
    Element,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    paragraphs,
    words,
)
from tests.examples import few
from tests.strategies import screenplays

VOCABULARY = "rain boat the a of lamp walks away never MARA harbour still two nails count falls slowly on".split()


def some(kind: type, said: Sequence[str], **more: object) -> object:
    return kind(text=(Run(text=" ".join(said)),), **more)


PHRASES = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=9)
NUMBERS = st.sampled_from([None, *"1234567", "2A", "A3"])
PARTS = st.tuples(PHRASES, st.booleans()).map(
    lambda one: some(Parenthetical, ["(so)"]) if one[1] else some(Dialogue, one[0])
)
ELEMENTS = st.one_of(
    PHRASES.map(lambda said: some(Action, said)),
    st.tuples(st.sampled_from(["MARA", "OTIS"]), st.lists(PARTS, max_size=3)).map(
        lambda one: Speech(cue=some(Character, [one[0]]), parts=tuple(one[1]))  # type: ignore[arg-type]
    ),
    st.tuples(PHRASES, NUMBERS).map(lambda one: some(SceneHeading, ["INT.", *one[0]], number=one[1])),
)
DRAFTS = st.lists(ELEMENTS, max_size=14).map(lambda body: normal(Screenplay(body=tuple(body))))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Screenplay, Screenplay]:
    """A draft, and another that shares most of its elements, in another order or not."""
    old = draw(DRAFTS)
    body: list[Element] = list(old.body)
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(body)))
        match draw(st.sampled_from(["add", "cut", "move", "change"])):
            case "add":
                body.insert(place, draw(ELEMENTS))
            case "cut":
                del body[place : place + draw(st.integers(1, 3))]
            case "move" if body:
                body.insert(place, body.pop(draw(st.integers(0, len(body) - 1))))
            case _ if place < len(body):
                body[place] = draw(ELEMENTS)
    return old, normal(Screenplay(body=tuple(body)))


def said(screenplay: Screenplay) -> list[tuple[str, str]]:
    return [(type(one).__name__, words(one.text)) for one in paragraphs(screenplay.body)]


def all_words(screenplay: Screenplay, *, gone: bool) -> Counter[str]:
    found = paragraphs(screenplay.body, omitted=gone, cut=gone)
    texts = [words((inline,), cut=gone) for one in found for inline in one.text]
    return Counter(word for text in texts for word in text.replace("OMITTED", "").split())


@given(DRAFTS)
def test_a_draft_compared_with_itself_is_equal(draft: Screenplay) -> None:
    found = compare(draft, draft)
    assert found.is_equal and found.changes == () and said(found.screenplay) == said(draft)


@given(pairs(), st.booleans())
def test_the_result_says_what_the_new_draft_says(drafts: tuple[Screenplay, Screenplay], lock: bool) -> None:
    found = compare(*drafts, Options(lock_scenes=lock))
    put_back = [(kind, text) for kind, text in said(found.screenplay) if text != "OMITTED"]
    assert put_back == said(drafts[1])


@given(pairs(), st.booleans())
def test_no_word_of_either_draft_is_lost(drafts: tuple[Screenplay, Screenplay], lock: bool) -> None:
    found = compare(*drafts, Options(lock_scenes=lock)).screenplay
    assert not all_words(drafts[0], gone=False) - all_words(found, gone=True)
    assert all_words(found, gone=False) == all_words(drafts[1], gone=False)


@given(pairs())
def test_what_is_not_marked_is_in_the_old_draft(drafts: tuple[Screenplay, Screenplay]) -> None:
    found = compare(*drafts)
    kept = Counter(
        word
        for one in paragraphs(found.screenplay.body)
        for run in one.text
        if isinstance(run, Run) and run.revision != found.revision
        for word in run.text.split()
    )
    assert not kept - all_words(drafts[0], gone=False)


@given(pairs())
def test_locked_numbers_are_each_used_once(drafts: tuple[Screenplay, Screenplay]) -> None:
    old = [one.number for one in paragraphs(drafts[0].body) if isinstance(one, SceneHeading) and one.number]
    if len(set(old)) < len(old) or not old:
        return
    found = compare(*drafts, Options(lock_scenes=True)).screenplay
    headings = [one for one in paragraphs(found.body) if isinstance(one, SceneHeading)]
    numbers = [one.number for one in headings if one.number]
    assert len(set(numbers)) == len(numbers) and set(old) <= set(numbers)
    assert all(one.number for one in headings) and not any(is_omitted(one) and not one.number for one in headings)


@given(pairs())
def test_the_list_names_every_marked_paragraph(drafts: tuple[Screenplay, Screenplay]) -> None:
    found = compare(*drafts)
    marked = any(
        isinstance(one, Run | Deletion) and one.revision == found.revision
        for paragraph in paragraphs(found.screenplay.body)
        for one in paragraph.text
    )
    if marked:
        assert found.scenes
    if not found.scenes:
        assert not marked and not found.changes


# ---------------------------------------------------------------- decisions


def facts(screenplay: Screenplay) -> list[tuple[str, str, str | None]]:
    return [(type(one).__name__, words(one.text), one.number) for one in paragraphs(screenplay.body)]


@given(pairs())
def test_accepting_everything_gives_the_new_draft_and_refusing_it_the_old_one(
    drafts: tuple[Screenplay, Screenplay],
) -> None:
    found = compare(*drafts)
    assert accept(found) == resolve(found, range(len(found.changes))) == drafts[1] or not found.changes
    assert accept(found) == drafts[1]
    assert facts(refuse(found)) == facts(drafts[0])


@few(150)
@given(screenplays(), screenplays())
def test_any_two_trees_are_decided(old: Screenplay, new: Screenplay) -> None:
    found = compare(old, new)
    assert accept(found).body == normal(new).body
    assert refuse(found).body == normal(old).body


@given(pairs(), st.data())
def test_a_draft_with_some_of_the_changes_has_the_words_of_these_alone(
    drafts: tuple[Screenplay, Screenplay], data: st.DataObject
) -> None:
    found = compare(*drafts)
    accepted = data.draw(st.sets(st.sampled_from(range(len(found.changes))))) if found.changes else set()
    here = Counter(said(resolve(found, accepted)))
    for place, change in enumerate(found.changes):
        if place in accepted and change.what in ("new", "changed"):
            assert all(any(text == line for _, text in here) for line in change.new.split("\n"))
        if place not in accepted and change.what in ("cut", "changed"):
            assert all(any(text == line for _, text in here) for line in change.old.split("\n"))
    assert sum(here.values()) == len(said(drafts[0])) + sum(
        len(change.new.split("\n")) * (change.what in ("new", "changed"))
        - len(change.old.split("\n")) * (change.what in ("cut", "changed"))
        for place, change in enumerate(found.changes)
        if place in accepted
    )
