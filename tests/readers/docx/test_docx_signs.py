"""Signs of symbol fonts, formulas in one line, and blocks wherever they are wrapped."""

from __future__ import annotations

import pytest
from lxml import etree

from converter.notation.docx import MATH, w
from converter.readers.docx import maths, symbols
from converter.readers.docx.wrappers import ALTERNATIVES, blocks, chosen
from tests.readers.docx.build import HEAD

# ---------------------------------------------------------------- symbols

FONTS = ["Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Zapf Dingbats", "ITC Zapf Dingbats"]
FONTS += ["ZapfDingbats", "Monotype Sorts"]


@pytest.mark.parametrize("font", FONTS)
def test_a_symbol_font_has_a_sign_or_none_for_each_code(font: str) -> None:
    signs = symbols.signs_of(font)
    assert signs is not None
    assert signs == symbols.signs_of(f" {font.upper()} ")
    assert len(signs) == (0x100 - 0x20)
    assert signs[0] == " "
    assert not any(symbols.is_private(sign) for sign in signs)
    twice = {sign for sign in signs if signs.count(sign) > 1} - {symbols.NO_LETTER}
    assert not any(sign.isascii() for sign in twice)


def test_the_symbol_font_has_greek_letters_at_the_places_of_ours() -> None:
    signs = symbols.signs_of("Symbol")
    capitals, small = (
        "".join(symbols.letter(ord(char), signs) for char in case)
        for case in ("ABCDEFGHIKLMNOPQRSTUWXYZ", "abcdefghiklmnopqrstuwxyz")
    )
    assert capitals == "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖ"
    assert small == capitals.lower()


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", 0x61, "α"),
        ("Symbol", 0xAE, "→"),
        ("Symbol", 0xFF, symbols.NO_LETTER),
        ("Wingdings", 0x4A, "☺"),
        ("Wingdings", 0xFC, "✔"),
        ("Wingdings", 0xE0, "→"),
        ("Wingdings 2", 0x50, "✓"),
        ("Wingdings 3", 0x70, "▲"),
        ("Webdings", 0x61, "✔"),
        ("Zapf Dingbats", 0x33, "✓"),
        ("Zapf Dingbats", 0x48, "★"),
    ],
)
def test_signs_that_are_often_used(font: str, code: int, sign: str) -> None:
    signs = symbols.signs_of(font)
    assert symbols.letter(code, signs) == sign
    assert symbols.letter(0xF000 + code, signs) == sign


def test_a_font_of_letters_has_letters() -> None:
    assert symbols.signs_of("Courier") is None
    assert symbols.signs_of(None) is None
    assert symbols.letter(0x41, None) == "A"
    assert symbols.letter(0x20, None) == " "
    assert symbols.letter(0x1F, None) == symbols.NO_LETTER
    assert symbols.letter(0xF041, None) == symbols.NO_LETTER
    assert symbols.letter(0xF901, None) == "\uf901"
    assert symbols.letter(0x10FFFF, None) == "\U0010ffff"
    assert symbols.letter(0x110000, None) == symbols.NO_LETTER


@pytest.mark.parametrize(
    ("char", "is_private"), [("\uf01f", False), ("\uf020", True), ("\uf0ff", True), ("\uf100", False)]
)
def test_the_private_area_of_symbol_fonts(char: str, is_private: bool) -> None:
    assert symbols.is_private(char) is is_private


# ---------------------------------------------------------------- formulas


