"""Evidence sources: one module, or a few with one first name, for each foreign system."""
