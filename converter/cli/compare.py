"""Two drafts: `compare`, with the list of what changed, or the new draft with its marks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.api import Collector, Settings
    from converter.cli.screen import View
    from converter.compare import Comparison, Options
    from converter.contract import ConverterError
    from converter.tree import Screenplay

DIFFERENT = 8


class Drafting:
    """What commands share that read several drafts."""

    def __init__(self, settings: Settings, view: View):
        self.settings, self.view = settings, view

    def read(self, path: str) -> tuple[int, Screenplay | None]:
        """The draft, with what was reported shown; the exit code where there is none."""
        from converter.api import Collector, read_source
        from converter.cli.one import script_from
        from converter.contract import ConverterError

        limits = self.settings.limits.running()
        report = Collector(limits)
        try:
            script = script_from(path, limits)
            draft = read_source(script, self.settings.read_as, self.settings.read_options, limits, report)[0]
        except ConverterError as error:
            return self.tell(path, report, error), None
        return self.tell(path, report, None), draft

    def tell(self, path: str, report: Collector, error: ConverterError | None) -> int:
        from converter.batch import Outcome

        kept, counts = tuple(report.kept), dict(report.counts)
        return self.view.show(
            Outcome(source=path, target="", result=None, error=error, diagnostics=kept, counts=counts)
        )


class Comparing(Drafting):
    """One comparison: reads both drafts, shows or writes what changed, and knows the exit code."""

    def __init__(self, old: str, new: str, options: Options, settings: Settings, view: View):
        super().__init__(settings, view)
        self.old, self.new, self.options = old, new, options
        self.old_draft: Screenplay | None = None
        self.found: Comparison | None = None

    def run(self, out: str | None, changes: str | None, *, overwrite: bool) -> int:
        from converter.cli.one import convert_one, make_end_polite
        from converter.records import replace

        make_end_polite()
        if changes is not None:
            _refuse_changes(changes, (self.old, self.new, out), overwrite=overwrite)
        code = self._read_old()
        if self.old_draft is None:
            return code
        if out is not None and _is_for_reading(out, self.settings):
            code = self._write_reading_view(out, overwrite=overwrite)
        elif out is not None:
            settings = replace(self.settings, transforms=(self._compare,))
            code = convert_one(self.new, out, settings, self.view, overwrite=overwrite)
        else:
            code = self._compare_only()
        if self.found is None:
            return code
        if changes is not None:
            self._write_changes(changes)
        if out is None and changes is None:
            self._show()
        return code or (0 if self.found.is_equal else DIFFERENT)

    def read_and_compare(self) -> int:
        code = self._read_old()
        return code if self.old_draft is None else self._compare_only()

    def _read_old(self) -> int:
        code, self.old_draft = self.read(self.old)
        if self.old_draft is not None and self.options.lock_pages:
            from converter.production import lock_pages  # layout is loaded only where pages are counted

            self.old_draft = lock_pages(self.old_draft, limits=self.settings.limits.running())
        return code

    def _compare(self, new: Screenplay) -> Screenplay:
        from converter.compare import compare

        assert self.old_draft is not None
        self.found = compare(self.old_draft, new, self.options)
        return self.found.screenplay

    def _compare_only(self) -> int:
        code, new = self.read(self.new)
        if new is not None:
            self._compare(new)
        return code

    def _write_reading_view(self, out: str, *, overwrite: bool) -> int:
        from converter.cli.one import refuse_slips
        from converter.compare.reading import as_html
        from converter.safe.files import write_atomic

        refuse_slips(self.new, out, self.settings, named=True, overwrite=overwrite)
        code = self._compare_only()
        if self.found is not None:
            write_atomic(out, as_html(self.found, *self._names()).encode())
        return code

    def _names(self) -> tuple[str, str]:
        return os.path.basename(self.old), os.path.basename(self.new)

    # -------- what changed

    def _show(self) -> None:
        from converter.cli.screen import comparison_lines, show
        from converter.overview import overview, touched_pages

        assert self.found is not None and self.old_draft is not None
        limits = self.settings.limits.running()
        before, after = (overview(draft, limits) for draft in (self.old_draft, self.found.screenplay))
        touched = touched_pages(self.found.screenplay, limits)
        show(comparison_lines((self.old, self.new), self.found, before, after, touched))

    def _write_changes(self, path: str) -> None:
        from converter.compare.reading import list_as_html
        from converter.compare.report import as_csv, as_json
        from converter.safe.files import write_atomic

        assert self.found is not None
        if path.lower().endswith(".html"):
            text = list_as_html(self.found, *self._names())
        else:
            text = as_csv(self.found) if path.lower().endswith(".csv") else as_json(self.found)
        write_atomic(path, text.encode())


def compare_folders(old: str, new: str, options: Options, settings: Settings, view: View) -> int:
    """Each pair of scripts of equal names, a line each; the exit code is the worst of them."""
    from converter.cli.gather import pairs_of
    from converter.cli.screen import pair_line, show
    from converter.contract import ignore
    from converter.formats import readable_suffixes

    failed = 0
    is_different = False
    for name, before, after in pairs_of(old, new, readable_suffixes(settings.read_as, ignore)):
        found = None
        if before is not None and after is not None:
            pair = Comparing(before, after, options, settings, view)
            failed = pair.read_and_compare() or failed
            found = pair.found
        only_in = new if before is None else old if after is None else None
        show([pair_line(name, found, only_in)])
        is_different = is_different or found is None or not found.is_equal
    return failed or (DIFFERENT if is_different else 0)


def _is_for_reading(out: str, settings: Settings) -> bool:
    """A page of HTML is for people to read, unless a form of it is asked for."""
    from collections.abc import Mapping

    from converter.formats import row_of_suffix

    row = row_of_suffix(out)
    name = settings.write_as or (row.name if row is not None else "")
    options = settings.write_options
    return name == "html" and not (isinstance(options, Mapping) and "form" in options)


def _refuse_changes(path: str, others: tuple[str | None, ...], *, overwrite: bool) -> None:
    from converter.contract import UsageError
    from converter.safe.files import check_target

    if not path.lower().endswith((".csv", ".json", ".html")):
        raise UsageError("the list of changes is written as .csv, .json or .html", path=path)
    for other in others:
        if other is not None and os.path.exists(other):
            check_target(path, other)
    if os.path.lexists(path) and not overwrite:
        raise UsageError("there is a file of this name already; --overwrite replaces it", path=path)
