"""What Final Draft loses of a screenplay, each with its code."""

from converter.fitting import Loss

NO_CUT_WORDS = Loss("fdx.no-cut-words", "Final Draft only marks where words were cut; the words were left out.")
SAID_TWICE = Loss("fdx.said-twice", "Some settings only say again what the element has anyway; they were left out.")
SECOND_STYLE = Loss("fdx.second-style", "There is another style called {value.name!r}; this one was left out.")
NOTE_BEFORE = Loss(
    "fdx.note-moved", "Before Final Draft 12 a note belongs to a whole paragraph; this one now stands before it."
)
NOTE_BEHIND = Loss("fdx.note-moved", "A remark at the end of a cut scene now stands behind that scene.")
BLANK_PAGE = Loss("fdx.blank-page", "This paragraph starts a page by its style; the blank page before it went.")
SCENE_TOO_DEEP = Loss(
    "fdx.cut-scene-too-deep",
    "Scenes are cut out of cut scenes too deeply here; the inner one stands behind its heading.",
)
DUAL_TOO_DEEP = Loss(
    "fdx.cut-scene-too-deep",
    "This dual dialogue stands too deep in cut scenes; its speeches were put one after the other.",
)
BARE_PARENTHETICAL = Loss(
    "fdx.bare-parenthetical",
    "Final Draft's parentheticals have brackets; without any this became dialogue.",
)
MARK_ORDER = Loss("fdx.mark-order", "The locked page now begins before the notes at its place.")
OTHER_TYPE = Loss("fdx.style-name", "In Final Draft the type {value!r} is for other paragraphs; this one is {fitted}.")
NO_SCENE_NUMBER = Loss("fdx.scene-number", "Final Draft takes the number {value} for none.")
NO_MEASURE = Loss("fdx.not-a-measure", "A measure here is no number; it was left out.")
NOTE_OUT_OF_BODY = Loss("fdx.note-out-of-body", "Final Draft has no place for a note or a mark in {value}.")
NO_SUCH_REVISION = Loss("fdx.revision-number", "These words belong to no revision set that Final Draft can count.")
NOTE_CATEGORY = Loss("fdx.note-category", "The category {value} stands for something else here.")
NOT_HELD = Loss("fdx.not-held", "Final Draft's file has no place for this: {value.name}.")
TAB_IN_HEADER = Loss("fdx.tab-in-header", "A tab in a header or footer became a blank.")
UNCOUNTED_SET = Loss("fdx.revision-number", "Final Draft cannot count the revision set {value.name!r}.")
UNCOUNTED_ACTIVE = Loss("fdx.revision-number", "Final Draft cannot count the active revision set.")
