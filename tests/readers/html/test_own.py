"""What we wrote is read back after an edit; what is broken or of another program is refused with a way out."""

from __future__ import annotations

import pytest

from converter.contract import FormatError, LimitError, Source
from converter.readers import fountain, html
from converter.tree import Action, Screenplay, words
from writers import html as writer

SCRIPT = fountain.from_text(
    "Title: Salt\n\nINT. ROOM - DAY #2#\n\nRain. [[why?]]\n\nANNA\nHello?\n\n===\n\nSnow *falls*.\n"
)


def read(data: bytes) -> Screenplay:
    return html.read(Source("draft.html", data))


def test_an_edit_of_words_is_read() -> None:
    edited = read(writer.write(SCRIPT).replace(b"Rain.", b"Rain &amp; <em>hail</em>."))
    action = edited.body[1]
    assert isinstance(action, Action) and words(action.text).strip() == "Rain & hail."
    assert len(edited.body) == len(SCRIPT.body)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"</main>", b"", "damaged"),
        (b"main", b"div", "has lost its script"),
        (b'data-more="{', b'data-more="', "is no JSON"),
        (b"&quot;number&quot;: &quot;2&quot;", b"&quot;number&quot;: 2", "a text in quotes should stand here"),
        (b"PageBreak", b"PageBrake", "is no type of what can stand here"),
    ],
)
def test_what_is_damaged_is_refused(old: bytes, new: bytes, message: str) -> None:
    data = writer.write(SCRIPT)
    assert old in data
    with pytest.raises(FormatError, match=message):
        read(data.replace(old, new))


def test_values_are_nested_only_so_deep() -> None:
    data = writer.write(SCRIPT).replace(b'data-more="{', b'data-more="' + b"[" * 100_000)
    with pytest.raises((LimitError, FormatError)):
        read(data)
