"""Documents of other people: named styles, indents, tabs, pasted lines."""

import tracemalloc
from textwrap import dedent

import pytest

from converter.contract import Kind
from converter.tree import Action, Deletion
from tests.readers.docx.build import HEAD, codes, document, p, r, read, shown, style

SCENE = """\
    SceneHeading "INT. TIDE STATION - DAWN"
    Action "Rain on the glass. Odile counts the drops."
    Speech "ODILE"
      Parenthetical "(to nobody)"
      Dialogue "Forty. Forty-one. Somebody should mend this roof."
    Speech "MARA (V.O.)"
      Dialogue "Somebody did."
    Transition "CUT TO:"
    SceneHeading "EXT. PIER - NIGHT"
    Action "The pier is gone."
    """
WORDS = (
    ("heading", "INT. TIDE STATION - DAWN"),
    ("action", "Rain on the glass. Odile counts the drops."),
    ("cue", "ODILE"),
    ("paren", "(to nobody)"),
    ("speech", "Forty. Forty-one. Somebody should mend this roof."),
    ("cue", "MARA (V.O.)"),
    ("speech", "Somebody did."),
    ("transition", "CUT TO:"),
    ("heading", "EXT. PIER - NIGHT"),
    ("action", "The pier is gone."),
)


def expected(outline: str = SCENE) -> str:
    return dedent(outline)


def test_styles_of_other_names_are_known() -> None:
    names = {
        "heading": "SP-Slugline",
        "action": "Script Action",
        "cue": "FD - Character Name",
        "paren": "Wryly",
        "speech": "dialog",
        "transition": "Transitions",
    }
    styles = "".join(style(id_, name) for id_, name in names.items())
    data = document(*(p(text, style=id_) for id_, text in WORDS), styles=styles)
    assert shown(data) == expected()
    assert codes(data) == set()


def test_styles_of_other_languages_are_known() -> None:
    names = {
        "heading": "Szenen\u00fcberschrift",
        "action": "Handlung",
        "cue": "Personnage",
        "paren": "Acotaci\u00f3n",
        "speech": "Di\u00e1logo",
        "transition": "\u00dcbergang",
    }
    styles = "".join(style(id_, name) for id_, name in names.items())
    assert shown(document(*(p(text, style=id_) for id_, text in WORDS), styles=styles)) == expected()


def test_a_style_is_known_by_the_one_that_it_is_built_on() -> None:
    styles = style("a", "Dialogue") + style("b", "Fast talk", "a") + style("c", "Character")
    assert (
        shown(document(p("ODILE", "c"), p("Go go go.", "b"), styles=styles))
        == 'Speech "ODILE"\n  Dialogue "Go go go."\n'
    )


def test_circles_of_styles_end() -> None:
    styles = style("a", "One", "b") + style("b", "Two", "a")
    assert shown(document(p("Rain falls.", "a"), styles=styles)) == 'Action "Rain falls."\n'


INDENTS = {"heading": 0, "action": 0, "cue": 2.0, "paren": 1.5, "speech": 1.0, "transition": 4.5}


def test_indents_alone_tell() -> None:
    data = document(*(p(text, left=INDENTS[kind]) for kind, text in WORDS))
    assert shown(data) == expected()
    assert codes(data) == {"docx.guessed-element"}


def test_tabs_alone_tell() -> None:
    data = document(*(p("\t" * round(INDENTS[kind] * 2) + text) for kind, text in WORDS))
    assert shown(data) == expected()


def test_blanks_alone_tell() -> None:
    data = document(*(p(" " * round(INDENTS[kind] * 10) + text) for kind, text in WORDS))
    assert shown(data) == expected()


def test_space_above_tells_where_all_begin_at_one_edge() -> None:
    above = '<w:spacing w:before="240"/>'
    data = document(*(p(text, extra="" if kind in {"paren", "speech"} else above) for kind, text in WORDS))
    assert shown(data) == expected()


