"""Write Fountain 1.1 that every program reads the same way.

A line is forced only where the reader's own tests (converter.notation.fountain.lines) would take it for something else,
or where programs are known to differ. docs/formats/fountain.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import NamedTuple, TypeAlias, assert_never, cast

from converter import languages
from converter.contract import DEFAULT_LIMITS, Limits, Report, Writer, ignore
from converter.notation.fountain import inline, title
from converter.notation.fountain.fit import HOLDS as HOLDS
from converter.notation.fountain.fit import Options as Options
from converter.notation.fountain.fit import fit as fit_fountain
from converter.notation.fountain.inline import Piece, Raw, pieces_of, split_lines
from converter.notation.fountain.lines import (
    ANCHORS,
    BLANKS,
    FADES,
    MARK_CHARACTERS,
    Mark,
    closes,
    is_common_heading,
    is_cue,
    is_forced_cue,
    is_forced_heading,
    is_heading,
    is_page_break,
    is_surely_cue,
    is_transition,
    mark,
    unmarked,
    without_anchors,
    without_caret,
    without_scene_number,
)
from converter.notation.fountain.markers import color_note, cut_scene, is_spoken, spelled
from converter.patterns import pattern
from converter.terms import OPENING_BRACKETS, has_lower, is_omitted, not_as_typed
from converter.tree import (
    NO_STYLE,
    Action,
    Align,
    Boneyard,
    CastList,
    Character,
    Cut,
    Dialogue,
    DualDialogue,
    Element,
    EndOfAct,
    General,
    Inline,
    Lyric,
    Marker,
    NewAct,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Parenthetical,
    Part,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Shot,
    Speech,
    Synopsis,
    Text,
    TitleField,
    TitlePage,
    Transition,
    words,
)

_DEFAULTS = Options()


def write(
    screenplay: Screenplay, options: Options = _DEFAULTS, report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    return to_text(screenplay, options, report, limits).encode("utf-8")


def to_text(
    screenplay: Screenplay, options: Options = _DEFAULTS, report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> str:
    """The script as Fountain, which `write` encodes; `report` gets what Fountain cannot hold."""
    tree = fit_fountain(screenplay, options, ignore if options.carry else report)
    page = _title_page(tree.title_page)
    body = _body(tree.body, _Reading(limits, _language(tree)), at_top=not page)
    if not page and body.startswith(("---", "+++")) and _is_front_matter(body):
        body = f"!{body}"
    carried = _carried(screenplay, options, report, limits) if options.carry else ""
    return "\n".join(part for part in (page, body, carried) if part)


def _is_front_matter(body: str) -> bool:
    from converter.notation.fountain.front_matter import front_matter  # only here: few scripts begin so

    return front_matter(body) is not None


def fit(screenplay: Screenplay, options: Options = _DEFAULTS, report: Report = ignore) -> Screenplay:
    """What Fountain can hold; with `carry` what Final Draft can."""
    if options.carry:
        fitted: Screenplay = _final_draft().fit(screenplay, report=report)
        return fitted
    return fit_fountain(screenplay, options, report)


def _carried(screenplay: Screenplay, options: Options, report: Report, limits: Limits) -> str:
    from converter.notation.fountain.carried import boneyard

    data = _final_draft().write(screenplay, report=report, limits=limits)
    return boneyard(data, options) + "\n"


def _final_draft() -> ModuleType:
    return import_module("writers.fdx")  # only here: it loads lxml


WRITER = Writer("fountain", (), Options, write, fit)


# ---------------------------------------------------------------- the body


class _Reading(NamedTuple):
    """What holds for the whole script."""

    limits: Limits
    language: languages.Language | None  # whose headings need no full stop, since the title page names it


def _language(screenplay: Screenplay) -> languages.Language | None:
    fields = () if screenplay.title_page is None else screenplay.title_page.fields
    named = next((one for one in fields if title.folded(one.name) == "language"), None)
    return None if named is None else languages.known(" ".join(map(words, named.lines)))


def _body(elements: Sequence[Element], reading: _Reading, *, at_top: bool) -> str:
    """Blocks with an empty line between them. `at_top`: the first line could be taken for a title page."""
    deadline, language = reading.limits.deadline(), reading.language
    out: list[str] = []
    extra_line = False
    for number, element in enumerate(elements):
        if number % 1000 == 0:
            deadline.check()
        # An empty action is one more empty line; a second one in a row, or one at either end, is a lone `!`.
        extra_line = bool(out) and not extra_line and number + 1 < len(elements) and _is_empty_line(element)
        if out:
            out.append("\n")
        if extra_line:
            continue
        if language is not None and _is_told(element, language):
            block: str | None = _action(cast(Action, element).text, at_top, forced=True)
        else:
            block = None if at_top else _ordinary(element)
        out.extend((_element(element, reading, at_top) if block is None else block, "\n"))
        at_top = at_top and isinstance(element, Boneyard)
    return "".join(out)


def _is_told(element: Element, language: languages.Language) -> bool:
    """An action that would be a heading or a transition in the language that the title page names."""
    if type(element) is not Action or element.align is not None:
        return False
    line = unmarked(words(element.text).strip(BLANKS))
    return any(kind(language).fullmatch(line) for kind in (languages.heading, languages.transition))


def _is_empty_line(element: Element) -> bool:
    return type(element) is Action and element == Action()


def _ordinary(element: Element) -> str | None:
    """The short way for nearly every element: lines in which nothing could mean anything else, as they are."""
    kind = type(element)
    if kind is Speech:
        return _ordinary_speech(cast(Speech, element))
    if kind is Action:
        action = cast(Action, element)
        line = _ordinary_line(action.text)
        return line if line and line[-1] != ":" and action.align is None and not _is_telling(action.text) else None
    return _ordinary_heading(cast(SceneHeading, element)) if kind is SceneHeading else None


def _ordinary_heading(heading: SceneHeading) -> str | None:
    line = _ordinary_line(heading.text)
    if line is None or "#" in line or heading.color is not None or heading.omitted is not None:
        return None
    if not is_common_heading(words(heading.text)):
        return None
    return line if heading.number is None else f"{line} #{heading.number}#"


def _ordinary_speech(speech: Speech) -> str | None:
    cue = None if speech.cue is None else inline.plainly(speech.cue.text)
    if cue is None or not _ORDINARY_CUE.fullmatch(cue) or is_heading(cue) or cue in FADES or not speech.parts:
        return None
    lines = [cue]
    for part in speech.parts:
        line = _ordinary_part(part)
        if line is None:
            return None
        lines.append(line)
    return "\n".join(lines)


def _ordinary_part(part: Part) -> str | None:
    kind = type(part)
    if kind is Dialogue:
        return _ordinary_line(cast(Dialogue, part).text)
    return inline.plainly(cast(Parenthetical, part).text) if kind is Parenthetical else None


def _ordinary_line(text: Text) -> str | None:
    """A line that begins with a letter or digit."""
    line = inline.plainly(text)
    return line if line and _ORDINARY.match(line) else None


def _is_telling(text: Text) -> bool:
    """Would these words alone on a line be a heading or a transition?"""
    plain = words(text)
    return is_heading(plain) or plain in FADES


_ORDINARY = re.compile(r"[^\W_]")
_ORDINARY_CUE = re.compile(r"[A-Z][A-Z0-9 .'-]*[A-Z0-9](?: \([A-Z][A-Z. ']*\))?")


def _element(element: Element, reading: _Reading, at_top: bool) -> str:
    match element:
        case Speech():
            return _speech(element, at_top=at_top)
        case DualDialogue():
            return _dual(element, at_top)
        case PageBreak():
            return "==="
        case Cut():
            raise AssertionError("fit leaves no Cut")
        case Note() | Boneyard() | PageMark():
            return spelled(element)
        case SceneHeading():
            return _heading(element, reading, at_top)
        case Action(align=Align.CENTER):
            return "\n".join(f"> {line} <" for line in _lines(element.text))
        case Action():
            return _action(element.text, at_top)
        case _:
            return _of_one_kind(element)


def _of_one_kind(
    paragraph: Shot | Transition | Section | Synopsis | Lyric | General | CastList | NewAct | EndOfAct,
) -> str:
    """A block of which one mark says what it is."""
    match paragraph:
        case Shot():
            return "!!" + _one_line(paragraph.text)
        case Transition():
            return _transition(paragraph.text)
        case Section():
            return "#" * paragraph.level + " " + _one_line(paragraph.text)
        case Synopsis():
            return "= " + _one_line(paragraph.text)
        case Lyric():
            return _lyric(paragraph.text, _hides_brackets(paragraph.text))
        case General() | CastList() | NewAct() | EndOfAct():
            raise AssertionError(f"fit leaves no {type(paragraph).__name__}")
        case _:
            assert_never(paragraph)


# ---------------------------------------------------------------- lines

Parse: TypeAlias = Callable[[str, Sequence[Marker]], list[Inline]]


def _parse_trimmed(line: str, markers: Sequence[Marker]) -> list[Inline]:
    return inline.parse(inline.trimmed(line), markers)


def _spelled(line: Sequence[Inline], hide_brackets: bool, parse: Parse = _parse_trimmed) -> Raw:
    """A line of a text. Stars and underscores that mean themselves stay bare where they are read so."""
    pieces = pieces_of(line)
    raw = inline.write(pieces, hide_brackets=hide_brackets, hide_marks=False)
    if not _has_literal_marks(pieces) or parse(raw.line, raw.markers) == list(line):
        return raw
    return inline.write(pieces, hide_brackets=hide_brackets, hide_marks=True)


def _has_literal_marks(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, tuple) and ("*" in piece[0] or "_" in piece[0]) for piece in pieces)


def _hides_brackets(*texts: Text) -> bool:
    """Would a `[[` be closed somewhere in this block?"""
    typed = [words(text) for text in texts]
    if not any("[" in one for one in typed):
        return False
    return any("]]" in one for one in typed) or any(_closes_note(one) for text in texts for one in text)


def _closes_note(one: Inline) -> bool:
    return isinstance(one, Note | PageMark) or isinstance(one, Boneyard) and "]]" in one.source


def _lines(text: Text) -> list[str]:
    hide = _hides_brackets(text)
    return [inline.finished(_spelled(line, hide)) for line in split_lines(text)]


def _one_line(text: Text) -> str:
    return inline.finished(_spelled(text, _hides_brackets(text)))


def _parted(raw: Raw) -> tuple[str, str]:
    """The line up to its last visible character, and the anchors behind."""
    core = raw.line.rstrip(BLANKS + ANCHORS)
    return core, raw.line[len(core) :]


def _finished(line: str, raw: Raw) -> str:
    return inline.finished(Raw(line, raw.markers))


def _end_hidden(core: str, last: str) -> str:
    """With the backslash that hides the meaning of the last character."""
    before = core[: -len(last)]
    text = before.rstrip("\\")
    return text + "\\" * (2 * (len(before) - len(text)) + 1) + last


# ---------------------------------------------------------------- scene headings, transitions


def _heading(heading: SceneHeading, reading: _Reading, at_top: bool) -> str:
    raw = _spelled(heading.text, _hides_brackets(heading.text), _heading_parse(heading.number))
    core, trail = _parted(raw)
    if heading.number is not None:
        core += f" #{heading.number}#"
    else:
        core = _without_false_number(core)
    line = core + trail
    if _needs_dot(core, at_top):
        line = ("." if is_forced_heading("." + core) and core[0] != "\\" else ".\\") + line
    block = _finished(line, raw)
    if heading.color is not None:
        block += " " + spelled(color_note(heading.color))
    if heading.omitted is not None:
        scene = _body(heading.omitted, reading, at_top=False).removesuffix("\n")
        block += "\n\n" + cut_scene(scene, says_omitted=is_omitted(SceneHeading(text=heading.text)))
    return block


def _heading_parse(number: str | None) -> Parse:
    """How a heading with this number is read. A number that is read where none is hides its # instead."""

    def parse(line: str, markers: Sequence[Marker]) -> list[Inline]:
        core, trail = _parted(Raw(line, ()))
        if number is None:
            return _parse_trimmed(line, markers) if without_scene_number(core)[1] is None else []
        body, found = without_scene_number(f"{core} #{number}#")
        return _parse_trimmed(body + trail, markers) if found == number else []

    return parse


