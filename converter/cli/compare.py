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
            return self._report(path, report, error), None
        return self._report(path, report, None), draft

    def _report(self, path: str, report: Collector, error: ConverterError | None) -> int:
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
        code, self.old_draft = self.read(self.old)
        if self.old_draft is None:
            return code
        if self.options.lock_pages:
            from converter.production import lock_pages  # layout is loaded only where pages are counted

            self.old_draft = lock_pages(self.old_draft, limits=self.settings.limits.running())
        if out is not None:
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

    # -------- what changed

    def _show(self) -> None:
        from converter.cli.screen import comparison_lines, show
        from converter.overview import overview

        assert self.found is not None and self.old_draft is not None
        before, after = (
            overview(draft, self.settings.limits.running()) for draft in (self.old_draft, self.found.screenplay)
        )
        show(comparison_lines((self.old, self.new), self.found, before, after))

    def _write_changes(self, path: str) -> None:
        from converter.compare.report import as_csv, as_json
        from converter.safe.files import write_atomic

        assert self.found is not None
        text = as_csv(self.found) if path.lower().endswith(".csv") else as_json(self.found)
        write_atomic(path, text.encode())


def _refuse_changes(path: str, others: tuple[str | None, ...], *, overwrite: bool) -> None:
    from converter.contract import UsageError
    from converter.safe.files import check_target

    if not path.lower().endswith((".csv", ".json")):
        raise UsageError("the list of changes is written as .csv or .json", path=path)
    for other in others:
        if other is not None and os.path.exists(other):
            check_target(path, other)
    if os.path.lexists(path) and not overwrite:
        raise UsageError("there is a file of this name already; --overwrite replaces it", path=path)
