"""What the lines of a title page are: each rule with the page that shows it."""

from __future__ import annotations

import pytest

from converter.readers import plain
from converter.recovery.titles import TitleRow, is_contact, is_date, parts, prose, split_credit
from converter.tree import words


def named(*texts: str, place: str = "middle") -> list[tuple[str, str]]:
    """Names and words; an empty text is a blank line, `<` before a text puts it left and `>` right."""
    rows = []
    opens = True
    for text in texts:
        side = {"<": "left", ">": "right"}.get(text[:1], place)
        if text:
            rows.append(TitleRow(text.lstrip("<>"), side, opens))  # type: ignore[arg-type]
        opens = not text
    return [(part.name, rows[part.row].text[part.start : part.end]) for part in parts(rows)]


def test_a_name_under_the_title_is_the_author() -> None:
    assert named("SLOW TIDE", "", "Odile Quill") == [("Title", "SLOW TIDE"), ("Author", "Odile Quill")]
    assert named("SLOW TIDE", "", "Odile Quill & Bram de Wit")[1][0] == "Author"


@pytest.mark.parametrize(
    "subtitle", ["“The Second Night”", "Episode Three", "a comedy in three parts", "Part II", "Low"]
)
def test_what_no_person_is_called_stays_a_subtitle(subtitle: str) -> None:
    assert named("SLOW TIDE", "", subtitle)[1] == ("Episode", subtitle)


def test_a_name_above_a_credit_is_a_subtitle() -> None:
    found = named("SLOW TIDE", "", "Harbour Lights", "", "written by", "", "Odile Quill")
    assert [name for name, _ in found] == ["Title", "Episode", "Credit", "Author"]


def test_the_last_of_two_lines_under_the_title_is_the_author() -> None:
    assert [name for name, _ in named("SLOW TIDE", "", "Low Water", "", "Odile Quill")] == [
        "Title",
        "Episode",
        "Author",
    ]


def test_a_source_below_a_lone_name_leaves_it_the_author() -> None:
    found = named("SLOW TIDE", "", "Odile Quill", "", "Based on her letters")
    assert [name for name, _ in found] == ["Title", "Author", "Source"]


def test_the_only_name_under_the_title_is_the_author_wherever_it_stands() -> None:
    found = named("SLOW TIDE", "", "Odile Quill", "", "in the series of harbour plays")
    assert [name for name, _ in found] == ["Title", "Author", "Source"]


def test_a_source_goes_on_with_its_own_author() -> None:
    found = named("SLOW TIDE", "", "by Ina Lund", "", "Based upon the story", "Two Piers", "by Odile Quill")
    assert [name for name, _ in found[3:]] == ["Source", "Source", "Source"]


def test_a_draft_below_the_author_is_no_source() -> None:
    found = named("SLOW TIDE", "", "by Ina Lund", "", "SHOOTING SCRIPT", "", "Revisions by hand")
    assert [name for name, _ in found[3:]] == ["Draft date", "Draft date"]


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("by", "Odile Quill"),
        ("Written by", "Odile Quill"),
        ("written and directed by", "Odile Quill"),
        ("An original screenplay by:", "O. Quill"),
        ("Drehbuch von", "Odile Quill"),
        ("Scénario par", "Odile Quill"),
    ],
)
def test_a_credit_and_its_name_in_one_line(credit: str, name: str) -> None:
    assert named("SLOW TIDE", "", f"{credit} {name}")[1:] == [("Credit", credit), ("Author", name)]


@pytest.mark.parametrize("text", ["written by", "by", "Based on the novel by Bram Wit", "Side by side", "Standby"])
def test_a_line_without_a_name_of_its_own_is_not_divided(text: str) -> None:
    assert not split_credit(text)


def test_a_title_with_by_in_it_is_a_title() -> None:
    assert named("STORY BY THE SEA", "", "Odile Quill")[0] == ("Title", "STORY BY THE SEA")


def test_several_credits_each_with_its_author() -> None:
    found = named(
        "SLOW TIDE", "", "teleplay by", "Odile Quill", "", "story by", "", "Bram Wit", "", "Music by Ina Lund"
    )
    assert found[1:] == [
        ("Credit", "teleplay by"),
        ("Author", "Odile Quill"),
        ("Credit", "story by"),
        ("Author", "Bram Wit"),
        ("Credit", "Music by"),
        ("Author", "Ina Lund"),
    ]


def test_a_credit_of_two_lines() -> None:
    found = named("SLOW TIDE", "", "an original fable", "by", "", "Odile Quill")
    assert [name for name, _ in found] == ["Title", "Credit", "Credit", "Author"]


def test_mail_and_telephone_below_the_author_are_the_contact() -> None:
    found = named("SLOW TIDE", "", "by", "", "Odile Quill", "odile@pier.example", "", "4 Pier", "+44 20 5555 0000")
    assert [name for name, _ in found[3:]] == ["Contact", "Contact", "Contact"]


def test_the_words_of_a_line_in_the_middle_say_what_it_is() -> None:
    found = named("SLOW TIDE", "", "by Odile Quill", "", "© 2026 Odile Quill", "", "3 May 2026", "", "for the stage")
    assert [name for name, _ in found[3:]] == ["Copyright", "Draft date", "Notes"]


