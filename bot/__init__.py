"""The release engineer: what it knows, what it decides, what it remembers, what it says."""
