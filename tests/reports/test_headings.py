"""A heading's parts, in every language of the table; what cannot be told apart is no sure split."""

from __future__ import annotations

import pytest

from converter.languages import LANGUAGES
from converter.reports.headings import Split, is_time, split

PLACES = ("KORVA", "KORVA 12", "KORVA - ALTO", "KORVA/ALTO", "ALTO'S KORVA")


def first(words: str) -> str:
    return words.split("|")[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings_of_every_language_are_divided(code: str) -> None:
    language = LANGUAGES[code]
    times = language.times.split("|")[:4]
    for side, intros in (("INT", language.inside), ("EXT", language.outside)):
        for intro in intros.split("|")[:2]:
            for place in PLACES:
                for time in times:
                    heading = (
                        f"{intro}{'' if intro != intro.upper() or intro == intro.lower() else '.'} {place} - {time}"
                    )
                    found = split(heading)
                    set_, _, part = place.partition(" - ")
                    assert found == Split(side, set_, part, time, True), heading  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("INT. PIER - HUT - DAWN", ("INT", "PIER", "HUT", "DAWN", True)),
        ("int./ext. car – night", ("INT/EXT", "car", "", "night", True)),
        ("I/E. CAR - DAY (RAIN)", ("INT/EXT", "CAR", "", "DAY (RAIN)", True)),
        ("EST. HARBOUR - DAY", ("EXT", "HARBOUR", "", "DAY", True)),
        ("EXT PIER NORTH", ("EXT", "PIER NORTH", "", "", True)),
        ("INT. HUT - LATER THAT NIGHT", ("INT", "HUT", "", "LATER THAT NIGHT", True)),
        ("INT. HUT - DAY 2", ("INT", "HUT", "", "DAY 2", True)),
        ("INT. HUT - FLASHBACK - 1985", ("INT", "HUT", "FLASHBACK", "1985", True)),
        ("INT. HUT, KITCHEN - DAY", ("INT", "HUT", "KITCHEN", "DAY", True)),
        ("INT. HUT. NIGHT.", ("INT", "HUT", "", "NIGHT", True)),
        ("CASA. INT. NOCHE", ("INT", "CASA", "", "NOCHE", True)),
        ("CASA, COCINA. INT. DÍA.", ("INT", "CASA", "COCINA", "DÍA", True)),
        ("STRADA - EST. - GIORNO", ("EXT", "STRADA", "", "GIORNO", True)),
        ("INT. HUT - KITCHEN", ("INT", "HUT", "KITCHEN", "", False)),  # a time that we do not know, or a part
        ("THE HUT", ("", "THE HUT", "", "", False)),
        ("THE HUT - NIGHT", ("", "THE HUT", "", "NIGHT", False)),
        ("INT. DAYTON HOUSE - NIGHT", ("INT", "DAYTON HOUSE", "", "NIGHT", True)),
        ("内景 厨房 夜", ("INT", "厨房", "", "夜", True)),
        ("内/外 車 - 夜", ("INT/EXT", "車", "", "夜", True)),
        ("INT. DAY CARE", ("INT", "DAY CARE", "", "", True)),
        ("", ("", "", "", "", False)),
    ],
)
def test_a_heading_is_divided(heading: str, found: tuple[str, str, str, str, bool]) -> None:
    assert tuple(split(heading)) == found


@pytest.mark.parametrize("said", ["DAY", "day", "SAME TIME", "CONTINUOUS", "10:30", "DREAM", "THE NEXT MORNING"])
def test_times(said: str) -> None:
    assert is_time(said)


@pytest.mark.parametrize("said", ["KITCHEN", "DAYTON", "", "KNIGHT", "A NIGHT OF MANY LONG AND WEARY WORDS"])
def test_no_times(said: str) -> None:
    assert not is_time(said)
