"""Three drafts: `merge`, with what both writers changed and where they are at odds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.cli.compare import DIFFERENT, Drafting

if TYPE_CHECKING:
    from converter.compare.merge import Merged
    from converter.tree import Screenplay


class Merging(Drafting):
    """One merge: reads three drafts, writes one, shows the conflicts, and knows the exit code."""

    merged: Merged | None = None

    def run(self, base: str, mine: str, theirs: str, out: str, *, overwrite: bool) -> int:
        from converter.cli.one import convert_one, make_end_polite
        from converter.cli.screen import conflict_lines, show
        from converter.compare.merge import merge
        from converter.records import replace
        from converter.safe.files import check_target

        make_end_polite()
        drafts = []
        for path in (base, theirs):
            if out != "-":
                check_target(out, path)
            code, draft = self.read(path)
            if draft is None:
                return code
            drafts.append(draft)

        def merged(screenplay: Screenplay) -> Screenplay:
            self.merged = merge(drafts[0], screenplay, drafts[1])
            return self.merged.screenplay

        settings = replace(self.settings, transforms=(merged,))
        code = convert_one(mine, out, settings, self.view, overwrite=overwrite)
        if self.merged is None or not self.merged.conflicts:
            return code
        if out != "-":
            show(conflict_lines(self.merged.conflicts))
        return code or DIFFERENT
