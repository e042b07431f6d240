"""What Word's documents hold beside plain runs: it is read, or reported by what was left out."""

import pytest

from converter.contract import FormatError
from tests.readers.docx.build import HEAD, archive, codes, document, p, r, read, shown, with_member

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def said(data: bytes) -> list[str]:
    return [f"{one.code}: {one.message}" for one in read(data)[1] if not one.code.startswith("docx.guessed")]


# ---------------------------------------------------------------- alternatives

UNKNOWN = '<mc:Choice xmlns:x="urn:future" Requires="x">{}</mc:Choice>'
KNOWN = f'<mc:Choice {W14} Requires="w14">{{}}</mc:Choice>'
FALLBACK = "<mc:Fallback>{}</mc:Fallback>"


def alternatives(*versions: str) -> str:
    return f"<mc:AlternateContent {MC}>{''.join(versions)}</mc:AlternateContent>"


VERSIONS = {
    "an unknown one and one for all others": ((UNKNOWN, FALLBACK), 1),
    "an unknown and a known one": ((UNKNOWN, KNOWN, FALLBACK), 1),
    "a known one": ((KNOWN, FALLBACK), 0),
    "two known ones": ((KNOWN, KNOWN), 0),
    "an unknown one alone": ((UNKNOWN,), 0),
    "one for all others alone": ((FALLBACK,), 0),
}


@pytest.mark.parametrize(("versions", "right"), VERSIONS.values(), ids=VERSIONS)
def test_of_alternatives_the_first_that_is_understood_is_read(versions: tuple[str, ...], right: int) -> None:
    runs = alternatives(*(one.format(r(f"Rain {number}.")) for number, one in enumerate(versions)))
    inside = alternatives(*(one.format(f"<w:t>Rain {number}.</w:t>") for number, one in enumerate(versions)))
    blocks = alternatives(*(one.format(p(f"Rain {number}.")) for number, one in enumerate(versions)))
    cell = f"<w:tbl><w:tr><w:tc>{blocks}</w:tc></w:tr></w:tbl>"
    for body in (p(runs=runs), p(runs=f"<w:r>{inside}</w:r>"), blocks, cell):
        assert shown(document(body)) == f'Action "Rain {right}."\n'


# ---------------------------------------------------------------- formulas


def formula(inside: str) -> str:
    return f"<m:oMath {MATH}>{inside}</m:oMath>"


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


FORMULAS = {
    "E=mc^2": m("E=m") + f"<m:sSup><m:e>{m('c')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>",
    "(a+b)/2": f"<m:f><m:fPr/><m:num>{m('a+b')}</m:num><m:den>{m('2')}</m:den></m:f>",
    "√(1-x)": f"<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>{m('1-x')}</m:e></m:rad>",
    "3√x": f"<m:rad><m:deg>{m('3')}</m:deg><m:e>{m('x')}</m:e></m:rad>",
    "∑_(i=1)^n i": f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{m('i=1')}</m:sub><m:sup>{m('n')}</m:sup>"
    f"<m:e>{m('i')}</m:e></m:nary>",
    "∫ x": f"<m:nary><m:sub/><m:sup/><m:e>{m('x')}</m:e></m:nary>",
    "{x|y}": "<m:d><m:dPr><m:begChr m:val='{'/><m:endChr m:val='}'/></m:dPr>"
    f"<m:e>{m('x')}</m:e><m:e>{m('y')}</m:e></m:d>",
    "sin x": f"<m:func><m:fName>{m('sin')}</m:fName><m:e>{m('x')}</m:e></m:func>",
    "[a, b; c, d]": f"<m:m><m:mr><m:e>{m('a')}</m:e><m:e>{m('b')}</m:e></m:mr>"
    f"<m:mr><m:e>{m('c')}</m:e><m:e>{m('d')}</m:e></m:mr></m:m>",
    "x_i^2": f"<m:sSubSup><m:e>{m('x')}</m:e><m:sub>{m('i')}</m:sub><m:sup>{m('2')}</m:sup></m:sSubSup>",
    "lim_n": f"<m:limLow><m:e><m:r><m:t>lim</m:t></m:r></m:e><m:lim>{m('n')}</m:lim></m:limLow>",
    "x; y": f"<m:eqArr><m:e>{m('x')}</m:e><m:e>{m('y')}</m:e></m:eqArr>",
}


