"""The only code that prints: warnings, errors, what is in a script, what formats there are; and the same as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

from converter.records import dataclass
from converter.safe.clean import clean

if TYPE_CHECKING:
    from threading import Event

    from converter.batch import Outcome
    from converter.compare import Apart, Comparison, SceneChange
    from converter.compare.merge import Conflict
    from converter.contract import ConverterError, Diagnostic
    from converter.formats import Known
    from converter.overview import Overview, SceneEntry
    from converter.rename import Renamed
    from converter.reports.table import Table
    from converter.tree import Position

LONG_LINE = 200  # characters; where a script's line is longer, its column is named too
LONGEST_LINE = 2000  # that is printed

GONE, FULL = 1, 5  # exit codes: what is printed has no reader any more, or no room


# ---------------------------------------------------------------- printing


def make_forgiving() -> None:
    """A terminal that lacks a letter shows its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def finish_output() -> None:
    """Raises OSError where the result cannot be shown."""
    if sys.stdout is not None:  # a program without a console has none
        sys.stdout.flush()


def finish_quietly() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more
            if stream is not None:
                stream.flush()


@dataclass(frozen=True, slots=True)
class View:
    """How warnings and errors are printed."""

    as_json: bool
    debug: bool
    quiet: bool = False  # nothing but errors

    def show(self, outcome: Outcome) -> int:
        """Prints what was reported, all but the result; returns the outcome's exit code, an error's before all."""
        if self.as_json:
            code = _tell(as_json(outcome))
        else:
            lines = [*warning_lines(outcome.source, outcome.diagnostics, outcome.counts), *cut_lines(outcome)]
            code = 0 if self.quiet else max(map(say, lines), default=0)
            if outcome.error:
                say(error_line(outcome.error))
        if self.debug and outcome.trace:
            _tell(outcome.trace)
        return outcome.error.code if outcome.error else code

    def warn(self, lines: Iterable[str]) -> None:
        """What is wrong beside the script; JSON is about the script alone."""
        if not self.as_json and not self.quiet:
            for line in lines:
                say(f"Warning: {line}")


def say(line: str) -> int:
    """A line for the person, beside the result; the exit code if nothing else went wrong, 0 where it was shown."""
    return _tell(clean(line, LONGEST_LINE))


def _tell(text: str) -> int:
    try:
        _put(sys.stderr, text)
    except BrokenPipeError:
        return GONE
    except OSError:
        return FULL
    return 0


def show(lines: Iterable[str]) -> None:
    """Lines that are the result."""
    for line in lines:
        _put(sys.stdout, clean(line, LONGEST_LINE))


def _put(stream: IO[str] | None, text: str) -> None:
    if stream is not None:
        stream.write(text + "\n")
        stream.flush()


def is_for_eyes() -> bool:
    """Does what is written to standard output appear on a terminal?"""
    return sys.stdout is not None and sys.stdout.isatty()


@contextmanager
def progress_bar(total: int, view: View) -> Iterator[Any]:
    """A bar at the foot of the terminal; None where nobody watches."""
    if not _is_watched(view):
        yield None
        return
    import click

    with click.progressbar(length=total, show_pos=True, file=sys.stderr) as bar:
        yield bar


def _is_watched(view: View) -> bool:
    return not view.as_json and not view.quiet and sys.stderr is not None and sys.stderr.isatty()


_PATIENCE = 2.0  # seconds that go by without a word


@contextmanager
def waiting_line(name: str, view: View) -> Iterator[None]:
    """Tells on a terminal that a long file is still at work, and for how long; the line goes before the next one."""
    if not _is_watched(view):
        yield
        return
    from threading import Event, Thread  # not for a run without a terminal

    done = Event()
    counting = Thread(target=_count_seconds, args=(clean(_name(name), _WIDEST), done), daemon=True)
    counting.start()
    try:
        yield
    finally:
        done.set()
        counting.join()


def _count_seconds(name: str, done: Event) -> None:
    seconds = _PATIENCE
    if done.wait(_PATIENCE):
        return
    with suppress(OSError, ValueError):  # the terminal went
        while True:
            _show_in_place(f"{name}: {seconds:.0f} s")
            if done.wait(1):
                break
            seconds += 1
        _show_in_place("")


