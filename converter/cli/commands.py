"""The commands, their options and their help, as click understands them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter import __version__
from converter.cli.screen import format_lines, say, settings_lines, show, table_lines, warning_lines

if TYPE_CHECKING:
    from converter.api import Settings
    from converter.transforms import Transform
    from converter.tree import Screenplay

USAGE = 2
F = TypeVar("F", bound=Callable[..., Any])


def run() -> int:
    """Runs the command that was typed; errors of ours go on to the caller."""
    try:
        code = matchcut.main(standalone_mode=False)
    except click.ClickException as error:
        say(f"Error: {error.format_message()}{_hint(error)}")
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt(*getattr(error.__cause__, "args", ())) from None
    return code if isinstance(code, int) else 0


def _completed(context: Any, parameter: Any, typed: str) -> Any:
    """Files, folders and formats, for a shell that asks."""
    from converter.cli.shell import completed

    return completed(context, parameter, typed)


def _hint(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f" (see: {error.ctx.command_path} --help)"
    return ""


# ---------------------------------------------------------------- commands


class _Commands(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Somebody who forgets `convert` is told so, and not that draft.fdx is no command."""
        if args and args[0] not in self.commands and ("." in args[0] or os.path.exists(args[0])):
            ctx.fail(f"say what to do with it: matchcut convert {args[0]} ...")
        return super().resolve_command(ctx, args)


_ALONE = {"--strict": "--strict=loss", "--revised-pages": "--revised-pages="}


