"""The table of `make mutate` names what there is. (The tool itself needs the extra `mutate`.)"""

import pytest

from tests import harness
from tests.mutate.areas import AREAS, ROOT, Area

each_area = pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)


@each_area
def test_every_pattern_of_an_area_finds_code(area: Area) -> None:
    assert [pattern for pattern in area.code if not any(ROOT.glob(pattern))] == []


@each_area
def test_every_place_of_an_area_holds_tests(area: Area) -> None:
    places = [ROOT / place for place in area.tests]
    assert [place for place in places if not (place.is_file() or any(place.rglob("test_*.py")))] == []


@each_area
def test_the_cases_of_an_area_are_found(area: Area) -> None:
    folders = [folder for folder in area.cases.split(" or ") if folder]
    cases = [str(case) for case in harness.all_cases()]
    assert [folder for folder in folders if not any(folder in case for case in cases)] == []


def test_a_change_is_small_and_the_same_for_the_same_seed() -> None:
    pytest.importorskip("mutmut")
    from tests.mutate.areas import files
    from tests.mutate.changes import chosen

    path = ROOT / "converter" / "lines.py"
    (first, second), again = (chosen(ROOT, [path.relative_to(ROOT)], seed=7, count=2) for _ in range(2))
    assert [change.after() for change in again] == [first.after(), second.after()]
    assert first.before() == path.read_text(encoding="utf-8") != first.after() != second.after()
    assert files(AREAS["safe"])