def _without_false_number(core: str) -> str:
    line = core.rstrip("*_")
    body, number = without_scene_number(core)
    if number is None and body == core:
        return core
    if line.endswith("\\#"):
        backslashes = len(line) - 1 - len(line[:-1].rstrip("\\"))
        return line[:-1] + "\\" * backslashes + "#" + core[len(line) :]
    return _end_hidden(line, "#") + core[len(line) :]


def _needs_dot(core: str, at_top: bool) -> bool:
    plain = unmarked(without_anchors(core))
    return not is_common_heading(plain) or mark(core) is not None or at_top and ":" in core


def _transition(text: Text) -> str:
    raw = _spelled(text, _hides_brackets(text))
    core, trail = _parted(raw)
    if not _needs_arrow(core):
        return _finished(raw.line, raw)
    if core.endswith("<"):
        core = _end_hidden(core, "<")
    return _finished("> " + core + trail, raw)


def _needs_arrow(core: str) -> bool:
    plain = unmarked(without_anchors(core))
    return (
        not plain[:1].isalpha()
        or is_heading(plain)
        or plain in FADES
        or not is_transition(plain)
        or inline.without_start_escape(core) != core
    )


# ---------------------------------------------------------------- action, lyrics


def _action(text: Text, at_top: bool, *, forced: bool = False) -> str:
    hide = _hides_brackets(text)
    lines = split_lines(text)
    done: dict[str, tuple[str, str]] = {}  # by its words: a page of stars is one line again and again
    written: list[str] = []
    plain: list[str] = []
    for line in lines:
        bare = _bare_words(line)
        found = done.get(bare) if bare else None
        if found is None:
            found = done[bare] = _action_line(line, hide)
        written.append(found[0])
        plain.append(found[1])
    if forced or _starts_something(plain) or at_top and _starts_title_page(plain):
        written[0] = _action_line(lines[0], hide, forced=True)[0]
    return "\n".join(written)


