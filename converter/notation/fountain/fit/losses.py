"""What Fountain loses of a screenplay, each with its code."""

from converter.fitting import Loss

HIDDEN = Loss("fountain.no-hidden-text", "Fountain has no hidden text; it became a note.")

NO_OUTER_BLANKS = Loss(
    "fountain.no-outer-blanks", "Fountain keeps no blanks at the ends of a line; they were left out."
)

NO_TABS = Loss("fountain.no-tabs", "Fountain has no tabs; there are blanks in their place.")

EMPHASIS_MOVED = Loss(
    "fountain.emphasis-moved",
    "Emphasis in Fountain cannot begin or end here; it does a character earlier or later.",
)

NO_LINE_BREAK = Loss(
    "fountain.no-line-break", "Fountain cannot break the line of this element; there is a blank instead."
)

NO_EMPTY_LINE = Loss(
    "fountain.no-empty-line", "Fountain cannot begin or end this element with an empty line; it was left out."
)

NO_EMPTY_ELEMENT = Loss(
    "fountain.no-empty-element",
    "Fountain has no empty element of this kind; only what would print for it was kept.",
)

NO_ALIGNMENT = Loss("fountain.no-alignment", "Fountain only centres action; this is not aligned any more.")

NO_LAYOUT = Loss("fountain.no-layout", "Fountain has no indents and spacing; those of this paragraph were left out.")

NO_STYLE_NAME = Loss(
    "fountain.no-style-name", "Fountain has no names for styles; this paragraph has the element's own now."
)

NO_CUE = Loss("fountain.no-cue", "Fountain needs a character's name over dialogue; without one this became action.")

JOINED_DIALOGUE = Loss(
    "fountain.joined-dialogue",
    "Two paragraphs of dialogue in a row are one in Fountain, with a line break between.",
)

NO_CUT_SCENE = Loss("fountain.no-cut-scene", "A cut scene was left out: it stands too deep in other cut scenes.")

CUE_AS_DRAWN = Loss(
    "fountain.cue-as-drawn",
    "A name in Fountain is in capitals or all as typed; this cue was written as its style draws it.",
)
NO_PARENTHETICAL = Loss(
    "fountain.no-parenthetical",
    "Fountain knows a parenthetical by round brackets around all of it; without them this became dialogue.",
)

NO_ACTS = Loss(
    "fountain.no-acts",
    "Fountain has no act headings; this became a centred line, and the start of an act a section.",
)

NO_NOTE_RANGE = Loss(
    "fountain.no-note-range", "A note in Fountain stands at one place; that of the range's start was kept."
)

NO_NOTE_DETAILS = Loss(
    "fountain.no-note-details", "A note in Fountain has a text and a colour; the rest was left out or put into it."
)

NOTE_CHANGED = Loss("fountain.note-changed", "This note's text had to change a little to be a note in Fountain.")

NOTE_MOVED = Loss(
    "fountain.note-moved", "Fountain cannot keep a note on this empty line; it stands a line earlier or later."
)

PAGE_MARK_CHANGED = Loss(
    "fountain.page-mark-changed",
    "Fountain marks a page as [[page 12A]]; this label does not fit, or was locked.",
)

BONEYARD_CHANGED = Loss("fountain.boneyard-changed", "This boneyard had to change a little to be one in Fountain.")

NO_TITLE_LAYOUT = Loss("fountain.no-title-layout", "Fountain has no layout for the title page; the words were kept.")

TITLE_NAME_CHANGED = Loss(
    "fountain.title-name-changed",
    "An entry of the title page had to be renamed or moved, or joined with another one.",
)

NO_TITLE_LINE = Loss("fountain.no-title-line", "Fountain cannot keep an empty line on the title page; it was left out.")

NO_CUT_WORDS = Loss("fountain.no-cut-words", "Fountain cannot hold words that were cut; they were left out.")

NO_REVISIONS = Loss("fountain.no-revisions", "Fountain has no revisions; what is new in which revision was left out.")

NO_TAGS = Loss("fountain.no-tags", "Fountain has no production tags; they were left out.")
