"""Read Fountain 1.1, and what its programs have added since.

Every text is a valid script. Boneyards and notes are taken out first, in one pass over the text; then come the title
page, the lines, and the emphasis inside them. docs/formats/fountain.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Literal, assert_never

from converter.contract import (
    DEFAULT_LIMITS,
    Diagnostic,
    FormatError,
    Kind,
    LimitError,
    Limits,
    Reader,
    Report,
    Source,
    ignore,
    option,
)
from converter.normal import known_normal, normal
from converter.notation.fountain import inline, title
from converter.notation.fountain.fit import CUT_SCENES_DEEP
from converter.notation.fountain.lines import (
    ANCHORS,
    BLANKS,
    BONEYARD_ANCHOR,
    BRACKET,
    MARK_CHARACTERS,
    NOTE_ANCHOR,
    Mark,
    closes,
    is_blank,
    is_cue,
    is_forced_cue,
    is_forced_heading,
    is_heading,
    is_kept_blank,
    is_page_break,
    is_transition,
    makes_gap,
    mark,
    only_anchors,
    unmarked,
    with_ascii_marks,
    without_anchors,
    without_bang_escape,
    without_caret,
    without_end_escape,
    without_scene_number,
)
from converter.notation.fountain.markers import (
    MARKERS,
    Unclosed,
    cut_scene_text,
    find,
    heading_color,
    lifted,
    parse_note,
)
from converter.records import dataclass, replace
from converter.safe.decode import checked, decode
from converter.terms import is_omitted
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    LineBreak,
    Lyric,
    Marker,
    Note,
    PageBreak,
    Parenthetical,
    Part,
    Position,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    encoding: str = option("", "the file's encoding, if it is neither UTF-8 nor what its first bytes say")
    notes: Literal["keep", "drop"] = option("keep", "what becomes of [[notes]]")
    blank_lines: Literal["keep", "drop"] = option("keep", "what becomes of extra empty lines between paragraphs")
    lenient_headings: bool = option(False, "take INT. and EXT. for scene headings without empty lines around, too")
    carried: Literal["restore", "ignore"] = option(
        "restore", "what becomes of what a conversion from Final Draft put at the end of the file"
    )
    critic_markup: Literal["keep", "accept"] = option(
        "keep", "accept: take {++additions++} in and leave {--deletions--} out"
    )


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    return _read(decode(source.data, report, limits, options.encoding or None), options, report, limits)


def from_text(
    text: str, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    return _read(checked(text, report, limits), options, report, limits)


def _read(text: str, options: Options, report: Report, limits: Limits) -> Screenplay:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if options.critic_markup == "accept":
        text = _with_accepted_changes(text)
    body = _Body(_taken_apart(text, options, report), options, report, limits)
    title_page = body.read_title_page()
    screenplay = Screenplay(title_page=title_page, body=body.read())
    screenplay = normal(screenplay) if body.untidy else known_normal(screenplay)
    return _with_carried(screenplay, report, limits) if options.carried == "restore" else screenplay


def _with_carried(screenplay: Screenplay, report: Report, limits: Limits) -> Screenplay:
    """With what a boneyard carries back in its places."""
    boneyards = [one for one in screenplay.body if isinstance(one, Boneyard)]
    if not boneyards:
        return screenplay
    if boneyards[-1].source.rstrip("*/ \n").endswith("END_BEAT"):
        message = "Beat's own data at the end names places by counting characters; they fit only while no text changes."
        report(Diagnostic(Kind.WARNING, "fountain.beat-data", message, boneyards[-1].at))
    from converter.notation.carrying.packet import Damaged, is_packed  # as rarely needed as slow to load

    packed = next((one for one in reversed(boneyards) if is_packed(one.source)), None)
    if packed is None:
        return screenplay
    from converter.notation.carrying.restore import restore  # a tenth of a small conversion, and rarely needed
    from converter.notation.fountain.carried import Fitting, opened

    try:
        data, written_with = opened(packed.source, limits.input_bytes)
        source = Source("carried.fdx", data)
        original = import_module("converter.readers.fdx").read(source, limits=limits)
    except (Damaged, FormatError, LimitError):
        message = "What this boneyard carries for Final Draft is damaged, so it stayed a boneyard."
        report(Diagnostic(Kind.WARNING, "fountain.carry-damaged", message, packed.at))
        return screenplay
    body = tuple(one for one in screenplay.body if one is not packed)
    return restore(normal(replace(screenplay, body=body)), original, Fitting(written_with), report)


_CRITIC = re.compile(r"\{(\+\+|--|==|>>|~~)([^{}\n]*)(\+\+|--|==|<<|~~)\}")


def _with_accepted_changes(text: str) -> str:
    """CriticMarkup: what was added stays, what was deleted goes, a comment is a note."""
    return _CRITIC.sub(_accepted_change, text)


def _accepted_change(found: re.Match[str]) -> str:
    opening, words, closing = found.groups()
    if closing != opening.replace(">>", "<<"):
        return found[0]
    match opening:
        case "--":
            return ""
        case "~~":
            return words.partition("~>")[2]
        case ">>":
            return f"[[{words}]]"
        case _:
            return words


# ---------------------------------------------------------------- notes and boneyards out of the text


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a text with an anchor for each note and boneyard, and what the anchors stand for."""

    lines: list[str]
    plain: list[str]  # the same without anchors: what the line tests see
    markers: dict[int, list[Marker | None]]  # by line; None is a note that an option leaves out
    numbers: list[int] | None  # the line of the source that each line starts on; None: they agree