@pytest.mark.parametrize(("line", "inside"), FORMULAS.items(), ids=FORMULAS)
def test_a_formula_is_read_in_one_line_and_reported(line: str, inside: str) -> None:
    data = document(p("She writes ", runs=formula(inside) + r(".")))
    assert shown(data) == f'Action "She writes {line}."\n'
    assert said(data) == [f"docx.formula: A formula was written in one line: {line!r}."]


def test_letters_of_a_formula_are_words_and_one_between_paragraphs_is_a_paragraph() -> None:
    assert said(document(p("x is ", runs=formula(m("y"))))) == []
    paragraph = f"<m:oMathPara {MATH}><m:oMath>{m('x=y')}</m:oMath></m:oMathPara>"
    assert shown(document(p("Rain falls."), paragraph)) == 'Action "Rain falls."\nAction "x=y"\n'
    assert shown(document(p(runs=f"<w:r>{formula(m('x=y'))}</w:r>"))) == 'Action "x=y"\n'


# ---------------------------------------------------------------- wrappers

WRAPPERS = ("ins", "moveTo", "sdt", "hyperlink", "newElement", "smartTag", "dir")


@pytest.mark.parametrize("name", WRAPPERS)
def test_blocks_and_runs_in_any_wrapper_are_read(name: str) -> None:
    start, end = f'<w:{name} w:author="Ann">', f"</w:{name}>"
    around = p("Rain falls.")
    assert shown(document(start + around + end)) == 'Action "Rain falls."\n'
    assert shown(document(start + start + around + end + end)) == 'Action "Rain falls."\n'
    assert '"Rain falls."' in shown(document(p(runs=start + r("Rain falls.") + end)))
    cells = f"<w:tc>{start}{around}{end}</w:tc>"
    row = f"{start}<w:tr>{start}{cells}{end}</w:tr>{end}"
    assert shown(document(f"<w:tbl>{row}</w:tbl>")) == 'Action "Rain falls."\n'


def test_elements_of_other_names_are_gone_through() -> None:
    foreign = '<x:box xmlns:x="urn:x">{}</x:box>'
    assert shown(document(foreign.format(p("Rain falls.")))) == 'Action "Rain falls."\n'
    assert shown(document(p(runs=foreign.format(r("Rain falls."))))) == 'Action "Rain falls."\n'
    assert shown(document(p(runs=f"<w:r>{foreign.format('<w:t>Rain falls.</w:t>')}</w:r>"))) == 'Action "Rain falls."\n'


def test_runs_between_paragraphs_are_a_paragraph() -> None:
    assert shown(document(p("Rain."), r("Wind "), r("howls."), p("Snow."))) == (
        'Action "Rain."\nAction "Wind howls."\nAction "Snow."\n'
    )


def test_words_without_a_run_are_words() -> None:
    assert shown(document(p("Rain "), "<w:t>Wind.</w:t>")) == 'Action "Rain"\nAction "Wind."\n'
    assert shown(document(p("Rain ", runs="<w:t>falls.</w:t>"))) == 'Action "Rain falls."\n'
    assert shown(document(p(runs='<w:sym w:font="Symbol" w:char="F061"/>'))) == 'Action "α"\n'
    assert shown(document(p(runs="<w:r><w:ruby><w:t>Rain.</w:t></w:ruby></w:r>"))) == 'Action "Rain."\n'


