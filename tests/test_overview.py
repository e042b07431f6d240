"""What `inspect` counts."""

from dataclasses import replace
from typing import Any

from hypothesis import given

from converter.cuts import without_cuts
from converter.overview import CastEntry, SceneEntry, overview
from converter.readers.fountain import from_text
from converter.tree import Note, SceneHeading, Screenplay
from tests.strategies import screenplays
from tests.test_transforms import nodes

SCRIPT = """\
Title:
    NIGHT
    FERRY

CUT TO:

INT. FERRY - NIGHT #1#

[[check the tide]]

ODILE
Is it late?

BRAM (V.O.)
It is. [[softer]]

ODILE (CONT'D)
Then hurry.

.OMITTED #2#

EXT. QUAY - NIGHT #3#

ODILE
Wait!

BRAM ^
Now!
"""


def test_an_overview() -> None:
    seen = overview(from_text(SCRIPT))
    assert (seen.title, seen.title_pages, seen.pages) == ("NIGHT FERRY", 1, 1)
    assert seen.scenes == (
        SceneEntry(number=None, heading="", page=None, eighths=0, speeches=0, omitted=False),
        SceneEntry(number="1", heading="INT. FERRY - NIGHT", page="1", eighths=2, speeches=3, omitted=False),
        SceneEntry(number="2", heading="OMITTED", page="1", eighths=0, speeches=0, omitted=True),
        SceneEntry(number="3", heading="EXT. QUAY - NIGHT", page="1", eighths=1, speeches=2, omitted=False),
    )
    assert seen.scenes[1].length == "2/8"
    assert seen.cast == (
        CastEntry(name="ODILE", speeches=3, scenes=2),
        CastEntry(name="BRAM", speeches=2, scenes=2),
    )
    assert dict(seen.elements) == {
        "Scene Heading": 3,
        "Transition": 1,
        "Character": 5,
        "Dialogue": 5,
        "Dual Dialogue": 1,
    }
    assert seen.notes == 2


def test_nothing() -> None:
    seen = overview(Screenplay())
    assert (seen.title, seen.scenes, seen.cast, seen.elements, seen.notes) == (None, (), (), (), 0)


@given(screenplays())
def test_every_scene_and_note_is_counted(screenplay: Screenplay) -> None:
    seen = overview(screenplay)
    headings = [element for element in screenplay.body if isinstance(element, SceneHeading)]
    before = bool(screenplay.body) and not isinstance(screenplay.body[0], SceneHeading)
    assert len(seen.scenes) == len(headings) + before
    visible = Screenplay(body=tuple(_without_omitted(element) for element in without_cuts(screenplay.body)))
    assert seen.notes == sum(isinstance(node, Note) for node in nodes(visible))


def _without_omitted(element: Any) -> Any:
    return replace(element, omitted=None) if isinstance(element, SceneHeading) else element
