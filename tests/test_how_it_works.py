"""docs/how-it-works.md shows what each stage makes of its scene."""

import re
from pathlib import Path

import pytest

from converter.layout.paginate import paginate
from converter.layout.picture import text_picture
from converter.tree import Screenplay
from tests.harness import fdx_part
from tests.laws import READERS, WRITERS, read, written

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def scene() -> Screenplay:
    reader = next(one for one in READERS if one.name == "fountain")
    screenplay, said = read(reader, SHOWN["fountain"].encode("utf-8"))
    assert said == []
    return screenplay


def text_of(scene: Screenplay, name: str) -> str:
    data, said = written(next(one for one in WRITERS if one.name == name), scene)
    assert said == []
    return data.decode("utf-8")


def test_the_outline(scene: Screenplay) -> None:
    assert text_of(scene, "outline") == SHOWN["outline"]


def test_the_fdx(scene: Screenplay) -> None:
    fdx = text_of(scene, "fdx")
    assert fdx_part(fdx, "Content") == SHOWN["fdx"]
    assert set(re.findall(r'Range="[^"]*"', PAGE)) == set(re.findall(r'Range="[^"]*"', fdx))


def test_the_page(scene: Screenplay) -> None:
    (page,) = paginate(scene).script
    assert text_picture(page) == SHOWN["page"]


def test_every_file_it_names_is_there() -> None:
    named = re.findall(r"`([\w/]+(?:\.py|/))`", PAGE)
    folders = (ROOT, ROOT / "converter" / "layout")
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