TABLES = {
    "a cell without a row": "<w:tc>{}</w:tc>",
    "a paragraph without a cell": "<w:tr>{}</w:tr>",
    "a paragraph without a row": "{}",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_paragraphs_anywhere_in_a_table_are_read(table: str) -> None:
    for inside in (p("Rain falls."), r("Rain falls."), "<w:t>Rain falls.</w:t>"):
        assert shown(document(f"<w:tbl>{table.format(inside)}</w:tbl>")) == 'Action "Rain falls."\n'


def test_paragraphs_in_a_paragraph_come_after_it() -> None:
    inner = f"<w:box>{p('Wind.')}</w:box>"
    assert shown(document(p("Rain.", runs=inner), p("Snow."))) == 'Action "Rain."\nAction "Wind."\nAction "Snow."\n'


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_paragraphs_in_a_deletion_are_cut(name: str) -> None:
    change = f'<w:{name} w:author="Ann">{p("Rain falls.")}</w:{name}>'
    data = document(p("Snow."), change, p("Ice."))
    assert shown(data) == (
        'Action "Snow."\nCut revision=1\n  Action "Rain falls."\nAction "Ice."\n'
        'Revisions\n  RevisionSet id=1 name="Ann"\n'
    )
    cell = f"<w:tbl><w:tr><w:tc>{p('Snow.')}{change}</w:tc></w:tr></w:tbl>"
    assert 'Cut revision=1\n  Action "Rain falls."' in shown(document(cell))


# ---------------------------------------------------------------- notes


def test_notes_that_nothing_refers_to_stand_at_the_end_and_are_reported() -> None:
    comments = f'<w:comments {HEAD}><w:comment w:id="1" w:author="Ann">{p("Why rain?")}</w:comment></w:comments>'
    footnotes = f'<w:footnotes {HEAD}><w:footnote w:id="2">{p("See above.")}</w:footnote></w:footnotes>'
    data = document(p("Rain."), comments=comments, footnotes=footnotes)
    assert shown(data) == 'Action "Rain."\nNote "Why rain?" author="Ann"\nNote "See above."\n'
    assert said(data) == [
        "docx.note-without-place: Nothing in this document refers to the note 'Why rain?'; it stands at the end.",
        "docx.note-without-place: Nothing in this document refers to the note 'See above.'; it stands at the end.",
    ]


@pytest.mark.parametrize("name", ["commentReference", "footnoteReference", "endnoteReference"])
def test_a_reference_to_a_note_that_is_not_there_is_reported(name: str) -> None:
    data = document(p("Rain.", runs=f'<w:r><w:{name} w:id="7"/></w:r>'))
    assert codes(data) == {"docx.note-missing"}


def test_notes_hold_symbols_and_formulas() -> None:
    inside = '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:tab/></w:r>' + formula(m("x"))
    wing = r("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    comments = f'<w:comments {HEAD}><w:comment w:id="1">{p("Good ", runs=inside + wing)}</w:comment></w:comments>'
    assert 'Note "Good ☺\\tx☑"' in shown(document(p("Rain."), comments=comments))


# ---------------------------------------------------------------- fields and placeholders


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CODE = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
FIELDS = {
    "no end and no result": (mark("begin") + CODE + r("Rain."), "Rain."),
    "no end": (mark("begin") + CODE + mark("separate") + r("Rain."), "Rain."),
    "one without an end in one with": (
        mark("begin") + mark("begin") + CODE + r("a") + mark("separate") + r("Rain.") + mark("end"),
        "Rain.",
    ),
    "words in the code": (mark("begin") + CODE + r("hidden") + mark("separate") + r("Rain.") + mark("end"), "Rain."),
    "ends alone": (mark("end") + mark("separate") + r("Rain.") + mark("end"), "Rain."),
}


@pytest.mark.parametrize(("runs", "words"), FIELDS.values(), ids=FIELDS)
def test_a_field_that_is_not_closed_hides_no_words(runs: str, words: str) -> None:
    assert words in shown(document(p(runs=runs)))


@pytest.mark.parametrize("result", ["", mark("separate")])
def test_words_in_the_code_of_a_field_are_hidden(result: str) -> None:
    code = mark("begin") + CODE + r("hidden") + result + mark("end")
    assert shown(document(p("It is ", runs=code + r("late.")))) == 'Action "It is late."\n'


def test_placeholder_text_is_left_out_and_named() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Type here.')}</w:sdtContent></w:sdt>"
    data = document(p("Rain.", runs=control))
    assert shown(data) == 'Action "Rain."\n'
    assert said(data) == [
        "docx.placeholder: Placeholder text that stands where nothing was typed was left out: 'Type here.'."
    ]


def test_placeholder_paragraphs_are_left_out_and_named() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Type here.')}</w:sdtContent></w:sdt>"
    data = document(p("Rain."), control, p("Snow."))
    assert "Type here" not in shown(data)
    assert said(data)[:1] == [
        "docx.placeholder: Placeholder text that stands where nothing was typed was left out: 'Type here.'."
    ]
    assert shown(document(p("Rain."), control.replace("<w:showingPlcHdr/>", ""))).count("Type here.") == 1


# ---------------------------------------------------------------- headers

RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"'
    ' Target="header1.xml"/></Relationships>'
)


SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'


def with_header(words: str) -> bytes:
    page = mark("begin") + CODE + mark("separate") + r("12") + mark("end")
    data = archive(
        document=f"<w:document {HEAD}><w:body>{p('Rain falls.')}{SECTION}{SECTION}</w:body></w:document>",
        header1=f"<w:hdr {HEAD}>{p(words, runs=page)}</w:hdr>",
    )
    return with_member(data, "word/_rels/document.xml.rels", RELATED)


def test_the_header_of_another_s_document_is_reported_once() -> None:
    assert said(with_header("GROSS\tWEIGHT ")) == [
        "docx.page-header: The header of these pages was left out: 'GROSS WEIGHT'."
    ]


def test_a_formula_in_a_header_is_reported() -> None:
    formula = f"<m:oMath {MATH}><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    data = archive(
        document=f"<w:document {HEAD}><w:body>{p('Rain falls.')}{SECTION}</w:body></w:document>",
        header1=f"<w:hdr {HEAD}>{p(runs=formula).replace(HEAD, '')}</w:hdr>",
    )
    assert said(with_member(data, "word/_rels/document.xml.rels", RELATED)) == [
        "docx.page-header: The header of these pages was left out: 'x=1'."
    ]


