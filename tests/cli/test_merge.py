"""`matchcut merge`: one file, what both are at odds about, the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.compare.drafts import DRAFT


@pytest.fixture(autouse=True)
def drafts(folder: Path) -> None:
    Path("base.fountain").write_text(DRAFT, encoding="utf-8")
    Path("mine.fountain").write_text(DRAFT.replace("seed packet", "seed bag"), encoding="utf-8")
    Path("theirs.fountain").write_text(DRAFT.replace("Forty.", "Fifty."), encoding="utf-8")


def test_two_drafts_that_do_not_touch_become_one(matchcut: Command) -> None:
    assert matchcut("merge", "base.fountain", "mine.fountain", "theirs.fountain", "both.fountain") == (0, "", "")
    both = Path("both.fountain").read_text(encoding="utf-8")
    assert both.split() == DRAFT.replace("seed packet", "seed bag").replace("Forty.", "Fifty.").split()


def test_drafts_of_other_formats_become_one(matchcut: Command) -> None:
    matchcut("convert", "theirs.fountain", "theirs.fdx")
    assert matchcut("merge", "base.fountain", "mine.fountain", "theirs.fdx", "both.fdx").code == 0
    data = Path("both.fdx").read_text(encoding="utf-8")
    assert "seed bag" in data and "Fifty." in data


def test_what_both_changed_is_listed(matchcut: Command) -> None:
    Path("mine.fountain").write_text(
        DRAFT.replace("seed packet", "seed bag").replace("Forty.", "Sixty."), encoding="utf-8"
    )
    Path("theirs.fountain").write_text(
        DRAFT.replace("seed packet", "seed box").replace("OTIS\nForty.\n\n", ""), encoding="utf-8"
    )
    ended = matchcut("merge", "base.fountain", "mine.fountain", "theirs.fountain", "both.fdx")
    assert ended.code == 8 and ended.err == ""
    first, *rest = ended.out.splitlines()
    assert first == "2 places were changed by both; both texts are in the result, with notes that say merge conflict."
    assert rest[:4] == [
        "",
        "INT. KITCHEN - DAY",
        "  Action, mine: The kettle hums. MARA reads the back of a seed bag.",
        "  Action, theirs: The kettle hums. MARA reads the back of a seed box.",
    ]
    assert rest[4] == "" and rest[6:] == ["  Character, mine: OTIS / Sixty.", "  Character, theirs: (cut)"]
    assert Path("both.fdx").read_text(encoding="utf-8").count("merge conflict:") >= 3


def test_the_result_can_be_sent_on(matchcut: Command) -> None:
    Path("theirs.fountain").write_text(DRAFT.replace("seed packet", "seed box"), encoding="utf-8")
    ended = matchcut("merge", "base.fountain", "mine.fountain", "theirs.fountain", "-", "--to", "fountain")
    assert ended.code == 8 and ended.out.startswith("INT. KITCHEN") and "places" not in ended.out


@pytest.mark.parametrize("target", ["base.fountain", "mine.fountain", "theirs.fountain"])
def test_no_draft_is_replaced(matchcut: Command, target: str) -> None:
    before = Path(target).read_text(encoding="utf-8")
    ended = matchcut("merge", "base.fountain", "mine.fountain", "theirs.fountain", target, "--overwrite")
    assert ended.code == 2 and Path(target).read_text(encoding="utf-8") == before


@pytest.mark.parametrize("missing", ["base", "mine", "theirs"])
def test_a_draft_that_is_not_there_is_named(matchcut: Command, missing: str) -> None:
    Path(f"{missing}.fountain").unlink()
    ended = matchcut("merge", "base.fountain", "mine.fountain", "theirs.fountain", "both.fountain")
    assert ended.code == 5 and f"{missing}.fountain" in ended.err and not Path("both.fountain").exists()
