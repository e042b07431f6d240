"""The files that are made by their structure, a few of each; `make shapes` makes as many as there is time for."""

import random

import pytest

from tests.fuzz.shapes import SHAPES, check, shape
from tests.laws import READERS


def test_every_reader_has_its_shapes() -> None:
    assert {reader.name for reader in READERS} == set(SHAPES)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("reader", SHAPES)
def test_shapes_keep_the_promises(reader: str, part: int) -> None:
    for seed in range(10 * part, 10 * part + 10):
        check(reader, shape(reader, seed), heavy=seed % 10 == 0)


def test_a_seed_makes_the_same_file_again() -> None:
    random.seed(1)
    first = {reader: shape(reader, 7) for reader in SHAPES}
    random.seed(2)
    assert {reader: shape(reader, 7) for reader in SHAPES} == first


@pytest.mark.parametrize("reader", SHAPES)
def test_most_shapes_are_read(reader: str) -> None:
    """What is refused at once tries nothing."""
    assert sum(check(reader, shape(reader, seed)) for seed in range(12)) >= 5
