"""Word documents of some pages only, and pages that are called what they are printed as."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from converter.contract import Source, UsageError
from converter.layout.paginate import paginate
from converter.readers.docx import READER
from converter.tree import (
    Action,
    Band,
    Boneyard,
    Character,
    Cut,
    Deletion,
    Dialogue,
    DualDialogue,
    Note,
    PageBreak,
    PageField,
    PageFieldKind,
    PageMark,
    PageSetup,
    Revisions,
    RevisionSet,
    Run,
    SceneHeading,
    Screenplay,
    Section,
    Speech,
    Style,
    Synopsis,
    Tag,
    TitleField,
    TitlePage,
)
from writers import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECRET = Run(text="Secret")
BLUE = Revisions(sets=(RevisionSet(id=1, name="Blue"),))


def locked(label: str, *words: str) -> tuple[PageMark | Action, ...]:
    return PageMark(label=label, locked=True), *(Action(text=(Run(text=one),)) for one in words)


def script(*labels: str) -> Screenplay:
    """A page for each label, with its words on it."""
    return Screenplay(body=tuple(one for label in labels for one in locked(label, f"Words of {label}.")))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def pages_of(data: bytes) -> list[tuple[str, str]]:
    """What Word prints at the top of each section, and the words of the section."""
    files = parts(data)
    targets = dict(re.findall(r'Id="(\w+)" Type="[^"]+" Target="(\w+\.xml)"', files["word/_rels/document.xml.rels"]))
    body = etree.fromstring(files["word/document.xml"].encode())[0]
    found, words = [], ""
    for node in body:
        words += "".join(one.text or "" for one in node.iter(f"{W}t"))
        for section in [node] if node.tag == f"{W}sectPr" else node.iter(f"{W}sectPr"):
            start = section.find(f"{W}pgNumType").get(f"{W}start")
            reference = section.find(f"{W}headerReference[@{W}type='default']")
            header = files["word/" + targets[reference.values()[-1]]]
            typed = re.search('"PageLabel"/></w:rPr><w:t[^>]*>([^<]*)', header)
            found.append((typed[1] if typed else f"from {start}", words))
            words = ""
    return found


def test_word_prints_the_labels_of_locked_pages() -> None:
    data = docx.write(script("1", "2", "2A", "A3", "3", "4", "7-8"), docx.Options(pagination="locked"))
    assert pages_of(data) == [
        ("from 1", "Words of 1.Words of 2."),
        ("2A", "Words of 2A."),
        ("A3", "Words of A3."),
        ("from 3", "Words of 3.Words of 4."),
        ("7-8", "Words of 7-8."),
    ]


def test_pages_that_word_counts_to_are_one_section() -> None:
    data = docx.write(script("1", "2", "3"), docx.Options(pagination="locked"))
    assert pages_of(data) == [("from 1", "Words of 1.Words of 2.Words of 3.")]
    assert "titlePg" in parts(data)["word/document.xml"]


def test_a_header_without_a_page_number_needs_no_sections() -> None:
    band = Band(left=(Run(text="Draft"),))
    screenplay = Screenplay(body=script("1", "1A", "2").body, page_setup=PageSetup(header=band))
    document = parts(docx.write(screenplay, docx.Options(pagination="locked")))["word/document.xml"]
    assert document.count("<w:sectPr>") == 1


def test_a_typed_label_is_read_back_as_the_page_number() -> None:
    band = Band(center=(Run(text="Draft"),), right=(PageField(kind=PageFieldKind.PAGE), Run(text=".")))
    screenplay = Screenplay(body=script("1", "1A").body, page_setup=PageSetup(header=band))
    options = docx.Options(pagination="locked")
    assert READER.read(Source("", docx.write(screenplay, options)), READER.options(), print, docx.DEFAULT_LIMITS) == (
        docx.fit(screenplay, options)
    )


@pytest.mark.parametrize("last", ["dual", "section", "cut"])
def test_a_section_never_ends_in_a_table_nor_where_nothing_prints(last: str) -> None:
    speech = Speech(cue=Character(text=(Run(text="ANNA"),)), parts=(Dialogue(text=(Run(text="Yes."),)),))
    ends = {
        "dual": DualDialogue(left=speech, right=speech),
        "section": Section(level=1, text=(Run(text="Act"),)),
        "cut": Cut(revision=1, elements=(Action(text=(SECRET,)),)),
    }
    body = (*locked("1", "One."), ends[last], *locked("1A", "Two."))
    data = docx.write(Screenplay(body=body, revisions=BLUE), docx.Options(pagination="locked", changes="tracked"))
    root = etree.fromstring(parts(data)["word/document.xml"].encode())
    (end,) = (one.getparent().getparent() for one in root.iter(f"{W}sectPr") if one.getparent().tag == f"{W}pPr")
    assert end.getparent().tag == f"{W}body"
    assert end.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Marker"


# ---------------------------------------------------------------- some pages


def test_only_the_pages_asked_for_are_written_with_their_labels() -> None:
    data = docx.write(script("1", "2", "2A", "3", "4"), docx.Options(only_pages="2A, 4"))
    assert pages_of(data) == [("2A", "Words of 2A."), ("from 4", "Words of 4.")]
    assert "titlePg" not in parts(data)["word/document.xml"]


def test_the_first_page_asked_for_begins_without_a_break() -> None:
    document = parts(docx.write(script("1", "2", "3"), docx.Options(only_pages="2-3")))["word/document.xml"]
    assert document.count("<w:pageBreakBefore/>") == 1


def test_an_empty_page_is_a_page() -> None:
    one, three = (Action(text=(Run(text=word),)) for word in ("One", "Three"))
    screenplay = Screenplay(body=(one, PageBreak(), PageBreak(), three))
    assert pages_of(docx.write(screenplay, docx.Options(only_pages="1, 3"))) == [("from 1", "One"), ("from 3", "Three")]
    assert pages_of(docx.write(screenplay, docx.Options(only_pages="2"))) == [("from 2", "")]


def test_only_the_scenes_asked_for_are_written() -> None:
    body = tuple(
        one
        for number in ("1", "2")
        for one in (PageBreak(), SceneHeading(text=(Run(text=f"INT. ROOM {number}"),), number=number))
    )
    words = pages_of(docx.write(Screenplay(body=body), docx.Options(only_scenes="2")))[0][1]
    assert "ROOM 2" in words
    assert "ROOM 1" not in words


def test_only_the_revised_pages_are_written() -> None:
    body = (Action(text=(Run(text="Old."),)), PageBreak(), Action(text=(Run(text="New.", revision=1),)))
    assert pages_of(docx.write(Screenplay(body=body, revisions=BLUE), docx.Options(only_revised=True))) == [
        ("from 2", "New.")
    ]


@pytest.mark.parametrize("wrong", [{"only_pages": "9"}, {"only_scenes": "9"}, {"only_revised": True}])
def test_pages_that_there_are_not_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        docx.write(script("1", "2"), docx.Options(**wrong))  # type: ignore[arg-type]


def test_some_pages_hold_nothing_that_no_page_prints() -> None:
    text = (SECRET,)
    heading = SceneHeading(text=(Run(text="INT. ROOM"),), omitted=(Action(text=text),))
    said = (
        Run(text="Shown.", tags=(1,)),
        Note(text="Secret", id=None),
        Boneyard(source="/*Secret*/"),
        Deletion(revision=1, text=text),
        Run(text="Secret", style=Style.HIDDEN),
    )
    speech = Speech(
        cue=Character(text=(Run(text="ANNA"),)),
        parts=(
            Note(text="Secret", id=None),
            Boneyard(source="/*Secret*/"),
            Cut(revision=1, elements=(Dialogue(text=text),)),
            Dialogue(text=(Run(text="Yes."),), alternates=(text,)),
        ),
    )
    loose = (
        Note(text="Secret", id=None),
        Boneyard(source="/*Secret*/"),
        Cut(revision=1, elements=(Action(text=text),)),
    )
    screenplay = Screenplay(
        title_page=TitlePage(fields=(TitleField(name="Title", lines=(text,)),)),
        body=(
            Section(level=1, text=text),
            Synopsis(text=text),
            heading,
            Action(text=said),
            speech,
            DualDialogue(left=speech, right=speech),
            *loose,
        ),
        tags=(Tag(number=1, category="Props", label="Secret"),),
        revisions=BLUE,
    )
    data = docx.write(screenplay, docx.Options(only_pages="1", changes="tracked"))
    assert [name for name, part in parts(data).items() if "Secret" in part] == []
    assert "Shown." in parts(data)["word/document.xml"]
    shown = docx.write(screenplay, docx.Options(only_pages="1", sections=True, synopses=True))
    assert parts(shown)["word/document.xml"].count("Secret") == 2


def test_a_label_in_a_synopsis_that_is_left_out_still_counts() -> None:
    hidden = Synopsis(text=(PageMark(label="1A", locked=True), SECRET))
    body = (*locked("1", "One."), hidden, Action(text=(Run(text="Two."),)))
    assert pages_of(docx.write(Screenplay(body=body), docx.Options(only_pages="1A"))) == [("1A", "Two.")]


def test_each_page_holds_the_words_that_the_page_prints() -> None:
    from converter import read

    screenplay = read(Path(__file__).parents[3] / "samples" / "short-film.fdx").screenplay
    for page in paginate(screenplay).script:
        printed = " ".join("".join(run.text for run in line.text) for line in page.lines if 50 < line.y < 740)
        root = etree.fromstring(
            parts(docx.write(screenplay, docx.Options(only_pages=page.label)))["word/document.xml"].encode()
        )
        drawn = " ".join(
            "".join(one.text or " " for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"))
            for paragraph in root.iter(f"{W}p")
        )
        assert Counter(re.findall(r"\w+", drawn.upper())) == Counter(re.findall(r"\w+", printed.upper()))


# ---------------------------------------------------------------- other options


def test_the_title_page_is_left_out() -> None:
    title = TitlePage(fields=(TitleField(name="Title", lines=((SECRET,),)),))
    screenplay = Screenplay(title_page=title, body=(Action(text=(Run(text="Rain."),)),))
    assert pages_of(docx.write(screenplay, docx.Options(title_page=False))) == [("from 1", "Rain.")]


@pytest.mark.parametrize("name", ["join_omitted", "dialogue_numbers", "notes", "revision_marks"])
def test_what_word_cannot_draw_is_refused(name: str) -> None:
    options: dict[str, object] = {name: "none" if name == "revision_marks" else True, "pagination": "locked"}
    with pytest.raises(UsageError, match=f"docx: {name} does nothing"):
        docx.write(script("1"), docx.Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("more", False),
        ("more_text", "(ON)"),
        ("scene_continued", True),
        ("scene_continued_bottom", "(ON)"),
        ("scene_continued_top", "ON"),
        ("break_at_sentences", False),
        ("keep_double_hyphen", True),
        ("skip_i_and_o", False),
    ],
)
def test_choices_of_pages_are_refused_where_word_breaks_them(name: str, value: object) -> None:
    options: dict[str, object] = {name: value}
    with pytest.raises(UsageError, match=f"docx: {name} .*; add pagination='locked'"):
        docx.write(script("1"), docx.Options(**options))  # type: ignore[arg-type]
    assert docx.write(script("1"), docx.Options(**options, pagination="locked"))  # type: ignore[arg-type]
    assert docx.write(script("1"), docx.Options(**options, only_pages="1"))  # type: ignore[arg-type]
