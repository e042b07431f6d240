"""The one place that makes XML parsers: what it refuses, what it saves, and where elements stand in the bytes."""

import pytest
from lxml import etree

from converter.contract import DEFAULT_LIMITS, FormatError, LimitError, Limits
from converter.safe.xml import _depth, parse, parse_plain, parse_repaired, spans

DEEP = b"<a>" * 300 + b"</a>" * 300
LONG = b"<a>" + b"x" * 11_000_000 + b"</a>"
BOMB = b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>'


@pytest.mark.parametrize("read", [parse, parse_repaired])
@pytest.mark.parametrize("data", [BOMB, b"<!DOCTYPE a><a/>", b"\x1f\x8b\x08...", b"", b"once upon a time"])
def test_document_types_compressed_data_and_other_files_are_refused(read, data):
    with pytest.raises(FormatError):
        read(data, DEFAULT_LIMITS)


@pytest.mark.parametrize("read", [parse, parse_repaired])
@pytest.mark.parametrize("data", [DEEP, LONG], ids=["deep", "long"])
def test_depth_and_length_have_limits_also_when_repairing(read, data):
    with pytest.raises(LimitError):
        read(data, DEFAULT_LIMITS)


def test_limits_can_be_lowered():
    with pytest.raises(LimitError, match="xml_depth"):
        parse(b"<a><b><c/></b></a>", Limits(xml_depth=2))
    with pytest.raises(LimitError, match="xml_elements"):
        parse(b"<a><b><c/></b></a>", Limits(xml_elements=2))


def test_elements_beside_each_other_do_not_count_as_deep():
    limits = Limits(xml_depth=3)
    assert len(parse(b"<a>" + b"<b><c/></b>" * 5 + b"</a>", limits)) == 5
    with pytest.raises(LimitError, match="xml_depth"):
        parse(b"<a>" + b"<b><c/></b>" * 5 + b"<b><c><d/></c></b></a>", limits)
    assert parse_plain(b"<a>" + b"<b><c/></b>" * 5 + b"</a>", limits) is not None
    assert parse_plain(b"<a>" + b"<b><c/></b>" * 5 + b"<b><c><d/></c></b></a>", limits) is None


def test_the_smallest_attributes_count_too():
    names = b"".join(b' %c=""' % letter for letter in b"bcdefghijklmnopqrstuvw")
    assert len(parse(b"<a%s/>" % names[: 20 * 5], Limits(xml_attributes=20)).attrib) == 20
    with pytest.raises(LimitError, match="xml_attributes"):
        parse(b"<a%s/>" % names[: 21 * 5], Limits(xml_attributes=20))


def test_depth_is_counted_to_one_more_than_allowed():
    class Leaf(list):
        def __iter__(self):
            raise AssertionError("nobody looks as deep as this")

    level = [Leaf([1])]
    for _ in range(3):
        level = [level]
    assert _depth(level, 3) == 4
    assert _depth([[], [[]]], 9) == 3


def said(error, data, limits=DEFAULT_LIMITS, name="", read=parse):
    """The message and the place, with the name of the part and without."""
    with pytest.raises(error) as caught:
        read(data, limits, **({"name": name} if name else {}))
    return caught.value.message, caught.value.where


DOCTYPE = "this XML has a document type, which no script needs; open and save it in the program that made it"


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        (b"\x1f\x8b\x08...", "this is compressed; unpack it first", ""),
        (b"<!DOCTYPE a><a/>", DOCTYPE, ""),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', DOCTYPE, ""),
        (b"<!DOCTYPE a><a>", DOCTYPE, ""),
        (b'<?xml version="1.0" encoding="martian"?><a/>', None, ""),
        (b"<a>\n\n<b></a>", "this XML is damaged: Opening and ending tag mismatch: b line 3 and a", "line 3"),
    ],
)
def test_a_refusal_names_the_part_of_the_container(data, message, place):
    alone, inside = said(FormatError, data), said(FormatError, data, name="word/styles.xml")
    assert alone[0] == inside[0]
    assert message in (None, alone[0])
    if message:
        assert alone[1] == (place or None)
        assert inside[1] == ", ".join(filter(None, ("word/styles.xml", place)))


