"""`convert --watermark-list`: one script as a PDF for each of its readers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from converter.cli.compare import Drafting
from converter.cli.report import file_name
from converter.contract import UsageError

if TYPE_CHECKING:
    from converter.api import Settings
    from converter.cli.request import Conversion
    from converter.cli.screen import View

_COLUMNS = ("name", "e-mail", "text")


class Reader(NamedTuple):
    name: str
    mark: str


class Copies(Drafting):
    def __init__(self, wanted: Conversion, settings: Settings, view: View):
        super().__init__(settings, view)
        self._wanted = wanted

    def run(self, folder: str, names: str) -> int:
        from converter.cli.one import make_end_polite
        from converter.formats import without_suffix
        from converter.safe.files import make_folder, write_atomic

        make_end_polite()
        if len(self._wanted.paths) != 1 or self.settings.write_as not in (None, "pdf"):
            raise UsageError("--watermark-list makes PDFs of one script")
        (source,) = self._wanted.paths
        readers = self._readers(names)
        code, screenplay = self.read(source)
        if screenplay is None:
            return code
        for transform in self.settings.transforms:
            screenplay = transform(screenplay)
        stem = os.path.join(folder, os.path.basename(without_suffix(source)))
        targets = [f"{stem}-{name}.pdf" for name in _apart([file_name(one.name) for one in readers])]
        self._refuse(targets)
        make_folder(folder)
        from converter.api import Collector
        from converter.contract import ignore
        from converter.formats import pdf_copies, writer_named
        from converter.options import options_from

        report = Collector(self.settings.limits)
        limits = self.settings.limits.running()
        options = options_from(writer_named("pdf", ignore).options, self.settings.write_options, "pdf")
        files = pdf_copies()(screenplay, readers, options, report, limits, pages=self._wanted.watermark_pages)
        for target, data in zip(targets, files, strict=True):
            write_atomic(target, data)
        return self.tell(source, report, None) or code

    def _refuse(self, targets: list[str]) -> None:
        for target in targets:
            if os.path.lexists(target) and not self._wanted.overwrite:
                raise UsageError("there is a file of this name already; --overwrite replaces it", path=target)

    def _readers(self, path: str) -> list[Reader]:
        """The rows of a list with the columns name, e-mail and text, of which one is enough."""
        import csv

        from converter.contract import ignore
        from converter.safe.decode import decode
        from converter.safe.files import read_file

        limits = self.settings.limits
        text = decode(read_file(path, limits), ignore, limits)
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), strict=True)]
        except csv.Error as error:
            raise UsageError(f"this is no list: {error}", path=path) from None
        readers = [one for one in map(_reader, _with_columns([row for row in rows if any(row)])) if one.mark]
        if not readers:
            raise UsageError("there is no name in this list; it has the columns name, e-mail, text", path=path)
        return readers


def _with_columns(rows: list[list[str]]) -> Iterator[dict[str, str]]:
    """By the head of the list, or in the usual order where it has none."""
    head = [cell.lower().replace("email", "e-mail") for cell in rows[0]] if rows else []
    is_head = bool(set(head) & set(_COLUMNS))
    for row in rows[is_head:]:
        yield dict(zip(head if is_head else _COLUMNS, row, strict=False))


def _reader(row: dict[str, str]) -> Reader:
    name, mail = row.get("name", ""), row.get("e-mail", "")
    mark = row.get("text") or " ".join(filter(None, (name, mail)))
    return Reader(name or mail or mark, mark)


def _apart(names: list[str]) -> list[str]:
    """Two of one name are the second's file with a 2, on systems too that take capitals for small letters."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        count = counts[name.lower()] = counts.get(name.lower(), 0) + 1
        found.append(name if count == 1 else f"{name} {count}")
    return found