def _bare_words(line: Sequence[Inline]) -> str:
    """The words of a line that has no more than words."""
    only = line[0] if len(line) == 1 else None
    return only.text if type(only) is Run and only.style is NO_STYLE else ""


def _action_line(line: Sequence[Inline], hide_brackets: bool, *, forced: bool = False) -> tuple[str, str]:
    """The line as it is written, and what the tests of lines see of it."""
    raw = _spelled(line, hide_brackets, _parse_action)
    plain = without_anchors(raw.line)
    return _finished(_banged(raw.line) if forced or _needs_bang(raw.line, plain) else raw.line, raw), plain


def _parse_action(line: str, markers: Sequence[Marker]) -> list[Inline]:
    return inline.parse(inline.indented(line), markers)


def _banged(line: str) -> str:
    text = line.lstrip("\\")
    return "!" + ("\\" * (2 * (len(line) - len(text)) + 1) + text if text.startswith("!") else line)


def _needs_bang(line: str, plain: str) -> bool:
    """Does this line of an action need its `!`, wherever in the paragraph it stands?"""
    trimmed = plain.strip(BLANKS)
    return (
        not trimmed
        or trimmed[0] in "!#=>~"
        or trimmed[0] in MARK_CHARACTERS
        and mark(trimmed) is not None
        or trimmed[0] in ".．"
        and is_forced_heading(trimmed)
        or is_forced_cue(trimmed)
        or inline.without_start_escape(line) != line
    )