class _Convert(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--strict` alone is `--strict=loss`; click would take the next word for its value."""
        end = args.index("--") if "--" in args else len(args)
        args = [_ALONE.get(arg, arg) for arg in args[:end]] + args[end:]
        return super().parse_args(ctx, args)


def _help_width() -> int:
    """As click would choose it; to ask through shutil, as click does, costs 4 ms."""
    columns = os.environ.get("COLUMNS", "")
    if not columns.isdecimal():
        try:
            columns = str(os.get_terminal_size().columns)
        except (OSError, ValueError, AttributeError):  # no terminal, or no standard output at all
            columns = "80"
    return max(50, min(int(columns[:4]), 100) - 2)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _help_width()},
)
@click.version_option(__version__, prog_name="matchcut", message="%(prog)s %(version)s")
@click.pass_context
def matchcut(ctx: click.Context) -> None:
    """Convert screenplays from one format into another.

    \b
    matchcut convert draft.fountain draft.fdx    from Fountain to Final Draft
    matchcut convert draft.fdx --to fountain     beside it: draft.fountain
    matchcut inspect draft.fdx                   pages, scenes, cast and notes
    matchcut compare blue.fdx pink.fdx           what changed between two drafts
    matchcut formats                             what can be read and written

    Nothing is lost in silence: whatever the new format cannot hold, or the old one left unclear, is said in a line that
    begins "Warning:" and names the place in your script.
    """
    if ctx.invoked_subcommand is None:
        show(ctx.get_help().splitlines())
        ctx.exit(USAGE)


def _reading(function: F) -> F:
    """The options of every command that reads a script."""
    options = (
        click.option(
            "--from",
            "read_as",
            metavar="FORMAT",
            shell_complete=_completed,
            help="The format of the script, if its name does not tell.",
        ),
        click.option(
            "--encoding", metavar="NAME", help="How a text file stores its letters: utf-8, cp1252, mac-roman."
        ),
        click.option("--language", metavar="CODE", help="The language of a Fountain script's headings: de, fr, ru."),
        click.option(
            "--read-set", metavar="KEY=VALUE", multiple=True, help="An option of the reader (see formats NAME)."
        ),
        click.option(
            "--diagnostics",
            type=click.Choice(["text", "json"]),
            default="text",
            help="How warnings are shown: one line for each kind, or all of them as JSON.",
        ),
        click.option("--timeout", metavar="SECONDS", type=float, help="Give up after so long (120)."),
        click.option("--limit", metavar="NAME=N", multiple=True, help="Raise one of the limits (docs/limits.md)."),
        click.option("--debug", is_flag=True, help="Show where in the program a bug happened."),
        click.option("--quiet", is_flag=True, help="Show errors only: no warnings, no counts, no progress."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@matchcut.command(cls=_Convert)
@click.argument("paths", metavar="SOURCE... [TARGET]", shell_complete=_completed, nargs=-1, required=True)
@click.option(
    "--to",
    "write_as",
    metavar="FORMAT",
    shell_complete=_completed,
    help="The format to write, if the target's name does not tell.",
)
@click.option(
    "--out-dir", metavar="FOLDER", shell_complete=_completed, help="Convert every SOURCE into this folder; needs --to."
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there, and do what looks like a slip.")
@click.option(
    "--drop",
    multiple=True,
    type=click.Choice(["notes", "boneyard", "sections", "synopses", "revisions", "scene-numbers"]),
    help="Leave these out of the result; can be given several times.",
)
@click.option(
    "--filter",
    "filters",
    metavar="PROGRAM",
    multiple=True,
    help="Send the script through a program, as JSON (matchcut schema); can be given several times.",
)
@click.option("--number-scenes", is_flag=True, help="Give a number to every scene that has none.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="The paper of PDF, text and Word pages.")
@click.option(
    "--scene-numbers",
    type=click.Choice(["none", "left", "right", "both"]),
    help="Where the scene numbers that the script has are printed.",
)
@click.option("--pages", metavar="LIST", help="Print only these pages, with their numbers: 10-20,34A.")
@click.option("--scenes", metavar="LIST", help="Print only the pages with these scenes: A19,20-25.")
@click.option(
    "--revised-pages",
    metavar="[=SET]",
    help="Print only the pages that the newest revision touched; with =NAME, =all or =unrevised, those.",
)
@click.option("--font", metavar="NAME", help="A font of this machine or a font file, for PDF.")
@click.option(
    "--reference-docx",
    metavar="FILE",
    shell_complete=_completed,
    help="A Word document whose styles the result is to have.",
)
@click.option(
    "--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of the writer (see formats NAME)."
)
@click.option(
    "--strict",
    metavar="[=guess]",
    type=click.Choice(["loss", "guess"]),
    help="Write nothing if there is a warning or a loss; with =guess, or a guess.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="With --out-dir, convert N at a time (all cores).")
@click.option("--fail-fast", is_flag=True, help="With --out-dir, stop at the first that fails.")
@click.option("--skip-existing", is_flag=True, help="With --out-dir, leave out what was converted since it changed.")
@click.option(
    "--report",
    metavar="FILE",
    shell_complete=_completed,
    help="With --out-dir, tell what became of each script, as lines of JSON.",
)
@click.option("--dask", metavar="ADDRESS", help="With --out-dir, convert on the workers of this Dask scheduler.")
@click.option("--watermark-list", metavar="FILE", help="With --out-dir, a PDF for each name of a list (.csv).")
@click.option(
    "--watermark-pages",
    type=click.Choice(["all", "first", "numbered"]),
    default="all",
    help="Where the names of the list stand: on all pages, the first, or all with the page's number.",
)
@click.option("--anonymous", is_flag=True, help="For contests: leave out all that tells who wrote or read the script.")
@click.option("--shared-files", is_flag=True, help="With --dask, let the workers open the files themselves.")
@click.option("--profile", metavar="NAME", help="The settings of this name in matchcut.toml.")
@click.option("--no-settings", is_flag=True, help="Leave matchcut.toml out.")
@_reading
def convert(**given: Any) -> int:
    """Convert a script, or many.

    \b
    matchcut convert draft.fountain draft.fdx
    matchcut convert draft.fdx --to fountain
    matchcut convert *.fdx --to fountain --out-dir fountain/
    matchcut convert archive/ --to pdf --out-dir pdf/ --skip-existing
    cat draft.fountain | matchcut convert - - --to fdx > draft.fdx

    The formats are known by the names and the contents of the files; --from and --to say otherwise. A TARGET that you
    name is replaced. A name that is made up for you (without TARGET, or in --out-dir) never replaces a file, unless you
    say --overwrite. If something goes wrong, files that were there stay as they were.
    """
    from converter.cli.request import Conversion

    wanted = Conversion(**given)
    house = wanted.house()
    wanted.view().warn(house.warnings)
    settings = wanted.settings(house)
    _refuse_telling(wanted)
    if wanted.watermark_list is not None:
        if wanted.out_dir is None:
            raise click.UsageError("--watermark-list needs --out-dir")
        from converter.cli.copies import Copies

        return Copies(wanted, settings, wanted.view()).run(wanted.out_dir, wanted.watermark_list)
    if wanted.out_dir is not None:
        from converter.cli.many import convert_into

        return convert_into(wanted.out_dir, wanted, settings)
    if wanted.needs_a_folder():
        raise click.UsageError("--fail-fast, --skip-existing, --report and --dask need --out-dir")
    from converter.cli.one import convert_one

    source, target = _source_and_target(wanted.paths, settings)
    is_named = len(wanted.paths) == 2
    hidden: list[str] = []
    if wanted.anonymous:
        settings = _telling_what_is_hidden(settings, hidden)
    code = convert_one(source, target, settings, wanted.view(), named=is_named, overwrite=wanted.overwrite)
    if hidden and not code:
        say(f"Left out, since they tell who wrote or read it: {', '.join(hidden)}.")
    return code


def _telling_what_is_hidden(settings: Settings, hidden: list[str]) -> Settings:
    from converter.records import replace
    from converter.transforms import anonymous, taken_out

    def hide(script: Screenplay) -> Screenplay:
        bare = anonymous(script)
        hidden.extend(taken_out(script, bare))
        return bare

    return replace(settings, transforms=(hide, *(one for one in settings.transforms if one is not anonymous)))


def _refuse_telling(wanted: Any) -> None:
    """What --anonymous takes away and an option would bring back."""
    said = wanted.writer_options()
    if wanted.anonymous and said.get("carry") not in (None, "no"):
        raise click.UsageError("--anonymous does not go with --set carry, which keeps the whole source in the result")
    if wanted.anonymous and wanted.reference_docx:
        raise click.UsageError("--anonymous does not go with --reference-docx, whose author the result would name")


@matchcut.command()
@click.argument("path", metavar="SOURCE", shell_complete=_completed)
@click.option("--doubts", is_flag=True, help="List what was guessed, the most doubtful first, instead.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@_reading
def inspect(path: str, doubts: bool, as_json: bool, **given: Any) -> int:
    """Show what is in a script: pages, scenes, cast, notes."""
    from converter.cli.one import inspect_one
    from converter.cli.request import Reading

    wanted = Reading(**given)
    if doubts and as_json:
        raise click.UsageError("--doubts and --json do not go together; --diagnostics json has all that was guessed")
    return inspect_one(path, wanted.settings(), wanted.view(), doubts=doubts, as_json=as_json)


@matchcut.command()
@click.argument("old", metavar="OLD", shell_complete=_completed)
@click.argument("new", metavar="NEW", shell_complete=_completed)
@click.argument("out", metavar="[OUT]", shell_complete=_completed, required=False)
@click.option(
    "--changes", metavar="FILE", shell_complete=_completed, help="Write the list of changes: .csv, .json or .html."
)
@click.option("--set-name", metavar="NAME", help="What the revision is called (the next colour).")
@click.option("--color", metavar="COLOR", help="What its marks are drawn in: #RRGGBB.")
@click.option("--lock-scenes", is_flag=True, help="Keep the old scene numbers; new scenes get numbers between them.")
@click.option("--lock-pages", is_flag=True, help="Keep the old page numbers; what overflows page 12 is 12A.")
@click.option(
    "--scheme",
    type=click.Choice(["prefix", "suffix"]),
    help="With --lock-scenes: A12 before 12, or 11A after 11 (as the drafts have them).",
)
@click.option("--words", "mark", flag_value="words", default=True, help="Mark the words that changed (the default).")
@click.option("--lines", "mark", flag_value="lines", help="Mark each typed line with a word that changed.")
@click.option("--ignore", metavar="LIST", help="What does not count: case, notes, typography, with commas between.")
@click.option("--since", metavar="SET", help="Also show the marks of the drafts' sets after this one.")
@click.option(
    "--to",
    "write_as",
    metavar="FORMAT",
    shell_complete=_completed,
    help="The format of OUT, if its name does not tell.",
)
@click.option("--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of OUT's writer.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@_reading
def compare(old: str, new: str, out: str | None, **given: Any) -> int:
    """Show what changed between two drafts, or mark it in the new one.

    \b
    matchcut compare blue.fdx pink.fdx                a list: scenes, words
    matchcut compare blue.fdx pink.fdx marked.pdf     the new draft marked
    matchcut compare blue.fdx pink.fdx changes.html   a page to read
    matchcut compare old.docx new.fountain marked.fdx --lock-scenes
    matchcut compare blue/ pink/                      all scripts of two folders

    The drafts may be of any format that can be read. The exit code is 0 if they say the same and 8 if they do not.
    """
    from converter.cli.compare import Comparing, compare_folders
    from converter.cli.request import Drafts

    changes, overwrite = given.pop("changes"), given.pop("overwrite")
    wanted = Drafts(**given)
    if os.path.isdir(old) and os.path.isdir(new):
        if out is not None or changes is not None:
            raise click.UsageError("two folders give a list on the terminal; OUT and --changes are for two scripts")
        return compare_folders(old, new, wanted.comparing(), wanted.settings(), wanted.view())
    drafts = Comparing(old, new, wanted.comparing(), wanted.settings(), wanted.view())
    return drafts.run(out, changes, overwrite=overwrite)


@matchcut.command()
@click.argument("base", metavar="BASE", shell_complete=_completed)
@click.argument("mine", metavar="MINE", shell_complete=_completed)
@click.argument("theirs", metavar="THEIRS", shell_complete=_completed)
@click.argument("out", metavar="OUT", shell_complete=_completed)
@click.option(
    "--to",
    "write_as",
    metavar="FORMAT",
    shell_complete=_completed,
    help="The format of OUT, if its name does not tell.",
)
@click.option("--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of OUT's writer.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@_reading
def merge(base: str, mine: str, theirs: str, out: str, overwrite: bool, **given: Any) -> int:
    """Put together what two writers changed in one draft.

    \b
    matchcut merge first.fdx mine.fdx theirs.fountain both.fdx

    Changes that do not touch are both taken. Where they do, both texts stand in OUT with a note, and the exit code is
    8.
    """
    from converter.cli.merge import Merging
    from converter.cli.request import Editing

    wanted = Editing(**given)
    return Merging(wanted.settings(), wanted.view()).run(base, mine, theirs, out, overwrite=overwrite)


_KINDS = ("scenes", "cast", "characters", "locations", "matrix", "dialogue", "breakdown", "statistics", "all")


@matchcut.command()
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.argument("source", metavar="SCRIPT", shell_complete=_completed)
@click.argument("out", metavar="[OUT]", shell_complete=_completed, required=False)
@click.option("--scenes", metavar="LIST", help="Only these scenes: 12,14A-16.")
@click.option("--characters", metavar="LIST", help="Only these characters: MARA,JOE.")
@click.option("--lines", is_flag=True, help="Of characters: each speech, with the words before it.")
@click.option("--each", is_flag=True, help="Of characters: a file for each of them, into the folder OUT.")
@click.option(
    "--form",
    type=click.Choice(["csv", "json", "xlsx", "html", "pdf"]),
    default="csv",
    help="What files in a folder are (csv).",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@_reading
def report(kind: str, source: str, out: str | None, **given: Any) -> int:
    """Make a production's lists of a script.

    \b
    matchcut report scenes draft.fdx                 on the terminal
    matchcut report scenes draft.fdx scenes.xlsx     a row for each scene
    matchcut report characters draft.fdx sides/ --each --form pdf
    matchcut report all draft.fdx reports.xlsx       a sheet for each report

    KIND is scenes, cast, characters, locations, matrix (scenes and cast), dialogue, breakdown, statistics or all. OUT
    is a name that ends in .csv, .json, .xlsx, .html or .pdf; for all, and with --each, it may be a folder.
    """
    from converter.cli.report import Reports
    from converter.cli.request import Reporting

    wanted = Reporting(**given)
    return Reports(wanted, wanted.settings(), wanted.view()).run(kind, source, out)


@matchcut.command()
@click.argument("source", metavar="SCRIPT")
@click.argument("out", metavar="OUT.pdf")
@click.option("--scenes", metavar="LIST", help="The scenes, in the order in which their pages are to lie: 12,14A-16.")
@click.option("--characters", metavar="LIST", help="All scenes in which these speak: MARA,JOE.")
@click.option(
    "--others",
    type=click.Choice(["crossed", "blank"]),
    default="crossed",
    help="Other scenes on these pages are crossed out, or their place is left blank.",
)
@click.option("--highlight", is_flag=True, help="Mark the cues and lines of --characters.")
@click.option("--two-up", is_flag=True, help="Two pages on a sheet, at half size.")
@click.option("--line", default="", metavar="TEXT", help="What stands on top of each page: a name, a date.")
@click.option("--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of the PDF (see formats pdf).")
@_reading
def sides(source: str, out: str, **given: Any) -> int:
    """Make sides: the pages of some scenes, with their numbers.

    \b
    matchcut sides draft.fdx day12.pdf --scenes 12,14A-16 --line "Day 12"
    matchcut sides draft.fdx mara.pdf --characters MARA --highlight --two-up
    """
    from converter.cli.request import SidesWanted
    from converter.cli.sides import Sides

    wanted = SidesWanted(write_as="pdf", **given)
    return Sides(wanted, wanted.settings(), wanted.view()).run(source, out)


# -------- a script in production


def _editing(function: F) -> F:
    """The arguments and options of every command that changes a script."""
    parts = (
        click.argument("source", metavar="SOURCE", shell_complete=_completed),
        click.argument("target", metavar="TARGET", shell_complete=_completed),
        click.option(
            "--to",
            "write_as",
            metavar="FORMAT",
            shell_complete=_completed,
            help="The format to write, if the name does not tell.",
        ),
        click.option("--set", "write_set", metavar="KEY=VALUE", multiple=True, help="An option of the writer."),
        click.option("--overwrite", is_flag=True, help="Replace files that are there."),
    )
    for part in reversed(parts):
        function = part(function)
    return _reading(function)


_SCHEME = click.option(
    "--scheme",
    type=click.Choice(["prefix", "suffix"]),
    help="New scenes are A12 before 12, or 11A after 11 (as the script has them).",
)
_SCENES = click.option(
    "--scene", "numbers", metavar="NUMBER", multiple=True, required=True, help="Which; can be given several times."
)


@matchcut.command()
@click.option("--lock-pages", is_flag=True, help="Pages keep their numbers: what is added to 12 becomes 12A.")
@click.option("--lock-scenes", is_flag=True, help="Every scene has a number from now on; those that are there stay.")
@_SCHEME
@_editing
def lock(lock_pages: bool, lock_scenes: bool, scheme: Any, **given: Any) -> int:
    """Lock the numbers of pages, of scenes, or both.

    \b
    matchcut lock draft.fdx locked.fdx --lock-pages --lock-scenes
    """
    if not lock_pages and not lock_scenes:
        raise click.UsageError("say what to lock: --lock-pages, --lock-scenes or both")
    return _edited(given, lambda edits: edits.lock(pages=lock_pages, scenes=lock_scenes, scheme=scheme))


@matchcut.command()
@_editing
def unlock(**given: Any) -> int:
    """Lift the locks of pages, which are then counted from the first.

    \b
    matchcut unlock locked.fdx free.fdx

    A scene keeps its number as long as it has one; matchcut number --anew gives new ones, --drop takes them away.
    """
    return _edited(given, lambda edits: edits.unlock())


@matchcut.command()
@click.option("--anew", is_flag=True, help="Number all scenes 1, 2, 3, also those that have a number.")
@click.option("--drop", is_flag=True, help="Take all numbers away.")
@_SCHEME
@_editing
def number(anew: bool, drop: bool, scheme: Any, **given: Any) -> int:
    """Give numbers to scenes that have none; those that are there stay.

    \b
    matchcut number draft.fountain numbered.fountain
    matchcut number draft.fdx numbered.fdx --scheme prefix
    """
    if anew and drop:
        raise click.UsageError("--anew and --drop do not go together")
    return _edited(given, lambda edits: edits.number(anew=anew, drop=drop, scheme=scheme))


@matchcut.command()
@_SCENES
@_editing
def omit(numbers: tuple[str, ...], **given: Any) -> int:
    """Omit scenes: the numbers stay in use, the text is kept.

    \b
    matchcut omit draft.fdx shorter.fdx --scene 12 --scene 14A
    """
    return _edited(given, lambda edits: edits.omit(numbers))


@matchcut.command()
@_SCENES
@_editing
def restore(numbers: tuple[str, ...], **given: Any) -> int:
    """Bring omitted scenes back.

    \b
    matchcut restore shorter.fdx longer.fdx --scene 12
    """
    return _edited(given, lambda edits: edits.restore(numbers))


@matchcut.command("rename")
@click.option(
    "--character", "names", metavar="OLD=NEW", multiple=True, required=True, help="Who; can be given several times."
)
@click.option("--merge", is_flag=True, help="The new name may be somebody's: the two become one.")
@_editing
def call(names: tuple[str, ...], merge: bool, **given: Any) -> int:
    """Call a character by another name, in cues and wherever the name stands.

    \b
    matchcut rename draft.fdx renamed.fdx --character "ANNA=HANNA"

    Only whole words are changed, in the capitals that they have, and each change is listed.
    """
    return _edited(given, lambda edits: edits.call(names, merge=merge))


def _edited(given: dict[str, Any], chosen: Callable[[Any], tuple[Transform, ...]]) -> int:
    from converter.cli.edits import Edits
    from converter.cli.one import convert_one
    from converter.cli.request import Editing

    source, target, overwrite = (given.pop(name) for name in ("source", "target", "overwrite"))
    wanted = Editing(**given)
    edits = Edits(wanted.limits())
    code = convert_one(source, target, wanted.settings(chosen(edits)), wanted.view(), overwrite=overwrite)
    if not code and target != "-":  # else the script itself stands there
        show(edits.lines)
    return code


@matchcut.command()
@click.argument("name", metavar="[NAME]", shell_complete=_completed, required=False)
def formats(name: str | None) -> None:
    """List the formats; with the NAME of one, its options."""
    from converter.api import Collector
    from converter.contract import DEFAULT_LIMITS, UnknownFormat
    from converter.formats import known_formats

    report = Collector(DEFAULT_LIMITS)
    known = known_formats(report)
    for line in warning_lines("", report.kept, report.counts):
        say(line)
    if name is None:
        return show(table_lines(known))
    for one in known:
        if one.name == name:
            return show(format_lines(one))
    raise UnknownFormat(f"there is no format called {name!r}; there are: {', '.join(one.name for one in known)}")


@matchcut.command()
def schema() -> None:
    """Print the JSON Schema of screenplays in JSON, for programs that make or change them."""
    from converter.notation.json.schema import schema_text

    show(schema_text().splitlines())


@matchcut.command()
@click.argument("script", metavar="[SCRIPT]", required=False, shell_complete=_completed)
@click.option("--profile", metavar="NAME", help="With the settings of this name.")
def settings(script: str | None, profile: str | None) -> None:
    """Show the settings of matchcut.toml, and which file each is from.

    \b
    matchcut settings                      those of your own file
    matchcut settings draft.fountain       with those beside the script
    """
    from converter.cli.house import house_for, places_for

    house = house_for(script, profile)
    for line in house.warnings:
        say(f"Warning: {line}")
    show(settings_lines(house.values, house.places, [path for path, _ in places_for(script)]))


@matchcut.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: Any) -> None:
    """Print what a shell needs to complete the command's words.

    \b
    eval "$(matchcut completion bash)"      # in ~/.bashrc
    eval "$(matchcut completion zsh)"       # in ~/.zshrc
    matchcut completion fish > ~/.config/fish/completions/matchcut.fish
    """
    from converter.cli.shell import completion_script

    show(completion_script(matchcut, shell).splitlines())


@matchcut.command()
def manual() -> None:
    """Print the manual page, made from the help of all commands.

    \b
    matchcut manual > matchcut.1
    man ./matchcut.1
    """
    from converter.cli.shell import manual

    show(manual(matchcut, __version__))


def _source_and_target(paths: Sequence[str], settings: Settings) -> tuple[str, str]:
    """The one script and where it goes: beside it, with the suffix of --to, if no target is named."""
    from converter.cli.one import STREAM, output_for
    from converter.formats import without_suffix

    if len(paths) > 2:
        raise click.UsageError("several scripts need --out-dir, the folder for the results")
    if len(paths) == 2:
        return paths[0], paths[1]
    source = paths[0]
    if settings.write_as is None:
        raise click.UsageError("name a target, such as draft.fdx, or a format with --to")
    if source == STREAM:
        raise click.UsageError("standard input has no name to make one from; name a target, or - for standard output")
    return source, without_suffix(source) + output_for(STREAM, settings).writer.suffixes[0]
