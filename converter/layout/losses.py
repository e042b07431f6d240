"""What no page holds of a tree: not what pages never print, such as notes, but what a reader would miss."""

from __future__ import annotations

from collections.abc import Iterator

from converter.contract import Diagnostic, Kind, Report
from converter.layout.titlepage import is_printed
from converter.tree import (
    ELEMENT_NAMES,
    Dialogue,
    ElementStyle,
    Look,
    Paragraph,
    Position,
    Run,
    Screenplay,
    Section,
    Style,
    Synopsis,
    paragraphs,
)


def report_losses(screenplay: Screenplay, report: Report) -> None:
    for paragraph in paragraphs(screenplay.body):
        for inline in paragraph.text:
            if isinstance(inline, Run) and (inline.look is not None or inline.tags):
                _report_runs(paragraph, report)
                break
        if isinstance(paragraph, Dialogue) and paragraph.alternates:
            _lose(report, "pages.no-alternates", "The alternates of this dialogue are not printed.", paragraph.at)
    for style in used_styles(screenplay):
        if _is_other_type(style.look):
            _lose(report, "pages.other-type", f"{style.name} in another typeface or size was set like all else.", None)
    page = screenplay.title_page
    if page is not None and not page.sheets:
        for field in page.fields:
            if not is_printed(field):
                _lose(report, "pages.title-field", f"The title page has no place for {field.name!r}.", None)
    for opaque in screenplay.opaque:
        if not opaque.quiet:
            _lose(
                report, "pages.not-held", f"A page does not hold what {opaque.format} calls {opaque.name}.", opaque.at
            )


def _report_runs(paragraph: Paragraph, report: Report) -> None:
    runs = [inline for inline in paragraph.text if isinstance(inline, Run)]
    if any(_is_other_type(run.look) for run in runs):
        _lose(report, "pages.other-type", "Words in another typeface or size were set like all others.", paragraph.at)
    if any(run.tags for run in runs):
        _lose(report, "pages.no-tags", "The tags of these words are not printed.", paragraph.at)


def used_styles(screenplay: Screenplay) -> Iterator[ElementStyle]:
    """The source's own styles that printed paragraphs of the body have."""
    if screenplay.styles:
        kinds = {(type(paragraph), paragraph.style_name) for paragraph in paragraphs(screenplay.body)}
        names = {name or ELEMENT_NAMES[kind] for kind, name in kinds if kind not in (Section, Synopsis)}
        for style in screenplay.styles:
            if style.name in names and not style.style & Style.HIDDEN:
                yield style


def _is_other_type(look: Look | None) -> bool:
    """Every Courier at 12 points is the page's own."""
    if look is None:
        return False
    return look.font is not None and "courier" not in look.font.casefold() or look.size not in (None, 12)


def _lose(report: Report, code: str, message: str, at: Position | None) -> None:
    report(Diagnostic(Kind.LOSS, code, message, at))
