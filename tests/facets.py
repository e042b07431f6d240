"""One small screenplay for everything that a tree can say: each kind, each optional field, each style.

They come from the unions and dataclasses themselves, so a new kind or field is asked of every writer at once. What
`status` says of each is a law (test_nothing_vanishes.py) and the README's table (support_table.py).
"""

from __future__ import annotations

import dataclasses
import html
import io
import re
import typing
import zipfile
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, replace
from enum import Enum, Flag
from types import NoneType, UnionType
from typing import Any

from converter import tree
from converter.contract import Writer
from converter.normal import normal
from converter.records import whole
from converter.tree import (
    Action,
    Band,
    Boneyard,
    Character,
    Continued,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Element,
    ElementStyle,
    Look,
    More,
    Note,
    NoteEnd,
    Opaque,
    PageBreak,
    PageMark,
    PageSetup,
    Paragraph,
    ParagraphLayout,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    SceneNumbers,
    Screenplay,
    Speech,
    Tag,
    Text,
    TitleField,
    TitlePage,
)
from tests.laws import BOTH, Both, losses, written
from tests.tables import TABLES, is_never_printed, lost

WORD = "Quincunx"  # stands nowhere else, and is looked for in what is written


@dataclass(frozen=True, kw_only=True)
class Facet:
    """`Action.align.CENTER`, `Run.look.font`: what is said, in a screenplay that says little else."""

    name: str
    screenplay: Screenplay
    without: Screenplay  # the same without it

    @property
    def has_word(self) -> bool:
        one = self.screenplay
        return WORD in whole((one.body, one.title_page, one.page_setup))


# ---------------------------------------------------------------- values, from the definitions

# What a field of that name holds when it speaks; anything else gets WORD, 7, 2.5 ... by its type.
VALUES: dict[str, Any] = {
    "color": "#FF0000",
    "background": "#FFFF00",
    "page_color": "#00FF00",
    "date": "2026-11-22",
    "behaves_as": "Dialogue",
    "next_name": "Action",
    "size": 18.0,
    "space_before": 24.0,
    "ParagraphLayout.left": 2.2,
    "tags": (7,),
    "revision": 1,
    "active": 1,
    "mark": "+",
    "format": "elsewhere",
    "omitted": (Action(text=(Run(text=WORD),)),),
    "alternates": ((Run(text=WORD),),),
    "tabs": (tree.TabStop(position=3.0), tree.TabStop(position=5.0, align=tree.Align.RIGHT)),
    "left_position": 0.5,
    "right_position": 7.9,
    "top": 144.0,
    "bottom": 144.0,
    "width": 8.26,
    "height": 11.69,
    "leading": 11.0,
    "More.top": WORD,
    "More.bottom": WORD,
    "Continued.top": WORD,
    "Continued.bottom": WORD,
    "Paragraph.number": "77Q",
}

# Records whose fields are asked one by one, and what must be said for the others to show.
TAKEN_APART = (Look, ParagraphLayout, More, Continued, SceneNumbers, Band)
BASES: dict[type[Any], dict[str, Any]] = {
    Continued: {"at_bottom": True, "at_top": True},
    Band: {"left": (Run(text="Low water"),)},
}


