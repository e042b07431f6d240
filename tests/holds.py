"""Trees of what a format holds whole, as docs/formats/*.md says it: nothing of them may be lost, nothing reported."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from converter.normal import normal
from converter.terms import bracketed, cue_as_seen
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    Band,
    Boneyard,
    Character,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    General,
    Inline,
    LineBreak,
    Lyric,
    Margins,
    NewAct,
    Note,
    NoteEnd,
    PageBreak,
    PageMark,
    Paper,
    ParagraphLayout,
    Parenthetical,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Style,
    Synopsis,
    Text,
    TitleField,
    TitlePage,
    Transition,
)
from tests.strategies import screenplays

# ---------------------------------------------------------------- Fountain

WHOLE_WORDS = (
    *(
        "Rain",
        "falls",
        "on",
        "the",
        "tide",
        "Odile",
        "waits.",
        "3",
        "A",
        "ROOF",
        "go,",
        "\u00c9va",
        "e\u0301",
        "\u00df",
    ),
    *(
        "\u0416\u0410\u041d",
        "\u7530\u4e2d",
        "\u05e9\u05dc\u05d5\u05dd",
        "\U0001f600",
        "\u201cYes\u201d",
        "it\u2019s",
        "a\u00a0b",
    ),
)
MARK_WORDS = (
    *(
        "*",
        "**",
        "***",
        "_",
        "\\",
        "[[",
        "]]",
        "[",
        "/*",
        "*/",
        "#",
        "#12A#",
        "!",
        "!!",
        "@",
        ">",
        "<",
        "=",
        "===",
        "~",
    ),
    *(".", "..", "(", ")", "^", ":", "{{", "}}", "INT.", "EXT./INT.", ".INT", "CUT TO:", "TO:", "FADE OUT.", "(V.O.)"),
    *("&", "&amp;", "<b>", "</Text>", "]]>", "Title:", "page", "a@b_c", "a_b", "2*3", "c:\\*", "-->"),
)
EMPHASIS = (Style.BOLD, Style.ITALIC, Style.UNDERLINE, Style.BOLD | Style.ITALIC, Style.ITALIC | Style.UNDERLINE)


@st.composite
def _line(draw: st.DrawFn, styles: tuple[Style, ...], *, marked: bool = True) -> tuple[Run, ...]:
    """Words with a blank between each two, none at the ends; the styled ones have no marks of a format in them."""
    plain = st.sampled_from(WHOLE_WORDS + (MARK_WORDS if marked else ()))
    runs: list[Run] = []
    for _ in range(draw(st.integers(1, 3))):
        style = draw(st.sampled_from((NO_STYLE, *styles)))
        word = draw(st.sampled_from(WHOLE_WORDS) if style else plain)
        runs += [Run(text=" ")] * bool(runs) + [Run(text=word, style=style)]
    return tuple(runs)


@st.composite
def _lines(draw: st.DrawFn, styles: tuple[Style, ...], most: int = 3) -> Text:
    """One to three lines, perhaps with a note or a boneyard behind a word."""
    text: list[Any] = []
    for _ in range(draw(st.integers(1, most))):
        text += [LineBreak()] * bool(text) + list(draw(_line(styles)))
    if draw(st.integers(0, 4)) == 4:
        text.append(draw(_fountain_markers()))
    return tuple(text)


@cache
def _fountain_markers() -> SearchStrategy[Any]:
    return st.one_of(
        st.builds(Note, text=st.sampled_from(("why?", "so\nit is", "Odile: never", "a * b", "\\"))),
        st.builds(Note, text=st.just("look"), color=st.sampled_from(("red", "#FF0000"))),
        st.builds(Boneyard, source=st.sampled_from(("/* cut */", "/*a\n\nb*/", "/* [[n]] */"))),
        st.builds(PageMark, label=st.sampled_from(("2", "12A"))),
    )


@st.composite
def _fountain_speech(draw: st.DrawFn) -> Speech:
    """A cue and its lines: never two dialogues in a row, which Fountain joins."""
    name = draw(
        st.sampled_from(("ODILE", "MARA (V.O.)", "Bo", "R2D2", "\u00c9VA (CONT'D)", "23", "\u7530\u4e2d", "A: ^"))
    )
    parts: list[Any] = []
    for _ in range(draw(st.integers(0, 3))):
        kinds = [Parenthetical, Dialogue, Lyric]
        last = type(parts[-1]) if parts else None
        kind = draw(st.sampled_from([one for one in kinds if one is Parenthetical or one is not last]))
        if kind is Parenthetical:
            parts.append(kind(text=(Run(text="("), *draw(_line((), marked=False)), Run(text=")"))))
        else:
            parts.append(kind(text=draw(_lines(EMPHASIS))))
    return Speech(cue=Character(text=cue_as_seen((Run(text=name),))), parts=tuple(parts))


@cache
def _fountain_elements() -> SearchStrategy[Element]:
    line, lines = _line(EMPHASIS), _lines(EMPHASIS)
    number = st.sampled_from((None, "1", "12A", "I-1-A", "9."))
    return st.one_of(
        st.builds(SceneHeading, text=line, number=number),
        st.builds(Action, text=lines),
        st.builds(Action),
        st.builds(Action, text=line, align=st.just(Align.CENTER)),
        st.builds(Transition, text=line),
        st.builds(Shot, text=line),
        st.builds(Lyric, text=lines),
        st.builds(Section, text=line, level=st.integers(1, 5)),
        st.builds(Synopsis, text=line),
        _fountain_speech(),
        st.builds(DualDialogue, left=_fountain_speech(), right=_fountain_speech()),
        st.just(PageBreak()),
        _fountain_markers(),
    )


@cache
def holds_fountain() -> SearchStrategy[Screenplay]:
    """What docs/formats/fountain.md says that Fountain holds: nothing of it may be lost."""
    field = st.builds(
        TitleField,
        name=st.sampled_from(("Title", "Author", "Draft date", "My own key")),
        lines=st.lists(_line(EMPHASIS), min_size=1, max_size=3).map(tuple),
    )
    fields = st.lists(field, max_size=3, unique_by=lambda one: one.name).map(tuple)
    return st.builds(
        lambda fields, body: normal(Screenplay(title_page=TitlePage(fields=fields), body=tuple(body))),
        fields,
        st.lists(_fountain_elements(), max_size=6),
    )


# ---------------------------------------------------------------- Final Draft and Word: all but odd values

HEX = re.compile(r"#[0-9A-F]{6}\Z")
Rule = Callable[[Any], Any]


def _hex(color: str | None) -> str | None:
    return color if color and HEX.match(color) else None


def _nothing(value: Any) -> None: ...


def _words_only(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(tuple(inline for inline in text if isinstance(inline, Run | LineBreak)) for text in texts)


def _words_of_sheets(sheets: tuple[tuple[General, ...], ...]) -> tuple[tuple[General, ...], ...]:
    return tuple(
        tuple(dataclasses.replace(line, text=_words_only((line.text,))[0]) for line in sheet) for sheet in sheets
    )


def _without_breaks_before_acts(body: tuple[Element, ...] | None) -> tuple[Element, ...] | None:
    """An act begins a page anyway."""
    if body is None or not any(isinstance(one, NewAct) for one in body):
        return body
    return tuple(one for one in body if not isinstance(one, PageBreak))


def _without_ranges(value: Any) -> Any:
    return _with_rules(value, {"text": lambda text: text if isinstance(text, str) else tuple(map(_as_point, text))})


def _as_point(inline: Inline) -> Inline:
    match inline:
        case Note():
            return dataclasses.replace(inline, id=None)
        case NoteEnd():
            return Run(text="(.)")  # brackets, since it may be all that a parenthetical has
        case _:
            return inline


def _unset(text: Text) -> Text:
    """Without bold and the like, which these elements have anyway."""
    return tuple(dataclasses.replace(one, style=NO_STYLE) if isinstance(one, Run) else one for one in text)


def _without_tabs(pieces: tuple[Any, ...]) -> tuple[Any, ...]:
    """In a header tabs part the sides."""
    return tuple(
        dataclasses.replace(one, text=one.text.replace("\t", " ")) if isinstance(one, Run) else one for one in pieces
    )


def _unrevised(pieces: tuple[Any, ...]) -> tuple[Any, ...]:
    """Changes are not tracked in headers."""
    return _with_rules(pieces, {"Run.revision": lambda _: None})


def _with_words(band: Band | None) -> Band | None:
    """Blanks alone are no words that a header could hold."""
    pieces = () if band is None else (*band.left, *band.center, *band.right)
    blank = all(isinstance(one, Run) and not one.text.strip() for one in pieces)
    return dataclasses.replace(band, left=(), center=(), right=()) if band and blank else band


def _ordinary_layout(layout: ParagraphLayout | None) -> ParagraphLayout | None:
    return layout and ParagraphLayout(left=2.25, right=5.75)


# By field, or by class (or a class above) and field: what takes the place of a value that the format has no room for.
FDX_RULES: dict[str, Rule] = {
    "color": _hex,
    "Look.color": lambda color: _hex(color) if color != "#000000" else None,  # what words have anyway
    "background": lambda color: _hex(color) if color != "#FFFFFF" else None,
    "size": lambda size: size if size != 12 else None,
    "font": lambda font: font and "Georgia",
    "page_color": _hex,
    "alternates": _words_only,
    "lines": _words_only,
    "sheets": _words_of_sheets,
    "body": _without_breaks_before_acts,
    "omitted": lambda body: _without_ranges(_without_breaks_before_acts(body)),  # offsets do not reach into them
    "DualDialogue.left": lambda speech: _without_ranges(speech),
    "DualDialogue.right": lambda speech: _without_ranges(speech),
    "style": lambda style: style & ~(Style.PLAIN | Style.ALL_CAPS),
    **{f"{kind}.text": lambda text: _unset(text) for kind in ("NewAct", "EndOfAct", "Section", "Synopsis", "Lyric")},
    **{f"Band.{side}": lambda pieces: _without_tabs(pieces) for side in ("left", "center", "right")},
    **{f"PageSetup.{name}": lambda band: _with_words(band) for name in ("header", "footer")},
    "active": lambda number: number or None,
    "opaque": lambda _: (),
    "styles": lambda _: (),
    "style_name": _nothing,
    "align": _nothing,
    "layout": _ordinary_layout,
    "leading": _nothing,
    "Parenthetical.text": bracketed,  # it may be stored without
    "revision": lambda number: 1 if number == 0 else number,  # Final Draft's 0 is none
    "paper": lambda paper: paper and Paper(width=8.26, height=11.69),
    "margins": lambda margins: margins and Margins(top=72.0, bottom=60.0, header=36.0, footer=30.5),
    "revisions": lambda revisions: revisions if revisions and revisions.sets else None,
    "locked": lambda _: False,
    "Deletion.text": lambda _: (),
    "Cut.elements": lambda _: (),
    "Note.title": lambda title: title and "A title",  # the first words of the note are none
}


def _with_rules(value: Any, rules: dict[str, Rule]) -> Any:
    """The value with each field put through its rule, however deep."""
    if type(value) is tuple:
        return tuple(_with_rules(item, rules) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for one in (one for one in dataclasses.fields(value) if one.init):
        names = (*(f"{kind.__name__}.{one.name}" for kind in type(value).__mro__), one.name)
        rule = next((rules[name] for name in names if name in rules), None)
        inner = _with_rules(getattr(value, one.name), rules)
        changes[one.name] = rule(inner) if rule else inner
    return dataclasses.replace(value, **changes)


@cache
def holds_fdx() -> SearchStrategy[Screenplay]:
    return screenplays().map(lambda screenplay: normal(_with_rules(normal(screenplay), FDX_RULES)))


DOCX_RULES: dict[str, Rule] = {
    "color": _hex,
    "background": _hex,
    "page_color": _hex,
    "font": lambda font: font and "Georgia",
    "size": lambda size: None if size is None else 18.5,
    "Run.tags": lambda numbers: tuple(sorted(set(numbers))),
    "Run.revision": _nothing,  # unless the script lists it
    "Paragraph.text": lambda text: _without_cuts(text),
    "alternates": _words_only,
    "lines": lambda lines: tuple(line or (Run(text="a"),) for line in _words_only(lines)),
    "fields": lambda fields: tuple({one.name: one for one in fields}.values()),
    "TitleField.name": lambda name: name if name in {"Title", "Author"} else "Draft date",
    **{f"Band.{side}": lambda pieces: _unset(_untagged(_without_tabs(pieces))) for side in ("left", "center", "right")},
    "opaque": lambda _: (),
    "styles": lambda _: (),
    "style_name": _nothing,
    "layout": _nothing,
    "date": _nothing,
    "PageMark.label": lambda _: "12A",
    "Cut.elements": lambda _: (),
    "revisions": _nothing,
}


def _untagged(pieces: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dataclasses.replace(one, tags=()) if isinstance(one, Run) else one for one in pieces)


def _without_cuts(text: Text) -> Text:
    return tuple(inline for inline in text if not isinstance(inline, Deletion | Boneyard))


@cache
def holds_docx() -> SearchStrategy[Screenplay]:
    return screenplays().map(lambda screenplay: normal(_with_rules(normal(screenplay), DOCX_RULES)))


DOCX_TRACKED_RULES: dict[str, Rule] = {
    **{name: rule for name, rule in DOCX_RULES.items() if name not in {"Run.revision", "Cut.elements"}},
    "Paragraph.text": lambda text: tuple(inline for inline in text if not isinstance(inline, Boneyard)),
    **{
        f"Band.{side}": lambda pieces: _unrevised(DOCX_RULES["Band.left"](pieces))
        for side in ("left", "center", "right")
    },
    "Deletion.text": lambda text: (Run(text="gone "), *text),  # a blank alone is how a cut without words is written
    "revisions": lambda _: Revisions(sets=tuple(RevisionSet(id=number, name=f"Draft {number}") for number in range(5))),
}


@cache
def holds_docx_tracked() -> SearchStrategy[Screenplay]:
    return screenplays().map(lambda screenplay: normal(_with_rules(normal(screenplay), DOCX_TRACKED_RULES)))


HOLDS = {"docx, tracked": holds_docx_tracked, "docx": holds_docx, "fountain": holds_fountain, "fdx": holds_fdx}
