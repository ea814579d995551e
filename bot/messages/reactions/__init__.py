"""What each event causes elsewhere or later: one function for each, gathered by react."""
