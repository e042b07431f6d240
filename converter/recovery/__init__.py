"""Layout run backwards: lines or words without elements become a screenplay, and none of the words changes.

`text.recover_text` takes a text, `pages.script.recover` the lines of pages; docs/recovery.md says how they decide.
"""
