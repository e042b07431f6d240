"""`report`: tables of a script, on the terminal or in files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.cli.compare import Drafting
from converter.contract import UsageError
from converter.formats import TABLES

if TYPE_CHECKING:
    from converter.api import Settings
    from converter.cli.request import Reporting
    from converter.cli.screen import View
    from converter.reports import Facts, Table

ALL = "all"


class Reports(Drafting):
    """One script, and the tables that are asked for of it."""

    def __init__(self, wanted: Reporting, settings: Settings, view: View):
        super().__init__(settings, view)
        self._wanted = wanted

    def run(self, kind: str, path: str, out: str | None) -> int:
        from converter.cli.one import make_end_polite

        make_end_polite()
        self._check(kind, path, out)
        code, screenplay = self.read(path)
        if screenplay is None:
            return code
        from converter.api import Collector
        from converter.reports import facts_of, select

        limits = self.settings.limits.running()
        report = Collector(limits)
        facts = select(facts_of(screenplay, report, limits), self._wanted.scene_numbers(), self._wanted.names())
        code = self.tell(path, report, None) or code
        title = facts.title or os.path.basename(path)
        if out is None:
            self._show(self._tables(kind, facts))
        elif os.path.splitext(out)[1].lower() in TABLES:
            self._write(self._tables(kind, facts), out, title)
        else:
            self._write_into(out, kind, facts, title)
        return code

    def _check(self, kind: str, path: str, out: str | None) -> None:
        from converter.cli.one import STREAM
        from converter.safe.files import check_target

        wanted = self._wanted
        if wanted.each and kind != "characters":
            raise UsageError("--each is for the report characters")
        if wanted.lines and kind != "characters":
            raise UsageError("--lines is for the report characters")
        if out is None:
            if wanted.each or kind == ALL:
                raise UsageError("name a folder for the files, or for all of them one workbook (.xlsx)")
            return
        is_file = os.path.splitext(out)[1].lower() in TABLES
        if wanted.each and is_file:
            raise UsageError("--each writes a file for each character: name a folder", path=out)
        if not is_file and not wanted.each and kind != ALL:
            raise UsageError(f"a report is written as {', '.join(TABLES)}", path=out)
        if is_file:
            check_target(out, None if path == STREAM else path)

    def _tables(self, kind: str, facts: Facts) -> tuple[Table, ...]:
        from converter.reports import KINDS

        if kind == ALL:
            return tuple(table for name in KINDS for table in KINDS[name](facts))
        return KINDS["lines" if self._wanted.lines else kind](facts)

    def _show(self, tables: Sequence[Table]) -> None:
        from converter.cli.screen import report_lines, show

        show(report_lines(tables))

    def _write(self, tables: Sequence[Table], out: str, title: str) -> None:
        from converter.safe.files import write_atomic

        write_atomic(out, self._bytes(tables, os.path.splitext(out)[1].lower(), title))

    def _bytes(self, tables: Sequence[Table], ending: str, title: str) -> bytes:
        from converter.formats import table_writer

        return table_writer(ending)(tables, title, self.settings.limits.running())

    def _write_into(self, folder: str, kind: str, facts: Facts, title: str) -> None:
        """A file for each report, or for each character; names that are made up never replace a file by themselves."""
        from converter.reports import KINDS
        from converter.reports.cast import lines
        from converter.safe.files import check_target

        ending = self._wanted.ending()
        if kind == ALL:
            files = [(name, make(facts)) for name, make in KINDS.items()]
        else:
            files = [(file_name(name), (lines(facts, name),)) for name in facts.cast]
        paths = [os.path.join(folder, name + ending) for name, _ in files]
        os.makedirs(folder, exist_ok=True)
        for path in paths:
            check_target(path)
            if os.path.lexists(path) and not self._wanted.overwrite:
                raise UsageError("there is a file of this name already; --overwrite replaces it", path=path)
        for path, (_, tables) in zip(paths, files, strict=True):
            self._write(tables, path, title)


_NOT_IN_NAMES = frozenset('/\\:*?"<>|.')
_LONGEST_NAME = 80


def file_name(name: str) -> str:
    """A character's name as a file's, on any system."""
    said = "".join("_" if char in _NOT_IN_NAMES or not char.isprintable() else char for char in name)
    return said[:_LONGEST_NAME].strip() or "_"
