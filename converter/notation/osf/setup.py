"""The settings of pages and the colours of revisions, both ways. What comes back is what the format holds of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from converter.notation.numbers import integer_of, number_of
from converter.notation.osf import SIDE_MARGIN, TENTHS
from converter.records import replace
from converter.tree import (
    Band,
    Continued,
    Margins,
    More,
    PageField,
    PageFieldKind,
    PageSetup,
    Paper,
    Revisions,
    RevisionSet,
    Run,
    SceneNumbers,
)

# An attribute of our own: what the script said nothing of, so that what stands there is a default of ours.
SILENT = "matchcut_silent"
_DEFAULT = PageSetup(
    paper=Paper(width=8.5, height=11.0),
    margins=Margins(top=266 * 72 / TENTHS, bottom=228 * 72 / TENTHS, header=36.0, footer=36.0),
    leading=12.0,
    more=More(),
    continued=Continued(),
    scene_numbers=SceneNumbers(),
    break_at_sentences=True,
    first_page=1,
    header=Band(right=(PageField(kind=PageFieldKind.PAGE), Run(text="."))),
    footer=Band(),
)
_NAMES = (
    "paper",
    "margins",
    "leading",
    "more",
    "continued",
    "break_at_sentences",
    "first_page",
    "header",
    "footer",
)
_SIDES = {"1": "left", "2": "center", "3": "right"}
_WORDS = {True: "true", False: "false"}
_LONGEST, _FURTHEST = 20_000, 1_000_000  # tenths of a millimetre; pages


# ---------------------------------------------------------------- settings


def setup_of(settings: Mapping[str, str]) -> PageSetup | None:
    """Of attributes in normal form: lower case, without _."""
    said: dict[str, Any] = {
        "paper": _paper(settings),
        "margins": _margins(settings),
        "leading": _leading(settings.get("normallinesperinch")),
        "more": _more(settings),
        "continued": _continued(settings),
        "scene_numbers": _scene_numbers(settings),
        "break_at_sentences": _flag(settings, "breakonsentences"),
        "first_page": integer_of(settings.get("pagenumberstart")),
        "header": _band(settings, "header"),
        "footer": _band(settings, "footer"),
    }
    for name in settings.get("matchcutsilent", "").split():
        if name in said and said[name] == getattr(_DEFAULT, name):
            said[name] = None
    setup = PageSetup(**said)
    return None if setup == PageSetup() else setup


def _flag(settings: Mapping[str, str], name: str) -> bool | None:
    value = settings.get(name)
    return None if value is None else value.strip().lower() in {"true", "1", "yes"}


def _length(settings: Mapping[str, str], name: str) -> float | None:
    value = number_of(settings.get(name))
    return None if value is None or not 0 <= value <= _LONGEST else value


def _paper(settings: Mapping[str, str]) -> Paper | None:
    width, height = _length(settings, "pagewidth"), _length(settings, "pageheight")
    return Paper(width=_inches(width), height=_inches(height)) if width and height else None


def _inches(tenths: float) -> float:
    """Millimetres are whole, so US Letter is 2159 wide and 2794 high: 8.5 by 11."""
    return tenths / TENTHS


def _margins(settings: Mapping[str, str]) -> Margins | None:
    top, bottom = _length(settings, "margintop"), _length(settings, "marginbottom")
    if top is None or bottom is None:
        return None
    return Margins(top=top * 72 / TENTHS, bottom=bottom * 72 / TENTHS, header=36.0, footer=36.0)


def _leading(value: str | None) -> float | None:
    lines = number_of(value)
    return 72 / lines if lines and 1 <= lines <= 72 else None


def _more(settings: Mapping[str, str]) -> More | None:
    if "conttext" not in settings and "moretext" not in settings and "dialoguecontinues" not in settings:
        return None
    breaks = _flag(settings, "dialoguepagebreaks")
    return More(
        bottom=settings.get("moretext", "(MORE)"),
        top=settings.get("conttext", "(CONT'D)"),
        at_bottom=breaks is not False,
        at_top=breaks is not False,
        automatic=_flag(settings, "dialoguecontinues") is not False,
    )


def _continued(settings: Mapping[str, str]) -> Continued | None:
    if "scenescontinue" not in settings and "continuedtext" not in settings:
        return None
    said = settings.get("continuedtext", "CONTINUED")
    shown = _flag(settings, "scenescontinue") is True
    numbered = _flag(settings, "numbercontinued") is True
    return Continued(bottom=f"({said})", top=f"{said}:", at_bottom=shown, at_top=shown, numbered=numbered)


def _scene_numbers(settings: Mapping[str, str]) -> SceneNumbers | None:
    """Where they print; None where they are not shown."""
    if not _flag(settings, "scenenumbering"):
        return None
    position = settings.get("scenenumberposition", "3")
    return SceneNumbers(left=position != "2", right=position != "1")


def _band(settings: Mapping[str, str], name: str) -> Band | None:
    words = settings.get(f"page{name}")
    if words is None and name == "header" and "pagenumbering" in settings:  # before Fade In 3
        is_on = _flag(settings, "pagenumbering")
        words = settings.get("pagenumberformat", "#.") if is_on else ""
        settings = {**settings, "headerfirstpage": settings.get("pagenumberfirst", "false")}
    if words is None:
        return None
    side = _SIDES.get(settings.get(f"{name}alignment", "3"), "right")
    on_first = bool(_flag(settings, f"{name}firstpage"))
    pieces = _pieces(words)
    return Band(
        left=pieces if side == "left" else (),
        center=pieces if side == "center" else (),
        right=pieces if side == "right" else (),
        on_first_page=on_first,
    )


def _pieces(words: str) -> tuple[Run | PageField, ...]:
    pieces: list[Run | PageField] = []
    for number, part in enumerate(words.split("#")):
        if number:
            pieces.append(PageField(kind=PageFieldKind.PAGE))
        if part:
            pieces.append(Run(text=part))
    return tuple(pieces)


def to_settings(setup: PageSetup | None, *, numbered: bool = False) -> dict[str, str]:
    """The attributes as they are written, with `_`; what the script says nothing of has our default.

    Scene numbers of a script that says nothing of them are shown if there are any.
    """
    said = setup or PageSetup()
    names = (*_NAMES, "scene_numbers") if numbered else _NAMES
    silent = [name for name in names if getattr(said, name) is None]
    whole = replace(said, **{name: getattr(_DEFAULT, name) for name in silent})
    paper, margins, more, continued = whole.paper, whole.margins, whole.more, whole.continued
    assert paper and margins and more and continued and whole.leading is not None and whole.header is not None
    assert whole.footer is not None and whole.first_page is not None
    header, header_side = _band_words(whole.header)
    footer, footer_side = _band_words(whole.footer)
    settings = {
        "page_width": _tenths(paper.width, 2159),
        "page_height": _tenths(paper.height, 2794),
        "margin_top": _tenths(margins.top / 72, 266, least=0),
        "margin_bottom": _tenths(margins.bottom / 72, 228, least=0),
        "margin_left": str(SIDE_MARGIN),
        "margin_right": str(SIDE_MARGIN),
        "normal_linesperinch": _lines_per_inch(whole.leading),
        "element_spacing": "1.00",
        "break_on_sentences": _WORDS[bool(whole.break_at_sentences)],
        "dialogue_continues": _WORDS[more.automatic],
        "dialogue_pagebreaks": _WORDS[more.at_bottom or more.at_top],
        "cont_text": more.top,
        "more_text": more.bottom,
        "scenes_continue": _WORDS[continued.at_bottom or continued.at_top],
        "continued_text": _continued_words(continued),
        "number_continued": _WORDS[continued.numbered],
        "scene_time_separator": " - ",
        "page_header": header,
        "page_footer": footer,
        "header_alignment": header_side,
        "footer_alignment": footer_side,
        "header_first_page": _WORDS[whole.header.on_first_page],
        "footer_first_page": _WORDS[whole.footer.on_first_page],
        "pagenumber_start": str(whole.first_page if abs(whole.first_page) <= _FURTHEST else 1),
        "pagenumber_mode": "1AB",
        **_number_settings(whole.scene_numbers),
    }
    return settings | ({SILENT: " ".join(silent)} if silent else {})


def _number_settings(numbers: SceneNumbers | None) -> dict[str, str]:
    shown = numbers is not None and (numbers.left or numbers.right)
    position = "3" if numbers is None or numbers.left == numbers.right else "1" if numbers.left else "2"
    return {"scene_numbering": _WORDS[shown], "scenenumber_position": position}


def _tenths(inches: float, default: int, least: int = 1) -> str:
    if not math.isfinite(inches):
        return str(default)
    return str(min(max(round(inches * TENTHS), least), _LONGEST))


def _lines_per_inch(leading: float) -> str:
    if not math.isfinite(leading) or not 1 <= leading <= 72:
        return "6.0"
    lines = f"{72 / leading:.4f}".rstrip("0")
    return lines + "0" if lines.endswith(".") else lines


def _continued_words(continued: Continued) -> str:
    if continued.top.endswith(":"):
        return continued.top[:-1]
    return continued.top


def _band_words(band: Band) -> tuple[str, str]:
    """The words of the first side that has some, # for the page's number, and which side that is."""
    for number, side in (("3", band.right), ("2", band.center), ("1", band.left)):
        if side:
            return "".join(map(_band_piece, side)), number
    return "", "3"


