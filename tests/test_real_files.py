"""Other people's scripts, written by several programs and versions. They are not ours to hold in the repository.

MATCHCUT_REAL_FILES names their folder; `shared/real` beside the checkout is looked for too.
"""

import os
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.round_trip import measures, with_ten_words_changed
from converter.normal import normal
from converter.tree import Screenplay
from tests.laws import BOTH, Both, losses, written
from tests.test_untouched import REBUILDS
from writers import outline

ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("MATCHCUT_REAL_FILES", ROOT.parent / "shared" / "real"))

pytestmark = pytest.mark.long

if not FOLDER.is_dir():
    warnings.warn(f"the real scripts are not at {FOLDER}, so nothing was tried on them", stacklevel=1)
    pytest.skip("no real scripts", allow_module_level=True)

FORMS: dict[str, Both] = {form.name: form for form in BOTH}
if not {"fdx", "fountain"} <= FORMS.keys():
    pytest.skip("FDX and Fountain are not both in the table of formats", allow_module_level=True)
FDX, FOUNTAIN = FORMS["fdx"], FORMS["fountain"]

FDX_FILES = sorted(FOLDER.rglob("*.fdx"))
FOUNTAIN_FILES = [*sorted(FOLDER.rglob("*.fountain")), *sorted((ROOT / "samples").glob("*.fountain"))]
each_fdx = pytest.mark.parametrize("path", FDX_FILES, ids=lambda path: path.name)
each_fountain = pytest.mark.parametrize("path", FOUNTAIN_FILES, ids=lambda path: path.name)


def same(one: Screenplay, other: Screenplay) -> None:
    assert outline.to_text(one).splitlines() == outline.to_text(other).splitlines()
    assert one == other


@each_fdx
@pytest.mark.parametrize("rebuild", REBUILDS.values(), ids=REBUILDS)
def test_fdx_stays_as_it_was(path: Path, rebuild: Callable[[Screenplay], Screenplay]) -> None:
    data = path.read_bytes()
    assert FDX.write(rebuild(FDX.read(data))) == data


@each_fdx
def test_fdx_written_anew_reads_the_same(path: Path) -> None:
    """Without the origin, so that every part of it is ours."""
    screenplay = replace(FDX.read(path.read_bytes()), origin=None)
    data, _ = written(FDX.writer, screenplay)
    same(FDX.read(data), FDX.fit(screenplay)[0])


@each_fdx
def test_fdx_to_fountain_and_back_loses_only_what_was_said(path: Path) -> None:
    screenplay = FDX.read(path.read_bytes())
    fitted, said = FOUNTAIN.fit(screenplay)
    if not losses(said):
        same(fitted, normal(screenplay))
    came_back = FOUNTAIN.read(FOUNTAIN.write(screenplay))
    same(came_back, fitted)
    again, _ = FDX.fit(came_back)
    same(FDX.read(FDX.write(came_back)), again)
    there, back = measures(screenplay), measures(again)
    for certain in ("words", "scene numbers", "cut scenes", "dual dialogue", "synopses", "sections"):
        assert there[certain] - back[certain] == {}, certain


@each_fountain
def test_fountain_stays_as_it_was_read(path: Path) -> None:
    screenplay = FOUNTAIN.read(path.read_bytes())
    once, said = written(FOUNTAIN.writer, screenplay)
    assert said == []
    same(FOUNTAIN.read(once), screenplay)
    assert FOUNTAIN.write(FOUNTAIN.read(once)) == once


@each_fountain
def test_fountain_to_fdx_and_back_loses_only_what_was_said(path: Path) -> None:
    screenplay = FOUNTAIN.read(path.read_bytes())
    fitted, said = FDX.fit(screenplay)
    came_back = FDX.read(FDX.write(screenplay))
    same(came_back, fitted)
    if not losses(said):
        same(FOUNTAIN.read(FOUNTAIN.write(came_back)), screenplay)


# ---------------------------------------------------------------- with everything carried along

carries = pytest.mark.skipif(
    "carry" not in FOUNTAIN.writer.options.__dataclass_fields__, reason="Fountain carries nothing yet"
)


def carried(screenplay: Screenplay) -> bytes:
    return written(FOUNTAIN.writer, screenplay, carry=True)[0]


@carries
@each_fdx
def test_fdx_carried_by_fountain_stays_as_it_was(path: Path) -> None:
    data = path.read_bytes()
    assert FDX.write(FOUNTAIN.read(carried(FDX.read(data)))) == data


@carries
@each_fdx
def test_ten_new_words_cost_ten_paragraphs(path: Path) -> None:
    screenplay = FDX.read(path.read_bytes())
    edited = with_ten_words_changed(carried(screenplay).decode("utf-8"), screenplay).encode("utf-8")
    there, back = measures(screenplay), measures(FDX.read(FDX.write(FOUNTAIN.read(edited))))
    for name, items in there.items():
        assert (items - back[name]).total() <= 10, name
