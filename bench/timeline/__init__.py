"""Lateness of posts that are all due in the same second, and a real platform process to count them at the receiver."""