def _show_in_place(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def clear_line_of_bar() -> None:
    """So that what is printed next stands above the bar."""
    import click

    click.echo("\r\x1b[K", nl=False, err=True)


# ---------------------------------------------------------------- diagnostics and errors


def warning_lines(source: str, diagnostics: Sequence[Diagnostic], counts: Mapping[str, int]) -> Iterator[str]:
    """One line for each code: the first place, and how often."""
    shown = set()
    for one in diagnostics:
        if one.code not in shown:
            shown.add(one.code)
            place = ", ".join(filter(None, (_name(source), _place(one.at))))
            times = f", {counts[one.code]:,} times" if counts[one.code] > 1 else ""
            yield f"Warning: {place}{place and ': '}{one.message} [{one.code}{times}]"


def doubt_lines(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Each guess with its place, as they came: the most doubtful first."""
    from converter.contract import Kind

    for one in diagnostics:
        if one.kind is Kind.GUESS:
            place = _place(one.at)
            yield f"{place}{place and ': '}{one.message} [{one.code}]"


def cut_lines(outcome: Outcome) -> Iterator[str]:
    """What was cut and asked for can still be read by whoever gets the file."""
    if outcome.result and outcome.result.cut_words:
        yield f"Note: {_name(outcome.target)} still holds {_count(outcome.result.cut_words, 'word')} that were cut."


def error_line(error: ConverterError) -> str:
    path = f"{_name(error.path)}: " if error.path else ""
    where = f" ({error.where})" if error.where else ""
    return f"Error: {path}{_message(error)}{where}"


def _message(error: ConverterError) -> str:
    """With what helps at the command line."""
    return clean(error.message) + (f"; {clean(error.hint.at_command_line)}" if error.hint else "")


def _name(path: str) -> str:
    return "standard input" if path == "-" else path


def _place(at: Position | None) -> str:
    """`page 2, line 24`, or the paragraph of a file that has no lines; the column where a line is very long."""
    named = [(name, getattr(at, name, None)) for name in ("page", "line", "paragraph")]
    known = [f"{name} {number}" for name, number in named if number is not None][:2]
    if at is not None and at.line is not None and (at.column or 0) > LONG_LINE:
        known.append(f"column {at.column}")
    return ", ".join(known)


def as_json(outcome: Outcome) -> str:
    """One line; letters beyond ASCII and control characters are escaped."""
    import json  # 3 ms, for few runs

    result, error = outcome.result, outcome.error
    return json.dumps(
        {
            "source": outcome.source,
            "target": outcome.target or None,
            "read_format": result and result.read_format,
            "write_format": result and result.write_format,
            "diagnostics": [_diagnostic(one) for one in outcome.diagnostics],
            "counts": dict(outcome.counts),
            "cut_words": result and result.cut_words,
            "error": _error(error),
        }
    )


def report_line(outcome: Outcome) -> str:
    """What became of one of many scripts, as a line of JSON."""
    import json

    return json.dumps(
        {
            "source": outcome.source,
            "target": outcome.target,
            "outcome": "skipped" if outcome.is_skipped else "failed" if outcome.error else "converted",
            "seconds": round(outcome.seconds, 3),
            "pages": outcome.result and outcome.result.pages,
            "cut_words": outcome.result and outcome.result.cut_words,
            "diagnostics": dict(outcome.counts),
            "error": _error(outcome.error),
        }
    )


def _error(error: ConverterError | None) -> dict[str, Any] | None:
    return None if error is None else {"code": error.code, "message": _message(error), "where": error.where}


def _diagnostic(one: Diagnostic) -> dict[str, Any]:
    at = {name: getattr(one.at, name, None) for name in ("line", "column", "page", "paragraph")}
    return {"kind": one.kind.value, "code": one.code, "message": one.message, **at}


# ---------------------------------------------------------------- a script


def overview_as_json(format: str, seen: Overview) -> Iterator[str]:
    """What `overview_lines` says, a value a name; elements and cast as lists, for their order counts."""
    import json

    said = {"format": format, **_plain_values(seen)}
    yield from json.dumps(said, ensure_ascii=False, indent=1).splitlines()


def _plain_values(record: Any) -> dict[str, Any]:
    """The fields of a record, and of the records in them."""
    from converter.records import fields, is_dataclass

    found = {}
    for one in fields(record):
        value = getattr(record, one.name)
        are_records = isinstance(value, tuple) and any(map(is_dataclass, value))
        found[one.name] = [_plain_values(each) for each in value] if are_records else value
    return found


def overview_lines(path: str, format: str, seen: Overview) -> Iterator[str]:
    real = [entry for entry in seen.scenes if entry.heading]
    speeches = sum(entry.speeches for entry in seen.scenes)
    parts = (
        _count(seen.pages, "page"),
        _count(len(real), "scene"),
        _count(len(seen.cast), "speaking part"),
        _count(speeches, "speech"),
    )
    yield f"{_name(path)} ({format})" + (f": {seen.title}" if seen.title else "")
    yield ", ".join((*parts, _count(seen.notes, "note")))
    if seen.revisions:
        yield f"Revisions: {', '.join(seen.revisions)}"
    yield from _table("Elements", [(str(count), name) for name, count in seen.elements])
    yield from _table(
        "Cast", [(one.name, f"{_count(one.speeches, 'speech')}, {_scenes(one.scenes)}") for one in seen.cast]
    )
    yield from _table("Scenes", [_scene_row(one) for one in real])


def _scene_row(entry: SceneEntry) -> tuple[str, ...]:
    number, page = entry.number or "", f"page {entry.page}" if entry.page else ""
    if entry.omitted:
        return number, entry.heading, page, "", "omitted"
    return number, entry.heading, page, entry.length, _count(entry.speeches, "speech")


def _scenes(count: int) -> str:
    return f"in {_count(count, 'scene')}"


def _count(count: int, name: str) -> str:
    plural = name + ("es" if name.endswith("ch") else "s")
    return f"{count:,} {name if count == 1 else plural}"


_WIDEST = 60


def _table(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under a title, in columns; nothing if there are none. A cell that is far too wide pushes its row only."""
    if not rows:
        return
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(*rows, strict=True)]
    yield from ("", title)
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def renamed_lines(old: str, new: str, found: Renamed) -> Iterator[str]:
    """What a renaming changed, before and after."""
    cues = "1 cue" if found.cues == 1 else f"{found.cues:,} cues"
    where = "1 paragraph" if len(found.mentions) == 1 else f"{len(found.mentions):,} paragraphs"
    yield f"{old} is {new} now: {cues}, and {where} with the name."
    for before, after in found.mentions:
        yield f"  before: {_shortened(' / '.join(before.splitlines()))}"
        yield f"  now:    {_shortened(' / '.join(after.splitlines()))}"
    if found.left:
        yield f"Left as they are: {', '.join(found.left)}"


# ---------------------------------------------------------------- reports


def report_lines(tables: Sequence[Table]) -> Iterator[str]:
    """Tables with their heads; lines of a cell side by side."""
    for number, table in enumerate(tables):
        if number:
            yield ""
        rows = [[" / ".join(cell.split("\n")) for cell in row] for row in table.texts()]
        filled = [place for place in range(len(table.columns)) if any(row[place] for row in rows)]
        head = [table.columns[place].name for place in filled]
        yield table.title
        yield from list(_table("", [head, *([row[place] for place in filled] for row in rows)]))[2:]
        yield from table.notes


# ---------------------------------------------------------------- two drafts

_WHAT_BECAME = ("new", "moved", "omitted", "cut", "changed", "renumbered")


def comparison_lines(
    names: tuple[str, str], found: Comparison, before: Overview, after: Overview, touched: Sequence[str]
) -> Iterator[str]:
    """names: of the old draft and of the new one; touched: the pages with changes."""
    old, new = map(_name, names)
    if found.is_equal:
        yield f"{new} says what {old} says."
        yield from _apart_lines(found.apart)
        return
    yield f"{new} compared with {old}"
    pages = f"{after.pages:,}, before {before.pages:,}"
    yield f"Scenes: {_scene_counts(found)}. Words: {_word_counts(found)}. Pages: {pages}."
    if touched:
        yield f"Pages with changes: {_shortened(', '.join(touched))}. Length: {after.length}, before {before.length}."
    yield from _apart_lines(found.apart)
    yield from _table("Scenes", [_changed_scene_row(one) for one in found.scenes])
    yield from _table("Speeches", list(_cast_rows(before, after)))


def pair_line(name: str, found: Comparison | None, only_in: str | None) -> str:
    """What became of one script of two folders; `only_in`: the folder that alone has it."""
    if only_in is not None:
        return f"{_name(name)}: only in {_name(only_in)}"
    if found is None:
        return f"{_name(name)}: cannot be compared"
    if found.is_equal:
        return f"{_name(name)}: the same"
    return f"{_name(name)}: {_scene_counts(found)}; words: {_word_counts(found)}"


def _scene_counts(found: Comparison) -> str:
    counts = [(sum(one.what == what for one in found.scenes), what) for what in _WHAT_BECAME]
    return ", ".join(f"{count} {what}" for count, what in counts if count)


def _word_counts(found: Comparison) -> str:
    words_new, words_cut = (sum(getattr(one, name) for one in found.scenes) for name in ("words_new", "words_cut"))
    return f"{words_new:,} new, {words_cut:,} cut"


def _apart_lines(apart: Apart) -> Iterator[str]:
    """What differs beside the words, in one line."""
    counts = (
        (apart.typography, "typography in {} paragraphs", "typography in 1 paragraph"),
        (apart.emphasis, "emphasis in {} paragraphs", "emphasis in 1 paragraph"),
        (apart.notes_new, "{} new notes", "1 new note"),
        (apart.notes_gone, "{} notes that are gone", "1 note that is gone"),
    )
    said = [(one if count == 1 else many).format(f"{count:,}") for count, many, one in counts if count]
    if apart.dual:
        said.append("dual dialogue in 1 place" if apart.dual == 1 else f"dual dialogue in {apart.dual:,} places")
    said += ["the title page"] * apart.title_page
    if said:
        yield f"Beside the words: {', '.join(said)}."


def _changed_scene_row(one: SceneChange) -> tuple[str, ...]:
    what: str = one.what
    if what == "renumbered" or one.number != one.old_number and one.number and one.old_number:
        what = f"{what}, before {one.old_number or 'without number'}"
    words = [f"+{one.words_new}"] * bool(one.words_new) + [f"-{one.words_cut}"] * bool(one.words_cut)
    heading = one.heading if one.heading is not None else one.old_heading
    return one.number or one.old_number or "", heading or "(before the first scene)", what, " ".join(words)


def _cast_rows(before: Overview, after: Overview) -> Iterator[tuple[str, ...]]:
    """Who speaks more or less often than before, the greatest difference first."""
    old, new = ({one.name: one.speeches for one in seen.cast} for seen in (before, after))
    more = {name: new.get(name, 0) - old.get(name, 0) for name in {**old, **new}}
    for name in sorted(more, key=lambda one: (-abs(more[one]), one)):
        if more[name]:
            yield name, f"{more[name]:+}", f"{new.get(name, 0)}, before {old.get(name, 0)}"


def conflict_lines(conflicts: Sequence[Conflict]) -> Iterator[str]:
    places = "1 place was" if len(conflicts) == 1 else f"{len(conflicts):,} places were"
    yield f"{places} changed by both; both texts are in the result, with notes that say merge conflict."
    scene: str | None = ""
    for one in conflicts:
        if one.scene != scene:
            scene = one.scene
            yield from ("", scene or "(before the first scene)")
        for name, text in (("mine", one.mine), ("theirs", one.theirs)):
            said = " / ".join(text.split("\n"))
            yield f"  {one.kind}, {name}: {_shortened(said) if said else '(cut)'}"


def _shortened(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"


# ---------------------------------------------------------------- settings


def settings_lines(values: Mapping[str, Any], places: Mapping[str, str], files: Sequence[str]) -> Iterator[str]:
    """What is set, and from where; where nothing is, the files that could set it."""
    if not values:
        yield "Nothing is set. These files can set how pages look:"
        yield from (f"  {path}" for path in files)
        return
    yield "These hold where neither an option nor the script itself says otherwise."
    yield from _table("Settings", [(f"{name} = {value}", places[name]) for name, value in sorted(values.items())])


# ---------------------------------------------------------------- formats


def table_lines(known: Sequence[Known]) -> Iterator[str]:
    yield "Formats, with the endings that tell them. `matchcut formats NAME` shows a format's options."
    rows = [(one.name, _sides(one), " ".join(_suffixes(one)), one.title) for one in known]
    yield from _table("Name, what matchcut does with it, endings", rows)
    yield from _table("What they cannot hold", [(one.name, one.lacks) for one in known if one.lacks])


def _sides(one: Known) -> str:
    return " and ".join(word for word, side in (("reads", one.reader), ("writes", one.writer)) if side)


def _suffixes(one: Known) -> list[str]:
    return list(dict.fromkeys(suffix for side in (one.reader, one.writer) if side for suffix in side.suffixes))


def format_lines(one: Known) -> Iterator[str]:
    from converter.options import described

    yield f"{one.name}: {one.title}"
    for flag, side in (("--read-set", one.reader), ("--set", one.writer)):
        if side:
            choices = described(side.options)
            yield from ("", f"Options for {flag}" if choices else f"There is no option for {flag}.")
            for choice in choices:
                default = "" if choice.default is None else f", else {_default(choice.default)}"
                yield f"  {choice.name}={choice.values}{default}"
                yield f"      {choice.help}"


def _default(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).lower()
