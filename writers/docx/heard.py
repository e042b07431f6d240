"""Options that a Word document cannot follow: refused, since an option that does nothing looks as if it had worked."""

from __future__ import annotations

from converter.contract import Hint, UsageError
from converter.layout.select import is_selective
from converter.layout.style import DEFAULT_OPTIONS, PageOptions

_NEVER = {
    "join_omitted": "a Word document keeps each omitted scene under its own heading",
    "dialogue_numbers": "Word has no place for numbers beside the speeches; PDF and text print them",
    "notes": "notes are comments in a Word document, and Word itself prints them or not",
    "revision_marks": "changes are tracked changes in a Word document, and Word itself shows them or not; "
    "--drop revisions writes none",
}
_OUR_PAGES = (
    "more",
    "more_text",
    "scene_continued",
    "scene_continued_bottom",
    "scene_continued_top",
    "break_at_sentences",
    "keep_double_hyphen",
    "list_revisions",
    "skip_i_and_o",
)


def refuse_unheard(options: PageOptions) -> None:
    """UsageError for the first option that would change nothing."""
    for name, reason in _NEVER.items():
        if _is_set(options, name):
            raise UsageError(f"docx: {name} does nothing here: {reason}")
    if getattr(options, "pagination", "") == "locked" or is_selective(options):
        return
    for name in _OUR_PAGES:
        if _is_set(options, name):
            message = f"docx: {name} does nothing where Word breaks the pages"
            raise UsageError(message, hint=Hint("add pagination='locked'", "add --set pagination=locked"))


def _is_set(options: PageOptions, name: str) -> bool:
    return bool(getattr(options, name) != getattr(DEFAULT_OPTIONS, name))
