"""Our own scripts, damaged on purpose, come back. The weights know them; docs/recovery.md has figures for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import damage
from converter.readers import fountain, plain
from tests.recovery.scoring import Score, score

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SEEDS = (1, 2, 3)


def total(names: tuple[str, ...], kind: str) -> Score:
    """All scripts, three seeds each, as one."""
    scores = []
    for name in names:
        script = damage.pieces_of(fountain.from_text((SAMPLES / f"{name}.fountain").read_text("utf-8")))
        for seed in SEEDS:
            if kind.startswith("flat"):
                text, spans = damage.flat(script, seed, stems="stems" in kind, lower="cased" not in kind)
                options = plain.Options(kind="flat")
            else:
                text, spans = damage.lined(
                    script, seed, indented=kind == "indented", blanks=kind != "contiguous", headers=seed != 2
                )
                options = plain.Options()
            scores.append(score(text, spans, script, plain.from_text(text, options)))
    return Score(*map(sum, zip(*scores, strict=True)))


ENGLISH = ("production-draft", "short-film", "two-pages")
OTHERS = ("francais", "polski", "ellinika", "russkii")


@pytest.mark.long
@pytest.mark.parametrize(
    ("names", "kind", "accuracy", "boundaries"),
    [
        (ENGLISH, "indented", 0.99, 0.98),
        (ENGLISH, "unindented", 0.99, 0.975),
        (ENGLISH, "contiguous", 0.97, 0.95),
        (ENGLISH, "flat", 0.95, 0.90),
        (ENGLISH, "flat, stems", 0.95, 0.89),
        (ENGLISH, "flat, cased", 0.95, 0.92),
        (OTHERS, "indented", 0.98, 0.97),
        (OTHERS, "unindented", 0.97, 0.93),
    ],
)
def test_a_damaged_script_comes_back(names: tuple[str, ...], kind: str, accuracy: float, boundaries: float) -> None:
    found = total(names, kind)
    assert found.accuracy >= accuracy, found
    assert found.boundaries >= boundaries, found
