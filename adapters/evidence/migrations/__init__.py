"""What a migration does to the data (G19): read from its text alone; the repository's code is never imported or run."""
