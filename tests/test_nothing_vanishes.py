"""Each writer puts every word of every kind into its output or reports a LOSS, but what pages never print."""

import pytest

from converter.contract import Writer
from tests.facets import Status, facets, statuses
from tests.laws import WRITERS
from tests.support_table import ROWS, rows_of


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_nothing_vanishes(writer: Writer) -> None:
    bad = {name: status.value for name, status in statuses(writer).items() if status in {Status.VANISHED, Status.CRIED}}
    assert bad == {}


def test_each_facet_has_one_row_in_the_table() -> None:
    wrong = {facet.name: rows_of(facet.name) for facet in facets() if len(rows_of(facet.name)) != 1}
    assert wrong == {}
    assert {row for facet in facets() for row in rows_of(facet.name)} == set(ROWS)
