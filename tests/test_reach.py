"""A conversion reads its script and writes its result; it opens nothing else, no connection, no program but ours."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from converter import FormatError, convert
from converter.formats import FORMATS, Format
from tests.readers.docx.build import RELS, document, p, r, with_member
from tests.readers.pdf.build import pdf, stream, text

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
        *filter(None, os.environ["MATCHCUT_FONTS"].split(os.pathsep)),
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


def scripts_that_name(address: str) -> dict[str, bytes]:
    """In every way that a format knows to say where something else is."""
    image = '<w:r><w:pict xmlns:v="v"><v:shape><v:imagedata r:link="rId7"/></v:shape></w:pict></w:r>'
    link = f'<w:hyperlink r:id="rId7">{r("There.")}</w:hyperlink>'
    field = f'<w:r><w:instrText>INCLUDETEXT "{address}"</w:instrText></w:r>'
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="x/{kind}" TargetMode="External" Target="{address}"/>'
        for number, kind in enumerate(("attachedTemplate", "styles", "footnotes", "image"), start=4)
    )
    word = document(p(runs=image), p("Rain."), p(runs=link), p(runs=field))
    relations = f'<Relationships xmlns="{RELS}">{relations}</Relationships>'
    word = with_member(word, "word/_rels/document.xml.rels", relations)
    actions = f"/OpenAction<</S/URI/URI({address})>>/AA<</WC<</S/SubmitForm/F<</FS/URL/F({address})>>>>>>"
    remote = {1: f"<</Type/Catalog/Pages 2 0 R{actions}>>".encode(), 50: stream(b"", f"/F<</FS/URL/F({address})>>")}
    annotation = f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F({address})/D[0]>>>>]"
    return {
        "draft.fountain": f"Title: {address}\n\nINT. BARN - DAY\n\n![]({address}) [[{address}]]\n".encode(),
        "draft.txt": f"INT. BARN - DAY\n\n<img src='{address}'>\n".encode(),
        "draft.fdx": (
            f'<?xml version="1.0"?><?xml-stylesheet href="{address}"?><FinalDraft DocumentType="Script" Version="5"'
            f' xmlns:x="{address}" x:schemaLocation="x {address}"><Content><Paragraph Type="Action"><Text>Rain.</Text>'
            f'<Image Source="{address}"/></Paragraph></Content><Watermarking Image="{address}"/></FinalDraft>'
        ).encode(),
        "declared.fdx": f'<!DOCTYPE FinalDraft SYSTEM "{address}"><FinalDraft/>'.encode(),
        "draft.docx": word,
        "draft.pdf": pdf(text(108, 72, "Rain.") + "/X Do\n", page=annotation, objects=remote),
    }


def test_an_address_in_a_script_is_never_called(tmp_path: Path) -> None:
    """A server listens there, and nobody comes: from no format, on the way to any."""
    targets = [row for row in FORMATS if row.writer]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        for name, data in scripts_that_name(f"http://127.0.0.1:{server.getsockname()[1]}/canary").items():
            (tmp_path / name).write_bytes(data)
            made = 0
            for row in targets:
                with suppress(FormatError):
                    convert(tmp_path / name, tmp_path / f"{row.name}-{name}{row.suffixes[0]}")
                    made += 1
            assert made == (0 if name == "declared.fdx" else len(targets)), name
        with pytest.raises(BlockingIOError):
            server.accept()
        with socket.create_connection(server.getsockname()):
            server.accept()[0].close()  # and it would have been seen
