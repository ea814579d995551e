"""How well free words are understood: precision and recall of each label over a corpus that others wrote."""
