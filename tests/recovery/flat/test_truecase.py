"""Blanks and capitals come back; letters and marks stay as they were."""

from __future__ import annotations

import pytest

from converter.recovery.decoder.words import Words
from converter.recovery.flat.cast import Cast
from converter.recovery.flat.firm import FlatText
from converter.recovery.flat.truecase import Restorer, names_among


def restorer(text: str, *speakers: str) -> tuple[Restorer, int]:
    flat = FlatText(Words(text), [])
    cast = Cast(flat)
    return Restorer(flat, cast, names_among(flat, cast, speakers, [(0, flat.size)])), flat.size


@pytest.mark.parametrize(
    ("flat", "sentence"),
    [
        ("he wait . she go , then stop .", "He wait. She go, then stop."),
        ("it 's late ; i know .", "It's late; I know."),
        ("do not go !", "Do not go!"),
        ('she say : " not yet " and " never . "', 'She say: "not yet" and "never."'),
        ("the blow - out and a well -worn rope", "The blow-out and a well-worn rope"),
        ("wait -- no ... yes", "Wait -- no ... yes"),
        ("... and then", "... and then"),
        ("-- when", "-- when"),
        ("room # 12 ( the old one ) [ song ]", "Room #12 (the old one) [song]"),
        ("9 , 480 pound at 10 : 54 , 3 of they", "9,480 pound at 10:54, 3 of they"),
        ("dr . quill be here .", "Dr. quill be here."),
        ("bar &amp ; grill", "Bar & grill"),
        ("a l.a. native", "A l.a. native"),
        ("yes.no", "Yes.No"),
        ("no ma 'am , at ten o 'clock", "No ma'am, at ten o'clock"),
        ("wait - -", "Wait --"),
    ],
)
def test_a_sentence(flat: str, sentence: str) -> None:
    made, size = restorer(flat)
    assert made.sentence(0, size)[0] == sentence


def test_headings_and_cues_are_capitals_and_keep_their_dashes() -> None:
    made, size = restorer("int . boat shed - day")
    assert made.capitals(0, size)[0] == "INT. BOAT SHED - DAY"
    made, size = restorer("guard # 2 ( o.s. ) ( cont 'd )")
    assert made.capitals(0, size)[0] == "GUARD #2 (O.S.) (CONT'D)"


def test_a_speaker_of_one_plain_word_is_a_name() -> None:
    made, size = restorer("quill look at the manager . the singer wave at quill .", "quill", "manager", "singer")
    assert made.sentence(0, size)[0] == "Quill look at the manager. The singer wave at Quill."


def test_a_word_with_a_capital_in_mid_sentence_has_one_everywhere() -> None:
    made, size = restorer("he see Boston . then boston see Boston and Boston again .")
    assert made.sentence(0, size)[0] == "He see Boston. Then Boston see Boston and Boston again."


def test_a_text_that_kept_its_capitals_keeps_them() -> None:
    text = "He waits. She goes to NASA. iPhones ring. We wait. They go."
    made, size = restorer(text)
    assert made.sentence(0, size)[0] == text


def test_each_token_knows_where_it_begins() -> None:
    made, size = restorer("he wait . ( now )")
    text, offsets = made.sentence(0, size)
    assert [text[offset] for offset in offsets] == ["H", "w", ".", "(", "N", ")"]