def t(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def part(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


def formula(inside: str) -> etree._Element:
    return etree.fromstring(f'<m:oMath xmlns:m="{MATH}" {HEAD}>{inside}</m:oMath>')


A, B, X = t("a"), t("b"), t("x")
FORMULAS = {
    "ax": A + X,
    "a/b": part("f", part("num", A), part("den", B)),
    "(ax)/(bx)": part("f", part("num", A, X), part("den", B, X)),
    "x^a": part("sSup", part("e", X), part("sup", A)),
    "x_a": part("sSub", part("e", X), part("sub", A)),
    "x_a^b": part("sSubSup", part("e", X), part("sub", A), part("sup", B)),
    "x_b": part("sPre", part("e", X), part("sub", B), part("sup")),
    "(ax)^(bx)": part("sSup", part("e", A, X), part("sup", B, X)),
    "lim_x": part("limLow", part("e", t("lim")), part("lim", X)),
    "max_x": part("limUpp", part("e", t("max")), part("lim", X)),
    "√x": part("rad", part("radPr"), part("deg"), part("e", X)),
    "a√(bx)": part("rad", part("deg", A), part("e", B, X)),
    "∫_a^b x": part("nary", part("sub", A), part("sup", B), part("e", X)),
    "∑ x": part("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', part("sub"), part("sup"), part("e", X)),
    "(a|b)": part("d", part("e", A), part("e", B)),
    "[a;b}": part(
        "d",
        '<m:dPr><m:begChr m:val="["/><m:sepChr m:val=";"/><m:endChr m:val="}"/></m:dPr>',
        part("e", A),
        part("e", B),
    ),
    "sin x": part("func", part("fName", t("sin")), part("e", X)),
    "[a, b; x, a]": part("m", part("mr", part("e", A), part("e", B)), part("mr", part("e", X), part("e", A))),
    "a; b": part("eqArr", part("e", A), part("e", B)),
}


@pytest.mark.parametrize("line", FORMULAS)
def test_a_formula_in_one_line(line: str) -> None:
    assert maths.in_one_line(formula(FORMULAS[line])) == line
    assert maths.is_plain(formula(FORMULAS[line])) is (line == "ax")


def test_what_a_formula_says_of_itself_is_none_of_its_words() -> None:
    assert maths.in_one_line(formula(part("fPr", t("no")) + X + f"<w:r><w:t>{'y'}</w:t></w:r>")) == "xy"


# ---------------------------------------------------------------- wrappers

COMPATIBILITY = ALTERNATIVES[1:].partition("}")[0]
SPACES = f'xmlns:mc="{COMPATIBILITY}" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
SPACES += ' xmlns:odd="http://example.org/odd"'


def body(inside: str) -> etree._Element:
    return etree.fromstring(f"<w:body {HEAD} {SPACES}>{inside}</w:body>")


def found(inside: str) -> list[str]:
    return ["".join(one.itertext()) for one in blocks(body(inside), {w("p")})]


P, Q = "<w:p>a</w:p>", "<w:p>b</w:p>"


@pytest.mark.parametrize("wrapper", ["sdt", "ins", "moveTo", "customXml", "smartTag", "unheardOf"])
def test_blocks_are_found_in_whatever_wraps_them(wrapper: str) -> None:
    assert found(f"{P}<w:{wrapper}><w:any>{Q}</w:any></w:{wrapper}>") == ["a", "b"]


@pytest.mark.parametrize(
    "wrapper",
    ["pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblExPr", "trPr", "tcPr", "customXmlPr", "smartTagPr"]
    + ["tblGrid", "altChunk", "subDoc", "fldData", "ffData"],
)
def test_properties_hold_no_blocks(wrapper: str) -> None:
    assert found(f"{P}<w:{wrapper}>{Q}</w:{wrapper}>") == ["a"]


def test_a_block_is_found_as_a_whole() -> None:
    assert found(f"<w:p>a{Q}</w:p>") == ["ab"]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f'<mc:Choice Requires="wps">{P}</mc:Choice><mc:Fallback>{Q}</mc:Fallback>', "a"),
        (f'<mc:Choice Requires="odd">{P}</mc:Choice><mc:Fallback>{Q}</mc:Fallback>', "b"),
        (f'<mc:Choice Requires="wps odd">{P}</mc:Choice><mc:Fallback>{Q}</mc:Fallback>', "b"),
        (f'<mc:Choice Requires="odd">{P}</mc:Choice><mc:Choice Requires="wps">{Q}</mc:Choice>', "b"),
        (f'<mc:Choice Requires="odd">{P}</mc:Choice><mc:Choice Requires="none">{Q}</mc:Choice>', "a"),
        (f"<mc:Choice>{P}</mc:Choice><mc:Fallback>{Q}</mc:Fallback>", "a"),
    ],
)
def test_of_alternatives_the_first_that_is_understood_counts(inside: str, words: str) -> None:
    assert found(f"<mc:AlternateContent>{inside}</mc:AlternateContent>") == [words]


def test_alternatives_without_any_are_gone_through_themselves() -> None:
    (alone,) = body("<mc:AlternateContent/>")
    assert chosen(alone) is alone