def _taken_apart(text: str, options: Options, report: Report, first_line: int = 1) -> _Lines:
    if "[[" not in text and "/*" not in text:
        lines = text.split("\n")
        numbers = None if first_line == 1 else [first_line + at for at in range(len(lines))]
        return _Lines(lines, lines, {}, numbers)
    pieces: list[str] = []
    markers: dict[int, list[Marker | None]] = {}
    swallowed: dict[int, int] = {}
    start = line = hidden = 0
    for found in find(text):
        line += text.count("\n", start, found.start)
        at = Position(first_line + line + hidden)
        if isinstance(found, Unclosed):
            _report_unclosed(found, at, report)
            pieces.append(text[start : found.start])
            start = found.start
            continue
        pieces.append(_before_anchor(text[start : found.start], found.anchor))
        pieces.append(found.anchor)
        start = found.end
        markers.setdefault(line, []).append(_marker(text[found.start : found.end], found.anchor, at, options))
        inside = text.count("\n", found.start, found.end)
        if inside:
            hidden += inside
            swallowed[line] = swallowed.get(line, 0) + inside
    pieces.append(text[start:])
    lines = "".join(pieces).split("\n")
    plain = lines.copy()
    for number in markers:
        plain[number] = without_anchors(lines[number])
    return _Lines(lines, plain, markers, _numbers(len(lines), first_line, swallowed))


def _report_unclosed(found: Unclosed, at: Position, report: Report) -> None:
    if found.opening == "[[":
        code, message = "fountain.unclosed-note", "This note is never closed, so it was read as ordinary text."
    else:
        code = "fountain.unclosed-boneyard"
        message = "Nothing closes the boneyard that /* opens here, so the rest was read as ordinary text."
    report(Diagnostic(Kind.WARNING, code, message, at))


