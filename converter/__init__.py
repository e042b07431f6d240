"""matchcut: screenplays from one format into another, with nothing lost in silence."""
