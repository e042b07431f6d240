"""What docs/git.md shows, in a real repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from converter import convert
from tests.compare.drafts import DRAFT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
DOCS = (Path(__file__).parent.parent.parent / "docs" / "git.md").read_text(encoding="utf-8")
WHO = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgsign=false")


@pytest.fixture(autouse=True)
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the settings of the docs, and the command under the name that they call."""
    bin_folder = folder / ".bin"
    bin_folder.mkdir()
    command = bin_folder / "matchcut"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m converter "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    attributes, settings = re.findall(r"```\n(.*?)```", DOCS, re.DOTALL)[:2]
    git("init", "-q", "-b", "main")
    Path(".gitattributes").write_text(attributes)
    with Path(".git/config").open("a") as config:
        config.write(settings)
    Path(".git/info/exclude").write_text(".bin\n*.fountain\n")
    save("draft.fdx", DRAFT)


def git(*words: str, code: int = 0) -> str:
    ended = subprocess.run(["git", *WHO, *words], capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stderr
    return ended.stdout


def save(path: str, text: str) -> None:
    Path("now.fountain").write_text(text, encoding="utf-8")
    convert("now.fountain", path)
    git("add", ".")
    git("commit", "-qm", "Save", "--allow-empty")


@pytest.mark.parametrize("name", ["draft.fdx", "draft.docx", "draft.pdf"])
def test_a_difference_is_shown_as_a_script(name: str) -> None:
    save(name, DRAFT)
    save(name, DRAFT.replace("Forty.", "Fifty."))
    lines = git("diff", "HEAD^", "HEAD", "--", name).splitlines()
    changed = [line.split() for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == [["-Forty."], ["+Fifty."]] or changed == [["-", "Forty."], ["+", "Fifty."]]


def test_branches_that_do_not_touch_are_merged() -> None:
    git("checkout", "-qb", "other")
    save("draft.fdx", DRAFT.replace("Forty.", "Fifty."))
    git("checkout", "-q", "main")
    save("draft.fdx", DRAFT.replace("seed packet", "seed bag"))
    git("merge", "-q", "--no-edit", "other")
    text = Path("draft.fdx").read_text(encoding="utf-8")
    assert "Fifty." in text and "seed bag" in text


def test_branches_that_touch_are_a_conflict_with_both_texts() -> None:
    git("checkout", "-qb", "other")
    save("draft.fdx", DRAFT.replace("seed packet", "seed box"))
    git("checkout", "-q", "main")
    save("draft.fdx", DRAFT.replace("seed packet", "seed bag"))
    git("merge", "-q", "--no-edit", "other", code=1)
    text = Path("draft.fdx").read_text(encoding="utf-8")
    assert "seed box" in text and "seed bag" in text and "merge conflict: theirs" in text