def _band_piece(piece: Run | PageField) -> str:
    if isinstance(piece, Run):
        return piece.text.replace("#", "")
    return "#" if piece.kind in (PageFieldKind.PAGE, PageFieldKind.LABEL) else ""


def settled_setup(setup: PageSetup | None) -> PageSetup | None:
    """The page setup as it comes back from a file."""
    return setup_of(normal_names(to_settings(setup)))


def normal_names(attributes: Mapping[str, str]) -> dict[str, str]:
    """Names as every version has them: lower case, without _."""
    return {name.lower().replace("_", ""): value for name, value in attributes.items()}


# ---------------------------------------------------------------- revisions

# The colours of pages in their order, with the ink and the paper that Final Draft has for them.
COLORS: tuple[tuple[str, str | None, str | None], ...] = (
    ("White", None, None),
    ("Blue", "#0000FF", "#C6EDFE"),
    ("Pink", "#FF0000", "#FDCCD4"),
    ("Yellow", "#DF8000", "#FDFFAB"),
    ("Green", "#008000", "#D1FED0"),
    ("Goldenrod", "#B8860B", "#FACD39"),
    ("Buff", "#A0522D", "#FCED9D"),
    ("Salmon", "#E96750", "#F8AE8E"),
    ("Cherry", "#DC143C", "#FBA4B4"),
    ("Tan", "#806040", "#FDF1C7"),
)
LARGEST = 999_999_999  # number of a revision