def variants(kind: type[Any], base: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The name of each optional field (of each member of an enumeration in it) and a record where it speaks."""
    hints = typing.get_type_hints(kind)
    for one in (one for one in dataclasses.fields(kind) if one.init):
        if one.compare and one.name not in base and one.default is not MISSING:
            for name, value in _values(kind, one.name, hints[one.name], one.default):
                yield f"{one.name}{name}", kind(**base, **{one.name: value})


def _values(kind: type[Any], name: str, hint: Any, default: Any) -> Iterator[tuple[str, Any]]:
    hint = _without_none(hint)
    own = _own_value(kind, name)
    if own is not None:
        yield "", own
    elif hint in TAKEN_APART:
        base = BASES.get(hint, {})
        yield from ((f".{field}", value) for field, value in variants(hint, base))
        yield from ([("", hint(**base))] if base else [])
    elif hint is bool and default is None:
        yield from ((".yes", True), (".no", False))
    elif isinstance(hint, type) and issubclass(hint, Enum):
        yield from ((f".{member.name}", member) for member in hint if member != default)
    else:
        yield "", _value(hint, default)


def _own_value(kind: type[Any], name: str) -> Any:
    bases = (one.__name__ for one in kind.__mro__)
    return next((VALUES[key] for key in (*(f"{base}.{name}" for base in bases), name) if key in VALUES), None)


def _value(hint: Any, default: Any) -> Any:
    hint = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        return (_value(typing.get_args(hint)[0], None),)
    if typing.get_args(hint):
        return _value(typing.get_args(hint)[0], None)
    if hint is bool:
        return not default
    if hint is str:
        return WORD
    if hint is int:
        return 7
    if hint is float:
        return 2.5
    if issubclass(hint, Flag | Enum):
        return next(iter(hint))
    hints = typing.get_type_hints(hint)
    needed = [one for one in dataclasses.fields(hint) if one.default is MISSING or one.name == "text"]
    return hint(**{one.name: _needed(hint, one.name, hints[one.name]) for one in needed})


def _needed(kind: type[Any], name: str, hint: Any) -> Any:
    own = _own_value(kind, name)
    return _value(hint, None) if own is None else own


def _without_none(hint: Any) -> Any:
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        kinds = [one for one in typing.get_args(hint) if one is not NoneType]
        return kinds[0] if len(kinds) == 1 else typing.Union[tuple(kinds)]  # noqa: UP007 (made at run time)
    return hint


# ---------------------------------------------------------------- the screenplays around them


def run_of(words: str) -> Text:
    return (Run(text=words),)


ONE_REVISION = Revisions(sets=(RevisionSet(id=1, name="Blue Rev."),), active=1)
BEFORE, AFTER = Action(text=run_of("Rain falls.")), Action(text=run_of("Nobody answers."))
HEADING = SceneHeading(text=run_of("INT. TIDE STATION - DAWN"), number="1")


def _speech(*parts: Any, cue: Character | None = None) -> Speech:
    return Speech(cue=cue or Character(text=run_of("ODILE")), parts=parts)


def _line(words: str = "Hello?") -> Dialogue:
    return Dialogue(text=run_of(words))


def _facet(name: str, *elements: Element, without: tuple[Element, ...] = (), **around: Any) -> Facet:
    return Facet(
        name=name,
        screenplay=Screenplay(body=(HEADING, BEFORE, *elements, AFTER), **around),
        without=Screenplay(body=(HEADING, BEFORE, *without, AFTER)),
    )


def facets() -> Iterator[Facet]:
    yield from _paragraph_facets()
    yield from _inline_facets()
    yield from _marker_facets()
    yield from _speech_facets()
    yield from _title_facets()
    yield from _page_setup_facets()
    yield from _style_facets()
    yield from _revision_facets()
    tagged = Action(text=(Run(text="lamp", tags=(7,)),))
    yield _facet("Tag", tagged, without=(tagged,), tags=(Tag(number=7, category="Props", label="lamp"),))
    yield _facet("Opaque", opaque=(Opaque(format="elsewhere", name="Board"),))
    yield _facet("Opaque.count", opaque=(Opaque(format="elsewhere", name="Board", count=7),))


def _paragraph_kinds() -> Iterator[type[Paragraph]]:
    members = (*typing.get_args(tree.Element), *typing.get_args(tree.Part), Character)
    yield from dict.fromkeys(one for one in members if issubclass(one, Paragraph))


def _paragraph_facets() -> Iterator[Facet]:
    for kind in _paragraph_kinds():
        typed = f"({WORD})" if kind is tree.Parenthetical else WORD.upper() if kind is Character else WORD
        plain = kind(text=run_of(typed))
        yield _facet(kind.__name__, *_in_place(plain))
        for name, paragraph in variants(kind, {"text": run_of(_long(kind))}):
            if name.endswith(".tabs"):
                paragraph = replace(paragraph, text=run_of("(A lamp\tlit.)"))
            yield _facet(
                f"{kind.__name__}.{name}", *_in_place(paragraph), without=_in_place(_without_facets(paragraph))
            )


def _long(kind: type[Paragraph]) -> str:
    """Two lines, so that every measure shows."""
    words = "a lamp on the far side of the water and nobody there to see it or to put it out tonight"
    if kind in {Character, SceneHeading, tree.Transition, tree.Shot}:
        words = words.upper()
    return f"({words})" if kind is tree.Parenthetical else words


def _without_facets(paragraph: Paragraph) -> Paragraph:
    return type(paragraph)(text=paragraph.text)


def _in_place(paragraph: Any) -> tuple[Element, ...]:
    if isinstance(paragraph, Character):
        return (_speech(_line(), cue=paragraph),)
    if isinstance(paragraph, Dialogue | tree.Parenthetical):
        return (_speech(paragraph, *(() if isinstance(paragraph, Dialogue) else (_line(),))),)
    return (paragraph,)


def _inline_facets() -> Iterator[Facet]:
    def among_words(name: str, *inlines: Any) -> Facet:
        text = (Run(text="One "), *inlines, Run(text=" two."))
        return _facet(name, Action(text=text), without=(Action(text=run_of("One lamp two.")),))

    yield among_words("Run", Run(text=WORD))
    for name, run in variants(Run, {"text": "lamp"}):
        if name == "style.PLAIN":  # it shows where the element has a style of its own
            words = (Run(text="EXT. PIER AND "), run)
            plain = replace(run, style=tree.NO_STYLE)
            yield _facet(f"Run.{name}", SceneHeading(text=words), without=(SceneHeading(text=(words[0], plain)),))
        else:
            around = {"revisions": ONE_REVISION} if name == "revision" else {}
            yield _facet(f"Run.{name}", Action(text=(run,)), without=(Action(text=run_of("lamp")),), **around)
    for name, between in (("LineBreak", ""), ("LineBreak in a text", " ")):  # it neither goes nor becomes a blank
        broken = Action(text=(*run_of("One"), tree.LineBreak(), *run_of("two.")))
        yield _facet(name, broken, without=(Action(text=run_of(f"One{between}two.")),))
    cut = (*run_of("One lamp"), Deletion(revision=1), *run_of(" two."))
    yield _facet("Deletion", Action(text=cut), without=(Action(text=run_of("One lamp two.")),), revisions=ONE_REVISION)
    gone = (*run_of("One lamp"), Deletion(revision=1, text=(Run(text=WORD),)), *run_of(" two."))
    without = (Action(text=(cut[0], Deletion(revision=1), cut[-1])),)
    yield _facet("Deletion.text", Action(text=gone), without=without, revisions=ONE_REVISION)
    yield among_words("NoteEnd", Note(text="why?", id=1), Run(text="lamp"), NoteEnd(id=1))
    for marker in (Note(text=WORD), Boneyard(source=f"/* {WORD} */"), PageMark(label="77Q")):
        yield among_words(f"{type(marker).__name__} in a text", Run(text="lamp"), marker)


def _marker_facets() -> Iterator[Facet]:
    yield _facet("PageBreak", PageBreak())
    yield _facet("Note", Note(text=WORD))
    yield _facet("Boneyard", Boneyard(source=f"/* {WORD} */"))
    yield _facet("PageMark", PageMark(label="77Q"))
    yield _facet("Cut", Cut(revision=1, elements=(Action(text=run_of(WORD)),)), revisions=ONE_REVISION)
    for name, note in variants(Note, {"text": "why?"}):
        if name != "id":  # a range is asked under NoteEnd
            yield _facet(f"Note.{name}", note, without=(Note(text="why?"),))
    for name, mark in variants(PageMark, {"label": "77Q"}):
        yield _facet(f"PageMark.{name}", mark, without=(PageMark(label="77Q"),))


def _speech_facets() -> Iterator[Facet]:
    second = _speech(_line("Who is it?"), cue=Character(text=run_of("MARA")))
    yield _facet("Speech", _speech(_line(WORD)))
    yield _facet("Speech without cue", Speech(parts=(_line(WORD),)))
    yield _facet("Speech without lines", _speech(cue=Character(text=run_of(WORD.upper()))))
    yield _facet("DualDialogue", DualDialogue(left=_speech(_line()), right=second), without=(_speech(_line()), second))
    for marker in (Note(text=WORD), Boneyard(source=f"/* {WORD} */"), PageMark(label="77Q"), PageBreak()):
        name = f"{type(marker).__name__} in a speech"
        rest = (tree.Parenthetical(text=run_of("(low)")), _line("You?"))
        yield _facet(name, _speech(_line(), marker, *rest), without=(_speech(_line(), *rest),))
    part = Cut(revision=1, elements=(_line(WORD),))
    plain = (_speech(_line(), *rest),)
    yield _facet("Cut in a speech", _speech(_line(), part, *rest), without=plain, revisions=ONE_REVISION)


def _title_facets() -> Iterator[Facet]:
    field = TitleField(name="Title", lines=(run_of(WORD),))
    sheet = (tree.General(), tree.General(text=run_of(WORD), align=tree.Align.CENTER))
    yield _facet("TitleField", title_page=TitlePage(fields=(field,)))
    named = TitleField(name=WORD, lines=(run_of("Salt"),))
    yield _facet("TitleField.name", title_page=TitlePage(fields=(TitleField(name="Title", lines=named.lines), named)))
    yield _facet("TitlePage.sheets", title_page=TitlePage(sheets=(sheet,)))


def _page_setup_facets() -> Iterator[Facet]:
    """On pages with cut speeches, a cut scene and a speaker who goes on."""
    tide = "The tide comes in over the sand and the road behind the house, as it does on every morning. "
    body = (HEADING, *(_speech(_line()), BEFORE) * 2, *(_speech(_line(tide * 12)) for _ in range(12)), AFTER)
    records = {"continued": Continued, "header": Band, "footer": Band}
    for name, page_setup in variants(PageSetup, {}):
        field, _, detail = name.partition(".")
        without = PageSetup()
        if field in records and detail:
            without = PageSetup(**{field: records[field](**BASES[records[field]])})
        yield Facet(
            name=f"PageSetup.{name}",
            screenplay=Screenplay(body=body, page_setup=page_setup),
            without=Screenplay(body=body, page_setup=without),
        )


def _style_facets() -> Iterator[Facet]:
    name: dict[str, Any] = {"name": "Tune", "behaves_as": "Action"}
    base = {**name, "layout": ParagraphLayout(left=2.2)}  # a style that is like Action in everything is none
    user = Action(text=run_of("lamp"), style_name="Tune")
    plain = Screenplay(body=(HEADING, BEFORE, user, AFTER), styles=(ElementStyle(**base),))
    yield Facet(name="ElementStyle", screenplay=plain, without=replace(plain, styles=()))
    for field, style in variants(ElementStyle, base):
        if field != "style.PLAIN":  # normal form takes it away
            yield Facet(name=f"ElementStyle.{field}", screenplay=replace(plain, styles=(style,)), without=plain)
    for field, layout in variants(ParagraphLayout, {}):
        style = ElementStyle(**name, layout=layout)
        without = replace(plain, styles=(ElementStyle(**name),))
        yield Facet(name=f"ElementStyle.layout.{field}", screenplay=replace(plain, styles=(style,)), without=without)


def _revision_facets() -> Iterator[Facet]:
    def revised(*sets: RevisionSet, **fields: Any) -> Screenplay:
        body = (HEADING, BEFORE, Action(text=(Run(text="lamp", revision=1),)), AFTER)
        return Screenplay(body=body, revisions=Revisions(sets=sets, **fields))

    blue, pink = RevisionSet(id=1, name="Blue Rev."), RevisionSet(id=2, name="Pink Rev.")
    unrevised = Screenplay(body=(HEADING, BEFORE, Action(text=run_of("lamp")), AFTER))
    yield Facet(name="Revisions", screenplay=revised(blue, active=1), without=unrevised)
    shown, hidden = revised(blue, pink, active=2, show_all=True), revised(blue, pink, active=2)
    yield Facet(name="Revisions.show_all", screenplay=shown, without=hidden)
    moved = revised(blue, active=1, location=7.5)
    yield Facet(name="Revisions.location", screenplay=moved, without=revised(blue, active=1))
    for name, one in variants(RevisionSet, {"id": 1, "name": "Blue Rev."}):
        yield Facet(name=f"RevisionSet.{name}", screenplay=revised(one, active=1), without=revised(blue, active=1))


# ---------------------------------------------------------------- what becomes of them


class Status(Enum):
    KEPT = "kept"
    SAID = "lost, and said"
    UNPRINTED = "what pages never print"
    VANISHED = "lost without a word"
    CRIED = "kept, and yet called lost"


def statuses(writer: Writer) -> dict[str, Status]:
    """What becomes of each facet, by its name."""
    both = next((form for form in BOTH if form.name == writer.name), None)
    if both is not None:
        return {facet.name: _read_back(both, facet) for facet in facets()}
    found = {facet.name: _looked_for(writer, facet) for facet in facets()}
    table = TABLES.get(writer.name)  # a plug-in has none
    if table is not None:
        found |= {name: Status.UNPRINTED for name in found if is_never_printed(table, name)}
    seen = {measure(name) for name, status in found.items() if status in {Status.KEPT, Status.SAID}}
    # A measure may be what one kind has anyway; then it shows on another.
    return {
        name: Status.KEPT if status is Status.VANISHED and measure(name) in seen else status
        for name, status in found.items()
    }


def declared(writer: Writer) -> dict[str, Status]:
    """The same from the format's table alone."""
    found = {facet.name: Status.SAID if losses(lost(writer, facet.screenplay)) else Status.KEPT for facet in facets()}
    unprinted = (
        () if writer.fit is not None else [name for name in found if is_never_printed(TABLES[writer.name], name)]
    )
    return found | dict.fromkeys(unprinted, Status.UNPRINTED)


def _read_back(form: Both, facet: Facet) -> Status:
    data, said = written(form.writer, facet.screenplay)
    kept = _without_quiet(form.read(data)) == _without_quiet(normal(facet.screenplay))
    if losses(said):
        return Status.CRIED if kept else Status.SAID
    return Status.KEPT if kept else Status.VANISHED


def _without_quiet(screenplay: Screenplay) -> Screenplay:
    """Without the names of what nobody would miss."""
    return replace(screenplay, opaque=tuple(one for one in screenplay.opaque if not one.quiet))


# What an option leaves out is no loss; with these a writer shows all that it can.
ALL_SHOWN: dict[str, dict[str, Any]] = {"pdf": {"colors": True}}


def _looked_for(writer: Writer, facet: Facet) -> Status:
    """A word must stand in what is written, anything else must change it."""
    options = ALL_SHOWN.get(writer.name, {})
    data, said = written(writer, facet.screenplay, **options)
    if facet.has_word:
        kept = WORD.lower() in plain_text(data).lower()
    else:
        kept = data != written(writer, facet.without, **options)[0]
    return Status.KEPT if kept else Status.SAID if losses(said) else Status.VANISHED


def measure(name: str) -> str:
    """`.align.LEFT` of `Action.align.LEFT`; a yes-or-no without its answer."""
    kind, _, field = name.partition(".")
    measures = re.match(r"(align|layout|first_page|break_at_sentences)\b", field)
    return re.sub(r"\.(yes|no)$", "", field) if measures else name


def plain_text(data: bytes) -> str:
    """The words in a file of any of our formats."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
        return _without_tags("\n".join(parts))
    if data.startswith(b"%PDF"):
        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    text = data.decode("utf-8")
    return _without_tags(text) if text.lower().startswith(("<?xml", "<!doctype html")) else text


def _without_tags(markup: str) -> str:
    """With the attributes' values, where numbers and names stand."""
    values = " ".join(re.findall(r'="([^"]*)"', markup))
    return html.unescape(re.sub(r"<[^>]*>", "", markup) + values)