@pytest.mark.parametrize("words", ["", "- ", "Page ", "3."])
def test_a_header_of_page_numbers_says_nothing(words: str) -> None:
    assert said(with_header(words)) == []


@pytest.mark.parametrize("kind", ["header", "comments", "footnotes", "styles", "custom-properties"])
def test_a_part_that_is_named_and_not_there_is_reported(kind: str) -> None:
    relations = RELATED.replace("/header", f"/{kind}").replace("header1.xml", "gone.xml")
    data = with_member(document(p("Rain.")), "word/_rels/document.xml.rels", relations)
    assert said(data) == ["docx.missing-part: A part that this document names is not in it: word/gone.xml."]
    outside = relations.replace("<Relationship Id", '<Relationship TargetMode="External" Id')
    assert said(with_member(data, "word/_rels/document.xml.rels", outside)) == []


@pytest.mark.parametrize("kind", ["printerSettings", "image", "theme"])
def test_a_missing_part_that_holds_no_words_is_no_matter(kind: str) -> None:
    relations = RELATED.replace("/header", f"/{kind}").replace("header1.xml", "gone.xml")
    assert said(with_member(document(p("Rain.")), "word/_rels/document.xml.rels", relations)) == []


# ---------------------------------------------------------------- nothing at all

UNREADABLE = {
    "another body": f'<w:document {HEAD}><x:body xmlns:x="urn:x"/></w:document>',
    "another language": '<document xmlns="urn:x"><body><p>Rain.</p></body></document>',
    "other words": f'<w:document {HEAD}><w:body><w:p><x:r xmlns:x="urn:x">Rain.</x:r></w:p></w:body></w:document>',
    "another document inside": f'<w:document {HEAD}><w:body><w:altChunk r:id="r1"/><w:sectPr/></w:body></w:document>',
    "no paragraphs": f'<w:document {HEAD}><w:body><x:p xmlns:x="urn:x">Rain.</x:p></w:body></w:document>',
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_document_in_which_nothing_is_understood_is_an_error(content: str) -> None:
    with pytest.raises(FormatError, match="Word"):
        read(archive(document=content))


def test_an_empty_document_is_an_empty_script() -> None:
    assert shown(document()) == ""


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_strict_documents_are_read_in_each_encoding(encoding: str) -> None:
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("Rain.")}</w:body></w:document>'
    declared = f'<?xml version="1.0" encoding="{encoding[:6].rstrip("-")}"?>' + strict
    data = with_member(archive(document="x"), "word/document.xml", declared.encode(encoding))
    assert shown(data) == 'Action "Rain."\n'


# ---------------------------------------------------------------- symbols


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


SIGNS = {
    ("Wingdings", "F04A"): "☺",
    ("Wingdings", "F04C"): "☹",
    ("Wingdings", "F0E0"): "→",
    ("Wingdings", "F0DF"): "←",
    ("Wingdings", "F0F3"): "⇔",
    ("Wingdings", "F0FE"): "☑",
    ("wingdings 2", "F050"): "✓",
    ("Wingdings 3", "F070"): "▲",
    ("Webdings", "F0AF"): "🎜",
    ("Symbol", "F061"): "α",
    ("Symbol", "F0AE"): "→",
    ("Symbol", "61"): "α",
    ("Zapf Dingbats", "F034"): "✔",
    ("Segoe UI Emoji", "1F600"): "😀",
    ("Arial", "00E9"): "é",
}


