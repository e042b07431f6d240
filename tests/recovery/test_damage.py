"""Which damage a text has suffered."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import damage
from converter.readers import fountain
from converter.recovery.damage import detect

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.mark.parametrize("name", ["production-draft", "short-film", "two-pages", "polski", "ellinika", "russkii"])
def test_each_damage_is_known(name: str) -> None:
    script = damage.pieces_of(fountain.from_text((SAMPLES / f"{name}.fountain").read_text("utf-8")))
    assert detect(damage.lined(script, 1)[0]) == "indented"
    assert detect(damage.lined(script, 1, indented=False)[0]) == "unindented"
    assert detect(damage.lined(script, 1, indented=False, blanks=False)[0]) == "contiguous"
    assert detect(damage.flat(script, 1)[0]) == "flat"


def test_lines_that_lost_their_capitals_are_flat() -> None:
    script = damage.pieces_of(fountain.from_text((SAMPLES / "short-film.fountain").read_text("utf-8")))
    assert detect(damage.lined(script, 1)[0].lower()) == "flat"


def test_a_text_without_words_is_flat() -> None:
    assert detect("") == "flat"
    assert detect(" \n \n") == "flat"


def test_a_short_text_on_one_line_is_flat() -> None:
    assert detect("int . lamp room - night " + "she wind the clock . " * 6) == "flat"
    assert detect("INT. LAMP ROOM - NIGHT\n\nShe winds the clock.") == "unindented"