def test_empty_paragraphs_tell_where_all_begin_at_one_edge() -> None:
    lines = []
    for kind, text in WORDS:
        lines += [p(text)] if kind in {"paren", "speech"} else [p(), p(text)]
    assert shown(document(*lines)) == expected()


def test_centered_names_are_cues() -> None:
    lines = [
        p(text, left=INDENTS[kind] if kind != "cue" else 0, jc="center" if kind == "cue" else "")
        for kind, text in WORDS
    ]
    assert shown(document(*lines)) == expected()


def test_centered_words_are_centered_action() -> None:
    assert shown(document(p("INT. BARN - DAY"), p("Ten years later", jc="center"))) == (
        'SceneHeading "INT. BARN - DAY"\nAction "Ten years later" align=center\n'
    )


def test_every_guess_is_told() -> None:
    _, said = read(document(*(p(text, left=INDENTS[kind]) for kind, text in WORDS)))
    assert {one.kind for one in said} == {Kind.GUESS}
    assert [one.at.paragraph for one in said if one.at] == [1, 3, 4, 5, 6, 7, 8, 9]


PASTED = """\
                                                             2.

4    INT. TIDE STATION - DAWN                                4

     Rain on the glass. Odile counts the drops with a pencil
     that has been sharpened at both ends.

     The clock strikes.

                    ODILE
               Forty. Forty-one. Somebody
               should mend this roof, and
               it is not going
                    (MORE)

                                                             3.

                    ODILE (CONT'D)
               to be me this time round.

CONTINUED:

     She looks up.

                    ODILE (CONT'D)
               Is it?

                                                CUT TO:
"""


def test_lines_pasted_from_a_page_become_paragraphs() -> None:
    data = document(*(p(line) for line in PASTED.splitlines()))
    assert shown(data) == expected(
        """\
        SceneHeading "INT. TIDE STATION - DAWN" number="4"
        Action "Rain on the glass. Odile counts the drops with a pencil that has been sharpened at both ends."
        Action "The clock strikes."
        Speech "ODILE"
          Dialogue "Forty. Forty-one. Somebody should mend this roof, and it is not going to be me this time round."
        Action "She looks up."
        Speech "ODILE"
          Dialogue "Is it?"
        Transition "CUT TO:"
        """
    )
    _, said = read(data)
    assert {one.code for one in said} == {
        "docx.dropped-contd",
        "docx.dropped-furniture",
        "docx.guessed-element",
        "docx.guessed-number",
        "docx.joined-lines",
    }
    assert [one.message for one in said if "dropped" in one.code] == [
        "Left out '2.', which looks like the number of a page.",
        "Left out '(MORE)', which looks like a mark of the page.",
        "Left out '3.', which looks like the number of a page.",
        'Left out "ODILE (CONT\'D)", which looks like the name repeated on a page.',
        "Left out 'CONTINUED:', which looks like a mark that a scene goes on, and so part of the page.",
        "Left (CONT'D) out of \"ODILE (CONT'D)\": the page adds it by itself.",
    ]


def test_a_typed_contd_that_no_page_would_print_stays() -> None:
    lines = (p("INT. BARN - DAY"), p("ODILE (CONT'D)", left=2), p("Well.", left=1))
    assert 'Speech "ODILE (CONT\'D)"' in shown(document(*lines))


def test_a_speaker_who_goes_on_without_a_mark_is_no_news() -> None:
    lines = (p("INT. BARN - DAY"), *(p("ODILE", left=2), p("Well.", left=1), p("Rain.")) * 2)
    assert "docx.dropped-contd" not in codes(document(*lines))


def test_long_paragraphs_are_never_joined() -> None:
    long = "Rain falls on the roof of the station, and on the pier, and on the boats that nobody has moved since May."
    assert shown(document(p(long), p(long))).count("Action") == 2


def test_line_breaks_inside_a_paragraph_are_kept() -> None:
    runs = r("One") + "<w:r><w:br/></w:r>" + r("two")
    assert shown(document(p(runs=runs))) == 'Action "One" / "two"\n'


