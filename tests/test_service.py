"""The examples for web services, run as they stand: nothing is opened, every upload gets an answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_docs import blocks
from tests.test_reach import MAY_READ, ROOT

SERVICE, MANY = blocks((ROOT / "docs" / "service.md").read_text(encoding="utf-8"), "python")

UPLOADS = """
import io, json, os, sys, zipfile
sample = open(sys.argv[1], "rb").read()
bomb = io.BytesIO()
with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("word/document.xml", bytes(60_000_000))
seen = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        seen.append([event, os.path.realpath(os.fsdecode(arguments[0])), arguments[2] & (os.O_WRONLY | os.O_RDWR)])
    elif event.startswith(("socket.", "os.system", "os.exec", "shutil.", "os.remove", "os.rename", "os.mkdir")):
        seen.append([event, repr(arguments), 0])
sys.addaudithook(watch)
status = {}
made = {}
for format in ("fountain", "fdx", "docx", "pdf", "text", "outline"):
    code, said, made[format] = answer(sample, "../../etc/passwd\\n.fountain", format)
    status[format] = code
for format in ("fdx", "docx", "pdf", "text"):
    status["from " + format], said, data = answer(made[format], "upload", "fountain")
    assert data
status["no such format"] = answer(sample, "a.fountain", "nothing")[0]
status["large"] = answer(b"word " * 3_000_000, "a.fountain", "fdx")[0]
status["long"] = answer(b"INT. A\\n\\n" * 60_000, "a.fountain", "pdf")[0]
status["bomb"] = answer(bomb.getvalue(), "a.docx", "pdf")[0]
status["junk"] = answer(os.urandom(9) + bytes(99), "a.pdf", "fdx")[0]
status["doctype"] = answer(b"<!DOCTYPE FinalDraft><FinalDraft/>", "a.fdx", "fdx")[0]
print(json.dumps([status, seen]))
"""


@pytest.mark.skipif(os.name != "posix", reason="paths as POSIX has them")
def test_every_upload_gets_an_answer_and_nothing_is_opened(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", SERVICE + UPLOADS, str(ROOT / "samples" / "two-pages.fountain")]
    ended = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    status, seen = json.loads(ended.stdout)
    refused = {"no such format": 400, "large": 413, "long": 413, "bomb": 413, "junk": 422, "doctype": 422}
    assert {name: code for name, code in status.items() if code != 200} == refused
    opened = {path for event, path, writing in seen if event == "open" and not path.startswith(MAY_READ)}
    of_the_checkout = {path for path in opened if path.startswith(str(ROOT)) or "__editable__" in path}
    assert opened - of_the_checkout <= {os.devnull}
    assert not any(path.startswith(str(ROOT / "samples")) for path in opened)
    assert [event for event, _, _ in seen if event != "open"] == []
    assert list(tmp_path.iterdir()) == []


def test_the_example_with_many(tmp_path: Path) -> None:
    shutil.copy(ROOT / "samples" / "two-pages.fountain", tmp_path / "a.fountain")
    (tmp_path / "b.fdx").write_text("<FinalDraft")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", MANY], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("a.fountain: converted\nb.fdx: ")
    assert (tmp_path / "a.pdf").exists() and not (tmp_path / "b.pdf").exists()
