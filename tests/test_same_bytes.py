"""The same screenplay gives the same bytes in every time zone and locale, whatever the seed of Python's hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
import hashlib
from converter.records import whole
from tests.facets import facets
from tests.laws import READERS, WRITERS, read, written

screenplays = [facet.screenplay for facet in facets()]
for path in sorted(path for path in __import__("pathlib").Path("samples").iterdir()):
    screenplays += [read(reader, path.read_bytes())[0] for reader in READERS if path.suffix in reader.suffixes]
for writer in WRITERS:
    digest = hashlib.sha256()
    for screenplay in screenplays:
        data, said = written(writer, screenplay)
        digest.update(data + whole(tuple(said)).encode())
    print(writer.name, len(screenplays), digest.hexdigest())
"""

PLACES = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
]


@pytest.mark.long
def test_the_same_bytes_everywhere() -> None:
    at_home, *elsewhere = map(digests, PLACES)
    assert elsewhere == [at_home] * len(elsewhere)


def digests(place: dict[str, str]) -> str:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "HOME"}}
    environment = {**kept, "PYTHONUTF8": "0", **place}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