def test_page_breaks_of_all_kinds_are_one() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    before = "<w:pageBreakBefore/>"
    behind = document(p("One.", runs=page), p("Two."))
    assert shown(behind) == 'Action "One."\nPageBreak\nAction "Two."\n'
    assert shown(document(p("One."), p(runs=page + r("Two.")))) == shown(behind)
    assert shown(document(p("One."), p("Two.", extra=before))) == shown(behind)
    assert shown(document(p("One."), p(runs=page), p("Two."))) == shown(behind)


# ---------------------------------------------------------------- Word's own means


def test_tracked_changes_are_revisions_of_their_author() -> None:
    runs = (
        r("Rain ")
        + f'<w:ins w:id="1" w:author="Blue">{r("hard ")}</w:ins>'
        + ('<w:del w:id="2" w:author="Pink"><w:r><w:delText>softly</w:delText></w:r></w:del>' + r("falls."))
    )
    data = document(p(runs=runs))
    assert shown(data) == expected(
        """\
        Action "Rain " "hard " {revision=1} [Deletion "softly" revision=2] "falls."
        Revisions
          RevisionSet id=1 name="Blue"
          RevisionSet id=2 name="Pink"
        """
    )
    assert codes(data) == set()


def test_words_struck_out_side_by_side_are_one_deletion_for_each_author() -> None:
    struck = '<w:del w:id="{}" w:author="{}"><w:r><w:delText xml:space="preserve"> </w:delText></w:r></w:del>'
    runs = r("Rain ") + struck.format(1, "Pink") + struck.format(2, "Pink") + struck.format(3, "Blue") + r("falls.")
    (action,) = read(document(p(runs=runs)))[0].body
    assert isinstance(action, Action)
    assert [one.revision for one in action.text if isinstance(one, Deletion)] == [1, 2]


def test_comments_and_footnotes_are_notes() -> None:
    head = HEAD
    comments = f'<w:comments {head}><w:comment w:id="5" w:author="Ann">{p("Too")}{p("long?")}</w:comment></w:comments>'
    footnotes = (
        f'<w:footnotes {head}><w:footnote w:type="separator" w:id="0">{p("x")}</w:footnote>'
        f'<w:footnote w:id="2">{p("See page 3.")}</w:footnote></w:footnotes>'
    )
    runs = (
        r("The ") + '<w:commentRangeStart w:id="5"/>' + r("pier") + '<w:commentRangeEnd w:id="5"/>'
        '<w:r><w:commentReference w:id="5"/></w:r>'
        + r(" is gone")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r(".")
    )
    data = document(p(runs=runs), comments=comments, footnotes=footnotes)
    assert shown(data) == (
        'Action "The " '
        '[Note "Too\\nlong?" id=1 author="Ann"] "pier" [NoteEnd id=1] " is gone" [Note "See page 3."] "."\n'
    )


def test_a_note_in_the_first_words_after_an_empty_paragraph_stays() -> None:
    footnotes = f'<w:footnotes {HEAD}><w:footnote w:id="2">{p("See page 3.")}</w:footnote></w:footnotes>'
    noted = p("Rain", runs='<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" falls."))
    assert 'Action "Rain" [Note "See page 3."] " falls."' in shown(document(p(), noted, footnotes=footnotes))


def test_hidden_words_are_left_out_with_a_warning() -> None:
    data = document(p(runs=r("Seen. ") + r("Hidden.", "<w:vanish/>")))
    assert shown(data) == 'Action "Seen."\n'
    assert codes(data) == {"docx.hidden-text"}


def test_emphasis_and_colour_are_kept_and_the_type_is_not() -> None:
    data = document(
        p(runs=r("a", "<w:b/><w:rFonts w:ascii='Arial'/><w:sz w:val='40'/>") + r("b", "<w:color w:val='FF0000'/>"))
    )
    assert shown(data) == 'Action bold "a" "b" {look=(color="#FF0000")}\n'


def test_capitals_of_a_cue_are_no_emphasis() -> None:
    data = document(p("INT. BARN - DAY"), p(runs=r("ODILE", "<w:caps/>"), left=2), p("Well.", left=1))
    assert 'Speech "ODILE"' in shown(data)


def test_field_codes_are_no_words() -> None:
    runs = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{between}'
        for kind, between in (
            ("begin", "<w:r><w:instrText> DATE </w:instrText></w:r>"),
            ("separate", r("1 May")),
            ("end", ""),
        )
    )
    assert shown(document(p("It is ", runs=runs + r(".")))) == 'Action "It is 1 May."\n'


