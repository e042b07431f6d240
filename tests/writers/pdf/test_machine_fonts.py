"""What holds whatever fonts a machine has; `make test-fonts FONTS=FOLDER` tries those of a folder."""

from __future__ import annotations

import io

import pypdf
import pytest

from converter.api import read_bytes
from converter.contract import Diagnostic
from converter.tree import NO_STYLE, Action, Run, Screenplay, Style
from writers import pdf

WORDS = (
    "★ ✓ ♪ № ½ →",
    "日本語。ひらがな 한국어 汉语",
    "Łódź Αθήνα Москва Việt",
    "אני כותב תסריט",
    "سلمى",
    "नमस्ते வணக்கம் สวัสดี",
    "\U0001e900 😀 👍🏽 \ue000",
)


@pytest.mark.parametrize("style", [NO_STYLE, Style.BOLD, Style.BOLD | Style.ITALIC], ids=["plain", "bold", "both"])
@pytest.mark.parametrize("words", WORDS)
def test_every_letter_is_in_the_file_and_its_style_comes_back(words: str, style: Style) -> None:
    script = Screenplay(body=(Action(text=(Run(text=f"Before {words} after", style=style),)),))
    reported: list[Diagnostic] = []
    data = pdf.write(script, report=reported.append)
    copied = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert sorted("".join(copied.split())) == sorted("".join(f"Before{words}after".split()))
    [action] = read_bytes(data, name="a.pdf", options={"isolate": False}).screenplay.body
    assert isinstance(action, Action)
    assert {run.style for run in action.text if isinstance(run, Run)} == {style}
    for one in reported:
        assert one.code in {"pdf.font-found", "pdf.missing-glyph", "pdf.right-to-left", "pdf.unshaped"}
