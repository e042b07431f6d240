"""Lines at measured places, as a PDF has them: where a line stands says what it is. `script.recover` is the way in."""
