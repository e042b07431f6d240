"""The pictures and the options in docs/pages.md are those of the code."""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from converter.layout.paginate import Pages, paginate
from converter.layout.picture import picture
from converter.layout.style import PageOptions
from converter.readers.fountain import from_text

ROOT = Path(__file__).parents[2]
PAGES_MD = ROOT / "docs" / "pages.md"
PICTURE = re.compile(
    r"<!-- (?P<sample>\S+) page (?P<label>\w+) rows (?P<first>\d+)-(?P<last>\d+) -->\n"
    r"```\n(?P<drawn>.*?)```\n",
    re.DOTALL,
)
PICTURES = list(PICTURE.finditer(PAGES_MD.read_text(encoding="utf-8")))


@cache
def pages(sample: str) -> Pages:
    return paginate(from_text((ROOT / sample).read_text(encoding="utf-8")))


def drawn(match: re.Match[str]) -> str:
    (page,) = (page for page in pages(match["sample"]).script if page.label == match["label"])
    rows = picture(page).splitlines(keepends=True)
    return "".join(rows[int(match["first"]) - 1 : int(match["last"])])


@pytest.mark.parametrize("match", PICTURES, ids=lambda match: f"{match['sample']}-{match['label']}")
def test_a_picture_is_what_is_drawn(match: re.Match[str], accept: bool) -> None:
    if accept:
        text = PAGES_MD.read_text(encoding="utf-8")
        new = match[0][: match[0].index("```\n") + 4] + drawn(match) + "```\n"
        PAGES_MD.write_text(text.replace(match[0], new), encoding="utf-8")
    else:
        assert match["drawn"] == drawn(match)


def test_there_are_pictures() -> None:
    assert len(PICTURES) == 4


def test_every_option_is_explained() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGES_MD.read_text(encoding="utf-8"), re.MULTILINE))
    options = {one.name: one.metadata["help"].replace("|", "\\|") for one in fields(PageOptions)}
    assert {name: table.get(name) for name in options} == options


def test_drawn_pictures_are_there_shown_and_small() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    shown = {name for text in texts for name in re.findall(r"!\[.+\]\((?:\.\./)?pictures/(.+)\)", text)}
    files = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert shown == {path.name for path in files}
    assert max(path.stat().st_size for path in files) < 60_000
