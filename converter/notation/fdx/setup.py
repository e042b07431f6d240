"""What Final Draft has in a new script around its text, in the tree's terms."""

from __future__ import annotations

from converter.notation.fdx import color_of
from converter.tree import (
    Band,
    Continued,
    Margins,
    More,
    PageField,
    PageFieldKind,
    PageSetup,
    Paper,
    Revisions,
    RevisionSet,
    Run,
    SceneNumbers,
)

# Points from baseline to baseline. Tight and its like are a share of the font's own height that nobody measured.
LEADINGS = {"Normal": 12.0}

DEFAULT_SETUP = PageSetup(
    paper=Paper(width=8.5, height=11.0),
    margins=Margins(top=72.0, bottom=72.0, header=36.0, footer=36.0),
    leading=12.0,
    more=More(),
    continued=Continued(),
    scene_numbers=SceneNumbers(left_position=0.75, right_position=7.38),
    break_at_sentences=True,
    first_page=1,
    header=Band(right=(PageField(kind=PageFieldKind.PAGE), Run(text="."))),
    footer=Band(on_first_page=True),
)

# Final Draft's ten colours of paper, which come again as 2nd and 3rd; ink and paper, 16 bits a channel.
_PAGE_COLORS = (
    ("Blue", "#00000000FFFF", "#C6C6EDEDFEFE"),
    ("Pink", "#FFFF00000000", "#FDFDCCCCD4D4"),
    ("Yellow", "#DFDF80800000", "#FDFDFFFFABAB"),
    ("Green", "#000080800000", "#D1D1FEFED0D0"),
    ("Goldenrod", "#B8B886860B0B", "#FAFACDCD3939"),
    ("Buff", "#A0A052522D2D", "#FCFCEDED9D9D"),
    ("Salmon", "#E9E967675050", "#F8F8AEAE8E8E"),
    ("Cherry", "#DCDC14143C3C", "#FBFBA4A4B4B4"),
    ("Tan", "#808060604040", "#FDFDF1F1C7C7"),
)


def _default_sets() -> tuple[RevisionSet, ...]:
    sets: list[RevisionSet] = []
    for turn in ("", "2nd ", "3rd "):
        for name, ink, paper in (*_PAGE_COLORS, ("White", "#000000000000", "#FFFFFFFFFFFF")):
            # White is the paper of the first draft, so it is "2nd White" that ends the first round.
            nth = {"": "2nd ", "2nd ": "3rd ", "3rd ": "4th "}[turn] if name == "White" else turn
            sets.append(
                RevisionSet(
                    id=len(sets) + 1,
                    name=f"{nth}{name} Rev. (mm/dd/yy)",
                    color=color_of(ink),
                    page_color=color_of(paper),
                )
            )
    return tuple(sets)


DEFAULT_REVISIONS = Revisions(sets=_default_sets(), active=1)
