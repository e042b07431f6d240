"""What is written comes back: laws over every format that is read and written, for every tree.

`fit` is what a format can hold of a tree. HYPOTHESIS_PROFILE=soak tries 2,000 trees instead of 500.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.normal import normal
from converter.tree import Screenplay
from tests import harness
from tests.holds import HOLDS
from tests.laws import BOTH, TRACKED, Both, losses, printed_words
from tests.strategies import screenplays
from writers import outline

each_format = pytest.mark.parametrize("form", BOTH + TRACKED, ids=lambda form: form.name)

SAMPLES = sorted((Path(__file__).parent.parent / "samples").iterdir())


def same(one: Screenplay, other: Screenplay) -> bool:
    """Equality that shows the difference as outlines."""
    if one != other:
        assert outline.to_text(one) == outline.to_text(other)
    return one == other


@each_format
@given(screenplays())
def test_what_fits_fits_again_keeps_the_words_and_says_what_it_lost(form: Both, screenplay: Screenplay) -> None:
    """Laws that ask for the same trees and the same fit, which cost more than what they look at."""
    fitted, said = form.fit(screenplay)
    again, said_again = form.fit(fitted)
    assert same(again, fitted)
    assert losses(said_again) == []
    assert printed_words(fitted) == printed_words(normal(screenplay))
    if losses(said) == []:
        assert same(without_quiet(fitted), without_quiet(normal(screenplay)))


@each_format
@given(screenplays())
def test_what_is_written_comes_back_as_what_fits_and_is_written_the_same(form: Both, screenplay: Screenplay) -> None:
    """Writing says what `fit` says, what is read again is what fits, and written text is a fixed point."""
    fitted, said = form.fit(screenplay)
    data, said_in_writing = form.written(screenplay)
    assert losses(said_in_writing) == losses(said)
    again = form.read(data)
    assert same(again, fitted)
    assert form.write(again) == data


@pytest.mark.parametrize("form", [one for one in BOTH + TRACKED if one.name in HOLDS], ids=lambda form: form.name)
@given(st.data())
def test_what_the_format_holds_comes_back_whole(form: Both, data: st.DataObject) -> None:
    screenplay = data.draw(HOLDS[form.name]())
    fitted, said = form.fit(screenplay)
    assert said == []
    assert same(fitted, screenplay)
    assert same(form.read(form.write(screenplay)), screenplay)


def without_quiet(screenplay: Screenplay) -> Screenplay:
    """Without the names of what nobody would miss."""
    return replace(screenplay, opaque=tuple(one for one in screenplay.opaque if not one.quiet))


# ---------------------------------------------------------------- what was read


def read_cases() -> list[tuple[Both, str, bytes]]:
    """Each sample and each case's input of a format that is read and written."""
    by_name = {form.name: form for form in BOTH}
    inputs = [
        (case.sections[0].format, str(case), harness.input_bytes(case.sections[0])) for case in harness.all_cases()
    ]
    inputs += [(path.suffix[1:], path.name, path.read_bytes()) for path in SAMPLES]
    return [(by_name[name], where, data) for name, where, data in inputs if name in by_name]


each_input = pytest.mark.parametrize(
    ("form", "data"), [pytest.param(form, data, id=where) for form, where, data in read_cases()]
)


@each_input
def test_what_was_read_fits(form: Both, data: bytes) -> None:
    screenplay = form.read(data)
    fitted, said = form.fit(screenplay)
    assert normal(replace(screenplay)) == screenplay
    assert screenplay.is_normal
    assert same(fitted, screenplay)
    assert said == []


@each_input
def test_what_was_read_comes_back(form: Both, data: bytes) -> None:
    screenplay = form.read(data)
    once = form.write(screenplay)
    assert same(form.read(once), screenplay)
    assert form.write(form.read(once)) == once
