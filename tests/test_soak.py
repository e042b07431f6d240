"""What takes minutes: growth of time and memory, and what happens where memory is short. Run by `make soak`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import script
from benchmarks.measure import run
from converter.contract import Reader
from converter.formats import FORMATS
from tests.cost import seconds
from tests.test_hostile_input import each_reader, fdx_shapes, outcome, text_shapes, with_document

ROOT = Path(__file__).parent.parent
TARGETS = [row.suffixes[0] for row in FORMATS if row.writer]


# ---------------------------------------------------------------- growth

MOST_GROWTH = 2.6  # for twice the size
MEASURABLE = 0.1  # seconds


@each_reader
@pytest.mark.parametrize("shape", [*text_shapes(), *fdx_shapes()])
def test_twice_the_size_takes_twice_the_time(reader: Reader, shape: str) -> None:
    half, once = (text_shapes(part) | fdx_shapes(part) for part in (2, 1))
    twice = once[shape] * 2
    sizes = [(half[shape], once[shape]), (once[shape], twice)]  # what seems to grow too fast has to do it twice
    sizes = [(with_document(small).encode("utf-8"), with_document(large).encode("utf-8")) for small, large in sizes]
    if not all(_grows_too_fast(reader, small, large) for small, large in sizes):
        return
    pytest.fail("twice the size took more than 2.6 times as long, and that twice over")


def _grows_too_fast(reader: Reader, small: bytes, large: bytes) -> bool:
    less = more = float("inf")
    for _ in range(6):  # the least of several: whatever else the machine does only adds
        less = min(less, seconds(outcome, reader, small))
        more = min(more, seconds(outcome, reader, large))
        if more < MEASURABLE or more < MOST_GROWTH * less:
            return False
    return True


# ---------------------------------------------------------------- large scripts


def command(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "converter", "convert", str(source), str(target), "--overwrite"]


@pytest.fixture(scope="module")
def five_megabytes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.fountain"
    path.write_text(script(35), encoding="utf-8")
    assert path.stat().st_size > 5_000_000
    return path


@pytest.mark.parametrize("suffix", TARGETS)
def test_five_megabytes_of_text(five_megabytes: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    spent, megabytes = run(command(five_megabytes, five_megabytes.with_name(f"made{suffix}")))
    size = five_megabytes.stat().st_size
    print(f"{suffix}: {spent:.1f} s, {megabytes:.0f} MB")
    assert spent < 30
    assert megabytes < 600 and megabytes < 120 + 60 * size / 1e6


# ---------------------------------------------------------------- little memory

LITTLE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
from converter.cli import main
sys.exit(main())
"""
HUGE = {
    "fountain": "INT. SHED - NIGHT\n\nRain falls.\n\nANN\nNow, and not later.\n\n",
    "fdx": "<Paragraph Type='Action'><Text>Rain falls.</Text></Paragraph>\n",
    "txt": "                     ANN\n          Now, and not later.\n\n",
}


@pytest.mark.skipif(sys.platform != "linux", reason="address space has a limit on Linux")
@pytest.mark.parametrize("megabytes", [10, 49])
@pytest.mark.parametrize("suffix", HUGE)
def test_little_memory_is_a_limit(tmp_path: Path, suffix: str, megabytes: int) -> None:
    source, target = tmp_path / f"huge.{suffix}", tmp_path / "result.docx"
    body = HUGE[suffix] * (megabytes * 1_000_000 // len(HUGE[suffix]))
    if suffix == "fdx":
        body = f"<FinalDraft DocumentType='Script' Version='5'><Content>{body}</Content></FinalDraft>"
    source.write_text(body, encoding="utf-8")
    arguments = [sys.executable, "-c", LITTLE, "convert", str(source), str(target), "--limit", "text-characters=100M"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode in {4, 0}, ended.stderr
    assert "Traceback" not in ended.stderr
    assert target.exists() == (ended.returncode == 0)
    assert not [path for path in tmp_path.iterdir() if path not in {source, target}]
