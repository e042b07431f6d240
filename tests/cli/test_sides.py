"""`matchcut sides`, as a second assistant director types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def script(folder: Path) -> None:
    Path("a.fountain").write_text(
        "INT. A - DAY #1#\n\nRain.\n\nMARA\nHi.\n\nINT. B - DAY #2#\n\nSnow.\n", encoding="utf-8"
    )


@pytest.mark.parametrize(
    "given",
    [
        ("--scenes", "1"),
        ("--characters", "MARA", "--highlight", "--two-up", "--line", "Day 12"),
        ("--scenes", "2", "--others", "blank", "--set", "paper=a4"),
    ],
)
def test_a_pdf_is_written(matchcut: Command, given: tuple[str, ...]) -> None:
    ended = matchcut("sides", "a.fountain", "day.pdf", *given)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert Path("day.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("out", "given", "said"),
    [
        ("day.docx", ("--scenes", "1"), "ends in .pdf"),
        ("day.pdf", (), "--scenes or --characters"),
        ("day.pdf", ("--scenes", "7"), "no scene '7'"),
    ],
)
def test_slips_are_told(matchcut: Command, out: str, given: tuple[str, ...], said: str) -> None:
    ended = matchcut("sides", "a.fountain", out, *given)
    assert ended.code == 2 and said in ended.err and not Path(out).exists()
