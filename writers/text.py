"""Plain text: the pages of `converter.layout` as a typewriter prints them, 10 characters and 6 lines to the inch."""

from __future__ import annotations

from converter.contract import DEFAULT_LIMITS, Limits, Report, UsageError, Writer, ignore, option
from converter.fitting import HELD, UNPRINTED, Check, Fitting, Holds, Loss
from converter.layout import losses
from converter.layout.losses import used_styles
from converter.layout.paginate import paginate
from converter.layout.picture import picture
from converter.layout.style import PageOptions
from converter.records import dataclass, replace
from converter.tree import ElementStyle, Look, Screenplay, Section, Style, Synopsis


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
    if options.heading_style not in (None, "plain"):
        raise UsageError("text: heading_style does nothing here: plain text has no bold and no underline")
    pages = paginate(screenplay, options, report, limits, endless=not options.pages)
    Fitting(HOLDS, report, own=screenplay).screenplay(screenplay)
    return "\f".join(picture(page) for page in pages.all)


# ---------------------------------------------------------------- what text does not show of a page


def _uncolored(look: Look, fitting: Fitting) -> Look:
    return replace(look, color=None, background=None) if look.color or look.background else look


def _report_used(styles: tuple[ElementStyle, ...], fitting: Fitting) -> tuple[ElementStyle, ...]:
    """What our own element has anyway, such as the line under an act, is no loss."""
    for style in used_styles(fitting.own):
        look = style.look
        if style.style & _SHOWN_IN_PRINT or look is not None and (look.color or look.background):
            fitting.go_to(None)
            fitting.lose(_PLAIN_STYLE, style)
    return styles


_SHOWN_IN_PRINT = Style.BOLD | Style.ITALIC | Style.UNDERLINE | Style.STRIKEOUT
_NO_STYLES = Loss(
    "text.no-styles",
    "Plain text has no bold, italic, underline, strikeout or colour; the words were kept without it.",
)
_PLAIN_STYLE = Loss(
    "text.no-styles",
    "Plain text has no bold, italic, underline, strikeout or colour; {value.name} is set without it.",
)

HOLDS = Holds(
    beyond=losses.HOLDS,
    once=True,
    draws=True,
    around={"styles": Check(_report_used), "body": HELD},
    elements={Section: UNPRINTED, Synopsis: UNPRINTED},
    run={
        "style.BOLD": _NO_STYLES,
        "style.ITALIC": _NO_STYLES,
        "style.UNDERLINE": _NO_STYLES,
        "style.STRIKEOUT": _NO_STYLES,
        "look": Check(_uncolored, _NO_STYLES),
    },
)

WRITER = Writer("text", (), Options, write)