def _starts_something(plain: Sequence[str]) -> bool:
    """Would the first line be a heading, a transition or a name, to us or to another program?"""
    line = unmarked(plain[0].strip(BLANKS))
    return (
        is_heading(line)
        or line in FADES
        or line.endswith("TO:")
        and not has_lower(line)
        or len(plain) > 1
        and is_cue(line)
    )


def _starts_title_page(plain: Sequence[str]) -> bool:
    """Many programs take any `Words: more words` at the top for a title page."""
    return _KEY_AND_VALUE.match(plain[0]) is not None or title.begins([*plain, ""], 0)


_KEY_AND_VALUE = pattern(r"[^:]+:[ \t]*[^ \t]")


def _lyric(text: Text, hide_brackets: bool) -> str:
    lines = [_spelled(line, hide_brackets, _parse_action) for line in split_lines(text)]
    return "\n".join(_finished("~" + (" " if raw.line.startswith(" ") else "") + raw.line, raw) for raw in lines)


# ---------------------------------------------------------------- speeches


def _dual(dual: DualDialogue, at_top: bool) -> str:
    parts = list(dual.left.parts)
    between: list[str] = []
    while parts and isinstance(parts[-1], Note | Boneyard | PageMark):
        between.append(spelled(parts.pop()))  # type: ignore[arg-type]
    left = _speech(Speech(cue=dual.left.cue, parts=tuple(parts)), at_top=at_top)
    return "\n\n".join((left, *reversed(between), _speech(dual.right, dual=True)))


