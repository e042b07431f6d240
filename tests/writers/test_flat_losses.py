"""What formats that hold one paragraph after the other lose of a script's structure."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic, ignore
from converter.formats import writer_named
from converter.normal import normal
from converter.tree import (
    Action,
    Character,
    Dialogue,
    Element,
    Lyric,
    PageMark,
    Parenthetical,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    Synopsis,
)

RAIN = (Run(text="Rain falls."),)
HEADING = SceneHeading(text=(Run(text="INT. SHED - DAY"),))
BARE = Speech(
    cue=Character(text=(Run(text="ODILE"),)),
    parts=(Parenthetical(text=(Run(text="low"),)), Dialogue(text=RAIN)),
)
INSIDE = Action(text=(Run(text="Rain"), PageMark(label="12A", locked=True), Run(text=" falls.")))
LOSSES: dict[str, tuple[Element, ...]] = {
    "osf.bare-parenthetical": (BARE,),
    "trelby.bare-parenthetical": (BARE,),
    "osf.page-inside": (HEADING, INSIDE, Action(text=RAIN)),
    "osf.joined-synopses": (HEADING, Synopsis(text=RAIN), Synopsis(text=(Run(text="They meet."),)), Action(text=RAIN)),
    "osf.synopsis-without-scene": (Synopsis(text=RAIN), Action(text=RAIN)),
}


@pytest.mark.parametrize("code", LOSSES)
def test_it_is_reported(code: str) -> None:
    said: list[Diagnostic] = []
    writer = writer_named(code.partition(".")[0], said.append)
    writer.write(normal(Screenplay(body=LOSSES[code])), writer.options(), said.append)
    assert code in {one.code for one in said}


def test_a_synopsis_after_a_song_is_kept_once() -> None:
    body = (Lyric(text=(Run(text="la la"),)), Synopsis(text=RAIN))
    writer = writer_named("osf", ignore)
    assert writer.fit is not None
    fitted = writer.fit(Screenplay(body=body), writer.options(), ignore)
    assert fitted.body == body == writer.fit(fitted, writer.options(), ignore).body
