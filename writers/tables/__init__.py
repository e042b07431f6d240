"""Tables of reports as files: each module makes the bytes of one form, `write(tables, title, limits)`.

converter.formats has the list of them, by the endings of their files.
"""
