"""Text in lines, typed or pasted: what each line is, and which make a paragraph. `script.TypedScript` is the way in."""