def test_each_limit_holds_what_it_says():
    assert parse(b"<a><b><c/></b><b/></a>", Limits(xml_depth=3)).tag == "a"
    assert parse(b"<a><b/><b/></a>", Limits(xml_depth=2)).tag == "a"
    assert parse_plain(b"<a><b><c/></b></a>", Limits(xml_depth=3)) is not None
    assert parse_plain(b"<a><b><c/></b></a>", Limits(xml_depth=2)) is None
    assert len(parse(b"<a><b/><c/></a>", Limits(xml_elements=3))) == 2
    message = "this XML is nested too deeply: the limit is 2"
    assert said(LimitError, b"<a><b><c/></b></a>", Limits(xml_depth=2)) == (message, None)
    message = "there are too many XML elements: the limit is 2"
    assert said(LimitError, b"<a><b/><c/></a>", Limits(xml_elements=2)) == (message, None)
    message = "this XML is more than 256 elements deep, or one of its texts is over 10 MB long"
    assert said(LimitError, DEEP) == (f"{message}; the XML library allows no more", None)
    assert said(LimitError, DEEP, Limits(xml_depth=300)) == (f"{message}; the XML library allows no more", None)
    wide = b"<a " + b" ".join(b'a%d=""' % number for number in range(4)) + b"/>"
    assert len(parse(wide, Limits(xml_attributes=4)).attrib) == 4
    message = "an element of this XML has too many attributes: the limit is 3"
    assert said(LimitError, wide, Limits(xml_attributes=3)) == (message, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_only_beginnings_of_elements_count(encoding):
    data = ("\ufeff<a>" + "<b>words</b>" * 9 + "</a>").encode(encoding)
    assert len(parse(data, Limits(xml_elements=10))) == 9
    with pytest.raises(LimitError, match="xml_elements"):
        parse(data, Limits(xml_elements=9))


@pytest.mark.parametrize("read", [parse, parse_repaired])
def test_attributes_have_a_limit_for_the_time_to_list_them_grows_with_the_square(read):
    """100,000 of them take lxml's items() half a minute."""
    many = b"<b " + b" ".join(b"a%d=''" % number for number in range(1001)) + b"/>"
    with pytest.raises(LimitError, match="xml_attributes"):
        read(b"<a>" + many + b"</a>", DEFAULT_LIMITS)
    assert read(b"<a>" + many.replace(b" a7=''", b"") + b"</a>", DEFAULT_LIMITS)[0].get("a1000") == ""


def _shape(element):
    return element.tag, list(element.items()), element.text, element.tail, [_shape(child) for child in element]


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n<a x="1" b=\'\'>\r\n<b/> t&amp;&#233;<c> </c>u</a>\n',
        '<a k="&lt;&#10;&#9; \t\r\n" xml:space="preserve">é\U0001f3ac\t\r\n<?ignored this?>tail</a>'.encode(),
        b'<n:a xmlns:n="urn:n" n:x="1"><n:b/></n:a>',
        b'<?xml version="1.0" encoding="windows-1252"?><a>\xc3\xa9</a>',
    ],
)
def test_the_quick_parser_finds_what_the_other_finds(data):
    assert _shape(parse_plain(data, DEFAULT_LIMITS)) == _shape(parse(data, DEFAULT_LIMITS, encoding="utf-8"))


@pytest.mark.parametrize(
    "data",
    [
        *(DEEP, LONG, BOMB, b"", b"once upon a time", b"\x1f\x8b\x08...", b"<a>\x07</a>", b"<a>\xff</a>"),
        *(b"<a>&x;</a>", b"<a><b></a>", b"<n:a/>", b"<a/><b/>", b"<a x='1' x='2'/>", b"<!DOCTYPE a><a/>"),
        *(b"<a><!-- c --></a>", b"<a><![CDATA[x]]></a>", b"<a>" + b"x" * 10_000 + b"</a>"),
    ],
)
def test_the_quick_parser_leaves_all_else_to_the_other(data):
    assert parse_plain(data, DEFAULT_LIMITS) is None


