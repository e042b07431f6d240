"""`lengths=yes`: what Final Draft keeps beside a heading, from our own pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.contract import DEFAULT_LIMITS, Source
from converter.layout.paginate import eighths_text, paginate
from converter.readers import fdx as fdx_reader
from converter.readers import fountain as fountain_reader
from converter.safe.xml import parse
from writers import fdx

SAMPLES = Path(__file__).parents[3] / "samples"
ASKED = fdx.Options(lengths=True)


def kept(data: bytes) -> list[tuple[str | None, str | None]]:
    content = parse(data, DEFAULT_LIMITS).find("Content")
    assert content is not None
    return [(one.get("Length"), one.get("Page")) for one in content.findall("Paragraph/SceneProperties")]


@pytest.mark.parametrize("name", ["short-film", "production-draft"])
def test_every_heading_gets_its_length_and_its_page(name: str) -> None:
    path = SAMPLES / f"{name}.fountain"
    screenplay = fountain_reader.read(Source(path.name, path.read_bytes()))
    scenes = paginate(screenplay).scenes
    assert kept(fdx.write(screenplay, ASKED)) == [(eighths_text(scene.eighths), scene.page) for scene in scenes]
    assert set(kept(fdx.write(screenplay))) == {(None, None)}


def test_nothing_else_of_a_file_changes() -> None:
    data = (SAMPLES / "production-draft.fdx").read_bytes()
    screenplay = fdx_reader.read(Source("draft.fdx", data))
    written = fdx.write(screenplay, ASKED)
    assert "12A" in {page for _, page in kept(written)} or "13" in {page for _, page in kept(written)}
    assert fdx_reader.read(Source("draft.fdx", written)) == screenplay
    lines = [line for line in written.splitlines() if b"<SceneProperties" not in line]
    assert lines == [line for line in data.splitlines() if b"<SceneProperties" not in line]
    assert fdx.write(fdx_reader.read(Source("draft.fdx", written)), ASKED) == written