def test_links_and_controls_and_text_boxes_are_read() -> None:
    link = f'<w:hyperlink r:id="x">{r("linked ")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtContent>{r('held ')}</w:sdtContent></w:sdt>"
    box = f"<w:r><w:pict><w:txbxContent>{p('Boxed in.')}</w:txbxContent></w:pict></w:r>"
    data = document(
        p("A ", runs=link + control + r("end.") + box), f"<w:sdt><w:sdtContent>{p('Last.')}</w:sdtContent></w:sdt>"
    )
    assert shown(data) == 'Action "A linked held end."\nAction "Boxed in."\nAction "Last."\n'


def row(*cells: str) -> str:
    return "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"


def test_two_columns_that_begin_with_names_are_a_dual_dialogue() -> None:
    data = document(
        p("INT. BARN - DAY"), row(p("ODILE") + p("(low)") + p("No."), p("MARA") + p("Yes.")), p("They stop.")
    )
    assert shown(data) == expected(
        """\
        SceneHeading "INT. BARN - DAY"
        DualDialogue
          Speech "ODILE"
            Parenthetical "(low)"
            Dialogue "No."
          Speech "MARA"
            Dialogue "Yes."
        Action "They stop."
        """
    )
    assert "docx.guessed-dual" in codes(data)


def test_other_tables_are_read_cell_by_cell() -> None:
    data = document(row(p("Props"), p("One ham")))
    assert shown(data) == 'Action "Props"\nAction "One ham"\n'


def test_a_title_page_is_what_stands_before_the_first_break() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    title = [
        p("LOW WATER", jc="center"),
        p("written by", jc="center"),
        p("Odile Marr", jc="center"),
        p("Draft 3, 1 May 2026"),
        p("a@example.org"),
    ]
    data = document(*title, p(runs=page), p("INT. BARN - DAY"), p("Rain."))
    assert shown(data) == expected(
        """\
        TitlePage
          "Title": "LOW WATER"
          "Credit": "written by"
          "Author": "Odile Marr"
          "Draft date": "Draft 3, 1 May 2026"
          "Contact": "a@example.org"
        SceneHeading "INT. BARN - DAY"
        Action "Rain."
        """
    )
    assert "docx.guessed-title-page" in codes(data)


# ---------------------------------------------------------------- what people meet in Word

NUMBERS = (
    f"<w:numbering {HEAD}>"
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:pStyle w:val="h"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    "</w:numbering>"
)


