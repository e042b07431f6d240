"""The samples say in both formats what samples/README.md says they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.contract import Source
from converter.layout.paginate import paginate
from converter.readers import fdx as fdx_reader
from converter.readers import fountain as fountain_reader
from converter.terms import is_omitted
from converter.tree import Deletion, DualDialogue, Note, NoteEnd, PageMark, Run, SceneHeading, Screenplay, paragraphs
from writers import fdx

SAMPLES = Path(__file__).parent.parent / "samples"
PRODUCTION = SAMPLES / "production-draft.fdx"
WRITTEN_TWICE = sorted(path for path in SAMPLES.glob("*.fountain") if path.stem != PRODUCTION.stem)


def fountain(path: Path) -> Screenplay:
    return fountain_reader.read(Source(path.name, path.read_bytes()))


def production() -> Screenplay:
    return fdx_reader.read(Source(PRODUCTION.name, PRODUCTION.read_bytes()))


@pytest.mark.parametrize("path", WRITTEN_TWICE, ids=lambda path: path.stem)
def test_a_samples_fdx_is_what_we_write_of_its_fountain(path: Path) -> None:
    assert fdx.write(fountain(path)) == path.with_suffix(".fdx").read_bytes()


def inlines(screenplay: Screenplay) -> list[object]:
    markers = [element for element in screenplay.body if isinstance(element, PageMark | Note)]
    return [*markers, *(inline for one in paragraphs(screenplay.body) for inline in one.text)]


def test_the_production_draft_has_what_productions_have() -> None:
    screenplay = production()
    found = inlines(screenplay)
    headings = [element for element in screenplay.body if isinstance(element, SceneHeading)]
    assert all(heading.number for heading in headings)
    assert {"AA12", "A12", "12", "12A"} <= {heading.number for heading in headings}
    assert sum(map(is_omitted, headings)) >= 5
    assert {inline.revision for inline in found if isinstance(inline, Run)} >= {1, 2, 3}
    assert {inline.revision for inline in found if isinstance(inline, Deletion)} >= {1, 3}
    assert sum(isinstance(inline, PageMark) and inline.locked for inline in found) >= 30
    assert sum(isinstance(inline, NoteEnd) for inline in found) >= 4
    assert any(isinstance(element, DualDialogue) for element in screenplay.body)


def test_the_production_drafts_locked_pages_keep_their_labels() -> None:
    labels = [page.label for page in paginate(production()).script]
    assert labels[labels.index("12") :][:3] == ["12", "12A", "13"]


def test_the_production_draft_says_in_fdx_all_that_its_fountain_says() -> None:
    in_fdx = {paragraph.text[0].text for paragraph in paragraphs(production().body) if len(paragraph.text) == 1}
    plain = [one for one in paragraphs(fountain(PRODUCTION.with_suffix(".fountain")).body) if len(one.text) == 1]
    missing = [one.text[0].text for one in plain if one.text[0].text not in in_fdx]
    assert len(missing) < len(plain) / 20  # those that a mark now cuts in two
