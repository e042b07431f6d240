"""A screenplay into Final Draft's FDX.

What came from an FDX file is written into that file: whatever nobody changed keeps its bytes. Any other tree makes a
new file as Final Draft 12 would write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, Writer, ignore, option
from converter.normal import normal
from converter.notation.fdx.styles import DEFAULTS, StyleTable, own_styles, table_of
from converter.records import dataclass, replace
from converter.terms import CAPITALS, with_capital_cues
from converter.tree import ELEMENT_NAMES, Character, ElementStyle, Opaque, Origin, SceneHeading, Screenplay
from writers.fdx.fit import HOLDS as HOLDS
from writers.fdx.fit import fitted
from writers.fdx.new.file import new_file

if TYPE_CHECKING:
    from writers.fdx.kept.file import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    version: int = option(5, "Final Draft's file version: 4 for Final Draft 11, 5 for 12, 6 for 13")
    lengths: bool = option(
        False, "Write each scene's length in eighths and its page; Final Draft works both out itself"
    )
    as_typed: bool = option(False, "Show scene headings and cues as typed, not in capitals.")
    cue_case: Literal["keep", "upper"] = option("keep", "Write cues as typed or in capitals.")


_VERSIONS = (4, 5, 6)


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    screenplay = _styled(screenplay, options)
    data = _written(screenplay, options, report, limits)
    if not options.lengths:
        return data
    from writers.fdx.lengths import with_lengths  # layout is loaded only where pages are counted

    return with_lengths(data, screenplay, limits)


def _written(screenplay: Screenplay, options: Options, report: Report, limits: Limits) -> bytes:
    origin = screenplay.origin
    if origin is not None and origin.format == "fdx":
        if screenplay == origin.screenplay:
            return origin.data
        file = _file(origin, limits)
        if file is not None:
            limits.deadline().check()
            tree, table = fitted(screenplay, file.version, report, file)
            limits.deadline().check()
            return _edited(tree, table, file)
    version = _version(options)
    limits.deadline().check()
    tree, table = fitted(screenplay, version, report)
    return new_file(tree, table, version, limits.deadline())


def _styled(screenplay: Screenplay, options: Options) -> Screenplay:
    """With cues in capitals, or styles for headings and cues that draw no capitals, if they are asked for."""
    if options.cue_case == "upper":
        screenplay = normal(replace(screenplay, body=with_capital_cues(screenplay.body)))
    if not options.as_typed:
        return screenplay
    styles = {one.name: one for one in screenplay.styles}
    for name in _AS_TYPED:
        styles.setdefault(name, ElementStyle(name=name, style=DEFAULTS[name].style))
    for name, one in styles.items():
        if name in _AS_TYPED or one.behaves_as in _AS_TYPED:
            styles[name] = replace(one, style=one.style & ~CAPITALS)
    return replace(screenplay, styles=own_styles(table_of(styles.values())))


_AS_TYPED = (ELEMENT_NAMES[SceneHeading], ELEMENT_NAMES[Character])


def fit(screenplay: Screenplay, options: Options = Options(), report: Report = ignore) -> Screenplay:
    screenplay = _styled(screenplay, options)
    origin = screenplay.origin
    if origin is not None and origin.format == "fdx":
        if screenplay == origin.screenplay:
            return screenplay
        file = _file(origin, DEFAULT_LIMITS)
        if file is not None:
            tree, table = fitted(screenplay, file.version, report, file)
            return replace(tree, opaque=_opaques(_edited(tree, table, file), file))
    tree, _ = fitted(screenplay, _version(options), report)
    return replace(tree, origin=None)


def _file(origin: Origin, limits: Limits) -> File | None:
    """The file to write into; None for one that no Final Draft would write."""
    from writers.fdx.kept.file import File  # lxml is loaded only where there is a file to take apart

    file = File(origin, limits)
    return None if file.is_mixed or file.is_loose or file.content is None else file


def _edited(tree: Screenplay, table: StyleTable, file: File) -> bytes:
    from writers.fdx.kept.parts import edited

    return edited(tree, table, file)


def _opaques(data: bytes, file: File) -> tuple[Opaque, ...]:
    """What the new file will hold beside the tree."""
    from converter.notation.fdx.listed import read_style_table
    from converter.notation.fdx.source import working_text
    from converter.notation.fdx.unread import opaques
    from converter.safe.xml import parse

    working = working_text(data)
    assert working is not None
    root = parse(working.data, DEFAULT_LIMITS, encoding="utf-8")
    return opaques(root, file.digest, read_style_table(root))


def _version(options: Options) -> int:
    if options.version not in _VERSIONS:
        raise UsageError(f"FDX has no version {options.version} that can be written; choose 4, 5 or 6")
    return options.version


WRITER = Writer("fdx", (), Options, write, fit)
