"""The fuzzer's targets work; what it found stands as cases where it belongs."""

import pytest

from tests.fuzz.targets import TARGETS
from tests.laws import READERS


def test_every_reader_is_a_target() -> None:
    assert {reader.name for reader in READERS} | {"zip"} == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_seeds(name: str) -> None:
    target = TARGETS[name]
    for number, seed in enumerate(target.seeds()):
        target.run(seed)
        target.run(seed[: len(seed) * 2 // 3])
        if number == 4:
            break
    target.run(b"")
    target.run(" ".join(target.words).encode())
