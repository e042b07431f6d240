"""What a comparison tells beside the words."""

from __future__ import annotations

import pytest

from converter.compare import Apart, compare
from converter.compare.reading import as_html
from tests.compare.drafts import DRAFT, read

SPOKEN = "OTIS\n(shrugging)"


@pytest.mark.parametrize(
    ("old", "new", "apart"),
    [
        ("jam jar", "jam  jar", Apart(typography=1)),
        ("jam jar", "**jam** jar", Apart(emphasis=1)),
        ("jam jar", "jam [[which?]] jar", Apart(typography=1, notes_new=1)),
        (SPOKEN, "OTIS\n[[low]]\n(shrugging)", Apart(notes_new=1)),
        ("INT. KITCHEN - DAY #1#", "int. kitchen - day #1#", Apart()),
        ("INT. KITCHEN - DAY #1#", "Title: The Shed\n\nINT. KITCHEN - DAY #1#", Apart(title_page=True)),
        ("OTIS\n(shrugging)", "OTIS ^\n(shrugging)", Apart(dual=1)),
        ("OTIS counts", "OTIS counts", Apart()),
    ],
)
def test_what_is_no_word_is_counted_apart(old: str, new: str, apart: Apart) -> None:
    found = compare(read(DRAFT), read(DRAFT.replace(old, new, 1)))
    assert found.is_equal and found.apart == apart
    back = compare(read(DRAFT.replace(old, new, 1)), read(DRAFT)).apart
    assert (back.notes_gone, back.notes_new) == (apart.notes_new, 0)


def test_what_did_not_change_is_folded_from_three_paragraphs_on() -> None:
    draft = "INT. A - DAY\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n"
    page = as_html(compare(read(draft), read(draft.replace("Four", "Forth"))), "a", "b")
    assert page.count("<details>") == 1 and "<summary>3 unchanged</summary>" in page
    assert page.index("Three.") < page.index("</details>") < page.index("<ins>Forth.</ins>")


def test_drafts_that_say_the_same_have_a_page_that_says_so() -> None:
    page = as_html(compare(read(DRAFT), read(DRAFT)), "a & b", "c")
    assert "<p>c says what a &amp; b says.</p>" in page and 'class="change"' not in page


def test_a_cut_paragraph_is_struck_out_where_it_was() -> None:
    page = as_html(compare(read(DRAFT), read(DRAFT.replace("He loses count.\n\n", ""))), "a", "b")
    assert '<div class="cut"><p class="action">He loses count.</p></div>' in page
    assert page.index("Forty.") < page.index("He loses count.") < page.index("EXT. LANE")


def test_a_moved_scene_says_so_at_its_place() -> None:
    kitchen, shed = (
        "INT. KITCHEN - DAY\n\nMara counts the spoons and the forks.\n\n",
        "INT. SHED - DAY\n\nOtis sorts his nails by length.\n\n",
    )
    lane = "EXT. LANE - DAY\n\nA bicycle goes by without a rider.\n\nRain falls on the hedge.\n\n"
    page = as_html(compare(read(kitchen + shed + lane), read(shed + lane + kitchen)), "a", "b")
    assert page.count("(moved here)") == 1
    assert '<ins>INT. KITCHEN - DAY</ins> <span class="what">(moved here)</span></h2>' in page


def test_a_paragraph_that_moved_within_its_scene_is_a_change_of_it() -> None:
    one, other = "Rain falls on the roof of the shed.", "Snow lies on the sill of the window."
    rows = (one, "Hail.", other), (other, one, "Hail.")
    old, new = (read("INT. A - DAY\n\n" + "\n\n".join(texts)) for texts in rows)
    found = compare(old, new)
    assert not found.is_equal
    assert [change.what for change in found.changes] == ["moved"]
    assert [(scene.what, scene.words_new, scene.words_cut) for scene in found.scenes] == [("changed", 0, 0)]
