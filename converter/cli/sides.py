"""`sides`: the pages of some scenes as a PDF."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from converter.cli.compare import Drafting
from converter.contract import UsageError, ignore

if TYPE_CHECKING:
    from converter.api import Settings
    from converter.cli.request import SidesWanted
    from converter.cli.screen import View


class Sides(Drafting):
    def __init__(self, wanted: SidesWanted, settings: Settings, view: View):
        super().__init__(settings, view)
        self._wanted = wanted

    def run(self, source: str, out: str) -> int:
        from converter.api import Collector
        from converter.cli.one import STREAM, make_end_polite
        from converter.formats import pdf_sides, writer_named
        from converter.options import options_from
        from converter.safe.files import check_target, write_atomic

        make_end_polite()
        if os.path.splitext(out)[1].lower() != ".pdf":
            raise UsageError("sides are a PDF: name a file that ends in .pdf", path=out)
        check_target(out, None if source == STREAM else source)
        options = options_from(writer_named("pdf", ignore).options, self.settings.write_options, "pdf")
        code, screenplay = self.read(source)
        if screenplay is None:
            return code
        limits = self.settings.limits.running()
        report = Collector(limits)
        made = pdf_sides()
        data = made.sides(screenplay, self._chosen(made.Wanted), options, report, limits)
        write_atomic(out, data)
        return self.tell(source, report, None) or code

    def _chosen(self, kind: type) -> object:
        said = self._wanted
        return kind(
            scenes=said.scenes or "",
            characters=said.names(),
            others=said.others,
            highlight=said.highlight,
            two_up=said.two_up,
            line=said.line,
        )
