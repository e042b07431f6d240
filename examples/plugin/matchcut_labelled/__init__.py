"""The format `labelled`: a label before each line."""
