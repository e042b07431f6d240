"""What the page is made of: headings in their order, groups named after speakers, nothing from elsewhere."""

# ruff: noqa: E501  # a line of the page is a line here

from __future__ import annotations

import re

from converter.readers import fountain
from writers import html

SCRIPT = """\
Title: Salt
Author: The matchcut project

# Act

INT. ROOM - DAY #1#

Rain *falls* & **stays**.

ANNA (V.O.)
(low)
Hello?

BO ^
Yes.
Here.

> THE END <
"""

BODY = """\
<header class="title-page">
<h1 class="title-field" data-name="Title"><span class="line">Salt</span></h1>
<p class="title-field" data-name="Author"><span class="line">The matchcut project</span></p>
</header>
<main class="screenplay">
<h2 class="outline">Act</h2>
<section class="scene" id="scene-1" aria-labelledby="heading-1">
<h3 class="scene-heading" id="heading-1" data-more="{&quot;number&quot;: &quot;1&quot;}"><span class="generated number">1 </span>INT. ROOM - DAY<span class="generated number right" aria-hidden="true">1</span></h3>
<p class="action">Rain <em>falls</em> &amp; <strong>stays</strong>.</p>
<div class="dual"><div class="speech" role="group" aria-label="ANNA"><p class="character">ANNA (V.O.)</p><p class="parenthetical">(low)</p><p class="dialogue">Hello?</p></div><div class="speech" role="group" aria-label="BO"><p class="character">BO</p><p class="dialogue">Yes.<br/>Here.</p></div></div>
<p class="action center" data-more="{&quot;align&quot;: &quot;center&quot;}">THE END</p>
</section>
</main>
"""


def body(script: str) -> str:
    text = html.to_text(fountain.from_text(script))
    return text[text.index("<header") : text.index("</body>")]


def test_the_flow() -> None:
    assert body(SCRIPT) == BODY


def test_no_level_of_a_heading_is_left_out() -> None:
    script = (
        "# Act\n\n### Deep\n\nINT. A - DAY\n\n## Two\n\nINT. B - DAY\n\n###### Low\n\n####### Lower\n\nINT. C - DAY\n"
    )
    levels = [int(level) for level in re.findall(r"<h(\d)", body(script))]
    assert levels == [1, 2, 3, 4, 3, 4, 4, 5, 6]


def test_scenes_come_right_below_the_title_where_there_are_no_parts() -> None:
    assert re.findall(r"<h(\d)", body("INT. A - DAY\n\nINT. B - DAY\n")) == ["1", "2", "2"]


def test_nothing_lies_elsewhere() -> None:
    for form in ("flow", "pages"):
        text = html.to_text(
            fountain.from_text(SCRIPT + "\n<script>alert(1)</script> http://example.org\n"), html.Options(form=form)
        )
        assert not re.search(r"<(script|img|link|iframe|a|object)\b|url\(|@import", text)


def test_the_language_is_said() -> None:
    text = html.to_text(fountain.from_text(SCRIPT), html.Options(language='de"'))
    assert '<html lang="de&quot;">' in text


def test_no_two_regions_have_one_name() -> None:
    script = "INT. A - DAY\n\nRain.\n\nINT. A - DAY\n\nSnow.\n\nINT. A - DAY #2#\n\nint. a - day #2#\n"
    assert re.findall(r"aria-labelledby=\"([^\"]*)\"", body(script)) == ["heading-1", "heading-3"]


def test_pages_say_what_no_page_has_a_place_for() -> None:
    said: list[str] = []
    script = fountain.from_text("Title: Salt\nTide table: high\n\nRain.\n")
    html.write(script, html.Options(form="pages"), lambda one: said.append(one.code))
    assert said == ["pages.title-field"]
    html.write(script, html.Options(), lambda one: said.append(one.code))
    assert said == ["pages.title-field"]


def test_the_pages_are_those_of_the_layout() -> None:
    text = html.to_text(fountain.from_text(SCRIPT), html.Options(form="pages"))
    assert re.findall(r'<section class="page"[^>]*aria-label="([^"]*)"', text) == ["A page without a number", "Page 1"]
    assert '<p style="left:15ch;top:71pt">INT. ROOM' in text  # 108 of 7.2 points; the baseline, 80, without 9 of ascent
