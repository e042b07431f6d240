"""Lines into elements, from the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from converter import languages
from converter.contract import (
    Diagnostic,
    Kind,
    Limits,
    Report,
    option,
)
from converter.notation.fountain import inline, title
from converter.notation.fountain.lines import (
    ANCHORS,
    BLANKS,
    BONEYARD_ANCHOR,
    FORM_FEED,
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
    page_label,
    unmarked,
    with_ascii_marks,
    without_anchors,
    without_bang_escape,
    without_caret,
    without_end_escape,
    without_scene_number,
)
from converter.notation.fountain.markers import (
    CUT_SCENES_DEEP,
    MARKERS,
    cut_scene_text,
    heading_color,
    lifted,
)
from converter.readers.fountain.apart import Lines, taken_apart
from converter.readers.fountain.hints import LONGEST, hint
from converter.readers.fountain.speech import BREAK, Brackets, Parts
from converter.records import dataclass, replace
from converter.terms import CLOSING_BRACKETS, OPENING_BRACKETS, as_typed, has_lower, is_omitted
from converter.tree import (
    Action,
    Align,
    Boneyard,
    Character,
    Dialogue,
    DualDialogue,
    Element,
    Inline,
    Lyric,
    Marker,
    PageBreak,
    PageMark,
    Parenthetical,
    Part,
    Position,
    Run,
    SceneHeading,
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
    language: str = option("", "the language of headings and transitions that are not English: de, fr, ru ...")
    critic_markup: Literal["keep", "accept"] = option(
        "keep", "accept: take {++additions++} in and leave {--deletions--} out"
    )


_position: Callable[[tuple[object, ...]], Position] = partial(tuple.__new__, Position)  # twice as fast as Position()
_EMPTY = Action()
_LEADING = MARKERS | {PageBreak}
_UNUSUAL_START = frozenset(BLANKS + ANCHORS + "!！")
_BLANK_START = frozenset((*BLANKS, ""))
_UNUSUAL_IN_SPEECH = frozenset(BLANKS + FORM_FEED + "~～=\\*_（")


class Body:
    """Reads elements off the lines, from the top."""

    def __init__(self, lines: Lines, options: Options, report: Report, limits: Limits, depth: int = 0):
        self._lines = lines.lines
        self._plain = lines.plain
        self._markers = lines.markers
        self._numbers = lines.numbers
        self._count = len(lines.lines)
        self._options = options
        self._report = report
        self._limits = limits
        self._depth = depth
        self._language = languages.find(options.language) if options.language else None
        self._start = 0
        self._out: list[Element] = []
        self._parts_read = 0  # parts of speeches
        self._names: dict[str, Text] = {}  # cues met so far: most lines of a script are under one of them
        self._brackets = Brackets(lines)
        self.untidy = False  # something may not stand where normal form has it

    def _at(self, i: int) -> Position:
        return _position((i + 1 if self._numbers is None else self._numbers[i], None, None, None, None))

    def _warn(self, code: str, message: str, i: int) -> None:
        self._report(Diagnostic(Kind.WARNING, code, message, self._at(i)))

    def read(self) -> tuple[Element, ...]:
        plain, count, out = self._plain, self._count, self._out
        deadline, check_at = self._limits.deadline(), 1000
        deadline.check()
        i, gap = self._start, True
        while i < count:
            line = plain[i].strip(BLANKS)
            if not line:
                i, gap = self._blank_lines(i), True
                continue
            i, gap = self._element(i, line, gap)
            if len(out) >= check_at or self._parts_read > self._limits.paragraphs:
                check_at = len(out) + 1000
                deadline.check()
                if len(out) + self._parts_read > self._limits.paragraphs:
                    raise self._limits.passed("paragraphs", "this script has too many paragraphs")
        self.untidy |= bool(out) and type(out[-1]) in _LEADING
        return tuple(out)

    def _element(self, i: int, line: str, gap: bool) -> tuple[int, bool]:
        """The element that begins with the line; gives the next line, and whether it has a gap before it."""
        if line[0] in MARK_CHARACTERS and (kind := mark(line)) is not None:
            read, gap_after = _MARKED[kind]
            return read(self, i), gap_after
        if gap or self._options.lenient_headings and is_heading(unmarked(line)):
            return self._after_gap(i, line)
        return self._action(i), False

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
        if end - i > 1 and self._are_kept(i, end):
            self._out.append(Action(at=self._at(i)))
        return end

    def _are_kept(self, i: int, end: int) -> bool:
        """Empty lines say something only between paragraphs."""
        return i > self._start and end < self._count and self._options.blank_lines == "keep"

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
        lines = taken_apart(text, self._report, boneyard.at.line + 1, without_notes=self._options.notes == "drop")
        scene = Body(lines, self._options, self._report, self._limits, self._depth + 1)
        scene._language = self._language
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

    def _lyric(self, i: int) -> int:
        at = self._at(i)
        inlines, end = self._lyric_lines(i)
        self._out.append(Lyric(text=self._lifted(inlines), at=at))
        return end

    def _pointed_transition(self, i: int) -> int:
        lead, body, trail = self._parted(i)
        rest = without_end_escape(body[1:], "<") if body.endswith("<") else body[1:]
        text = self._lifted(self._one_line(i, lead + rest + trail))
        self._out.append(Transition(text=text, at=self._at(i)))
        return i + 1

    def _shot(self, i: int) -> int:
        lead, body, trail = self._parted(i)
        text = self._lifted(self._one_line(i, lead + body[2:] + trail))
        self._out.append(Shot(text=text, at=self._at(i)))
        return i + 1

    def _page_break(self, i: int) -> int:
        self.untidy |= bool(self._out) and type(self._out[-1]) in MARKERS
        self._out.append(PageBreak(at=self._at(i)))
        self._own_line_markers(self._with_page_label(i))
        return i + 1

    def _with_page_label(self, i: int) -> Sequence[Marker | None]:
        """The markers on the line of a page break, after the label that it gives its page."""
        markers = self._markers.get(i, ())
        label = page_label(self._plain[i].strip(BLANKS))
        return markers if label is None else (PageMark(label=label, at=self._at(i)), *markers)

    def _instruction(self, i: int) -> int:
        self._out.append(Boneyard(source=self._plain[i].strip(BLANKS), at=self._at(i)))
        self._own_line_markers(self._markers.get(i, ()))
        return i + 1

    def _section(self, i: int) -> int:
        lead, body, trail = self._parted(i)
        body = with_ascii_marks(body)
        rest = body.lstrip("#")
        level = len(body) - len(rest)
        if level > self._limits.nesting:
            level = self._limits.nesting
            self._warn("fountain.deep-section", f"Sections go {level} levels deep here; this one was deeper.", i)
        text = self._lifted(self._one_line(i, lead + rest + trail))
        self._out.append(Section(text=text, level=level, at=self._at(i)))
        return i + 1

    def _synopsis(self, i: int) -> int:
        lead, body, trail = self._parted(i)
        inlines = self._one_line(i, lead + body[1:] + trail)
        if not any(type(one) is Run for one in inlines):
            self._warn("fountain.empty-synopsis", "There is no synopsis behind this =, so it was left out.", i)
            self._own_line_markers([one for one in inlines if isinstance(one, Marker)])
        else:
            self._out.append(Synopsis(text=self._lifted(inlines), at=self._at(i)))
        return i + 1

    def _centered(self, i: int) -> int:
        inlines: list[Inline] = []
        start = i
        while i < self._count and mark(self._plain[i].strip(BLANKS)) is Mark.CENTERED:
            lead, body, trail = self._parted(i)
            if i > start:
                inlines.append(BREAK)
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
                inlines.append(BREAK)
            inlines.extend(self._inlines(i, inline.indented(lead + body[1:].removeprefix(" ") + trail)))
            i += 1
        return inlines, i

    # -------- lines after an empty one

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
        return self._by_what_follows(i, line, following)

    def _by_what_follows(self, i: int, line: str, following: str) -> tuple[int, bool]:
        closed = not following or makes_gap(following)
        if line[0] in "iIeE*_\u200c\u200d" and is_heading(unmarked(line)):
            return self._unforced_heading(i, closed)
        is_foreign = self._language is not None and languages.heading(self._language).fullmatch(unmarked(line))
        if is_foreign and closed:
            self._heading(i, forced=False)
            return i + 1, True
        if closed and self._is_transition(i, line):
            text = self._lifted(self._one_line(i, inline.without_start_escape(self._lines[i])))
            self._out.append(Transition(text=text, at=self._at(i)))
            return i + 1, False
        if is_foreign:
            message = "This was not read as a scene heading, which needs an empty line behind it."
            self._warn("fountain.heading-without-blank-line", message, i)
        elif len(line) <= LONGEST and (found := hint(line)) is not None:
            self._warn(*found, i)
        if (following or i + 1 in self._markers) and is_cue(unmarked(line)) and self._speaks(i + 1):
            if self._is_transition(i, line):
                message = "This was read as a character's name: a transition needs an empty line behind it."
                self._warn("fountain.transition-as-cue", message, i)
            return self._speech(i, forced=False), True
        return self._action(i), False

    def _unforced_heading(self, i: int, closed: bool) -> tuple[int, bool]:
        if closed or self._options.lenient_headings:
            self._heading(i, forced=False)
            return i + 1, True
        message = "This was read as action: a scene heading needs an empty line behind it."
        self._warn("fountain.heading-without-blank-line", message, i)
        return self._action(i), False

    def _is_transition(self, i: int, line: str) -> bool:
        """A blank behind TO: says that it is none; before a note the blank says nothing."""
        if self._language is not None and languages.transition(self._language).fullmatch(unmarked(line)):
            return True
        if line[-1] not in ":._*\u200c\u200d":
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
        known: dict[str, list[Inline]] = {}  # a page of stars is one line again and again
        i += 1
        while i < self._count and (line := plain[i]):
            read = None if i in self._markers else known.get(line)
            if read is None:
                if not self._is_action(line):
                    break
                read = self._action_line(i)
                if i not in self._markers:
                    known[line] = read
            inlines.append(BREAK)
            inlines.extend(read)
            i += 1
        self._out.append(Action(text=self._lifted(inlines), at=self._at(start)))
        return i

    def _is_action(self, line: str) -> bool:
        line = line.strip(BLANKS)
        if not line or line[0] in MARK_CHARACTERS and mark(line) not in (None, Mark.ACTION):
            return False
        return not (self._options.lenient_headings and is_heading(unmarked(line)))

    def _action_line(self, i: int) -> list[Inline]:
        """Leading blanks count, and a tab goes on to the next multiple of four."""
        line = self._lines[i]
        if line[0] not in _UNUSUAL_START and "\t" not in line and "\\" not in line and i not in self._markers:
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
        parts = Parts()
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
                words.append(BREAK)
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
        if forced and has_lower(words(text)):
            text = as_typed(text)
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

    def _parts(self, i: int, parts: Parts) -> int:
        """The lines of a speech, up to the next blank one."""
        plain, count = self._plain, self._count
        while i < count:
            line = plain[i].strip(BLANKS)
            if not line:
                following = self._over_notes(i, parts)
                if following is None:
                    break
                i = following
            else:
                i = self._part(i, line, parts)
        while i < count and i not in self._markers and is_kept_blank(plain[i]):
            i += 1
        return i

    def _part(self, i: int, line: str, parts: Parts) -> int:
        first = line[0]
        if first in "~～" and mark(line) is Mark.LYRIC:
            at = self._at(i)
            inlines, end = self._lyric_lines(i)
            parts.add(Lyric, inlines, at)
            return end
        if first in "=\x0c" and is_page_break(line):
            parts.page_break(self._at(i), self._with_page_label(i))
            return i + 1
        if first in "(（*_" and (end := self._parenthetical(i, parts)):
            return end
        if i in self._markers or first in "\\*_":
            line = inline.trimmed(inline.without_start_escape(self._lines[i]))
        parts.dialogue(self._inlines(i, line), self._at(i))
        return i + 1

    def _over_notes(self, i: int, parts: Parts) -> int | None:
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

    def _parenthetical(self, i: int, parts: Parts) -> int:
        """The line after the parenthetical that starts at i; 0 if it is none."""
        line = self._plain[i].strip(BLANKS).lstrip("*_")
        if not line.startswith(OPENING_BRACKETS):
            return 0
        close = closes(line)
        if close >= 0 and line.rstrip("*_") != line[: close + 1]:
            return 0
        last = i if close >= 0 else self._brackets.closing_line(i)
        if last < 0:
            return 0
        inlines = self._bracket_lines(i, last)
        typed = words(tuple(inlines))
        if not typed.startswith(OPENING_BRACKETS) or not typed.endswith(CLOSING_BRACKETS):
            return 0
        parts.add(Parenthetical, inlines, self._at(i))
        return last + 1

    def _bracket_lines(self, first: int, last: int) -> list[Inline]:
        inlines: list[Inline] = []
        for i in range(first, last + 1):
            if i > first:
                inlines.append(BREAK)
            if not is_blank(self._plain[i]):
                inlines.extend(self._inlines(i, inline.trimmed(inline.without_start_escape(self._lines[i]))))
        return inlines

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
            key = title.key_of(self._plain[i])
            line = self._lines[i]
            if key is not None:
                values = fields.setdefault(title.folded(key), (key, []))[1]
                before, _, line = line.partition(":")
                line = only_anchors(before) + line
            elif self._ends_title_page(i, bare_key):
                break
            if is_blank(without_anchors(line)):
                line = only_anchors(line)
            value = self._inlines(i, inline.trimmed(line))
            if value:
                values.extend(inline.split_lines(value))
            bare_key = key is not None and not value
            i += 1
        self._start = i
        self._report_more_fields(i)
        if self._language is None and "language" in fields:
            self._language = languages.known(" ".join(map(words, fields["language"][1])))
        return TitlePage(fields=tuple(TitleField(name=name, lines=tuple(lines)) for name, lines in fields.values()))

    def _report_more_fields(self, i: int) -> None:
        """Of a title page with an empty line in it, the rest is read as the script."""
        while i < self._count and is_blank(self._plain[i]):
            i += 1
        key = title.key_of(self._plain[i]) if i < self._count else None
        if key is not None and title.folded(key) in title.KNOWN_KEYS:
            message = (
                f"An empty line ended the title page above, so {key!r} was read as part of the script; "
                "take the empty line out."
            )
            self._warn("fountain.title-page-ended", message, i)

    def _ends_title_page(self, i: int, bare_key: bool) -> bool:
        """A blank line without a note does, and a form feed; a line without an indent too, but not below a bare key."""
        plain = self._plain[i]
        if is_blank(plain):
            return i not in self._markers
        return plain == FORM_FEED or not bare_key and plain[0] not in BLANKS


# How the lines behind each mark are read, and whether what follows has a gap before it.
_MARKED: dict[Mark, tuple[Callable[[Body, int], int], bool]] = {
    Mark.ACTION: (Body._action, False),
    Mark.LYRIC: (Body._lyric, False),
    Mark.CENTERED: (Body._centered, False),
    Mark.TRANSITION: (Body._pointed_transition, False),
    Mark.SHOT: (Body._shot, False),
    Mark.SECTION: (Body._section, True),
    Mark.SYNOPSIS: (Body._synopsis, True),
    Mark.PAGE_BREAK: (Body._page_break, True),
    Mark.INSTRUCTION: (Body._instruction, True),
}
