"""Through a real PDF: the samples are drawn, read, and are what their pages show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from converter.contract import Source, ignore
from converter.layout.printed import printed
from converter.layout.style import DEFAULT_OPTIONS, Setup
from converter.layout.titlepage import title_pages
from converter.normal import normal
from converter.readers import fountain
from converter.readers.pdf import Options, read
from converter.recovery.pages.placed_paragraph import SHOT
from converter.terms import CONTINUED, Continuity
from converter.tree import (
    Action,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    LineBreak,
    Lyric,
    NewAct,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Shot,
    Speech,
    Style,
    Text,
    TitlePage,
    words,
)
from writers import outline, pdf

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.fountain"))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_drawn_sample_reads_back(path: Path, paper: str) -> None:
    script = fountain.read(Source(path.name, path.read_bytes()))
    data = pdf.write(script, pdf.Options(paper=paper))
    recovered = read(Source("a.pdf", data), Options(isolate=False))
    expected = printed(script)
    assert outline.to_text(_body(recovered)) == outline.to_text(_body(expected))
    assert _front(recovered.title_page) == _front(expected.title_page)
    assert (recovered.page_setup is None) == (paper == "letter")


def _front(page: TitlePage | None) -> list[tuple[str, float, float]]:
    """The title page as drawn: which of copyright and notes a line is, nobody sees."""
    if page is None:
        return []
    setup = Setup(Screenplay(), DEFAULT_OPTIONS, ignore)
    return [
        ("".join(run.text for run in line.text), line.x, line.y)
        for drawn in title_pages(TitlePage(fields=page.fields), setup)
        for line in drawn.lines
    ]


# ---------------------------------------------------------------- look-alikes in the samples


def _body(screenplay: Screenplay) -> Screenplay:
    """The body, each of its look-alikes in one form."""
    body = [_alike(element) for element in screenplay.body]
    return normal(Screenplay(body=tuple(_without_continued(body))))


def _alike(element: Element) -> Element:
    match element:
        case Shot(text=text) if not SHOT.match(words(text).upper()):
            return Action(text=text)
        case Speech():
            return _speech(element)
        case DualDialogue(left=left, right=right):
            return DualDialogue(left=_speech(left), right=_speech(right))
        case _:
            return element


def _speech(speech: Speech) -> Speech:
    """Two dialogues in a row look like a line break; words all in italics may be sung."""
    parts: list[Part] = []
    for part in speech.parts:
        if isinstance(part, Dialogue) and part.text and all(_is_italic(inline) for inline in part.text):
            part = Lyric(text=_upright(part.text))
        last = parts[-1] if parts else None
        if isinstance(part, Dialogue) and isinstance(last, Dialogue):
            parts[-1] = Dialogue(text=(*last.text, LineBreak(), *part.text))
        else:
            parts.append(part)
    return replace(speech, parts=tuple(parts))


def _is_italic(inline: object) -> bool:
    return isinstance(inline, LineBreak) or isinstance(inline, Run) and Style.ITALIC in inline.style


def _upright(text: Text) -> Text:
    return tuple(replace(one, style=one.style & ~Style.ITALIC) if isinstance(one, Run) else one for one in text)


def _without_continued(body: list[Element]) -> list[Element]:
    """A typed (CONT'D) looks like the one that the page adds."""
    continuity = Continuity()
    out: list[Element] = []
    for element in body:
        match element:
            case SceneHeading() | NewAct():
                continuity.new_scene()
            case Speech(cue=Character() as cue):
                name = CONTINUED.sub("", words(cue.text)).rstrip()
                if continuity.speech(name) == (True,):
                    element = replace(element, cue=replace(cue, text=(Run(text=name),)))
            case DualDialogue(left=Speech(cue=Character() as left), right=Speech(cue=Character() as right)):
                continuity.speech(words(left.text), words(right.text))
            case _:
                pass
        out.append(element)
    return out
