"""Text that lost its lines: which words are a piece, and what each piece is. `script.FlatScript` is the way in."""