def counted(list_: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'


def test_numbers_that_word_counts_are_scene_numbers() -> None:
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = document(
        p("INT. BARN - DAY", "h"),
        p("A bucket.", extra=counted(2)),
        p("INT. LOFT - DAY", "h"),
        p("INT. ROOF - DAY", extra=counted(1, 1)),
        p("INT. YARD - DAY", "h"),
        p("INT. NOWHERE - DAY", "h", extra=counted(0)),
        styles=style("h", "Slugline", properties=properties),
        numbering=NUMBERS,
    )
    assert shown(data) == expected(
        """\
        SceneHeading "INT. BARN - DAY" number="3"
        Action "A bucket."
        SceneHeading "INT. LOFT - DAY" number="4"
        SceneHeading "INT. ROOF - DAY" number="4A"
        SceneHeading "INT. YARD - DAY" number="5"
        SceneHeading "INT. NOWHERE - DAY"
        """
    )


def test_a_number_that_is_typed_overrules_one_that_word_counts() -> None:
    number = '<w:style w:type="character" w:styleId="n"><w:name w:val="Scene Number"/></w:style>'
    typed = r("12A", '<w:rStyle w:val="n"/>') + r("\tINT. BARN - DAY")
    data = document(p("INT. PIER"), p(runs=typed, extra=counted(1)), styles=number, numbering=NUMBERS)
    assert 'number="12A"' in shown(data)


def deleted_end(change: str = "del") -> str:
    return f'<w:rPr><w:{change} w:id="9" w:author="Pink"/></w:rPr>'


def test_a_paragraph_whose_end_was_struck_out_goes_on_in_the_next() -> None:
    styles = style("a", "Action") + style("d", "Dialogue") + style("c", "Character")
    struck = '<w:del w:id="8" w:author="Pink"><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    data = document(
        p("Rain ", "a", extra=deleted_end()),
        p("and ", "a", extra=deleted_end()),
        p("snow.", "a"),
        p("ODILE", "c"),
        p("", "a", runs=struck, extra=deleted_end("moveFrom")),
        p("Well.", "d"),
        styles=styles,
    )
    assert shown(data).startswith(
        expected(
            """\
            Action "Rain and snow."
            Speech "ODILE"
              Dialogue "Well."
            Cut revision=1
              Action "Gone."
            """
        )
    )


def gone(words: str, change: str = "del", author: str = "Pink") -> str:
    return f'<w:{change} w:id="8" w:author="{author}"><w:r><w:delText>{words}</w:delText></w:r></w:{change}>'


def test_a_row_that_was_struck_out_is_cut() -> None:
    row = f'<w:tbl><w:tr><w:trPr><w:del w:id="1" w:author="Ann"/></w:trPr><w:tc>{p("Gone.")}</w:tc></w:tr></w:tbl>'
    data = document(p("Here."), row, p("There."))
    assert shown(data).startswith('Action "Here."\nCut revision=1\n  Action "Gone."\nAction "There."\n')
    assert codes(data) == set()


def test_paragraphs_of_which_nothing_is_left_are_cut_each_author_s_by_itself() -> None:
    styles = style("a", "Action") + style("d", "Dialogue") + style("c", "Character")
    data = document(
        p("Rain.", "a"),
        p("", "c", runs=gone("ODILE"), extra=deleted_end()),
        p("", "d", runs=gone("Well?"), extra=deleted_end()),
        p("", "a", runs=gone("Snow.", "moveFrom", "Blue"), extra=deleted_end("moveFrom").replace("Pink", "Blue")),
        p("Hail.", "a"),
        styles=styles,
    )
    assert shown(data).startswith(
        expected(
            """\
            Action "Rain."
            Cut revision=1
              Speech "ODILE"
                Dialogue "Well?"
            Cut revision=2
              Action "Snow."
            Action "Hail."
            """
        )
    )


def test_words_struck_out_over_the_ends_of_paragraphs_are_one_cut_inside_the_one_that_is_left() -> None:
    data = document(
        p("", "a", runs=r("Rain ") + gone("falls"), extra=deleted_end()),
        p("", "a", runs=gone("on the tide"), extra=deleted_end()),
        p("", "a", runs=gone("and ") + r("snow.")),
        styles=style("a", "Action"),
    )
    assert shown(data).startswith('Action "Rain " [Deletion "falls" / "on the tide" / "and " revision=1] "snow."\n')


def test_an_empty_paragraph_that_was_struck_out_says_nothing() -> None:
    data = document(p("Rain.", "a"), p("", "a", extra=deleted_end()), p("Snow.", "a"), styles=style("a", "Action"))
    assert shown(data) == 'Action "Rain."\nAction "Snow."\n'


def test_a_paragraph_whose_words_alone_were_struck_out_is_cut_for_an_empty_one_is_only_a_space() -> None:
    data = document(p("Rain.", "a"), p("", "a", runs=gone("Snow.") + gone("Hail.")), styles=style("a", "Action"))
    assert shown(data).startswith('Action "Rain."\nCut revision=1\n  Action "Snow.Hail."\n')