def _before_anchor(text: str, anchor: str) -> str:
    """Right before a note two backslashes are one; a single one would have hidden it."""
    if anchor == NOTE_ANCHOR and text.endswith("\\"):
        count = len(text) - len(text.rstrip("\\"))
        return text[: len(text) - count // 2]
    return text


def _marker(source: str, anchor: str, at: Position, options: Options) -> Marker | None:
    if anchor == NOTE_ANCHOR:
        note = parse_note(source[2:-2], at)
        return None if options.notes == "drop" and isinstance(note, Note) else note
    return Boneyard(source=source.replace("\u2028", "\n"), at=at)


def _numbers(count: int, first_line: int, swallowed: dict[int, int]) -> list[int] | None:
    if not swallowed and first_line == 1:
        return None
    numbers, number = [], first_line
    for at in range(count):
        numbers.append(number)
        number += 1 + swallowed.get(at, 0)
    return numbers


# ---------------------------------------------------------------- lines into elements

_position: Callable[[tuple[object, ...]], Position] = partial(tuple.__new__, Position)  # twice as fast as Position()
_BREAK = LineBreak()
_EMPTY = Action()
_UNUSUAL_START = frozenset(BLANKS + ANCHORS + "\\*_!！")
_BLANK_START = frozenset((*BLANKS, "\u00a0", ""))
_UNUSUAL_IN_SPEECH = frozenset(BLANKS + "\u00a0~～=\\*_")


class _Body:
    """Reads elements off the lines, from the top."""

    def __init__(self, lines: _Lines, options: Options, report: Report, limits: Limits, depth: int = 0):
        self._lines = lines.lines
        self._plain = lines.plain
        self._markers = lines.markers
        self._numbers = lines.numbers
        self._count = len(lines.lines)
        self._options = options
        self._report = report
        self._limits = limits
        self._depth = depth
        self._start = 0
        self._out: list[Element] = []
        self._parts_read = 0  # parts of speeches
        self._names: dict[str, Text] = {}  # cues met so far: most lines of a script are under one of them
        self._brackets: dict[int, int] = {}  # line -> line that closes the bracket it begins with
        self._brackets_end = 0  # lines before this one have been looked through for brackets
        self.untidy = False  # something may not stand where normal form has it

    def _at(self, i: int) -> Position:
        return _position((i + 1 if self._numbers is None else self._numbers[i], None, None, None, None))

    def _warn(self, code: str, message: str, i: int) -> None:
        self._report(Diagnostic(Kind.WARNING, code, message, self._at(i)))

    def read(self) -> tuple[Element, ...]:
        plain, count, out = self._plain, self._count, self._out
        deadline, check_at = self._limits.deadline(), 1000
        i, gap, lenient = self._start, True, self._options.lenient_headings
        while i < count:
            line = plain[i].strip(BLANKS)
            if not line or (line[0] == "\u00a0" and is_blank(line)):
                i, gap = self._blank_lines(i), True
                continue
            if line[0] in MARK_CHARACTERS and (kind := mark(line)) is not None:
                i, gap = self._marked(kind, i)
            elif gap or lenient and is_heading(unmarked(line)):
                i, gap = self._after_gap(i, line)
            else:
                i = self._action(i)
            if len(out) >= check_at or self._parts_read > self._limits.paragraphs:
                check_at = len(out) + 1000
                deadline.check()
                if len(out) + self._parts_read > self._limits.paragraphs:
                    raise self._limits.passed("paragraphs", "this script has too many paragraphs")
        self.untidy |= bool(out) and (type(out[-1]) is PageBreak or type(out[-1]) in MARKERS)
        return tuple(out)

    # -------- blank lines, notes and boneyards on lines of their own

    def _blank_lines(self, i: int) -> int:
        if i in self._markers:
            self._own_line_markers(self._markers[i])
            return i + 1
        end = i + 1
        if end < self._count and self._plain[end][:1] not in _BLANK_START:
            return end
        while end < self._count and end not in self._markers and is_blank(self._plain[end]):
            end += 1
        if end - i > 1 and i > self._start and end < self._count and self._options.blank_lines == "keep":
            self._out.append(Action(at=self._at(i)))
        return end

    def _own_line_markers(self, markers: Sequence[Marker | None]) -> None:
        for marker in markers:
            if marker is not None and not (isinstance(marker, Boneyard) and self._put_in_cut_scene(marker)):
                self._out.append(marker)

    def _put_in_cut_scene(self, boneyard: Boneyard) -> bool:
        """Put the cut scene in the heading before it; False if the boneyard is another."""
        heading = self._out[-1] if self._out else None
        if type(heading) is not SceneHeading or heading.omitted is not None or self._depth == CUT_SCENES_DEEP:
            return False
        text = cut_scene_text(boneyard.source, says_omitted=is_omitted(heading))
        if text is None:
            return False
        assert boneyard.at is not None and boneyard.at.line is not None
        lines = _taken_apart(text, self._options, self._report, boneyard.at.line + 1)
        scene = _Body(lines, self._options, self._report, self._limits, self._depth + 1)
        self._out[-1] = replace(heading, omitted=scene.read())
        self.untidy |= scene.untidy
        return True

    # -------- the words of a line

    def _parted(self, i: int) -> tuple[str, str, str]:
        """The anchors before the first visible character, the line from it to the last one, the anchors behind."""
        line = self._lines[i].strip(BLANKS)
        if i not in self._markers:
            return "", line, ""
        behind = line.lstrip(BLANKS + ANCHORS)
        body = behind.rstrip(BLANKS + ANCHORS)
        return only_anchors(line[: len(line) - len(behind)]), body, only_anchors(behind[len(body) :])

    def _inlines(self, i: int, words: str) -> list[Inline]:
        """A trimmed line whose tabs are only blanks."""
        if "\t" in words:
            words = words.replace("\t", " ")
        return inline.parse(words, self._markers.get(i, ()))

    def _one_line(self, i: int, words: str) -> list[Inline]:
        """The words of an element that has but one line."""
        if "\u2028" in words:
            words = words.replace("\u2028", " ")
        return self._inlines(i, inline.trimmed(words))

    def _lifted(self, inlines: list[Inline]) -> Text:
        """The text, whose first notes and boneyards stand before its block."""
        if inlines and type(inlines[0]) in MARKERS:
            markers, inlines = lifted(inlines)
            self._out.extend(markers)
        return tuple(inlines)

    # -------- lines that show by a mark what they are

    def _marked(self, kind: Mark, i: int) -> tuple[int, bool]:
        """The lines from i on that belong together; gives the next line, and whether it has a gap before it."""
        at = self._at(i)
        match kind:
            case Mark.ACTION:
                return self._action(i), False
            case Mark.LYRIC:
                inlines, end = self._lyric_lines(i)
                self._out.append(Lyric(text=self._lifted(inlines), at=at))
                return end, False
            case Mark.CENTERED:
                return self._centered(i), False
            case Mark.TRANSITION:
                lead, body, trail = self._parted(i)
                rest = without_end_escape(body[1:], "<") if body.endswith("<") else body[1:]
                text = self._lifted(self._one_line(i, lead + rest + trail))
                self._out.append(Transition(text=text, at=at))
                return i + 1, False
            case Mark.SHOT:
                lead, body, trail = self._parted(i)
                text = self._lifted(self._one_line(i, lead + body[2:] + trail))
                self._out.append(Shot(text=text, at=at))
                return i + 1, False
            case Mark.SECTION:
                self._section(i)
            case Mark.SYNOPSIS:
                self._synopsis(i)
            case Mark.PAGE_BREAK:
                self.untidy |= bool(self._out) and type(self._out[-1]) in MARKERS
                self._out.append(PageBreak(at=at))
                self._own_line_markers(self._markers.get(i, ()))
            case Mark.INSTRUCTION:
                self._out.append(Boneyard(source=self._plain[i].strip(BLANKS), at=at))
                self._own_line_markers(self._markers.get(i, ()))
            case _:
                assert_never(kind)
        return i + 1, True

    def _section(self, i: int) -> None:
        lead, body, trail = self._parted(i)
        body = with_ascii_marks(body)
        rest = body.lstrip("#")
        level = len(body) - len(rest)
        if level > self._limits.nesting:
            level = self._limits.nesting
            self._warn("fountain.deep-section", f"Sections go {level} levels deep here; this one was deeper.", i)
        text = self._lifted(self._one_line(i, lead + rest + trail))
        self._out.append(Section(text=text, level=level, at=self._at(i)))

    def _synopsis(self, i: int) -> None:
        lead, body, trail = self._parted(i)
        inlines = self._one_line(i, lead + body[1:] + trail)
        if not any(type(one) is Run for one in inlines):
            self._warn("fountain.empty-synopsis", "There is no synopsis behind this =, so it was left out.", i)
            self._own_line_markers([one for one in inlines if isinstance(one, Marker)])
            return
        self._out.append(Synopsis(text=self._lifted(inlines), at=self._at(i)))

    def _centered(self, i: int) -> int:
        inlines: list[Inline] = []
        start = i
        while i < self._count and mark(self._plain[i].strip(BLANKS)) is Mark.CENTERED:
            lead, body, trail = self._parted(i)
            if i > start:
                inlines.append(_BREAK)
            inlines.extend(self._inlines(i, inline.trimmed(lead + body[1:-1] + trail)))
            i += 1
        self._out.append(Action(text=self._lifted(inlines), align=Align.CENTER, at=self._at(start)))
        return i

    def _lyric_lines(self, i: int) -> tuple[list[Inline], int]:
        inlines: list[Inline] = []
        start = i
        while i < self._count and mark(self._plain[i].strip(BLANKS)) is Mark.LYRIC:
            lead, body, trail = self._parted(i)
            if i > start:
                inlines.append(_BREAK)
            inlines.extend(self._inlines(i, inline.indented(lead + body[1:].removeprefix(" ") + trail)))
            i += 1
        return inlines, i

    # -------- lines behind an empty one

    def _after_gap(self, i: int, line: str) -> tuple[int, bool]:
        first = line[0]
        if first in ".．" and is_forced_heading(line):
            self._heading(i, forced=True)
            return i + 1, False
        if first in "@＠" and is_forced_cue(line):
            return self._speech(i, forced=True), True
        following = self._plain[i + 1] if i + 1 < self._count else ""
        if following and line in self._names and (end := self._plain_speech(i, self._names[line])):
            return end, True
        closed = not following or makes_gap(following)
        if first in "iIeE*_" and is_heading(unmarked(line)):
            if closed or self._options.lenient_headings:
                self._heading(i, forced=False)
                return i + 1, True
            message = "This was read as action: a scene heading needs an empty line behind it."
            self._warn("fountain.heading-without-blank-line", message, i)
            return self._action(i), False
        if closed and self._is_transition(i, line):
            text = self._lifted(self._one_line(i, inline.without_start_escape(self._lines[i])))
            self._out.append(Transition(text=text, at=self._at(i)))
            return i + 1, False
        if (following or i + 1 in self._markers) and is_cue(unmarked(line)) and self._speaks(i + 1):
            if self._is_transition(i, line):
                message = "This was read as a character's name: a transition needs an empty line behind it."
                self._warn("fountain.transition-as-cue", message, i)
            return self._speech(i, forced=False), True
        return self._action(i), False

    def _is_transition(self, i: int, line: str) -> bool:
        """A blank behind TO: says that it is none; before a note the blank says nothing."""
        if line[-1] not in ":._*":
            return False
        return is_transition(unmarked(line)) and self._lines[i][-1:] not in (" ", "\t")

    def _heading(self, i: int, *, forced: bool) -> None:
        lead, body, trail = self._parted(i)
        if forced:
            body = body[2:] if body[1] == "\\" else body[1:]
        body, number = self._scene_number(i, body)
        inlines = self._one_line(i, lead + body + trail)
        color = heading_color(inlines[-1])
        if color:
            inlines.pop()
        text = self._lifted(inlines)
        self._out.append(SceneHeading(text=text, number=number, color=color, at=self._at(i)))

    def _scene_number(self, i: int, body: str) -> tuple[str, str | None]:
        words, number = without_scene_number(body)
        if number is not None and number.endswith(">"):
            number = number[:-1]
            message = f"Beat restarts its scene numbers at {number}; the number was kept, the restart was not."
            self._warn("fountain.number-restart", message, i)
        return words, number

    # -------- action

    def _action(self, i: int) -> int:
        """Lines up to the next blank one, or one that shows by a mark that it is something else."""
        start, plain = i, self._plain
        inlines = self._action_line(i)
        i += 1
        while i < self._count and plain[i] and self._is_action(plain[i]):
            inlines.append(_BREAK)
            inlines.extend(self._action_line(i))
            i += 1
        self._out.append(Action(text=self._lifted(inlines), at=self._at(start)))
        return i

    def _is_action(self, line: str) -> bool:
        if is_blank(line):
            return False
        line = line.strip(BLANKS)
        if line[0] in MARK_CHARACTERS and mark(line) not in (None, Mark.ACTION):
            return False
        return not (self._options.lenient_headings and is_heading(unmarked(line)))

    def _action_line(self, i: int) -> list[Inline]:
        """Leading blanks count, and a tab goes on to the next multiple of four."""
        line = self._lines[i]
        if line[0] not in _UNUSUAL_START and "\t" not in line and i not in self._markers:
            return inline.parse(line.rstrip(BLANKS))
        if mark(self._plain[i].strip(BLANKS)) is Mark.ACTION:
            lead, body, trail = self._parted(i)
            line = lead + without_bang_escape(body[1:]) + trail
        else:
            line = inline.without_start_escape(line)
        return inline.parse(inline.indented(line.expandtabs(4)), self._markers.get(i, ()))

    # -------- speeches

    def _speaks(self, i: int) -> bool:
        """Is there a line of speech at i, over notes and kept empty lines?"""
        while i < self._count and (self._has_only_notes(i) or is_kept_blank(self._plain[i])):
            i += 1
        return i < self._count and not is_blank(self._plain[i]) and not is_page_break(self._plain[i].strip(BLANKS))

    def _has_only_notes(self, i: int) -> bool:
        markers = self._markers.get(i)
        return markers is not None and is_blank(self._plain[i]) and BONEYARD_ANCHOR not in self._lines[i]

    def _speech(self, i: int, *, forced: bool) -> int:
        cue, dual = self._cue(i, forced=forced)
        if not forced and not dual and i not in self._markers and self._plain[i][-1] != ":":
            self._names[self._plain[i].strip(BLANKS)] = cue.text
        parts = _Parts()
        end = self._parts(i + 1, parts)
        after = parts.loose_end()
        self._parts_read += len(parts.done)
        speech = Speech(cue=cue, parts=tuple(parts.done))
        if not dual or not self._pair(speech):
            if dual:
                message = "The ^ says that two speak at once, but no speech comes right before; it was left out."
                self._warn("fountain.lone-caret", message, i)
            self._out.append(speech)
        self._out.extend(after)
        self.untidy |= parts.has_page_break
        return end

    def _plain_speech(self, i: int, name: Text) -> int:
        """The line behind a speech that is nothing out of the ordinary, under a name met before; else 0."""
        plain, markers, parse = self._plain, self._markers, inline.parse
        parts: list[Part] = []
        words: list[Inline] = []
        start = j = i + 1
        while j < self._count and (line := plain[j]):
            if line[0] in _UNUSUAL_IN_SPEECH or j in markers:
                return 0
            line = line.rstrip(BLANKS)
            inlines = parse(line.replace("\t", " ") if "\t" in line else line)
            if line[0] == "(":
                if line.count("(") != 1 or line.find(")") != len(line) - 1:
                    return 0
                if words:
                    parts.append(Dialogue(text=tuple(words), at=self._at(start)))
                    words = []
                parts.append(Parenthetical(text=tuple(inlines), at=self._at(j)))
            elif words:
                words.append(_BREAK)
                words.extend(inlines)
            else:
                words, start = inlines, j
            j += 1
        if i in markers or j in markers:
            return 0
        if words:
            parts.append(Dialogue(text=tuple(words), at=self._at(start)))
        self._out.append(Speech(cue=Character(text=name, at=self._at(i)), parts=tuple(parts)))
        self._parts_read += len(parts)
        return j

    def _cue(self, i: int, *, forced: bool) -> tuple[Character, bool]:
        lead, body, trail = self._parted(i)
        body = body[1:].lstrip(BLANKS) if forced else inline.without_start_escape(body)
        body, dual = without_caret(body)
        text = self._lifted(self._one_line(i, lead + body + trail))
        return Character(text=text, at=self._at(i)), dual

    def _pair(self, right: Speech) -> bool:
        """Put the speech beside the one before, over notes, boneyards and empty lines; False if there is none."""
        place = len(self._out)
        while place and (type(self._out[place - 1]) in MARKERS or self._out[place - 1] == _EMPTY):
            place -= 1
        left = self._out[place - 1] if place else None
        if type(left) is not Speech:
            return False
        between = [one for one in self._out[place:] if isinstance(one, Marker)]
        if between:
            left = Speech(cue=left.cue, parts=(*left.parts, *between))
        self._out[place - 1 :] = [DualDialogue(left=left, right=right)]
        return True

    def _parts(self, i: int, parts: _Parts) -> int:
        """The lines of a speech, up to the next blank one."""
        plain, count = self._plain, self._count
        while i < count:
            line = plain[i].strip(BLANKS)
            if not line or line[0] == "\u00a0" and is_blank(line):
                following = self._over_notes(i, parts)
                if following is None:
                    break
                i = following
                continue
            first = line[0]
            if first in "~～" and mark(line) is Mark.LYRIC:
                at = self._at(i)
                inlines, i = self._lyric_lines(i)
                parts.add(Lyric, inlines, at)
            elif first == "=" and is_page_break(line):
                parts.page_break(self._at(i), self._markers.get(i, ()))
                i += 1
            elif first in "(*_" and (end := self._parenthetical(i, parts)):
                i = end
            else:
                if i in self._markers or first in "\\*_":
                    inlines = self._inlines(i, inline.trimmed(inline.without_start_escape(self._lines[i])))
                else:
                    inlines = self._inlines(i, line)
                parts.dialogue(inlines, self._at(i))
                i += 1
        while i < count and i not in self._markers and is_kept_blank(plain[i]):
            i += 1
        return i

    def _over_notes(self, i: int, parts: _Parts) -> int | None:
        """Behind the kept empty lines and notes at i, if the speech goes on there; None where it ends."""
        end = i
        while end < self._count and (self._has_only_notes(end) or is_kept_blank(self._plain[end])):
            end += 1
        if end == i or end == self._count or is_blank(self._plain[end]):
            return None
        for k in range(i, end):
            if k in self._markers:
                parts.markers(self._markers[k])
            else:
                parts.kept_blank()
        return end

    def _parenthetical(self, i: int, parts: _Parts) -> int:
        """The line behind the parenthetical that starts at i; 0 if it is none."""
        line = self._plain[i].strip(BLANKS).lstrip("*_")
        if not line.startswith("("):
            return 0
        close = closes(line)
        last = i
        if close >= 0:
            if line.rstrip("*_") != line[: close + 1]:
                return 0
        else:
            last = self._closing_line(i)
            if last < 0:
                return 0
        inlines: list[Inline] = []
        for k in range(i, last + 1):
            if k > i:
                inlines.append(_BREAK)
            if not is_blank(self._plain[k]):
                inlines.extend(self._inlines(k, inline.trimmed(inline.without_start_escape(self._lines[k]))))
        typed = words(tuple(inlines))
        if not typed.startswith("(") or not typed.endswith(")"):
            return 0
        parts.add(Parenthetical, inlines, self._at(i))
        return last + 1

    def _closing_line(self, i: int) -> int:
        """The line that ends with the bracket that line i begins with, or -1. All lines of a speech in one go."""
        if i >= self._brackets_end:
            self._match_brackets(i)
        return self._brackets.get(i, -1)

    def _match_brackets(self, i: int) -> None:
        self._brackets.clear()
        opened: list[int] = []  # the line that each open bracket begins; -1: it stands inside of one
        while i < self._count and not self._ends_brackets(i):
            line = self._plain[i].strip(BLANKS).strip("*_")
            for found in BRACKET.finditer(line):
                if found.group() == "(":
                    opened.append(i if found.start() == 0 else -1)
                elif opened:
                    start = opened.pop()
                    if start >= 0 and found.end() == len(line):
                        self._brackets[start] = i
            i += 1
        self._brackets_end = i

    def _ends_brackets(self, i: int) -> bool:
        line = self._plain[i]
        if is_blank(line):
            return i in self._markers or not is_kept_blank(line)
        return is_page_break(line.strip(BLANKS))

    # -------- title page

    def read_title_page(self) -> TitlePage | None:
        i = 0
        while i < self._count and is_blank(self._plain[i]) and NOTE_ANCHOR not in self._lines[i]:
            i += 1
        if i == self._count or not title.begins(self._plain, i):
            return None
        for k in range(i):
            self._own_line_markers(self._markers.get(k, ()))
        fields: dict[str, tuple[str, list[Text]]] = {}
        values: list[Text] = []
        bare_key = False
        while i < self._count:
            plain, line = self._plain[i], self._lines[i]
            key = title.key_of(plain)
            if key is not None:
                values = fields.setdefault(title.folded(key), (key, []))[1]
                before, _, line = line.partition(":")
                line = only_anchors(before) + line
            elif i not in self._markers if is_blank(plain) else not bare_key and plain[0] not in BLANKS:
                break
            if is_blank(without_anchors(line)):
                line = only_anchors(line)
            value = self._inlines(i, inline.trimmed(line))
            if value:
                values.extend(inline.split_lines(value))
            bare_key = key is not None and not value
            i += 1
        self._start = i
        return TitlePage(fields=tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in fields.values()))


