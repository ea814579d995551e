"""The plan: its hash, the gaps and the one question that is worth asking, and the whole document. Pure."""