def test_the_quick_parser_has_the_same_limits():
    for data in (b"<a>" * 256 + b"</a>" * 256, b"<a><b><c/></b></a>"):
        assert parse_plain(data, DEFAULT_LIMITS) is not None
    assert parse_plain(b"<a><b><c/></b></a>", Limits(xml_depth=2)) is None
    with pytest.raises(LimitError, match="xml_elements"):
        parse_plain(b"<a><b><c/></b></a>", Limits(xml_elements=2))


def test_a_refusal_says_what_and_in_which_line_and_nothing_that_acts_on_a_terminal():
    with pytest.raises(FormatError) as caught:
        parse("<a>\n<b\u202e></a>".encode(), DEFAULT_LIMITS, name="word/document.xml")
    assert caught.value.where == "word/document.xml, line 2"
    assert "\u202e" not in str(caught.value) and "\n" not in str(caught.value)


def test_an_external_entity_is_never_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    data = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    with pytest.raises(FormatError):
        parse(data, DEFAULT_LIMITS)
    assert b"canary" not in etree.tostring(parse_repaired(b"<a>&x;</a>", DEFAULT_LIMITS))


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ("<a>Salt & pepper, AT&T</a>", "Salt & pepper, AT&T"),
        ("<a>one < two, R<D</a>", "one < two, R<D"),
        ("<a>caf&eacute; &#1;&#233; &amp; bar</a>", "café é & bar"),
        ("<a>bell\x07 rings</a>", "bell rings"),
        ("<a><b>half a <b>line", "half a line"),
        ("<a>cut off in a tag<", "cut off in a tag<"),
        ("<a>cut off in a tag<Paragr", "cut off in a tag"),
    ],
)
def test_repairing_keeps_the_text(broken, text):
    assert "".join(parse_repaired(broken.encode(), DEFAULT_LIMITS).itertext()) == text


def test_spans_are_those_of_the_bytes():
    data = b'<?xml version="1.0"?>\n<a x="1 > 0">\n  <b/>\xc3\xa9<!-- <c> --><c y=\'"\'>t</c ><b></b>\n</a>\n'
    root = spans(data)
    assert [data[one.start : one.end] for one in root.descendants()] == [
        data[22:-1],
        b"<b/>",
        b"<c y='\"'>t</c >",
        b"<b></b>",
    ]
    assert [data[one.inner : one.close] for one in root.children] == [b"", b"t", b""]
    assert root.attributes == {"x": "1 > 0"}
    assert [one.tag for one in root.each("b")] == ["b", "b"] and root.child("c") is root.children[1]


def test_the_parser_is_closed_to_all_that_lies_outside(monkeypatch):
    """Document types are refused, too; this is the second wall."""
    told = {}
    made = etree.XMLParser
    monkeypatch.setattr(etree, "XMLParser", lambda **settings: told.update(settings) or made(**settings))
    parse(b"<a/>", DEFAULT_LIMITS)
    closed = ("resolve_entities", "load_dtd", "dtd_validation", "attribute_defaults", "huge_tree", "decompress")
    assert {name: told[name] for name in closed} == dict.fromkeys(closed, False)
    assert told["no_network"] is told["remove_comments"] is told["remove_pis"] is True


def test_the_quick_parser_leaves_what_is_very_long_to_the_other():
    line = b"<b>" + b"x" * 3000 + b"</b>"
    assert parse_plain(b"<a>" + line * 2990 + b"</a>", DEFAULT_LIMITS) is not None
    assert parse_plain(b"<a>" + line * 3000 + b"</a>", DEFAULT_LIMITS) is None


@pytest.mark.parametrize(
    ("reference", "read"),
    [("&#x1F3AC;", "\U0001f3ac"), ("&#127916;", "\U0001f3ac"), ("&#x0;", ""), ("&#xD800;", ""), ("&#65534;", "")],
)
def test_repairing_keeps_the_characters_that_xml_may_name(reference, read):
    assert parse_repaired(f"<a>{reference}b & c</a>".encode(), DEFAULT_LIMITS).text == f"{read}b & c"
