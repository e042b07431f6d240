"""Text in lines, typed or pasted: what each line is, and which make a paragraph. `script.Typed` is the way in."""
