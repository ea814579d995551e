"""Conversations: each file is one thing that a person can do. Pure, but for the runner."""