def test_a_paragraph_without_words_of_its_own_may_be_the_end_of_another() -> None:
    data = document(
        p("", "a", runs=r("Rain ") + gone("falls"), extra=deleted_end()),
        p("", "a", runs=gone("on the tide.")),
        styles=style("a", "Action"),
    )
    assert shown(data).startswith('Action "Rain" [Deletion "falls" / "on the tide." revision=1]\n')


def test_a_blank_that_was_struck_out_alone_is_a_mark() -> None:
    data = document(p("", "a", runs=r("Rain") + gone(" ") + r("s.")), styles=style("a", "Action"))
    assert shown(data).startswith('Action "Rain" [Deletion revision=1] "s."\n')


def test_a_number_that_word_counts_skips_what_was_struck_out() -> None:
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = document(
        p("INT. BARN - DAY", "h"),
        p("", "h", runs=gone("INT. LOFT - DAY"), extra=deleted_end()),
        p("INT. YARD - DAY", "h"),
        styles=style("h", "Slugline", properties=properties),
        numbering=NUMBERS,
    )
    assert shown(data).startswith(
        expected(
            """\
            SceneHeading "INT. BARN - DAY" number="3"
            Cut revision=1
              SceneHeading "INT. LOFT - DAY"
            SceneHeading "INT. YARD - DAY" number="4"
            """
        )
    )


def test_a_control_that_nobody_filled_says_nothing() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here.')}</w:sdtContent></w:sdt>"
    assert shown(document(p("Rain.", runs=control))) == 'Action "Rain."\n'


def test_of_a_word_with_its_reading_the_word_is_kept() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('かさ')}</w:rt><w:rubyBase>{r('傘')}</w:rubyBase></w:ruby></w:r>"
    data = document(p("ビニール", runs=ruby + r("。")))
    assert shown(data) == 'Action "ビニール傘。"\n'
    assert codes(data) == {"docx.reading"}


def test_a_table_of_contents_is_no_part_of_the_script() -> None:
    data = document(p("INT. BARN - DAY\t1", "t"), p("INT. BARN - DAY"), p("Rain."), styles=style("t", "toc 1"))
    assert shown(data).count("SceneHeading") == 1
    assert "docx.dropped-furniture" in codes(data)


def test_pictures_and_embedded_documents_are_left_out_with_a_warning() -> None:
    picture = "<w:r><w:drawing/></w:r>"
    data = document(p("Rain.", runs=picture + picture), '<w:altChunk r:id="x"/>')
    assert shown(data) == 'Action "Rain."\n'
    assert codes(data) == {"docx.pictures", "docx.embedded-document"}
    assert [one.message for one in read(data)[1]] == [
        "2 pictures or objects were left out: a script holds words alone.",
        "Another document is embedded here, and its words were not read; open and save this one in Word.",
    ]
    assert [one.message for one in read(document(p("Rain.", runs=picture)))[1]] == [
        "A picture or embedded object was left out: a script holds words alone."
    ]


def test_styles_of_speech_alone_leave_action_in_normal() -> None:
    styles = style("h", "SCENE HEADING") + style("c", "CHARACTER NAME") + style("d", "DIALOG")
    data = document(
        p("INT. BARN - DAY", "h"), p("Rain."), p("ODILE", "c"), p("Well.", "d"), p("She goes."), p("MARA", "c"),
        p("Yes.", "d"), p("Both of them look at the roof."), styles=styles,
    )  # fmt: skip
    assert [line for line in shown(data).splitlines() if "Action" in line] == [
        'Action "Rain."',
        'Action "She goes."',
        'Action "Both of them look at the roof."',
    ]


