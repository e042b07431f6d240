"""The measures of word processors, a twip being a twentieth of a point, and where they set a screenplay."""

INCH = 1440
POINT = 20
LINE = 240  # a line of 12 points
PAGE = (12240, 15840)  # Letter
LEFT_MARGIN = 2160  # 1.5 inches; indents of the tree count from the paper's edge, a word processor's from here
RIGHT_MARGIN = 1440
FURTHEST = 31_680  # 22 inches, the most that Word takes for any measure