@pytest.mark.parametrize(
    "text", ["555 123 4567", "(555) 123-4567", "555-1234", "a@b.example", "www.pier.example", "+49 30 1234567"]
)
def test_what_reaches_a_person(text: str) -> None:
    assert is_contact(text)


@pytest.mark.parametrize(
    "text", ["WGA Registration #1234567", "2024-05-03", "03-05-2024", "Copyright 2024 a@b.example", "1984", "Scene 12"]
)
def test_what_reaches_no_person(text: str) -> None:
    assert not is_contact(text)


@pytest.mark.parametrize("text", ["3 May 2024", "May 2026", "Draft: 3/5/24", "2024-05-03", "Oct. 14", "14 October"])
def test_what_is_a_date(text: str) -> None:
    assert is_date(text)


def test_the_foot_at_the_left() -> None:
    assert named(
        "SLOW TIDE", "<WGA Registration #1234567", "<Copyright 2026 Odile Quill", "", "<Pier 4", "<Harbour"
    ) == [
        ("Title", "SLOW TIDE"),
        ("Notes", "WGA Registration #1234567"),
        ("Copyright", "Copyright 2026 Odile Quill"),
        ("Contact", "Pier 4"),
        ("Contact", "Harbour"),
    ]


def test_registration_and_copyright_alone_are_no_contact() -> None:
    found = named("<WGA Registration #1234567", "<Copyright 2026 Odile Quill. All rights reserved.")
    assert [name for name, _ in found] == ["Notes", "Copyright"]


def test_a_draft_at_the_left_is_no_address() -> None:
    assert named("<FINAL DRAFT", ">3 May 2024") == [("Draft date", "3 May 2024"), ("Notes", "FINAL DRAFT")]


def test_a_colour_above_the_date_is_the_revision() -> None:
    assert named(">Blue", ">3 May 2024") == [("Revision", "Blue"), ("Draft date", "3 May 2024")]


def test_an_address_at_the_right() -> None:
    assert [name for name, _ in named(">Odile Quill", ">odile@pier.example", "", ">3 May 2024")] == [
        "Contact",
        "Contact",
        "Draft date",
    ]


LONG = "This page shows how the sheet of a script may be set, and no more"


def test_a_paragraph_below_the_credits_is_a_note() -> None:
    texts = ["SLOW TIDE", "by", "Odile Quill", LONG, LONG, "and here it ends."]
    full = prose(texts, [1, 1, 1, 1, 0, 0])
    assert full == {3, 4, 5}
    rows = [TitleRow(text, "middle", place < 4, is_prose=place in full) for place, text in enumerate(texts)]
    assert [part.name for part in parts(rows)] == ["Title", "Credit", "Author", "Notes", "Notes", "Notes"]


def test_a_paragraph_ends_with_its_bracket_and_with_a_blank_line() -> None:
    assert prose(["T", LONG, LONG + "]", "Quill"], [1, 1, 0, 0]) == {1, 2}
    assert prose(["T", LONG, LONG, "Quill"], [1, 1, 0, 1]) == {1, 2}
    assert prose([LONG, LONG, "Quill", "Wit"], [1, 1, 1, 0]) == {1}


def test_a_typed_page_with_a_foot_of_two_columns() -> None:
    body = "\n\n".join(
        [
            "               INT. HALL - DAY",
            "               Steps.",
            "                                   INA\n                         Hi.",
        ]
    )
    page = "\n" * 12 + "\n".join(
        [
            " " * 38 + "SLOW TIDE",
            "\n\n" + " " * 37 + "Odile Quill",
            "\n" * 9 + " " * 10 + "odile@pier.example" + " " * 30 + "3 May 2024",
        ]
    )
    screenplay = plain.from_text(page + "\n\f\n" + body)
    assert screenplay.title_page is not None
    assert [(one.name, [words(line) for line in one.lines]) for one in screenplay.title_page.fields] == [
        ("Title", ["SLOW TIDE"]),
        ("Author", ["Odile Quill"]),
        ("Draft date", ["3 May 2024"]),
        ("Contact", ["odile@pier.example"]),
    ]


def test_a_page_far_down_needs_the_end_of_its_page_to_be_a_title_page() -> None:
    screenplay = plain.from_text("\n" * 12 + " " * 35 + "INA\n" + " " * 25 + "Hi.\n\n" + " " * 15 + "INT. HALL - DAY\n")
    assert screenplay.title_page is None


def test_a_title_page_typed_unevenly() -> None:
    page = "\n".join(
        [" " * 30 + "SLOW TIDE", "", " " * 34 + "Written by Odile Quill", "", " " * 25 + "Shooting script", "", ""]
    )
    screenplay = plain.from_text(page + "\n" * 3 + "INT. HALL - DAY\n\nSteps.\n\n     INA\n  Hi.\n")
    assert screenplay.title_page is not None
    assert [one.name for one in screenplay.title_page.fields] == ["Title", "Credit", "Author", "Draft date"]
