"""What a format cannot hold, carried through its file and put back into what somebody made of it there."""
