"""What flat text and text in lines have in common: words and their classes, learned weights, the best path."""
