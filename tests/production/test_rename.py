"""A character's new name: where it stands, and where it must not."""

from __future__ import annotations

import pytest

from converter.contract import Source, UsageError
from converter.readers import fdx
from converter.readers import fountain as reader
from converter.rename import Renamed
from converter.rename import renamed as rename
from tests.harness import fdx_document
from writers import fountain

SCRIPT = """\
INT. ANNA'S ROOM - DAY

Anna waits. ANNA'S coat is Anna's; Joanna, Annabel and anna-lisa are others. Anna--at last--sits. savanna.

ANNA (V.O.) (CONT'D)
I am Anna.

YOUNG ANNA
No, I am.

ANNA ^
Both.

BEN
(to Anna)
Anna-Maria?
"""


def renamed(text: str, old: str, new: str, **given: bool) -> str:
    return fountain.to_text(rename(reader.from_text(text), old, new, **given).screenplay)


def test_cues_and_whole_words_are_renamed_in_their_capitals() -> None:
    found = rename(reader.from_text(SCRIPT), "anna", "HANNA")
    text = fountain.to_text(found.screenplay)
    assert "INT. HANNA'S ROOM - DAY" in text
    assert "Hanna waits. HANNA'S coat is Hanna's; Joanna, Annabel and anna-lisa are others. Hanna--at last" in text
    assert "savanna" in text and "Anna-Maria?" in text
    assert "HANNA (V.O.) (CONT'D)\nI am Hanna." in text and "HANNA ^\nBoth." in text
    assert "YOUNG ANNA\n" in text and "(to Hanna)" in text
    assert (found.cues, found.left) == (2, ("YOUNG ANNA",))
    assert [before for before, _ in found.mentions][2:] == ["I am Anna.", "(to Anna)"]


def test_a_name_of_two_words_and_one_with_capitals_inside() -> None:
    text = "Mrs. Dunne waits for MRS.\nDUNNE.\n\nMRS. DUNNE\nYes.\n"
    assert renamed(text, "MRS. DUNNE", "McCall") == "McCall waits for MCCALL.\n\nMCCALL\nYes.\n"


def test_emphasis_stays_on_the_new_name() -> None:
    assert renamed("*Anna* and An**na** go.\n\nANNA\nHi.\n", "ANNA", "EVE").startswith("*Eve* and Eve go.")


def test_notes_omitted_scenes_and_other_takes_are_renamed_too() -> None:
    found = rename(reader.from_text("[[Ask Anna.]]\n\nANNA\nHi.\n"), "Anna", "Eve").screenplay
    assert "[[Ask Eve.]]" in fountain.to_text(found)
    data = fdx_document(
        '<Paragraph Type="Scene Heading"><Text>OMITTED</Text><OmittedScene><Paragraph Type="Action"><Text>Anna.</Text>'
        '</Paragraph></OmittedScene></Paragraph><Paragraph Type="Character"><Text>ANNA</Text></Paragraph>'
        '<Paragraph Type="Dialogue"><Text>Hi.</Text></Paragraph>'
    )
    tree = fdx.read(Source("a.fdx", data.encode()))
    assert "Eve." in repr(rename(tree, "Anna", "Eve").screenplay.body)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("EVA", "EVE", "nobody is called 'EVA'"),
        ("BENN", "EVE", "did you mean BEN"),
        ("ANNA", "ben", "--merge makes one"),
        ("ANNA", " ", "a name on either side"),
        ("", "EVE", "a name on either side"),
    ],
)
def test_slips_are_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        renamed(SCRIPT, old, new)


def test_two_can_be_made_one_and_a_name_can_change_its_capitals() -> None:
    assert "BEN (V.O.)" in renamed(SCRIPT, "ANNA", "BEN", merge=True)
    assert isinstance(rename(reader.from_text(SCRIPT), "ANNA", "Anna"), Renamed)
