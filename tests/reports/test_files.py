"""Tables as files: what a spreadsheet, a browser, a program and a printer get."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from converter.contract import LimitError, Limits
from converter.formats import TABLES, table_writer
from converter.records import replace
from converter.reports.table import Table, columns
from converter.safe.xml import parse, parse_html

TABLE = Table(
    name="some",
    title="=Some",
    columns=columns("Name", ("Pages", "eighths", "pages"), ("Words", "count"), "=Said"),
    rows=(
        ('=SUM(A1), "quoted"', 11, 7, "one\ntwo"),
        ("+44", 3, None, "<b>"),
        ("عمر", 0, -5, None),
        ("-x", None, 2, "@home"),
    ),
    notes=("A note & more.",),
)


def test_csv_is_read_back_and_spreadsheets_execute_nothing() -> None:
    data = table_writer(".csv")([TABLE], "Title")
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["Name", "Pages", "Words", "'=Said"],
        ['\'=SUM(A1), "quoted"', "1 3/8", "7", "one\ntwo"],
        ["'+44", "3/8", "", "<b>"],
        ["عمر", "0", "'-5", ""],
        ["'-x", "", "2", "'@home"],
    ]


def test_several_tables_stand_one_under_the_other() -> None:
    rows = list(csv.reader(io.StringIO(table_writer(".csv")([TABLE, TABLE], "").decode("utf-8-sig"))))
    assert rows[0] == ["'=Some"] and rows[6] == [] and rows[7] == ["'=Some"]


def test_json_has_numbers_as_numbers() -> None:
    said = json.loads(table_writer(".json")([TABLE], "Title"))
    assert said["title"] == "Title" and said["tables"][0]["rows"][0]["Pages"] == 11
    assert said["tables"][0]["columns"][1] == {"name": "Pages", "kind": "eighths", "unit": "pages"}
    assert said["tables"][0]["notes"] == ["A note & more."]


def test_html_has_real_tables() -> None:
    data = table_writer(".html")([TABLE], "A <title>")
    root = parse_html(data, Limits())
    assert root.findtext("head/title") == "A <title>" and root.find(".//script") is None
    (table,) = root.iter("table")
    assert table.findtext("caption") == "=Some"
    assert [th.get("scope") for th in table.iter("th")] == ["col"] * 4
    cells = [td.text for td in table.iter("td")]
    assert cells[:3] == ['=SUM(A1), "quoted"', "1 3/8", "7"] and "<b>" in cells
    bars = [td.get("style") for td in table.iter("td") if td.get("style")]
    assert bars[:2] == ["--share:100%", "--share:100%"] and "--share:27%" in bars and "--share:0%" in bars


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    data = table_writer(".xlsx")([TABLE, replace(TABLE, title="Other")], "Title")
    assert data == table_writer(".xlsx")([TABLE, replace(TABLE, title="Other")], "Title")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = parse(book.read("xl/worksheets/sheet1.xml"), Limits())
        strings = parse(book.read("xl/sharedStrings.xml"), Limits())
        names = [one.get("name") for one in parse(book.read("xl/workbook.xml"), Limits()).iter("{*}sheet")]
    assert names == ["=Some", "Other"]
    assert not list(sheet.iter("{*}f"))  # no formula
    assert [one.text for one in sheet.iter("{*}v")][6] == "7"
    assert '=SUM(A1), "quoted"' in ["".join(map(str, one.itertext())) for one in strings]


def test_sheets_have_names_that_excel_takes() -> None:
    titles = ["Lines of ANN/BEN", "lines of ann\\ben", "'a' [b]: *?", "x" * 40, "x" * 35, "", "History"]
    data = table_writer(".xlsx")([replace(TABLE, title=title) for title in titles], "")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [one.get("name") for one in parse(book.read("xl/workbook.xml"), Limits()).iter("{*}sheet")]
    assert names == [
        "Lines of ANN_BEN",
        "lines of ann_ben 2",
        "a' _b__ __",
        "x" * 31,
        "x" * 29 + " 2",
        "_",
        "History 2",
    ]


def test_pages_have_every_word_and_the_head_again() -> None:
    import pdfplumber

    rows = tuple((f"name{number}", number, number, "some words " * 9) for number in range(60))
    data = table_writer(".pdf")([replace(TABLE, rows=rows)], "Title")
    with pdfplumber.open(io.BytesIO(data)) as document:
        texts = [page.extract_text() for page in document.pages]
        assert (document.pages[0].width, document.pages[0].height) == (792, 612)
    assert len(texts) > 2 and all("Pages" in text and "=Some" in text for text in texts)
    assert [f"name{number}" in " ".join(texts) for number in range(60)] == [True] * 60
    assert "A note & more." in texts[-1]


def test_wide_tables_stand_on_larger_paper_and_go_on_behind() -> None:
    import pdfplumber

    wide = Table(
        name="wide", title="Wide", columns=columns(*(f"column{number}" for number in range(40))),
        rows=(tuple(f"cell{number}" + "x" * 12 for number in range(40)),),
    )  # fmt: skip
    with pdfplumber.open(io.BytesIO(table_writer(".pdf")([wide], ""))) as document:
        texts = [page.extract_text() for page in document.pages]
        assert document.pages[0].width == 1584
    assert len(texts) > 2 and all("column0" in text and "column1" in text for text in texts)
    assert all(any(f"cell{number}x" in text for text in texts) for number in range(40))


def test_the_limit_of_pages_holds() -> None:
    rows = (("x", 1, 1, "y"),) * 500
    with pytest.raises(LimitError):
        table_writer(".pdf")([replace(TABLE, rows=rows)], "", replace(Limits(), output_pages=3))


@pytest.mark.parametrize("ending", TABLES)
def test_nothing_to_tell_is_a_file_too(ending: str) -> None:
    assert table_writer(ending)([], "Nothing")
    assert table_writer(ending)([replace(TABLE, rows=(), notes=())], "Nothing")