class _Parts:
    """The parts of a speech as its lines come in. Lines of dialogue wait for the next one."""

    def __init__(self) -> None:
        self.done: list[Part] = []
        self.has_page_break = False
        self._words: list[Inline] | None = None
        self._at: Position | None = None
        self._kept_blanks = 0

    def dialogue(self, inlines: list[Inline], at: Position) -> None:
        if self._words is None:
            self._words, self._at = self._lifted(inlines), at
        else:
            self._words.extend([_BREAK] * (1 + self._kept_blanks))
            self._words.extend(inlines)
        self._kept_blanks = 0

    def add(self, kind: type[Lyric] | type[Parenthetical], inlines: list[Inline], at: Position) -> None:
        self._flush()
        self.done.append(kind(text=tuple(self._lifted(inlines)), at=at))

    def markers(self, markers: Sequence[Marker | None]) -> None:
        kept = [marker for marker in markers if marker is not None]
        if kept:
            self._flush()
            self.done.extend(kept)

    def page_break(self, at: Position, markers: Sequence[Marker | None]) -> None:
        self._flush()
        self.done.append(PageBreak(at=at))
        self.markers(markers)
        self.has_page_break = True

    def kept_blank(self) -> None:
        self._kept_blanks += 1

    def loose_end(self) -> list[PageBreak | Marker]:
        """Finish the speech. What stands behind its last line does not belong to it."""
        self._flush()
        after: list[PageBreak | Marker] = []
        while self.done and isinstance(last := self.done[-1], PageBreak | Marker):
            after.append(last)
            self.done.pop()
        return after[::-1]

    def _flush(self) -> None:
        if self._words is not None:
            self.done.append(Dialogue(text=tuple(self._words), at=self._at))
            self._words = None
        self._kept_blanks = 0

    def _lifted(self, inlines: list[Inline]) -> list[Inline]:
        if inlines and type(inlines[0]) in MARKERS:
            markers, inlines = lifted(inlines)
            self._flush()
            self.done.extend(markers)
        return inlines


READER = Reader("fountain", (".fountain", ".spmd", ".ftn"), Options, read)