def _speech(speech: Speech, *, at_top: bool = False, dual: bool = False) -> str:
    assert speech.cue is not None, "fit leaves no speech without a cue"
    texts = [part.text for part in speech.parts if isinstance(part, Paragraph)]
    hide = _hides_brackets(speech.cue.text, *texts, tuple(one for one in speech.parts if isinstance(one, Marker)))
    lines = [_cue(speech.cue, dual, is_spoken(speech.parts), hide, at_top)]
    waiting: list[Marker] = []
    sung = False
    for part in speech.parts:
        match part:
            case Note() | Boneyard() | PageMark():
                waiting.append(part)
                continue
            case PageBreak():
                lines.extend(("===", *map(spelled, waiting)))
            case Cut():
                raise AssertionError("fit leaves no Cut")
            case _:
                lines.extend(_part_after(waiting, part, hide, sung=sung))
        sung = isinstance(part, Lyric)
        waiting = []
    return "\n".join(lines)


def _part_after(
    waiting: list[Marker], part: Parenthetical | Dialogue | Lyric, hide: bool, *, sung: bool
) -> Iterator[str]:
    """The markers before a part, on lines of their own or on its first, and the part. `sung`: after another verse."""
    in_line = any(isinstance(one, Boneyard) for one in waiting)
    if not in_line:
        yield from map(spelled, waiting)
    if sung and isinstance(part, Lyric) and (in_line or not waiting):
        yield "  "
    yield _part(part, waiting if in_line else [], hide)


def _cue(cue: Character, dual: bool, spoken: bool, hide_brackets: bool, at_top: bool) -> str:
    plain = not_as_typed(cue.text)
    raw = _spelled(plain, hide_brackets, _cue_parse(" ^" if dual else ""))
    core, trail = _parted(raw)
    line = core.rstrip("*_")
    if line.endswith("^") and not dual:
        core = _end_hidden(line, "^") + core[len(line) :]
    is_forced = not spoken or plain != cue.text or _needs_at(core, plain) or at_top and ":" in core
    return _finished(("@" if is_forced else "") + core + (" ^" if dual else "") + trail, raw)


def _cue_parse(caret: str) -> Parse:
    """How a cue with this behind it is read. A caret that is part of the name is hidden in any case."""

    def parse(line: str, markers: Sequence[Marker]) -> list[Inline]:
        core, trail = _parted(Raw(line, ()))
        name, dual = without_caret(core + caret)
        return _parse_trimmed(name + trail, markers) if dual == bool(caret) else []

    return parse


