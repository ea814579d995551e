"""How free words are understood: spelling, a lexicon, and frames that join both. Pure data and pure functions; English only."""
