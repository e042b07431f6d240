"""The words of other languages: complete, parted, and found by the name that people give."""

from __future__ import annotations

import pytest

from converter import languages
from converter.contract import UsageError
from converter.languages import LANGUAGES
from converter.recovery.titles import _CREDIT
from converter.recovery.typed.headings import is_typed_heading, is_typed_transition
from converter.terms import CONTINUED, Heading, is_omitted, split_heading
from converter.tree import Run, SceneHeading


def test_every_language_has_words_for_inside_outside_and_the_time_of_day() -> None:
    assert len(LANGUAGES) > 12
    for code, one in LANGUAGES.items():
        assert code == code.lower() and one.inside and one.outside and one.times, code
        for words in one[2:10]:
            assert all(word and word == word.strip() for word in words.split("|") if words), (code, words)
            assert len(set(words.split("|"))) == len(words.split("|")), (code, words)


@pytest.mark.parametrize("name", ["de", "DE", "de-AT", "de_CH", "German", "deutsch", " Deutsch "])
def test_a_language_is_found_by_the_name_that_people_give(name: str) -> None:
    assert languages.find(name) is LANGUAGES["de"]


def test_a_language_without_words_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="'tlh' are known; there are en, de, fr"):
        languages.find("tlh")
    assert languages.known("tlh") is None


HEADINGS = {
    "de": "INNEN. KÜCHE - TAG",
    "fr": "EXTÉRIEUR - PORT - NUIT",
    "es": "INTERIOR. CASA DE ANA - NOCHE",
    "it": "ESTERNO. PORTO - GIORNO",
    "pt": "INTERNA. SALA - NOITE",
    "pl": "WN./PL. SAMOCHÓD - DZIEŃ",
    "ru": "НАТ. УЛИЦА - ДЕНЬ",
    "tr": "İÇ. EV, MUTFAK - GECE",
    "el": "ΕΣΩΤ. ΚΟΥΖΙΝΑ - ΝΥΧΤΑ",
    "nl": "BUITEN. HAVEN - AVOND",
    "zh": "内景. 厨房 - 夜",
    "ar": "داخلي - المطبخ - ليل",
    "hi": "अंदर. रसोई - रात",
}


@pytest.mark.parametrize("code", HEADINGS)
def test_a_heading_is_known_in_its_own_language(code: str) -> None:
    line = HEADINGS[code]
    assert languages.heading(LANGUAGES[code]).fullmatch(line)
    assert languages.heading(LANGUAGES["th"]).fullmatch(line) is None
    assert is_typed_heading(line)


@pytest.mark.parametrize("line", ["INN KEEPER", "PL SMITH", "WN", "INNEN", "UDE", "DIŞ KAPI"])
def test_the_beginning_of_a_name_is_no_heading(line: str) -> None:
    assert not any(languages.heading(one).fullmatch(line) for one in LANGUAGES.values())


def test_a_language_without_transitions_has_none() -> None:
    assert languages.transition(LANGUAGES["sv"]).fullmatch("KLIPP") is None
    assert languages.transition(LANGUAGES["ru"]).fullmatch("ЗТМ.")
    assert languages.transition(LANGUAGES["de"]).fullmatch("SCHNITT AUF DAS MEER:")
    assert languages.transition(LANGUAGES["de"]).fullmatch("SCHNITT auf das Meer:") is None
    assert is_typed_transition("Corte a:") and is_typed_transition("Überblendung") and not is_typed_transition("Rain")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("INT. TIDE STATION - BACK ROOM - DAWN", ("INT.", "TIDE STATION - BACK ROOM", "DAWN")),
        ("EXT. PIER – NIGHT", ("EXT.", "PIER", "NIGHT")),
        ("EXT. PIER -- WEST END -- NIGHT", ("EXT.", "PIER -- WEST END", "NIGHT")),
        ("INT. HOUSE NIGHT", ("INT.", "HOUSE", "NIGHT")),
        ("INT. HOUSE. NIGHT.", ("INT.", "HOUSE", "NIGHT")),
        ("INT. HOUSE", ("INT.", "HOUSE", "")),
        ("EXT. DAY", ("EXT.", "DAY", "")),
        ("INNEN. KÜCHE - TAG", ("INNEN.", "KÜCHE", "TAG")),
        ("ИНТ. ДОМ ВАСИ. ПОЗДНИЙ ВЕЧЕР", ("ИНТ.", "ДОМ ВАСИ", "ПОЗДНИЙ ВЕЧЕР")),
        ("WN./PL. HALL - NOC", ("WN./PL.", "HALL", "NOC")),
        ("İÇ. ARABA. SÜRDÜRÜLÜR", ("İÇ.", "ARABA", "SÜRDÜRÜLÜR")),
        ("THE ROOF - DAY", ("", "THE ROOF", "DAY")),
    ],
)
def test_a_heading_is_taken_apart(text: str, parts: tuple[str, str, str]) -> None:
    assert split_heading(text) == Heading(*parts)


@pytest.mark.parametrize("said", ["(CONT'D)", "(Cont’d)", "(cont.)", "(continued)", "(FORTS.)", "(SUITE)", "(ПРОД.)"])
def test_a_speaker_goes_on_in_many_languages(said: str) -> None:
    assert CONTINUED.search(f"ANNA {said}")


def test_words_that_only_begin_so_do_not_say_that_somebody_goes_on() -> None:
    assert not CONTINUED.search("ANNA (CONTINUOUS)") and not CONTINUED.search("ANNA (SUITED)")


@pytest.mark.parametrize(
    ("said", "omitted"), [("OMITTED", True), ("Entfällt", True), ("OMITIDA", True), ("OMEN", False)]
)
def test_a_scene_is_omitted_in_many_languages(said: str, omitted: bool) -> None:
    assert is_omitted(SceneHeading(text=(Run(text=said),))) is omitted


def test_the_line_above_the_writer_is_known_in_many_languages() -> None:
    assert _CREDIT.match("Drehbuch") and _CREDIT.match("Sceneggiatura di") and _CREDIT.match("脚本")
    assert _CREDIT.match("Buchenau") is None