def _needs_at(core: str, text: Text) -> bool:
    """Not a plain name in the Latin alphabet: then programs differ on what it is.

    Small letters in brackets behind a name that needs no @ would be drawn as typed by one.
    """
    if has_lower(words(text)) and is_surely_cue(words(text)):
        return False
    plain = unmarked(without_anchors(core))
    return (
        not ("A" <= plain[:1] <= "Z")
        or not is_cue(plain)
        or is_heading(plain)
        or plain.endswith("TO:")
        or plain in FADES
        or not plain.isascii()
        and any(char.isalpha() and char.lower() == char.upper() for char in plain)
    )


def _part(part: Parenthetical | Dialogue | Lyric, before: list[Marker], hide_brackets: bool) -> str:
    """`before`: markers that stand on the first line, as a boneyard on a line of its own would end the speech."""
    if isinstance(part, Lyric):
        lead = "".join(f"{spelled(marker)} " for marker in before)
        text = _lyric(part.text, hide_brackets)
        return lead + (text.replace("~", "~ ", 1) if lead and text.startswith("~ ") else text)
    lines = split_lines(part.text)
    lines[0] = (*before, *lines[0])
    guard = _guarded if isinstance(part, Dialogue) else _guarded_in_brackets
    return "\n".join(_spoken_line(line, hide_brackets, guard) for line in lines)


def _spoken_line(line: Sequence[Inline], hide_brackets: bool, guard: Callable[[str, str], str]) -> str:
    if not line:
        return "  "
    raw = _spelled(line, hide_brackets)
    return _finished(guard(raw.line, words(tuple(line))), raw)


def _guarded(line: str, typed: str) -> str:
    """A line of dialogue that is no parenthetical, lyric or page break."""
    plain = without_anchors(line).strip(BLANKS)
    if typed.startswith(OPENING_BRACKETS):
        close = closes(typed)
        if close < 0 or close == len(typed) - 1:
            return _start_hidden(line)
    elif mark(plain) is Mark.LYRIC or is_page_break(plain):
        return _start_hidden(line)
    return _escapes_doubled(line)


def _guarded_in_brackets(line: str, typed: str) -> str:
    if is_page_break(without_anchors(line).strip(BLANKS)):
        return _start_hidden(line)
    return _escapes_doubled(line)


_START = pattern(rf"[{BLANKS}\x00\x01]*+(?:[*_][*_\x00\x01]*+)?")


def _start_hidden(line: str) -> str:
    start = _START.match(line)
    assert start is not None
    return line[: start.end()] + "\\" + line[start.end() :]


def _escapes_doubled(line: str) -> str:
    """Backslashes that the reader would take for an escape at the start of the line."""
    read = inline.without_start_escape(line)
    if read == line:
        return line
    start = _START.match(line)
    assert start is not None
    text = line[start.end() :].lstrip("\\")
    return line[: start.end()] + "\\" * 2 * (len(line) - start.end() - len(text)) + text


# ---------------------------------------------------------------- title page


def _title_page(page: TitlePage | None) -> str:
    if page is None:
        return ""
    texts = [line for one in page.fields for line in one.lines]
    hide = _hides_brackets(*texts, tuple(Run(text=one.name) for one in page.fields))
    return "".join(_field(one, hide, first=number == 0) for number, one in enumerate(page.fields))


def _field(one: TitleField, hide_brackets: bool, *, first: bool) -> str:
    raws = [_spelled(line, hide_brackets) for line in one.lines]
    if len(raws) == 1:
        line = f"{one.name}: {raws[0].line}"
        plain = without_anchors(line)
        if title.begins([plain], 0) if first else title.key_of(plain) == one.name:
            return _finished(line, raws[0]) + "\n"
    return f"{one.name}:\n" + "".join(f"    {inline.finished(raw)}\n" for raw in raws)
