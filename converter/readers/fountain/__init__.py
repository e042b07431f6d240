"""Read Fountain 1.1, and what its programs have added since.

Every text is a valid script. Boneyards and notes are taken out first, in one pass over the text; then come the title
page, the lines, and the emphasis inside them. docs/formats/fountain.md has the rules.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

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
)
from converter.normal import known_normal, normal
from converter.notation.fountain.title import folded
from converter.readers.fountain.apart import taken_apart
from converter.readers.fountain.body import Body, Options
from converter.records import replace
from converter.safe.decode import checked, decode
from converter.tree import Boneyard, Position, Run, Screenplay, TitleField, TitlePage

if TYPE_CHECKING:
    from converter.notation.fountain.front_matter import FrontMatter

__all__ = ["READER", "Options", "from_text", "read"]


def read(
    source: Source, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    return _read(
        decode(source.data, report, limits, options.encoding or None, form_feeds=True), options, report, limits
    )


def from_text(
    text: str, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> Screenplay:
    """The screenplay in a Fountain text that is decoded already."""
    return _read(checked(text, report, limits, form_feeds=True), options, report, limits)


def _read(text: str, options: Options, report: Report, limits: Limits) -> Screenplay:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if options.critic_markup == "accept":
        text = _with_accepted_changes(text)
    front = _front_matter(text) if text.startswith(("---", "+++")) else None
    if front is not None:
        text = text.split("\n", front.lines)[-1] if text.count("\n") >= front.lines else ""
    first_line = 1 if front is None else front.lines + 1
    lines = taken_apart(text, report, first_line, without_notes=options.notes == "drop")
    body = Body(lines, options, report, limits)
    title_page = body.read_title_page()
    screenplay = Screenplay(title_page=title_page, body=body.read())
    if front is not None:
        screenplay = normal(_with_front_matter(screenplay, front, report))
    else:
        screenplay = normal(screenplay) if body.untidy else known_normal(screenplay)
    return _with_carried(screenplay, report, limits) if options.carried == "restore" else screenplay


def _front_matter(text: str) -> FrontMatter | None:
    from converter.notation.fountain.front_matter import front_matter  # only here: few scripts begin so

    return front_matter(text)


def _with_front_matter(screenplay: Screenplay, front: FrontMatter, report: Report) -> Screenplay:
    """What a title page can hold is there, under what the script's own title page says; the rest is a boneyard."""
    fields = () if screenplay.title_page is None else screenplay.title_page.fields
    known = {folded(field.name) for field in fields}
    new = {name: values for name, values in front.fields.items() if folded(name) not in known}
    others = [*front.others, *(f"{name}: {' '.join(front.fields[name])}" for name in front.fields if name not in new)]
    fields += tuple(
        TitleField(name=name.capitalize(), lines=tuple((Run(text=value),) for value in values))
        for name, values in new.items()
    )
    message = f"Took what stands between {front.mark} and {front.mark} for the front matter of a program for notes."
    message += f" The title page has its {', '.join(new)}." if new else ""
    message += " A boneyard, which is not printed, has the rest." if others else ""
    report(Diagnostic(Kind.GUESS, "fountain.front-matter", message, Position(1)))
    kept = "\n".join(others).replace("*/", "* /").rstrip()
    boneyard = (Boneyard(source=f"/*\n{kept}\n*/", at=Position(1)),) if others else ()
    title_page = replace(screenplay.title_page or TitlePage(), fields=fields) if fields else screenplay.title_page
    return replace(screenplay, title_page=title_page, body=(*boneyard, *screenplay.body))


def _with_carried(screenplay: Screenplay, report: Report, limits: Limits) -> Screenplay:
    """With what a boneyard carries back in its places."""
    boneyards = [one for one in screenplay.body if isinstance(one, Boneyard)]
    if not boneyards:
        return screenplay
    if boneyards[-1].source.rstrip("*/ \n").endswith("END_BEAT"):
        message = "Beat's own data at the end names places by counting characters; they fit only while no text changes."
        report(Diagnostic(Kind.WARNING, "fountain.beat-data", message, boneyards[-1].at))
    from converter.notation.carrying.packet import is_packed  # as rarely needed as slow to load

    packed = next((one for one in reversed(boneyards) if is_packed(one.source)), None)
    return screenplay if packed is None else _restored(screenplay, packed, report, limits)


def _restored(screenplay: Screenplay, packed: Boneyard, report: Report, limits: Limits) -> Screenplay:
    from converter.notation.carrying.packet import Damaged
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
    return restore(normal(replace(screenplay, body=body)), original, Fitting(written_with, original.styles), report)


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


READER = Reader("fountain", (), Options, read)
