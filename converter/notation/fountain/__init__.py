"""What the Fountain reader and writer share: line tests, inline marks, notes, title page rules, and `fit`."""