@pytest.mark.parametrize(("sign", "letter"), SIGNS.items(), ids=map(" ".join, SIGNS))
def test_signs_of_symbol_fonts_are_letters(sign: tuple[str, str], letter: str) -> None:
    data = document(p("Go ", runs=sym(*sign)))
    assert shown(data) == f'Action "Go {letter}"\n'
    assert said(data) == []


@pytest.mark.parametrize("sign", [("Wingdings", "F0FF"), ("Marlett", "F041"), ("Wingdings", ""), ("Symbol", "110000")])
def test_a_sign_without_a_letter_is_marked_and_reported(sign: tuple[str, str]) -> None:
    data = document(p("Go ", runs=sym(*sign)))
    assert shown(data) == 'Action "Go \ufffd"\n'
    assert codes(data) == {"docx.unknown-sign"}


SYMEX = "http://schemas.microsoft.com/office/word/2015/wordml/symex"


@pytest.mark.parametrize("version", ["s:symEx", "w:t"])
def test_an_emoji_of_newer_versions_of_word_is_read_once(version: str) -> None:
    """Word writes it as an element of its own, and as a letter for programs that do not know that."""
    sign = '<s:symEx s:font="Segoe UI Emoji" s:char="1F60A"/>'
    choice = f'<mc:Choice xmlns:s="{SYMEX if version == "s:symEx" else "urn:x"}" Requires="s">{sign}</mc:Choice>'
    run = f"<w:r>{alternatives(choice, FALLBACK.format('<w:t>😊</w:t>'))}</w:r>"
    assert shown(document(p("Go ", runs=run))) == 'Action "Go 😊"\n'
    comments = f'<w:comments {HEAD}><w:comment w:id="1">{p("Go ", runs=run)}</w:comment></w:comments>'
    assert 'Note "Go 😊"' in shown(document(p("Rain."), comments=comments))


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


WORDS = {
    "private letters": (r("\uf04a\uf0e0", fonts("Wingdings")), "☺→"),
    "plain letters": (r("J", fonts("Wingdings")), "☺"),
    "letters beyond ASCII": (r("þ", fonts("Wingdings")), "☑"),
    "Greek": (r("abg", fonts("Symbol")), "αβγ"),
    "letters that the font does not hold": (r("’字", fonts("Symbol")), "’字"),
    "words in a font of letters": (r("J", fonts("Arial")), "J"),
}


@pytest.mark.parametrize(("run", "words"), WORDS.values(), ids=WORDS)
def test_words_in_a_symbol_font_are_what_it_draws(run: str, words: str) -> None:
    data = document(p("Go ", runs=run))
    assert shown(data) == f'Action "Go {words}"\n'
    assert said(data) == []


def test_a_private_letter_in_no_symbol_font_is_marked_and_reported() -> None:
    data = document(p("Go \uf04a"))
    assert shown(data) == 'Action "Go \ufffd"\n'
    assert codes(data) == {"docx.unknown-sign"}


def test_the_font_of_a_style_counts() -> None:
    from tests.readers.docx.build import style

    wing = style("w", "Wing", properties=f"<w:rPr>{fonts('Wingdings')}</w:rPr>")
    assert shown(document(p("Go \uf04a", style="w"), styles=wing)) == 'Action "Go ☺"\n'
    assert said(document(p("Go \uf0ff", style="w"), styles=wing)) == [
        "docx.unknown-sign: A sign of a symbol font has no letter that is known to be its like; \ufffd stands for it."
    ]
    character = '<w:style w:type="character" w:styleId="c"><w:name w:val="Sign"/><w:rPr>' + fonts("Symbol")
    data = document(p("Go ", runs=r("a", '<w:rStyle w:val="c"/>')), styles=character + "</w:rPr></w:style>")
    assert shown(data) == 'Action "Go α"\n'


@pytest.mark.parametrize("char", ["\x7f", "\x80", "\x9f"])
def test_control_characters_are_left_out_and_reported(char: str) -> None:
    data = document(p(f"Ra{char}in."))
    assert shown(data) == 'Action "Rain."\n'
    assert codes(data) == {"docx.control-characters"}
