"""What no page holds of a tree: not what pages never print, such as notes, but what a reader would miss."""

from __future__ import annotations

from collections.abc import Iterable

from converter.contract import Diagnostic, Kind, Report
from converter.layout.titlepage import is_printed
from converter.tree import Dialogue, Paragraph, Position, Run, Screenplay, paragraphs


def report_losses(screenplay: Screenplay, report: Report) -> None:
    for paragraph in paragraphs(screenplay.body):
        _report_paragraph(paragraph, report)
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


def _report_paragraph(paragraph: Paragraph, report: Report) -> None:
    runs = [inline for inline in paragraph.text if isinstance(inline, Run)]
    if _has_own_type(runs):
        _lose(report, "pages.other-type", "Words in another typeface or size were set like all others.", paragraph.at)
    if any(run.tags for run in runs):
        _lose(report, "pages.no-tags", "The tags of these words are not printed.", paragraph.at)
    if isinstance(paragraph, Dialogue) and paragraph.alternates:
        _lose(report, "pages.no-alternates", "The alternates of this dialogue are not printed.", paragraph.at)


def _has_own_type(runs: Iterable[Run]) -> bool:
    return any(run.look is not None and (run.look.font is not None or run.look.size is not None) for run in runs)


def _lose(report: Report, code: str, message: str, at: Position | None) -> None:
    report(Diagnostic(Kind.LOSS, code, message, at))
