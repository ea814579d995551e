"""What each event does to a release: one function for each, gathered by evolve."""
