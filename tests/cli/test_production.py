"""`matchcut lock`, `unlock`, `number`, `omit` and `restore`, as a script coordinator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import read
from converter.tree import PageMark, SceneHeading
from tests.cli.conftest import Command

DRAFT = (
    "INT. A - DAY #1#\n\nRain.\n\nINT. B - DAY\n\n" + "Snow falls and falls. " * 400 + "\n\nINT. C - DAY #2#\n\nHail.\n"
)


@pytest.fixture(autouse=True)
def draft(folder: Path) -> None:
    Path("draft.fountain").write_text(DRAFT, encoding="utf-8")


def numbers(path: str) -> list[str | None]:
    return [one.number for one in read(path).screenplay.body if isinstance(one, SceneHeading)]


def locks(path: str) -> list[str]:
    found = []
    for element in read(path).screenplay.body:
        inside = getattr(element, "text", ())
        found += [one.label for one in (element, *inside) if isinstance(one, PageMark) and one.locked]
    return found


def test_pages_and_scenes_are_locked_and_unlocked(matchcut: Command) -> None:
    assert matchcut("lock", "draft.fountain", "locked.fdx", "--lock-pages", "--lock-scenes") == (0, "", "")
    assert numbers("locked.fdx") == ["1", "1A", "2"] and locks("locked.fdx") == ["2", "3"]
    assert matchcut("unlock", "locked.fdx", "free.fdx") == (0, "", "")
    assert numbers("free.fdx") == ["1", "1A", "2"] and locks("free.fdx") == []


def test_each_is_locked_alone(matchcut: Command) -> None:
    matchcut("lock", "draft.fountain", "pages.fdx", "--lock-pages")
    matchcut("lock", "draft.fountain", "scenes.fdx", "--lock-scenes", "--scheme", "prefix")
    assert numbers("pages.fdx") == ["1", None, "2"] and locks("pages.fdx") == ["2", "3"]
    assert numbers("scenes.fdx") == ["1", "A2", "2"] and locks("scenes.fdx") == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["1", "1A", "2"]),
        (["--scheme", "prefix"], ["1", "A2", "2"]),
        (["--anew"], ["1", "2", "3"]),
        (["--drop"], [None, None, None]),
    ],
)
def test_scenes_are_numbered(matchcut: Command, options: list[str], expected: list[str | None]) -> None:
    assert matchcut("number", "draft.fountain", "new.fountain", *options) == (0, "", "")
    assert numbers("new.fountain") == expected


def test_scenes_are_omitted_and_restored(matchcut: Command) -> None:
    assert matchcut("omit", "draft.fountain", "less.fdx", "--scene", "1", "--scene", "2") == (0, "", "")
    assert Path("less.fdx").read_text(encoding="utf-8").count("<OmittedScene>") == 2
    assert matchcut("restore", "less.fdx", "more.fountain", "--scene", "2", "--scene", "1") == (0, "", "")
    assert Path("more.fountain").read_text(encoding="utf-8").split() == DRAFT.split()


def test_numbers_can_be_dropped_on_the_way(matchcut: Command) -> None:
    matchcut("convert", "draft.fountain", "bare.fdx", "--drop", "scene-numbers")
    assert numbers("bare.fdx") == [None, None, None]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("lock draft.fountain new.fdx", "--lock-pages, --lock-scenes or both"),
        ("number draft.fountain new.fdx --anew --drop", "do not go together"),
        ("omit draft.fountain new.fdx", "--scene"),
        ("omit draft.fountain new.fdx --scene 9", "there is no scene 9"),
        ("restore draft.fountain new.fdx --scene 1", "is not omitted"),
        ("lock draft.fountain draft.fountain --lock-pages", "draft.fountain"),
    ],
)
def test_what_cannot_be_done_is_an_error_and_nothing_is_written(matchcut: Command, words: str, message: str) -> None:
    ended = matchcut(*words.split())
    assert ended.code == 2 and message in ended.err
    assert not Path("new.fdx").exists() and Path("draft.fountain").read_text(encoding="utf-8") == DRAFT


def test_what_the_new_format_cannot_hold_is_reported(matchcut: Command) -> None:
    ended = matchcut("lock", "draft.fountain", "new.fountain", "--lock-pages")
    assert ended.code == 0 and "fountain.page-mark-changed" in ended.err


def test_old_page_numbers_are_kept_in_the_new_draft(matchcut: Command) -> None:
    Path("new.fountain").write_text(DRAFT.replace("Rain.", "Rain. " * 900), encoding="utf-8")
    assert matchcut("compare", "draft.fountain", "new.fountain", "marked.fdx", "--lock-pages").code == 8
    assert locks("marked.fdx") == ["2", "3"]
    matchcut("convert", "marked.fdx", "marked.txt")
    assert "1A." in Path("marked.txt").read_text(encoding="utf-8")


def test_a_character_is_renamed_and_told(matchcut: Command, folder: Path) -> None:
    Path("a.fountain").write_text("Anna waits.\n\nANNA\nHi.\n\nYOUNG ANNA\nHo.\n", encoding="utf-8")
    ended = matchcut("rename", "a.fountain", "b.fountain", "--character", "ANNA=EVE")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "ANNA is EVE now: 1 cue, and 1 paragraph with the name.",
        "  before: Anna waits.",
        "  now:    Eve waits.",
        "Left as they are: YOUNG ANNA",
    ]
    assert Path("b.fountain").read_text(encoding="utf-8").startswith("Eve waits.\n\nEVE\nHi.")
    for given, said in (("ANNA", "OLD=NEW, not 'ANNA'"), ("ANNA=Young Anna", "--merge")):
        ended = matchcut("rename", "a.fountain", "c.fountain", "--character", given)
        assert ended.code == 2 and said in ended.err and not Path("c.fountain").exists()
