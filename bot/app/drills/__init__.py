"""Rehearsals of a release: scripts, and who plays them. They exist in the sandbox alone (docs/how-to/drills.md)."""
