"""What documents of word processors share once their own reader has parsed them: DOCX, RTF, ODT and HTML.

A reader makes a `Foreign` of each paragraph (words, style name, where it stands); `guess.recognise` says which elements
they are, `assemble.body` puts them together.
"""
