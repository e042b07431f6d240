"""Each option of each writer changes the result of some script, or is refused: none looks as if it had worked."""

from typing import get_args

import pytest

from converter.contract import UsageError, Writer
from converter.options import Choice, described
from converter.readers.fountain import from_text
from converter.tree import (
    Action,
    Character,
    Cut,
    Dialogue,
    PageMark,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Speech,
    TitlePage,
)
from tests.laws import WRITERS

TEXT = f"""\
Title: Rain

# Act

= It rains.

INT. ROOM - DAY #1#

A lamp.

[[A note.]]

ANNA
Yes.

Rain -- falls.

ANNA
{"Rain falls, and falls again. " * 300}

!!CLOSE ON THE LAMP


Two empty lines.

int. hall - day #2#

@Anna
No.
"""
REVISED = Action(text=(Run(text="New.", revision=1), Run(text=" Snow \u2605", revision=2)))
BODY = (
    *(SceneHeading(text=(Run(text="OMITTED"),), number=number, omitted=()) for number in ("3", "4")),
    REVISED,
    Speech(cue=Character(text=(Run(text="Bo"),)), parts=(Dialogue(text=(Run(text="No."),)),)),
    Cut(revision=1, elements=(Action(text=(Run(text="Gone."),)),)),
    *(
        one
        for label in ("8", "8H", "9")
        for one in (
            PageMark(label=label, locked=True),
            *(Action(text=(Run(text="w" * n + " -- " + "x" * 30),)) for n in range(61)),
        )
    ),
)
SETS = Revisions(
    sets=(RevisionSet(id=1, name="Blue", page_color="#0000FF", color="#0000FF"), RevisionSet(id=2, name="Pink")),
    active=1,
)
SAID = {
    "lines": 30,
    "leading": 11.0,
    "heading_blank_lines": 1,
    "header": "x",
    "footer": "y",
    "only_pages": "1",
    "only_scenes": "1",
    "revised_set": "unrevised",
    "language": "fr-FR",
    "watermark": "Secret",
    "watermark_gray": 0.5,
    "version": 6,
    "font": "Courier Prime",
}
TEXTS = {"more_text", "contd_text", "scene_continued_bottom", "scene_continued_top"}


def script() -> Screenplay:
    read = from_text(TEXT)
    return Screenplay(title_page=read.title_page or TitlePage(), body=(*read.body, *BODY), revisions=SETS)


def values(choice: Choice) -> list[object]:
    """Others than the default."""
    if choice.name in TEXTS:
        return ["(GOES ON)"]
    if choice.name in SAID:
        return [SAID[choice.name]]
    said = [one for one in _listed(choice.type) if one is not None]
    return [one for one in (said or [True, False]) if one != choice.default]


def _listed(hint: object) -> list[object]:
    found: list[object] = []
    for one in get_args(hint):
        found += _listed(one) if get_args(one) else [one] if isinstance(one, str) else []
    return found


@pytest.mark.parametrize(
    ("writer", "choice"),
    [
        pytest.param(writer, choice, id=f"{writer.name}-{choice.name}")
        for writer in WRITERS
        for choice in described(writer.options)
        if choice.name != "reference_docx"  # a file
    ],
)
def test_no_option_is_ignored(writer: Writer, choice: Choice) -> None:
    known = {one.name for one in described(writer.options)}
    around: list[dict[str, object]] = [{}]
    if choice.name.startswith("scene_continued_"):
        around = [{"scene_continued": True}, {}]
    if choice.name == "watermark_gray":
        around = [{"watermark": "Secret"}]
    if choice.name == "revised_set":
        around = [{"only_revised": True}]
    if "pagination" in known and choice.name != "pagination":
        around = [{**one, "pagination": "locked"} for one in around] + [{}]
    assert any(_is_heard(writer, one, choice.name, value) for one in around for value in values(choice))


def _is_heard(writer: Writer, around: dict[str, object], name: str, value: object) -> bool:
    screenplay = script()
    try:
        changed = writer.write(screenplay, writer.options(**{**around, name: value}))
    except UsageError:
        return True
    return bool(changed != writer.write(screenplay, writer.options(**around)))