def test_names_of_styles_in_other_languages_are_known() -> None:
    names = {
        "heading": "Nagłówek sceny",
        "action": "Описание",
        "cue": "Personagem",
        "paren": "Acotación (1)",
        "speech": "Réplique 2",
        "transition": "Siirtymä",
    }
    styles = "".join(style(id_, name) for id_, name in names.items())
    assert shown(document(*(p(text, style=id_) for id_, text in WORDS), styles=styles)) == expected()


@pytest.mark.parametrize(
    "properties",
    [
        '<w:spacing w:before="999999999"/>',
        '<w:spacing w:after="999999999"/>',
        '<w:spacing w:before="999999999pt"/>',
        '<w:ind w:left="999999999"/>',
        '<w:ind w:firstLine="999999999"/>',
        '<w:ind w:right="-999999999"/>',
        '<w:tabs><w:tab w:val="left" w:pos="999999999"/></w:tabs>',
    ],
)
def test_a_measure_larger_than_any_paper_is_cut_down_with_a_warning(properties: str) -> None:
    data = document(p("Rain."), f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>Wind.</w:t></w:r></w:p>", p("Hail."))
    tracemalloc.start()
    found = codes(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "docx.huge-measure" in found
    assert most < 20_000_000


def test_the_largest_measure_of_word_is_no_reason_to_warn() -> None:
    largest = '<w:p><w:pPr><w:spacing w:before="31680"/></w:pPr><w:r><w:t>Wind.</w:t></w:r></w:p>'
    assert "docx.huge-measure" not in codes(document(p("Rain."), largest, p("Hail.")))


def test_runs_that_are_set_alike_are_one_and_others_are_not() -> None:
    bold = "<w:b/>"
    runs = r("a") + r("b") + r("c", bold) + r("d", bold) + r("e")
    assert 'Action "ab" bold "cd" "e"' in shown(document(p("INT. PIER - DAY"), p(), p(runs=runs)))


def test_a_drawing_with_words_is_no_picture() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{p('Snow.')}</w:txbxContent></w:drawing></w:r>"
    data = document(p("INT. PIER - DAY"), p(), p("Rain.", runs=box))
    assert "docx.pictures" not in codes(data)
    assert "Snow." in shown(data)


def test_a_footnote_that_is_there_is_not_missed() -> None:
    footnotes = f'<w:footnotes {HEAD}><w:footnote w:id="2">{p("wet")}</w:footnote></w:footnotes>'
    data = document(p("Rain.", runs='<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=footnotes)
    assert "docx.note-missing" not in codes(data)
    assert 'Note "wet"' in shown(data)


@pytest.mark.parametrize(
    ("properties", "runs", "cue"),
    [
        ("", r("McClane (v.o.)"), 'Speech plain "McClane (v.o.)"'),
        ("<w:rPr><w:caps/></w:rPr>", r("McClane"), 'Speech "McClane"'),
        ("", r("McClane", "<w:caps/>"), 'Speech "McClane"'),
        ("", r("Mc") + r("Clane", "<w:caps/>"), 'Speech plain "Mc" all_caps+plain "Clane"'),
        ("", r("ANNA (off)"), 'Speech "ANNA (off)"'),
    ],
)
def test_a_name_is_as_typed_where_no_style_makes_capitals_of_it(properties: str, runs: str, cue: str) -> None:
    styles = style("c", "Character", properties=properties) + style("d", "Dialogue") + style("h", "Scene Heading")
    data = document(p("INT. BARN - DAY", "h"), p(style="c", runs=runs), p("Well.", "d"), styles=styles)
    assert f'{cue}\n  Dialogue "Well."' in shown(data)


def test_a_parenthetical_is_read_as_typed() -> None:
    styles = style("c", "Character") + style("q", "Parenthetical") + style("d", "Dialogue")
    typed = ["(beat).", "(softly) Eat.", "（低声）", "[low]", "softly"]
    data = document(p("ANNA", "c"), *(p(one, "q") for one in typed), p("Well.", "d"), styles=styles)
    assert [line for line in shown(data).splitlines() if "Parenthetical" in line] == [
        f'  Parenthetical "{one}"' for one in typed
    ]
