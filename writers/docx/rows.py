"""Two columns: the table in whose rows dual dialogue stands."""

from __future__ import annotations

from lxml import etree

from converter.notation import docx as notation
from converter.notation.docx import w
from writers.docx.runs import Node


def dual_table(parent: Node, width: str, indent: int) -> Node:
    table = etree.SubElement(parent, w("tbl"))
    properties = etree.SubElement(table, w("tblPr"))
    etree.SubElement(properties, w("tblW"), {w("w"): str(2 * int(width)), w("type"): "dxa"})
    etree.SubElement(properties, w("tblInd"), {w("w"): str(indent), w("type"): "dxa"})
    etree.SubElement(properties, w("tblLayout"), {w("type"): "fixed"})
    margins = etree.SubElement(properties, w("tblCellMar"))
    for side in ("left", "right"):
        etree.SubElement(margins, w(side), {w("w"): "0", w("type"): "dxa"})
    grid = etree.SubElement(table, w("tblGrid"))
    for _ in range(2):
        etree.SubElement(grid, w("gridCol"), {w("w"): width})
    return table


def new_row(table: Node, width: str, *, hidden: bool) -> tuple[Node, Node, Node]:
    """A row that no page cuts, and its two cells."""
    row = etree.SubElement(table, w("tr"))
    properties = etree.SubElement(row, w("trPr"))
    etree.SubElement(properties, w("cantSplit"))
    if hidden:
        etree.SubElement(properties, w("hidden"))
    left, right = (etree.SubElement(row, w("tc")) for _ in range(2))
    for cell in (left, right):
        etree.SubElement(etree.SubElement(cell, w("tcPr")), w("tcW"), {w("w"): width, w("type"): "dxa"})
    return row, left, right


def begin_level(left: Node, right: Node) -> None:
    """Where the left speech begins a page, without room above, the right one has none either."""
    above, beside = (next(cell.iter(w("pPr"))) for cell in (left, right))
    if above.find(w("pageBreakBefore")) is not None and beside.find(w("spacing")) is None:
        spacing = etree.Element(w("spacing"), {w("before"): str(notation.NO_SPACE)})
        beside.insert(1, spacing)
