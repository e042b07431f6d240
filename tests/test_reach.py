"""A conversion reads its script and writes its result; it opens nothing else, no connection, no program but ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from converter.formats import FORMATS, Format

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "short-film.fountain"

WATCH = """
import json, os, sys
seen = []
FORBIDDEN = ("socket.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "urllib.", "ftplib.", "smtplib.", "http.")
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        seen.append(("open", os.path.realpath(os.fsdecode(arguments[0])), arguments[2] & (os.O_WRONLY | os.O_RDWR)))
    elif event in ("subprocess.Popen", "os.posix_spawn"):  # Python 3.13 starts most programs with the second
        seen.append(("program", os.path.realpath(arguments[0]), 0))
    elif event.startswith(FORBIDDEN):
        seen.append((event, repr(arguments), 0))
sys.addaudithook(watch)
from converter import convert
convert(sys.argv[1], sys.argv[2])
print(json.dumps(seen))
"""

# The interpreter and its packages, ours, fonts, what Python asks of the system, and settings of reportlab.
MAY_READ = tuple(
    os.path.realpath(Path(path).expanduser())
    for path in (
        sys.prefix,
        sys.base_prefix,
        ROOT / "converter",
        ROOT / "writers",
        "/usr/share/fonts",
        "/proc",
        "~/.reportlab_",
    )
)


def reached(source: Path, target: Path) -> list[tuple[str, str, int]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", WATCH, str(source), str(target)]
    ended = subprocess.run(command, env=environment, cwd=target.parent, capture_output=True, text=True, check=True)
    return [(event, path, mode) for event, path, mode in json.loads(ended.stdout)]


def assert_only_its_own(source: Path, target: Path) -> None:
    folder = os.path.realpath(target.parent)
    for event, path, writing in reached(source, target):
        if event == "program":
            assert path == os.path.realpath(sys.executable), path
        elif writing:
            assert event == "open" and path.startswith((f"{folder}/.matchcut-", os.devnull)), path
        else:
            assert event == "open" and (path in {str(source), folder} or path.startswith(MAY_READ)), f"{event} {path}"


@pytest.mark.skipif(os.name != "posix", reason="paths as POSIX has them")
@pytest.mark.parametrize("row", [row for row in FORMATS if row.writer], ids=lambda row: row.name)
def test_a_conversion_there_and_back(row: Format, tmp_path: Path) -> None:
    target = tmp_path / f"there{row.suffixes[0]}"
    assert_only_its_own(SAMPLE, target)
    if row.reader:
        (tmp_path / "back").mkdir()
        assert_only_its_own(target, tmp_path / "back" / "back.outline")


def test_a_file_that_is_named_in_a_script_is_not_opened(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("SECRET")
    draft = tmp_path / "draft.fdx"
    draft.write_text(
        f'<!DOCTYPE FinalDraft [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'
        '<FinalDraft><Content><Paragraph Type="Action"><Text>&x;</Text></Paragraph></Content></FinalDraft>'
    )
    command = [sys.executable, "-m", "converter", "convert", str(draft), str(tmp_path / "copy.outline")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert "SECRET" not in ended.stdout + ended.stderr
    assert not (tmp_path / "copy.outline").exists()
