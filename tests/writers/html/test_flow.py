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
