"""Plain text: the pages of `converter.layout` as a typewriter prints them, 10 characters and 6 lines to the inch."""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, Diagnostic, Kind, Limits, Report, Writer, ignore, option
from converter.layout.losses import used_styles
from converter.layout.paginate import paginate
from converter.layout.picture import picture
from converter.layout.style import PageOptions
from converter.records import dataclass
from converter.tree import Inline, Look, Run, Screenplay, Section, Style, Synopsis, paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(PageOptions):
    """Everything that pages share, and whether there are any."""

    pages: bool = option(True, "Print pages, with a form feed between them; no puts the script on one long page.")


def write(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The text in UTF-8. Raises LimitError for more pages than `limits.output_pages`."""
    return to_text(screenplay, options, report, limits).encode("utf-8")


def to_text(
    screenplay: Screenplay, options: Options = Options(), report: Report = ignore, limits: Limits = DEFAULT_LIMITS
) -> str:
    """Pages as pictures, a form feed after each but the last."""
    pages = paginate(screenplay, options, report, limits, endless=not options.pages)
    _report_styles(screenplay, report)
    return "\f".join(picture(page) for page in pages.all)


_SHOWN_IN_PRINT = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT


def _report_styles(screenplay: Screenplay, report: Report) -> None:
    """Text has no bold; but what our own element has anyway, such as the line under an act, nobody misses."""
    for style in used_styles(screenplay):
        if _is_shown(style.style, style.look):
            message = f"Plain text has no bold, italic, underline, strikeout or colour; {style.name} is set without it."
            report(Diagnostic(Kind.LOSS, "text.no-styles", message))
    for paragraph in paragraphs(screenplay.body):
        if not isinstance(paragraph, Section | Synopsis) and any(map(_is_styled, paragraph.text)):
            message = "Plain text has no bold, italic, underline, strikeout or colour; the words were kept without it."
            report(Diagnostic(Kind.LOSS, "text.no-styles", message, paragraph.at))


def _is_styled(inline: Inline) -> bool:
    return isinstance(inline, Run) and _is_shown(inline.style, inline.look)


def _is_shown(style: Style, look: Look | None) -> bool:
    return bool(style & _SHOWN_IN_PRINT) or look is not None and bool(look.color or look.background)


WRITER = Writer("text", (".txt",), Options, write)
