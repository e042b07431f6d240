"""Scripts as people type them without a program for scripts.

The manner is decided once, then each paragraph is read in it.
`script.read_typed` is the way in; text, Word and PDF come here by `recovery.lines.script`.
"""