def set_of(place: int, attributes: Mapping[str, str]) -> RevisionSet | None:
    """A revision_color; its place in the list where an old file has no index. White, 0, is no revision."""
    index = integer_of(attributes.get("index"))
    number = place if index is None else index
    if not 0 < number <= LARGEST:
        return None
    color = integer_of(attributes.get("colorindex", str(number)))
    _, ink, paper = COLORS[color] if color is not None and 0 <= color < len(COLORS) else COLORS[0]
    name = attributes.get("name", attributes.get("colorname", ""))
    return RevisionSet(id=number, name=name, mark=attributes.get("mark", "*"), color=ink, page_color=paper)


def revisions_of(
    sets: Iterable[RevisionSet], active: int | None, used: Collection[int], *, show_all: bool
) -> Revisions | None:
    """The sets that words are marked with, that is active or that the file names in its own way."""
    kept: dict[int, RevisionSet] = {}
    active = active if active and 0 < active <= LARGEST else None
    for one in _with_usual(sets):
        if one.id in used or one.id == active or not _is_default(one):
            kept.setdefault(one.id, one)
    if not kept and active is None:
        return None
    return Revisions(sets=tuple(kept.values()), active=active, show_all=show_all)


def _with_usual(sets: Iterable[RevisionSet]) -> list[RevisionSet]:
    """The first set of each number, and Fade In's own for the numbers that none has."""
    known = {one.id: one for one in reversed(tuple(sets))}
    usual = (
        RevisionSet(id=place, name=name, color=ink, page_color=paper)
        for place, (name, ink, paper) in enumerate(COLORS)
        if place not in known
    )
    return sorted((*known.values(), *usual), key=lambda one: one.id)


def _is_default(one: RevisionSet) -> bool:
    return one.id < len(COLORS) and one.name == COLORS[one.id][0]


def to_colors(sets: Iterable[RevisionSet]) -> list[dict[str, str]]:
    """An entry for each set, and Fade In's own for the numbers that none has."""
    entries = []
    for one in _with_usual(sets):
        color = _color_index(one)
        entries.append(
            {
                "name": one.name,
                "index": str(one.id),
                "color_name": COLORS[color][0],
                "color_index": str(color),
                "mark": one.mark if one.id else "",
            }
        )
    return entries


def _color_index(one: RevisionSet) -> int:
    """By ink, then by paper, then by its name."""
    for place in (1, 2):
        said = (one.color, one.page_color)[place - 1]
        found = next((index for index, color in enumerate(COLORS) if said and color[place] == said), 0)
        if found:
            return found
    return next((index for index, color in enumerate(COLORS) if color[0] == one.name), 0)


def settled_revisions(revisions: Revisions | None, used: Collection[int]) -> Revisions | None:
    """The revisions as they come back from a file in which words have the marks `used`."""
    if revisions is None and not used:
        return None
    revisions = revisions or Revisions()
    sets = (set_of(0, normal_names(entry)) for entry in to_colors(revisions.sets))
    found = [one for one in sets if one is not None]
    return revisions_of(found, revisions.active, used, show_all=revisions.show_all)
