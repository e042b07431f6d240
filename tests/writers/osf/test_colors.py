"""Colours that Open Screenplay Format can say, and those it cannot."""

from __future__ import annotations

import pytest

from converter.contract import Diagnostic
from converter.tree import Run, SceneHeading, Screenplay
from writers import osf


@pytest.mark.parametrize(("color", "codes"), [("#A0B1C2", []), ("mauve", ["osf.odd-color"]), (None, [])])
def test_a_colour_is_written_as_six_digits(color: str | None, codes: list[str]) -> None:
    found: list[Diagnostic] = []
    heading = SceneHeading(text=(Run(text="INT. A"),), color=color)
    osf.fit(Screenplay(body=(heading,)), osf.Options(), found.append)
    assert [one.code for one in found] == codes
