"""Settings and title pages of Trelby's files, both ways. What comes back is what the format holds of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from converter.notation.flat import lines_of
from converter.notation.numbers import number_of
from converter.tree import (
    Continued,
    LineBreak,
    Margins,
    More,
    PageSetup,
    Paper,
    Run,
    SceneNumbers,
    Text,
    TitleField,
    TitlePage,
    words,
)

MILLIMETRES = 25.4  # to the inch
_LONGEST = 10_000  # millimetres


# ---------------------------------------------------------------- settings


def setup_of(config: Mapping[str, str]) -> PageSetup | None:
    width, height = _length(config, "Paper/Width"), _length(config, "Paper/Height")
    top, bottom = _length(config, "Margin/Top"), _length(config, "Margin/Bottom")
    setup = PageSetup(
        paper=Paper(width=width / MILLIMETRES, height=height / MILLIMETRES) if width and height else None,
        margins=None
        if top is None or bottom is None
        else Margins(top=top / MILLIMETRES * 72, bottom=bottom / MILLIMETRES * 72, header=36.0, footer=36.0),
        more=_more(config),
        continued=_continued(config),
        scene_numbers=SceneNumbers() if config.get("ShowSceneNumbers") == "True" else None,
    )
    return None if setup == PageSetup() else setup


def _length(config: Mapping[str, str], name: str) -> float | None:
    value = number_of(config.get(name))
    return None if value is None or not 0 <= value <= _LONGEST else float(f"{value:.2f}")


def _more(config: Mapping[str, str]) -> More | None:
    bottom, top = config.get("String/MoreDialogue"), config.get("String/DialogueContinued")
    return None if bottom is None or top is None else More(bottom=bottom, top=top.strip())


def _continued(config: Mapping[str, str]) -> Continued | None:
    bottom, top = config.get("String/ContinuedPageEnd"), config.get("String/ContinuedPageStart")
    if bottom is None or top is None:
        return None
    shown = config.get("SceneContinueds") == "True"
    return Continued(bottom=bottom, top=top, at_bottom=shown, at_top=shown)


def config_of(setup: PageSetup | None) -> dict[str, str]:
    """What the script says, by Trelby's names; in millimetres."""
    config: dict[str, str] = {}
    if setup is None:
        return config
    if setup.paper is not None:
        config |= {"Paper/Height": _inches(setup.paper.height), "Paper/Width": _inches(setup.paper.width)}
    if setup.margins is not None:
        config |= {"Margin/Bottom": _inches(setup.margins.bottom / 72), "Margin/Top": _inches(setup.margins.top / 72)}
    if setup.continued is not None:
        config["SceneContinueds"] = str(setup.continued.at_bottom or setup.continued.at_top)
        config["String/ContinuedPageEnd"] = setup.continued.bottom
        config["String/ContinuedPageStart"] = setup.continued.top
    if setup.scene_numbers is not None:
        config["ShowSceneNumbers"] = str(setup.scene_numbers.left or setup.scene_numbers.right)
    if setup.more is not None:
        config["String/MoreDialogue"] = setup.more.bottom
        config["String/DialogueContinued"] = f" {setup.more.top}"
    return config


def _inches(value: float) -> str:
    return f"{min(max(value * MILLIMETRES, 0), _LONGEST):.2f}" if math.isfinite(value) else "0.00"


def settled_setup(setup: PageSetup | None) -> PageSetup | None:
    return setup_of(config_of(setup))


# ---------------------------------------------------------------- title page


class TitleString(NamedTuple):
    """Words at a place of a title page, in millimetres from its top left."""

    page: int
    x: float
    y: float
    flags: str
    text: str  # lines parted by line feeds


_BY = frozenset({"by", "written by", "screenplay by", "teleplay by", "story by"})
_FOOT = 170.0  # millimetres: what is set on the left or right below this is how to reach the author
_DEFAULT = frozenset({"untitled screenplay", "by", "my name here", "123/456-7890", "no.such@thing.com", ""})


def title_page_of(strings: Iterable[TitleString]) -> TitlePage | None:
    """The first words are the title, those after "by" the author; what stands at the foot on a side is the contact."""
    ordered = sorted(strings, key=lambda one: (one.page, one.y, one.x))
    lines = [(one, line) for one in ordered for line in one.text.split("\n")]
    if all(line.strip().lower() in _DEFAULT for _, line in lines):
        return None
    found: dict[str, list[str]] = {}
    before = ""
    for one, line in lines:
        name = _name_of(one, line, found, before)
        if line.strip() or found.get(name) and name not in ("Title", "Credit", "Author"):
            found.setdefault(name, []).append(line)
        before = line.strip().lower() or before
    fields = tuple(TitleField(name=name, lines=tuple(map(lines_of, _trimmed(some)))) for name, some in found.items())
    return TitlePage(fields=fields)


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _name_of(one: TitleString, line: str, found: Mapping[str, list[str]], before: str) -> str:
    if "Title" not in found:
        return "Title"
    if not set("c") & set(one.flags) and one.y >= _FOOT:
        return "Contact"
    is_open = "Author" not in found and "Notes" not in found  # the author stands right below the title
    if is_open and line.strip().lower() in _BY:
        return "Credit"
    if is_open and "Credit" in found and before in _BY:
        return "Author"
    return "Notes"


def strings_of(page: TitlePage | None) -> list[TitleString]:
    """As a new script of Trelby has them: the title large in the middle, the rest below, the contact at the foot."""
    strings: list[TitleString] = []
    y = 105.0
    for one in page.fields if page else ():
        text = "\n".join(words(line) for line in one.lines)
        if one.name in ("Contact", "Copyright", "Draft date"):
            strings.append(TitleString(0, 15.0, 240.0 + len(strings), "", text))
            continue
        strings.append(TitleString(0, 0.0, y, "cb" if one.name == "Title" else "c", text))
        y += 10.0 if y < 160 else 0.5
    return strings


def settled_title(page: TitlePage | None) -> TitlePage | None:
    """The title page as it comes back from a file."""
    for _ in range(4):
        again = title_page_of(strings_of(page)) if page else None
        if again == page:
            return again
        page = again
    return page


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(text: str) -> str:
    return "".join(_unescaped(text))


def _unescaped(text: str) -> Iterator[str]:
    start = 0
    while (place := text.find("\\", start)) >= 0:
        yield text[start:place]
        sign = text[place + 1 : place + 2]
        yield "\n" if sign == "n" else sign
        start = place + 2
    yield text[start:]


def is_plain(text: Text) -> bool:
    return all(isinstance(one, Run | LineBreak) for one in text)
